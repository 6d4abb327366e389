import assert from "node:assert/strict";
import {test} from "node:test";
import {Kept, baseline, key, mixed, now} from "../../templates/figures/attribution/asking.js";
import {touched, without} from "../../templates/figures/attribution/brush.js";
import {isSigned} from "../../templates/figures/attribution/methods.js";
import {area, blurred, descending, enlarged, inside, ranks, reduced, spearman, starts} from "../../templates/figures/attribution/numbers.js";
import {probabilities} from "../../templates/js/probabilities.js";
import {adds, alike, cascaded, where} from "../../templates/figures/attribution/words.js";
import {write} from "../../templates/js/scribble.js";
import {normal, shuffle, uniform} from "../../templates/js/noise.js";
import {exact, percent, short} from "../../templates/js/numerals.js";
import {replaced} from "../../templates/js/widen.js";

const VALUES = {
  methods: [{name: "integrated"}, {name: "cam"}, {name: "occlusion"}],
  shown: ["integrated", "cam"],
  picks: [{index: 7}, {index: 3}],
  layers: ["relu3", "conv1"],
  patch: 5,
  range: [-1, 1],
  shape: [1, 4, 4],
};

/** @param {Record<string, any>} held @returns {any} */
const state = (held) => ({
  get: (/** @type {string} */ name, /** @type {any} */ fallback) => held[name] ?? fallback,
});

test("channels add up where sign counts, and the largest size stands elsewhere", () => {
  const values = [1, -2, 3, -4, 5, -6];
  assert.deepEqual([...reduced(values, 2, true)], [9, -12]);
  assert.deepEqual([...reduced(values, 2, false)], [5, 6]);
  assert.equal(isSigned({name: "grad-cam", signed: false}, true), true);
  assert.equal(isSigned({name: "cam", signed: true}, false), true);
});

test("a map is enlarged by straight lines between the centres of its pixels", () => {
  // Centres at 1 and 3 of 4: the ends are continued, between them a quarter and three quarters.
  assert.deepEqual([...enlarged([0, 4], [1, 2], [1, 4])], [0, 1, 3, 4]);
  assert.deepEqual([...enlarged([5], [1, 1], [2, 2])], [5, 5, 5, 5]);
});

test("ranks share ties, and rank correlation knows order alone", () => {
  assert.deepEqual([...ranks([10, 20, 20, 5])], [2, 3.5, 3.5, 1]);
  assert.equal(spearman([1, 2, 3], [10, 200, 3000]), 1);
  assert.equal(spearman([1, 2, 3], [3, 2, 1]), -1);
  // Ranks 1 2 3 4 and 2 1 4 3: 1 − 6 · 4 / (4 · 15) = 0.6.
  assert.ok(Math.abs(spearman([1, 2, 3, 4], [2, 1, 4, 3]) - 0.6) < 1e-12);
  assert.ok(Number.isNaN(spearman([1, 1], [1, 2])));
});

test("a share of a map is of its size, whatever the sign", () => {
  assert.equal(inside([3, -1, -4], [0, 1, 1]), 5 / 8);
  assert.equal(inside([0, 0], [1, 1]), 0);
});

test("pixels go from the greatest down, equal ones in their order", () => {
  assert.deepEqual([...descending([1, 3, 3, -5])], [1, 2, 0, 3]);
});

test("patches begin a stride apart and reach the end", () => {
  assert.deepEqual(starts(10, 4, 2), [0, 2, 4, 6]);
  assert.deepEqual(starts(9, 4, 2), [0, 2, 4, 6]);
  assert.deepEqual(starts(3, 5, 2), [0]);
});

test("a flat picture stays itself when blurred, and a dot spreads without loss in the middle", () => {
  assert.ok(blurred(new Float32Array(64).fill(0.5), [1, 8, 8]).every((one) => Math.abs(one - 0.5) < 1e-6));
  const dot = new Float32Array(400);
  dot[10 * 20 + 10] = 1;
  const spread = blurred(dot, [1, 20, 20]);
  assert.ok(Math.abs(spread.reduce((a, b) => a + b, 0) - 1) < 1e-5);
  assert.ok(spread[210] < 0.2);
});

test("answers become probabilities as the model means them", () => {
  assert.deepEqual(probabilities([0, 0], "softmax"), [0.5, 0.5]);
  assert.deepEqual(probabilities([Math.log(0.25), Math.log(0.75)], "exp").map((one) => one.toFixed(2)), ["0.25", "0.75"]);
  assert.deepEqual(probabilities([-3], "as they are"), [-3]);
  assert.equal(area([1, 0, 0]), 0.25);
});

test("what is asked is read from the state, and what makes no sense is not", () => {
  const at = now(state({methods: "cam,nonsense", example: 3, layer: "gone"}), VALUES);
  assert.deepEqual(at.methods, ["integrated", "cam"]);
  assert.equal(at.example, 1);
  assert.equal(at.layer, "relu3");
  assert.deepEqual(now(state({methods: "cam,cam,occlusion"}), VALUES).methods, ["cam", "cam", "occlusion"]);
});

test("a map is asked anew only for what it depends on", () => {
  const at = now(state({}), VALUES);
  assert.equal(key("cam", at, 2, 0), key("cam", {...at, steps: 64, opacity: 0}, 2, 0));
  assert.notEqual(key("integrated", at, 2, 0), key("integrated", {...at, steps: 64}, 2, 0));
  assert.notEqual(key("cam", at, 2, 0), key("cam", at, 2, 1));
  assert.notEqual(key("cam", at, 2, 0), key("cam", at, 1, 0));
});

