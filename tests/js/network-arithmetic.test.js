import assert from "node:assert/strict";
import {test} from "node:test";
import {explain} from "../../templates/figures/network/arithmetic.js";
import {erf} from "../../templates/figures/network/functions.js";
import {exact, parsed} from "../../templates/figures/network/numbers.js";
import {agrees} from "../../templates/figures/network/words.js";

/** @typedef {import("../../templates/figures/network/windows.js").Layer} Layer */

/** @param {Partial<Layer>} fields @returns {Layer} */
const layer = (fields) => ({
  name: "it",
  op: "relu",
  words: "",
  inputs: ["before"],
  shape: [1, 1, 1],
  attributes: {},
  tensors: {},
  ...fields,
});

/**
 * What one layer can know: what stands before it, and its weights by role.
 * @param {Record<string, [number[], number[]]>} before  layer -> numbers, shape
 * @param {Record<string, number[][]>} weights  role -> numbers of each channel
 * @param {Layer[]} others
 */
function known(before, weights = {}, others = []) {
  return {
    layer: (/** @type {string} */ name) =>
      others.find((other) => other.name === name) ?? layer({name, op: "input", inputs: [], shape: before[name][1]}),
    activation: (/** @type {string} */ name) => ({data: Float32Array.from(before[name][0]), shape: before[name][1]}),
    weight: (/** @type {Layer} */ _, /** @type {string} */ role, /** @type {number} */ channel) => weights[role][channel],
  };
}

const NINE = [1, 2, 3, 4, 5, 6, 7, 8, 9];
const at = (channel = 0, row = 0, column = 0) => ({channel, row, column});
const window = (kernel = [2, 2], stride = [1, 1], padding = [0, 0]) => ({kernel, stride, padding});

test("a convolution sums what it sees times its filter, channel by channel, and adds the bias", () => {
  const two = [...NINE, ...NINE.map((value) => 10 * value)];
  const conv = layer({
    op: "conv",
    shape: [1, 2, 2],
    attributes: {...window(), dilation: [1, 1], groups: 1},
    tensors: {weight: "w", bias: "b"},
  });
  const {groups, steps, value} = explain(conv, at(0, 1, 0), known({before: [two, [2, 3, 3]]}, {weight: [[1, 0, 0, 1, 0, 2, 0, 0]], bias: [[0.5]]}));
  assert.deepEqual(groups[0].inputs, [4, 5, 7, 8]);
  assert.deepEqual(groups[0].results, [4, 0, 0, 8]);
  assert.deepEqual(groups.map(({total}) => total), [12, 100]);
  assert.deepEqual(steps.map(({sign, value: number}) => [sign, number]), [["", 112], ["+", 0.5], ["=", 112.5]]);
  assert.equal(value, 112.5);
});

test("padding counts as zero, stride moves the window, and dilation spreads it", () => {
  const conv = layer({
    op: "conv",
    shape: [1, 2, 2],
    attributes: {...window([2, 2], [2, 2], [1, 1]), dilation: [2, 2], groups: 1},
    tensors: {weight: "w"},
  });
  const {groups, value} = explain(conv, at(0, 0, 1), known({before: [NINE, [1, 3, 3]]}, {weight: [[1, 10, 100, 1000]]}));
  assert.deepEqual(groups[0].inputs, [0, 0, 5, 0]);
  assert.deepEqual(groups[0].outside, [true, true, false, true]);
  assert.equal(value, 500);
});

test("a convolution in groups reads its own share of the channels", () => {
  const conv = layer({
    op: "conv",
    shape: [4, 1, 1],
    attributes: {...window([1, 1]), dilation: [1, 1], groups: 2},
    tensors: {weight: "w"},
  });
  const four = known({before: [[1, 2, 3, 4], [4, 1, 1]]}, {weight: [[], [], [1, 1], []]});
  assert.deepEqual(explain(conv, at(2), four).groups.map(({channel}) => channel), [2, 3]);
  assert.equal(explain(conv, at(2), four).value, 7);
});

