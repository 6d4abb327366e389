import assert from "node:assert/strict";
import {test} from "node:test";
import {masked} from "../../templates/figures/units/concepts/masked.js";
import {now} from "../../templates/figures/units/concepts/now.js";
import {byCategory, listed, overlap, overlaps, tally} from "../../templates/figures/units/concepts/overlap.js";
import {between, spread} from "../../templates/figures/units/concepts/spread.js";
import {percent, summary} from "../../templates/figures/units/concepts/words.js";

const CONCEPTS = [
  {category: "shape", name: "disc"},
  {category: "shape", name: "cross"},
  {category: "colour", name: "red"},
];
const TOTAL = [10, 20, 30];
/** Two shares of three units: area, then hits in each concept. */
const NUMBERS = {
  area: {data: Int32Array.of(5, 10, 10, 20, 2, 4), shape: [3, 2]},
  hits: {data: Int32Array.of(5, 0, 0, 5, 2, 0, 1, 8, 0, 1, 10, 0, 0, 1, 0, 0, 0, 1), shape: [3, 2, 3]},
};

test("overlap is what both have over what either has, and nothing over nothing is nothing", () => {
  assert.equal(overlap(5, 5, 10), 0.5);
  assert.equal(overlap(10, 10, 10), 1);
  assert.equal(overlap(0, 0, 0), 0);
  assert.deepEqual(overlaps(NUMBERS, TOTAL, 0, 1), [5 / 15, 2 / 28, 0]);
});

test("moving the share or the least IoU changes who is a detector and what is found", () => {
  const first = tally(NUMBERS, TOTAL, 0, 0.2);
  assert.deepEqual(first.labels.map(({best}) => best), [0, 1, 1]);
  assert.deepEqual(first.labels.map(({overlap}) => overlap), [0.5, 8 / 22, 1 / 21]);
  assert.deepEqual([first.detectors, [...first.found]], [2, [0, 1]]);
  assert.equal(tally(NUMBERS, TOTAL, 0, 0.4).detectors, 1);
  const second = tally(NUMBERS, TOTAL, 1, 0.01);
  assert.deepEqual([second.detectors, [...second.found]], [3, [0, 1, 2]]);
  assert.deepEqual([...byCategory(second, CONCEPTS)], [["shape", 2], ["colour", 1]]);
  assert.equal(summary("trained", first), "trained: 2 of 3 channels find 2 concepts");
});

test("cards are sorted, and found by category or by concept", () => {
  const all = tally(NUMBERS, TOTAL, 1, 0.2);
  const units = (/** @type {string} */ sort, find = "") => listed(all, CONCEPTS, sort, find).map(({unit}) => unit);
  assert.deepEqual(units("channel"), [0, 1, 2]);
  assert.deepEqual(units("overlap"), [0, 1, 2]);
  assert.deepEqual(units("concept"), [0, 1, 2]);
  assert.deepEqual(units("overlap", "shape"), [0, 1]);
  assert.deepEqual(units("overlap", "shape/cross"), [1]);
  assert.deepEqual(units("overlap", "colour/red"), [2]);
});

test("between two units lies a straight line, and beyond the outermost their own value", () => {
  assert.deepEqual(between({first: 1, step: 2}, 3, 7).map(({low, share}) => low + share), [0, 0, 0.5, 1, 1.5, 2, 2]);
  assert.deepEqual([...spread([4, 8], [1, 2], [{first: 0, step: 1}, {first: 0, step: 2}], [2, 3])], [4, 6, 8, 4, 6, 8]);
  assert.deepEqual([...spread([3], [1, 1], [{first: 1, step: 4}, {first: 1, step: 4}], [2, 2])], [3, 3, 3, 3]);
});

test("outside the mask a picture is dim, and a line runs along the edge inside", () => {
  const source = new Uint8ClampedArray(4 * 2 * 2).fill(100);
  const pixels = masked(source, 2, [0, 0], [2, 2], [1, 0, 0, 0], 0.5, 3, [1, 2, 3]);
  const at = (/** @type {number} */ x, /** @type {number} */ y) => [...pixels.slice(4 * (6 * y + x), 4 * (6 * y + x) + 3)];
  assert.deepEqual(at(0, 0), [1, 2, 3]);
  assert.deepEqual(at(1, 1), [100, 100, 100]);
  assert.deepEqual(at(4, 1), [28, 28, 28]);
});

test("what an address says and the figure does not have is put right", () => {
  const values = {
    layers: [{name: "a", channels: 4}], versions: [{name: "trained"}, {name: "rotated"}],
    shares: [0.01, 0.02], share: 0.02, least: 0.2, open: 3,
  };
  const state = (/** @type {Record<string, any>} */ held) => /** @type {any} */ ({get: (/** @type {string} */ name, /** @type {any} */ other) => held[name] ?? other});
  assert.deepEqual(now(state({}), values), {layer: 0, version: 0, beside: 1, share: 1, least: 0.2, unit: 3, sort: "overlap", find: ""});
  const odd = now(state({layer: "x", version: "rotated", beside: "rotated", share: 7, unit: 9}), values);
  assert.deepEqual([odd.layer, odd.version, odd.beside, odd.share, odd.unit], [0, 1, -1, 1, -1]);
  assert.equal(percent(0.005), "0.5%");
});