test("nothing is the least value, the middle one, or the picture without detail", () => {
  const input = new Float32Array(16).fill(0.25);
  assert.equal(baseline("least", input, VALUES)[3], -1);
  assert.equal(baseline("grey", input, VALUES)[3], 0);
  assert.ok(Math.abs(baseline("blurred", input, VALUES)[3] - 0.25) < 1e-6);
});

test("shuffled weights are the same numbers elsewhere", () => {
  const weights = Float32Array.from({length: 100}, (_, i) => i);
  const other = mixed(weights, 3);
  assert.notDeepEqual(other, weights);
  assert.deepEqual([...other].sort((a, b) => a - b), [...weights]);
  assert.deepEqual(mixed(weights, 3), other);
});

test("random numbers are those of the build", () => {
  // python: noise.uniform(1, 0, 3), noise.normal(1, 5, 2), noise.shuffle(3, 6)
  const said = (/** @type {number} */ one) => one.toFixed(9);
  assert.deepEqual([0, 1, 2].map((i) => said(uniform(1, i))), ["0.627073941", "0.002735721", "0.527447040"]);
  assert.deepEqual([5, 6].map((i) => said(normal(1, i))), ["-1.099506718", "-0.449942760"]);
  assert.deepEqual([...shuffle(3, 6)], [1, 3, 2, 5, 0, 4]);
});

test("a cache keeps the newest", () => {
  const kept = new Kept();
  for (let i = 0; i < 81; i++) kept.set(String(i), i);
  assert.equal(kept.get("0"), undefined);
  assert.equal(kept.get("80"), 80);
});

test("tensors of a weights file are replaced where they lie", () => {
  const text = JSON.stringify({a: {dtype: "F16", shape: [2], data_offsets: [0, 4]}, b: {dtype: "F32", shape: [1], data_offsets: [4, 8]}});
  const head = new TextEncoder().encode(text);
  // As widened: the header still says half floats, the two numbers have four bytes each.
  const file = new Uint8Array(8 + head.length + 12);
  new DataView(file.buffer).setUint32(0, head.length, true);
  file.set(head, 8);
  const made = replaced(file, {b: Float32Array.of(2)});
  assert.equal(new DataView(made.buffer).getFloat32(8 + head.length + 8, true), 2);
  assert.equal(new DataView(file.buffer).getFloat32(8 + head.length + 8, true), 0);
  const first = replaced(file, {a: Float32Array.of(3, 4)});
  assert.equal(new DataView(first.buffer).getFloat32(8 + head.length + 4, true), 4);
  assert.throws(() => replaced(file, {a: Float32Array.of(3)}), /a has 8 bytes, not 4/);
  assert.throws(() => replaced(file, {c: Float32Array.of(3)}), /no c/);
});

test("words", () => {
  assert.equal(short(-0.12345), "−0.123");
  assert.equal(short(0), "0");
  assert.equal(short(0.00012), "1.20e−4");
  assert.equal(exact(-5.68219), "−5.6822");
  assert.equal(percent(0.016), "1.6 %");
  assert.equal(percent(0.27), "27 %");
  assert.equal(where(0, 9, 9), "in the upper left");
  assert.equal(where(40, 9, 9), "in the middle");
  assert.equal(where(80, 9, 9), "in the lower right");
  assert.equal(alike(0.95), "hardly changes");
  assert.equal(alike(-0.4), "changes");
  assert.equal(alike(NaN), "one map is the same everywhere");
  assert.equal(cascaded(0, [{layer: "a"}]), "none: as trained");
  assert.equal(cascaded(3, ["c", "b", "a"].map((layer) => ({layer}))), "c to a");
  assert.deepEqual(adds("cam", 1, 2)[1], ["Score", "2.0000", ""]);
});

test("a brush touches the pixels whose centre it passes over, and no others", () => {
  // A tenth of the side wide: half a pixel on either side of the line, on ten pixels.
  const across = touched(write([[[0.05, 0.25], [0.95, 0.25]]]), [1, 10, 10]);
  assert.deepEqual([...across.keys()].filter((at) => across[at]), [20, 21, 22, 23, 24, 25, 26, 27, 28, 29]);
  const dot = touched(write([[[0.55, 0.85]]]), [1, 10, 10]);
  assert.deepEqual([...dot.keys()].filter((at) => dot[at]), [85]);
  assert.ok(touched("", [1, 3, 3]).every((one) => !one));
  assert.ok(touched("not a drawing", [1, 3, 3]).every((one) => !one));
});

test("what is rubbed out gives way in every channel", () => {
  assert.deepEqual([...without([1, 2, 3, 4], [9, 9, 9, 127.6], Uint8Array.of(0, 1))], [1, 9, 3, 128]);
});

test("a map is asked anew for a picture of which something is rubbed out", () => {
  const at = now(state({}), VALUES);
  assert.notEqual(key("cam", at, 2, 0), key("cam", {...at, rubbed: "AwNwN"}, 2, 0));
  assert.notEqual(key("cam", {...at, rubbed: "AwNwN"}, 2, 0), key("cam", {...at, rubbed: "AwNwN", baseline: "grey"}, 2, 0));
});