test("a dense layer behind a flatten is grouped by the maps that were flattened", () => {
  const flat = layer({name: "flat", op: "flatten", inputs: ["maps"], shape: [8]});
  const dense = layer({op: "linear", inputs: ["flat"], shape: [1], tensors: {weight: "w", bias: "b"}});
  const maps = known({maps: [[1, 2, 3, 4, 5, 6, 7, 8], [2, 2, 2]]}, {weight: [[1, 1, 1, 1, 0, 0, 0, -1]], bias: [[1]]}, [flat]);
  const {groups, value} = explain(dense, at(), maps);
  assert.deepEqual(groups.map(({source, channel, total}) => [source, channel, total]), [["maps", 0, 10], ["maps", 1, -8]]);
  assert.equal(value, 3);
});

test("a dense layer on many units shows them in bunches that cover each unit once", () => {
  const dense = layer({op: "linear", shape: [1], tensors: {weight: "w"}});
  const ones = Array.from({length: 40}, (_, i) => i);
  const {groups, value} = explain(dense, at(), known({before: [ones, [40]]}, {weight: [Array(40).fill(1)]}));
  assert.deepEqual(groups.flatMap(({inputs}) => inputs), ones);
  assert.equal(value, 780);
});

test("a maximum takes the largest and ignores what lies outside, even if all are negative", () => {
  const pool = layer({op: "max_pool", shape: [1, 2, 2], attributes: {...window([2, 2], [2, 2], [1, 1]), dilation: [1, 1]}});
  const negative = known({before: [NINE.map((value) => -value), [1, 3, 3]]});
  assert.equal(explain(pool, at(0, 0, 0), negative).value, -1);
  const {groups, value} = explain(pool, at(0, 1, 1), negative);
  assert.deepEqual([value, groups[0].best], [-5, 0]);
});

test("an average divides by the window, and by what of it is inside where padding does not count", () => {
  const mean = (/** @type {boolean} */ counted) =>
    layer({op: "avg_pool", shape: [1, 2, 2], attributes: {...window([2, 2], [2, 2], [1, 1]), count_padding: counted, divisor: null}});
  const nine = known({before: [NINE, [1, 3, 3]]});
  assert.equal(explain(mean(true), at(0, 0, 1), nine).value, 5 / 4);
  assert.equal(explain(mean(false), at(0, 0, 1), nine).value, 5 / 2);
  const share = layer({op: "adaptive_avg_pool", shape: [1, 2, 2]});
  assert.equal(explain(share, at(0, 0, 1), nine).value, (2 + 3 + 5 + 6) / 4);
});

test("batch norm subtracts the mean, divides by the spread, scales and shifts, in steps", () => {
  const norm = layer({op: "batch_norm", attributes: {eps: 1}, tensors: {weight: "w", bias: "b", mean: "m", variance: "v"}});
  const {steps, value} = explain(norm, at(), known({before: [[7], [1, 1, 1]]}, {weight: [[3]], bias: [[-1]], mean: [[1]], variance: [[8]]}));
  assert.deepEqual(steps.map(({sign, value: number}) => [sign, number]), [["", 7], ["−", 1], ["÷", 3], ["×", 3], ["+", -1], ["=", 5]]);
  assert.equal(value, 5);
});

test("sums of layers, fixed scales, concatenations and flattens point to where the numbers stand", () => {
  const pair = {left: /** @type {[number[], number[]]} */ ([NINE, [1, 3, 3]]), right: /** @type {[number[], number[]]} */ ([NINE, [1, 3, 3]])};
  assert.equal(explain(layer({op: "add", inputs: ["left", "right"], shape: [1, 3, 3]}), at(0, 1, 2), known(pair)).value, 12);
  assert.equal(explain(layer({op: "scale", inputs: ["left"], attributes: {factor: 2, shift: -1}}), at(0, 2, 2), known(pair)).value, 17);
  const cat = explain(layer({op: "cat", inputs: ["left", "right"], shape: [2, 3, 3]}), at(1, 0, 1), known(pair));
  assert.deepEqual([cat.groups[0].source, cat.groups[0].channel, cat.value], ["right", 0, 2]);
  const flat = explain(layer({op: "flatten", inputs: ["left"], shape: [9]}), at(5), known(pair));
  assert.deepEqual([flat.groups[0].patch.top, flat.groups[0].patch.left, flat.value], [1, 2, 6]);
});

