import assert from "node:assert/strict";
import test from "node:test";
import {counted, kept, narrowed, ordered, readAsked, told, writeAsked} from "../../templates/js/matrix.js";

/** @param {string} name @param {number} year @param {string} state @param {string[]} marks */
const row = (name, year, state, ...marks) => ({name, words: `${name} ${year}`, year, state, marks: new Set(marks)});
const ROWS = [
  row("Playground", 2017, "whole", "4.4", "7.5"),
  row("iGAN Krähenbühl", 2016, "", "7.5"),
  row("Black Box", 2005, "part", "4.1", "7.1", "8.2"),
  row("Atlas", 2017, "", "4.4"),
];
/** @type {import("../../templates/js/matrix.js").Asked} */
const ALL = {columns: [], find: "", show: "", sort: ""};
const names = (/** @type {Partial<typeof ALL>} */ change) => ROWS.filter((one) => kept(one, {...ALL, ...change})).map(({name}) => name);

test("columns keep the works that have the marks of all of them", () => {
  assert.deepEqual(names({columns: ["7.5"]}), ["Playground", "iGAN Krähenbühl"]);
  assert.deepEqual(names({columns: ["4.4", "7.5"]}), ["Playground"]);
  assert.deepEqual(names({columns: ["4.1", "7.5"]}), []);
  assert.deepEqual([counted(ROWS, "7.5"), counted(ROWS, "8.1")], [2, 0]);
});

test("every word must be found, in any order, whatever its case or accents", () => {
  assert.deepEqual(names({find: " box BLACK"}), ["Black Box"]);
  assert.deepEqual(names({find: "krahen"}), ["iGAN Krähenbühl"]);
  assert.deepEqual(names({find: "2017 at"}), ["Atlas"]);
  assert.equal(names({find: "  "}).length, 4);
});

test("what is live here in part counts as live", () => {
  assert.deepEqual(names({show: "live"}), ["Playground", "Black Box"]);
  assert.deepEqual(names({show: "open", columns: ["4.4"]}), ["Atlas"]);
});

test("rows are ordered, and equal ones stay as the survey has them", () => {
  assert.deepEqual(ordered(ROWS, ""), [0, 1, 2, 3]);
  assert.deepEqual(ordered(ROWS, "year"), [0, 3, 1, 2]);
  assert.deepEqual(ordered(ROWS, "name"), [3, 2, 1, 0]);
  assert.deepEqual(ordered(ROWS, "live"), [0, 2, 1, 3]);
  assert.deepEqual(ordered(ROWS, "marks"), [2, 0, 1, 3]);
  assert.deepEqual(ordered(ROWS, "toString"), [0, 1, 2, 3]);
});

test("an address brings back what was asked, and nonsense asks for nothing", () => {
  const columns = ["4.1", "4.4", "7.5"];
  const asked = {columns: ["4.4", "7.5"], find: "a b", show: "open", sort: "marks"};
  assert.deepEqual(readAsked(new Map(writeAsked(asked)), columns), asked);
  // One column alone is read as a number.
  assert.deepEqual(readAsked(new Map([["columns", 4.4]]), columns).columns, ["4.4"]);
  const wild = new Map(Object.entries({columns: "9.9,constructor", show: "none", sort: "constructor", find: "x".repeat(999)}));
  assert.deepEqual({...readAsked(wild, columns), find: ""}, ALL);
  assert.equal(readAsked(wild, columns).find.length, 80);
  assert.deepEqual(writeAsked({...ALL, find: "  "}), []);
});

test("what is shown is said in a sentence", () => {
  assert.equal(told(1, 45, 2, ["Teaching", "Units"]), "1 work of 45 with Teaching and Units, 2 articles");
  assert.equal(told(45, 45, 1, []), "45 works of 45, 1 article");
  assert.deepEqual([narrowed(ALL), narrowed({...ALL, sort: "year"}), narrowed({...ALL, find: "x"})], [false, false, true]);
});
