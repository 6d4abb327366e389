import assert from "node:assert/strict";
import test from "node:test";
import {LONGEST, formatFragment, parseFragment, readValue, writeValue} from "../../templates/js/fragment.js";

test("a plain anchor has no entries", () => {
  assert.deepEqual(parseFragment("#fig-digits"), {anchor: "fig-digits", entries: new Map()});
  assert.deepEqual(parseFragment(""), {anchor: "", entries: new Map()});
});

test("an address people can read", () => {
  const entries = /** @type {[string, any][]} */ ([["unit:digits-cnn", "conv2/7"], ["instance:digits", 12]]);
  assert.equal(
    formatFragment("fig-digits", entries),
    "#fig-digits~unit:digits-cnn=conv2/7&instance:digits=12",
  );
});

test("what is written is read again, types and all", () => {
  /** @type {[string, any][]} */
  const entries = [
    ["fig-a.number", -1.5e-7],
    ["fig-a.yes", true],
    ["fig-a.text", "a & b = c ~ d # é 😀"],
    ["fig-a.digits", "12"],
    ["fig-a.word", "true"],
    ["fig-a.quoted", "'12"],
    ["fig-a.empty", ""],
  ];
  const {anchor, entries: read} = parseFragment(formatFragment("x~y & z", entries));
  assert.equal(anchor, "x~y & z");
  assert.deepEqual([...read], entries);
});

test("a text that looks like a number stays a text", () => {
  assert.equal(writeValue("12"), "'12");
  assert.equal(readValue("'12"), "12");
  assert.equal(readValue("12"), 12);
  assert.equal(readValue("1e999"), "1e999");
});

test("what cannot be read is skipped, the rest is kept", () => {
  const {anchor, entries} = parseFragment("#fig%ZZ~good=1&bad=%E0%A4%A&novalue&=3&spa ce=1&fig.x=a=b");
  assert.equal(anchor, "");
  assert.deepEqual([...entries], [["good", 1], ["fig.x", "a=b"]]);
});

test("an address never grows without bound", () => {
  const long = "x".repeat(LONGEST);
  assert.equal(formatFragment("a", [["k", long], ["short", 1]]), "#a~short=1");
  assert.equal(parseFragment(`#a~k=${"x".repeat(3 * LONGEST)}`).entries.size, 0);
});

test("keys do not reach into the page's own objects", () => {
  const {entries} = parseFragment("#~__proto__=1&constructor=2");
  assert.equal(entries.get("__proto__"), 1);
  assert.equal(/** @type {any} */ ({}).polluted, undefined);
});
