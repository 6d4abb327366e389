import assert from "node:assert/strict";
import {test} from "node:test";
import {covered, draws, fitted, nearness, weighed} from "../../templates/figures/attribution/lime.js";
import {averaged, difference, evidence, windows} from "../../templates/figures/attribution/many.js";
import {switched} from "../../templates/figures/attribution/probe.js";
import {borders, counted, cut, pieces, superpixels, towards} from "../../templates/figures/attribution/superpixels.js";
import {uniform} from "../../templates/js/noise.js";

/** As tests/compute/attribution/test_superpixels.py makes it. @param {number} count */
const noisy = (count) => Uint8Array.from({length: count}, (_, i) => 256 * uniform(5, i));

test("superpixels are those of the build", () => {
  // tests/compute/attribution/test_superpixels.py holds the same line.
  assert.equal([...superpixels(noisy(80), [2, 5, 8], 4)].join(""), "0001122203411522034165273344652733388999");
});

test("a flat picture is cut into a grid", () => {
  assert.deepEqual([...superpixels(new Uint8Array(16), [1, 4, 4], 4)], [0, 0, 1, 1, 0, 0, 1, 1, 2, 2, 3, 3, 2, 2, 3, 3]);
});

// Two superpixels side by side; the left one is dark at the left and light at the right.
const LABELS = Int32Array.of(0, 0, 0, 0, 1, 1, 0, 0, 0, 0, 1, 1);
const BYTES = Uint8Array.of(9, 9, 9, 200, 50, 50, 9, 9, 9, 200, 50, 50);
const SHAPE = [1, 2, 6];

test("a superpixel is split where its colours part, and numbers follow reading order", () => {
  assert.deepEqual([...cut(LABELS, "s2", BYTES, SHAPE)], [0, 0, 0, 1, 2, 2, 0, 0, 0, 1, 2, 2]);
  // Of one colour and as high as it is wide: across the middle.
  assert.deepEqual([...cut(LABELS, "s4", BYTES, SHAPE)], [0, 0, 0, 0, 1, 1, 0, 0, 0, 0, 2, 2]);
});

test("two superpixels are merged, and cuts follow one another", () => {
  assert.deepEqual([...cut(LABELS, "m0-5", BYTES, SHAPE)], new Array(12).fill(0));
  assert.deepEqual([...cut(LABELS, "s0,m3-4", BYTES, SHAPE)], [0, 0, 0, 1, 1, 1, 0, 0, 0, 1, 1, 1]);
});

test("cuts that name no pixel of the picture, and no cuts, leave all as it is", () => {
  for (const cuts of ["", "s99", "m0-99", "m1-2"]) assert.deepEqual([...cut(LABELS, cuts, BYTES, SHAPE)], [...LABELS]);
  assert.equal(counted(cut(Int32Array.of(0), "s0", Uint8Array.of(5), [1, 1, 1])), 1);
});

test("lines run between superpixels, and each has its first pixel, its centre and its edge", () => {
  assert.equal(borders(LABELS, 6), "M4 0v1M4 1v1");
  const [left, right] = pieces(LABELS, 6);
  assert.deepEqual([left.pixel, left.x, left.y, left.size], [0, 2, 1, 8]);
  assert.deepEqual([right.pixel, right.path], [4, "M4 0h2v1h-2zM4 1h2v1h-2z"]);
  // Two rows and two columns: eight sides of pixels, the picture's border among them.
  assert.equal(right.edge.split("M").length - 1, 8);
});

test("arrows lead to the nearest on that side, or nowhere", () => {
  const centres = [{x: 1, y: 1}, {x: 3, y: 1.5}, {x: 3, y: 6}, {x: 1, y: 4}];
  assert.equal(towards(centres, 0, "ArrowRight"), 1);
  assert.equal(towards(centres, 0, "ArrowDown"), 3);
  assert.equal(towards(centres, 2, "ArrowUp"), 1);
  assert.equal(towards(centres, 0, "ArrowLeft"), -1);
  assert.equal(towards(centres, 0, "Enter"), -1);
  // A little to the right and far below is below.
  assert.equal(towards([{x: 1, y: 1}, {x: 1.2, y: 9}], 0, "ArrowRight"), -1);
});

