import assert from "node:assert/strict";
import test from "node:test";
import {chosen, kept, starting} from "../../templates/figures/chart/parameters.js";
import {positions} from "../../templates/js/controls.js";
import {around} from "../../templates/js/sentence.js";
import {word} from "../../templates/js/sentences.js";
import {turn} from "../../templates/js/stepper.js";

test("arrow keys turn steps, in the direction in which the page reads", () => {
  assert.equal(turn("ArrowRight", 0, 3), 1);
  assert.equal(turn("ArrowLeft", 0, 3), null);
  assert.equal(turn("ArrowLeft", 0, 3, true), 1);
  assert.equal(turn("End", 0, 3), 2);
  assert.equal(turn("Home", 0, 3), null);
  assert.equal(turn("Tab", 0, 3), null);
});

test("a slider over words stands at their places", () => {
  const {least, most, place, value} = positions({start: "b", choices: ["a", "b", "c"]});
  assert.deepEqual([least, most, place("c"), value(0)], [0, 2, 2, "a"]);
});

test("a slider gives the decimal fraction that it shows", () => {
  const {value} = positions({start: 0, least: 0, most: 1, step: 0.1});
  assert.equal(value(0.30000000000000004), 0.3);
});

test("a value is called by its words, its format or its number", () => {
  assert.equal(word({start: "a", choices: ["a", "b"], words: ["one", "two"]}, "b"), "two");
  assert.equal(word({start: 0, least: 0, most: 1, step: 0, format: ".1f"}, 0.25), "0.2");
  assert.equal(word({start: 0, least: 0, most: 1, step: 0, format: ".1f"}, 0.25, ".0%"), "25%");
  assert.equal(word(undefined, "x"), "x");
});

test("the sentence around a word, whatever lines it runs over", () => {
  const text = "First one. After 5\nepochs it is 0.25 at most. Then more.";
  assert.equal(around(text, text.indexOf("0.25"), "en"), "After 5 epochs it is 0.25 at most.");
  assert.equal(around("Only", 99, "en"), "Only");
  assert.equal(around("", 0, "en"), "");
});

test("a chart begins with the page's values, in every view of it", () => {
  const told = {smoothing: {start: 0.5}, digit: {start: "", field: "digit"}};
  const select = {type: "point", fields: ["digit"]};
  const spec = {
    params: [{name: "smoothing", value: 0.5, bind: {input: "range"}}, {name: "other", value: 1}],
    hconcat: [{mark: "bar", params: [{name: "digit", select, value: [{digit: "two"}]}]}],
  };
  const values = /** @type {Record<string, any>} */ ({smoothing: 0.75, digit: "one"});
  const begun = starting(spec, told, (name) => values[name]);
  assert.deepEqual(begun.params, [{name: "smoothing", value: 0.75, bind: {input: "range"}}, {name: "other", value: 1}]);
  assert.deepEqual(begun.hconcat[0].params, [{name: "digit", select, value: [{digit: "one"}]}]);
  const empty = starting(spec, told, (name) => (name === "digit" ? "" : 0));
  assert.deepEqual(empty.hconcat[0].params, [{name: "digit", select}]);
  assert.equal(spec.params[0].value, 0.5);
});

test("of several chosen points the last one counts, and none is an empty text", () => {
  assert.equal(chosen({digit: ["one", "two"], vlPoint: {}}, "digit"), "two");
  assert.equal(chosen({}, "digit"), "");
  assert.equal(chosen(undefined, "digit"), "");
  assert.deepEqual(kept("digit", ""), []);
  assert.deepEqual(kept("digit", 3)[0].values, [3]);
});