test("functions of one number: ReLU, leaky ReLU, hard tanh, tanh, sigmoid, SiLU, GELU", () => {
  const of = (/** @type {string} */ op, /** @type {number} */ x, attributes = {}) =>
    explain(layer({op, attributes}), at(), known({before: [[x], [1, 1, 1]]})).value;
  assert.deepEqual([of("relu", -2), of("relu", 2)], [0, 2]);
  assert.equal(of("leaky_relu", -2, {slope: 0.25}), -0.5);
  assert.deepEqual([of("hardtanh", 9, {low: 0, high: 6}), of("hardtanh", -1, {low: 0, high: 6})], [6, 0]);
  assert.equal(of("tanh", 0.5), Math.tanh(0.5));
  assert.equal(of("sigmoid", 0), 0.5);
  assert.equal(of("silu", 0), 0);
  // Hendrycks and Gimpel: gelu(1) = Φ(1) = 0.8413447460685429.
  assert.ok(Math.abs(of("gelu", 1, {approximate: "none"}) - 0.8413447460685429) < 1e-12);
  assert.ok(Math.abs(of("gelu", 1, {approximate: "tanh"}) - 0.8411919906082768) < 1e-9);
});

test("the error function is exact far out and near zero", () => {
  // Abramowitz and Stegun, table 7.1.
  for (const [x, value] of [[0.1, 0.1124629160182849], [1, 0.8427007929497149], [2, 0.9953222650189527], [3.5, 0.9999992569016276]]) {
    assert.ok(Math.abs(erf(x) - value) < 1e-14, `erf(${x})`);
    assert.equal(erf(-x), -erf(x));
  }
  assert.equal(erf(40), 1);
});

test("softmax gives a share of the sum of powers, and its logarithm the same share", () => {
  const before = known({before: [[0, Math.log(3), 1000], [3]]});
  const few = known({before: [[0, Math.log(3)], [2]]});
  assert.ok(Math.abs(explain(layer({op: "softmax", shape: [2]}), at(1), few).value - 0.75) < 1e-7);
  assert.ok(Math.abs(explain(layer({op: "log_softmax", shape: [2]}), at(0), few).value - Math.log(0.25)) < 1e-7);
  assert.equal(explain(layer({op: "softmax", shape: [3]}), at(2), before).value, 1);
});

test("an operation that nobody explains is refused by name", () => {
  assert.throws(() => explain(layer({op: "wavelet"}), at(), known({})), /wavelet/);
});

test("one altered weight and the sum no longer agrees with the network's answer", () => {
  const dense = layer({op: "linear", shape: [1], tensors: {weight: "w"}});
  const before = /** @type {[number[], number[]]} */ ([[0.5, 0.25, -1], [3]]);
  const answer = 0.5 * 0.1 + 0.25 * 0.2 - 0.3;
  const right = explain(dense, at(), known({before}, {weight: [[0.1, 0.2, 0.3]]}));
  const altered = explain(dense, at(), known({before}, {weight: [[0.1, 0.2, 0.301]]}));
  assert.ok(agrees(right.value, answer));
  assert.ok(!agrees(altered.value, answer));
});

test("printed numbers have six significant digits, a true minus sign, and can be read back", () => {
  assert.equal(exact(-1.5), "−1.500000");
  assert.equal(exact(0.00123456789), "0.00123457");
  assert.equal(exact(1.23456e-9), "1.23456e−9");
  assert.equal(exact(0), "0.000000");
  assert.equal(exact(-1e-320), "−9.99989e−321");
  for (const value of [123.4567891, -0.0456789123, 3.3e-8]) {
    assert.ok(Math.abs(parsed(exact(value)) - value) <= 5e-6 * Math.abs(value));
  }
});