test("the first picture is whole, and the others are those of the build", () => {
  // python: lime.draws(3, 4, 6)[:4]
  assert.deepEqual(draws(3, 4, 6).slice(0, 4).map((row) => [...row]), [[1, 1, 1, 1], [0, 1, 1, 1], [0, 1, 1, 1], [1, 0, 1, 1]]);
  assert.equal(draws(3, 4, 6).length, 25);
  for (const seed of [1, 2, 7]) assert.ok(draws(seed, 9, 1)[0].every(Boolean));
});

test("pictures count less the more is off", () => {
  assert.equal(nearness(Uint8Array.of(1, 1)), 1);
  // Distance 1 - sqrt(1/4), over 2 · 0.25².
  assert.ok(Math.abs(nearness(Uint8Array.of(1, 0, 0, 0)) - Math.exp(-2)) < 1e-15);
});

test("the line is that of the build, which is scikit-learn's", () => {
  // python: fitted(draws(3, 4, 6), answers(…)) of tests/compute/attribution/test_lime.py
  const on = draws(3, 4, 6);
  const {weights, base, fit} = fitted(on, on.map((z) => 3 * z[0] - 1.5 * z[2] + 2 * z[1] * z[3] + 0.25));
  const said = [...weights, base, fit].map((one) => one.toFixed(9));
  assert.deepEqual(said, ["1.824205153", "0.662101209", "-0.697008965", "0.575242123", "0.151197718", "0.740976248"]);
});

test("a score that never changes gives nothing to any part, and is explained", () => {
  const on = draws(1, 3, 5);
  const {weights, base, fit} = fitted(on, on.map(() => 7));
  assert.ok(weights.every((one) => Math.abs(one) < 1e-12));
  assert.ok(Math.abs(base - 7) < 1e-12);
  assert.equal(fit, 1);
});

test("what is off is taken from what stands for nothing, in every channel", () => {
  const picture = Float32Array.of(1, 2, 3, 4);
  assert.deepEqual([...covered(picture, new Float32Array(4), Int32Array.of(0, 1), (one) => one === 1)], [0, 2, 0, 4]);
  assert.deepEqual(weighed([7, 7, 9], Int32Array.of(0, 0, 1)), [7, 9]);
});

test("what is off is named by pixels, and one outside the picture names nothing", () => {
  assert.deepEqual([...switched("1,4,99", LABELS)], [0, 1]);
  assert.deepEqual([...switched("", LABELS)], []);
});

test("windows reach the end, half their side apart, and a pixel has the mean of those over it", () => {
  assert.deepEqual(windows(1, 3, 2), [[0, 1], [1, 2]]);
  assert.deepEqual([...averaged([[0, 1], [1, 2]], [1, -2], 3)], [1, -0.5, -2]);
});

test("evidence is log-odds in bits, held finite", () => {
  assert.ok(Math.abs(evidence(0.75, 1e9, 2) - Math.log2(3)) < 1e-6);
  assert.ok(Math.abs(evidence(0, 6, 2) + Math.log2(7)) < 1e-12);
});

test("probabilities are averaged over fills before odds are taken", async () => {
  const asking = {
    shape: [1, 1, 2],
    score: () => 0,
    /** @template V @param {V[]} all @param {(one: V) => Float32Array} picture */
    rows: async (all, picture) => all.map(picture),
  };
  /** @type {any} */
  const ask = {input: Float32Array.of(3, 0), patch: 1};
  const fills = [Float32Array.of(0, 9), Float32Array.of(3, 9)];
  const odds = (/** @type {Float32Array} */ one) => 1 / (1 + 2 ** (one[1] - one[0]));
  const {map} = await difference(ask, fills, odds, (one) => evidence(one, 1e12, 2), asking, () => {});
  // With the first pixel from a fill: p is 1/2 or 8/9, 25/36 in the mean, odds of 25 to 11.
  assert.ok(Math.abs(map[0] - (3 - Math.log2(25 / 11))) < 1e-6);
});
