import assert from "node:assert/strict";
import test from "node:test";
import {Trouble, told, undamaged} from "../../templates/js/trouble.js";

test("a mishap keeps its sentence and what the browser said apart", () => {
  const trouble = new Trouble("It did not come.", new TypeError("Failed to fetch"));
  assert.deepEqual(told(trouble), {said: "It did not come.", detail: "Failed to fetch"});
  assert.deepEqual(told(new Trouble("It did not come.")), {said: "It did not come.", detail: ""});
});

test("an error that wraps a mishap is that mishap", () => {
  const wrapped = new Error("again", {cause: new Trouble("It did not come.", "404")});
  assert.deepEqual(told(wrapped), {said: "It did not come.", detail: "404"});
});

test("what nobody foresaw is not read out to readers", () => {
  const {said, detail} = told(new TypeError("x is not a function"));
  assert.doesNotMatch(said, /function/);
  assert.equal(detail, "x is not a function");
  assert.equal(told("odd").detail, "odd");
});

test("a file that cannot be read is a damaged one, and is named for who can mend it", async () => {
  assert.equal(await undamaged("a/b.json", () => 3), 3);
  const read = undamaged("https://x/a/b.json", () => JSON.parse("{"));
  await assert.rejects(read, (/** @type {Trouble} */ error) => {
    assert.match(error.message, /arrived damaged/);
    assert.match(told(error).detail, /^b\.json: /);
    return true;
  });
});
