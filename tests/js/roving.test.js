import assert from "node:assert/strict";
import test from "node:test";
import {step} from "../../templates/js/roving.js";

// Seven items in rows of three:  0 1 2 / 3 4 5 / 6
const from = (/** @type {number} */ index, /** @type {string} */ key) => step(key, index, 7, 3);

test("arrows move to the neighbour in their direction", () => {
  assert.deepEqual(["ArrowLeft", "ArrowRight", "ArrowUp", "ArrowDown"].map((key) => from(4, key)), [3, 5, 1, null]);
  assert.equal(from(3, "ArrowDown"), 6);
});

test("the edge of the grid is the end of the way", () => {
  assert.equal(from(0, "ArrowLeft"), null);
  assert.equal(from(0, "ArrowUp"), null);
  assert.equal(from(6, "ArrowRight"), null);
});

test("Home and End stay in the row, which may be short", () => {
  assert.equal(from(4, "Home"), 3);
  assert.equal(from(4, "End"), 5);
  assert.equal(from(6, "End"), null);
});

test("other keys are left to the page", () => {
  assert.equal(from(4, "Enter"), null);
  assert.equal(from(4, "constructor"), null);
});
