import assert from "node:assert/strict";
import {test} from "node:test";
import {batches, made, now} from "../../templates/figures/imagine/asked.js";
import {example, examples, firstWeights, mask} from "../../templates/figures/imagine/draws.js";
import {direction, experiment, softmax} from "../../templates/figures/imagine/experiment.js";

const NAMES = ["nothing", "box", "hollow-box", "disc"];
const CONSTANTS = {
  draws: 104729, many: 20011, shift: 1, faintest: 0.5, rough: 0, each: 8, batch: 4, absent: -1e4, weights: 5, rate: 0.1, momentum: 0.9, unseen: 1000, tests: 8,
  levels: {empty: 0.1}, share: {empty: 0}, noise: 0.3, amplitude: 0.2, decay: 1, jitter: 0, scale: 0, climb: 0.1, smooth: 0, stream: 7, octave: 2, room: 0.02,
};
const VALUES = {names: NAMES, side: 3, nets: {perceptron: [["w", [2, 2]], ["b", [2]]]}, constants: CONSTANTS, first: {shapes: ["disc", "box"], net: "perceptron", epochs: 1, steps: 16, start: "empty", seed: 0}};
const MASTERS = NAMES.map((_, i) => Uint8Array.from({length: 9}, (__, at) => (i && at === 4 ? 255 : 0)));
const state = (/** @type {Record<string, any>} */ held) => /** @type {any} */ ({get: (/** @type {string} */ name, /** @type {any} */ other) => held[name] ?? other});

test("shapes are read in the library's order, and unknown names are passed over", () => {
  assert.deepEqual(now(state({}), VALUES).shapes, [1, 3]);
  assert.deepEqual(now(state({shapes: "hollow-box,teapot,nothing"}), VALUES).shapes, [0, 2]);
  const asked = now(state({shapes: "box,hollow-box,disc", epochs: 3}), VALUES);
  assert.equal(batches(asked, {each: 32, batch: 16}), 18);
  assert.equal(made(asked, NAMES), "Box, hollow box, disc: a perceptron, 3 epochs, from an empty picture, seed 0.");
});

test("an example is its shape moved and fainter, and its seed's alone", () => {
  const [places, inks] = [new Set(), new Set()];
  for (let k = 0; k < 60; k++) {
    const one = example(MASTERS[1], 3, k, 0, CONSTANTS);
    const most = Math.max(...one);
    assert.ok(most >= 0.5 && most <= 1);
    assert.ok(Math.abs(one.reduce((a, b) => a + b, 0) - most) < 1e-6);
    places.add(one.indexOf(most));
    inks.add(most);
  }
  assert.equal(places.size, 9);
  assert.equal(inks.size, 60);
  assert.deepEqual(example(MASTERS[1], 3, 5, 1, CONSTANTS), example(MASTERS[1], 3, 5, 1, CONSTANTS));
  assert.notDeepEqual(example(MASTERS[1], 3, 5, 1, CONSTANTS), example(MASTERS[1], 3, 5, 2, CONSTANTS));
  const {labels, input} = examples(MASTERS, [1, 3], 3, 4, 0, 3, CONSTANTS);
  assert.deepEqual([labels, input.length], [[3, 1, 3, 1], 36]);
});

test("first weights are as wide as their inputs allow, and biases begin at nothing", () => {
  const {w, b} = firstWeights([["w", [200, 50]], ["b", [200]]], 0, 9);
  const mean = w.reduce((a, one) => a + one ** 2, 0) / w.length;
  assert.ok(Math.abs(mean - 2 / 50) < 0.002);
  assert.ok(b.every((one) => one === 0));
});

test("absent shapes have no share, and a picture is asked for one against the others", () => {
  const shares = softmax([9, 1, 50, 1], mask([1, 3], 4, -1e4));
  assert.deepEqual(shares.map((one) => Math.round(100 * one)), [0, 50, 0, 50]);
  assert.deepEqual([...direction([0, 1, 3], 1, 4)], [-0.5, 1, 0, -0.5]);
});

/** Graphs that hand every weight on one larger, and find the first class that takes part. */
const graphs = (/** @type {any[]} */ seen) => ({
  "step-perceptron": {run: async (/** @type {any} */ feeds) => {
    seen.push(feeds);
    const next = Object.entries(feeds).filter(([name]) => /^(velocity\.)?net\./.test(name)).map(([name, one]) => [`next.${name}`, {data: one.map((/** @type {number} */ x) => x + 1)}]);
    return {loss: {data: [seen.length]}, output: {data: Float32Array.from({length: 16}, (_, i) => Number(i % 4 === 1))}, ...Object.fromEntries(next)};
  }},
  "slope-perceptron": {run: async (/** @type {any} */ feeds) => ({
    worth: {data: [1]}, gradient: {data: new Float32Array(9)}, picture: {data: new Float32Array(9).fill(feeds.direction[1] > 0 ? 1 : 0)},
    answer: {data: Float32Array.of(0, feeds.b[0], 0, 0)}, texture: {data: [1]},
  })},
});

test("each step takes the weights of the one before, and pictures climb on the last ones", async () => {
  /** @type {any[]} */
  const seen = [];
  const asked = {shapes: [1, 3], net: "perceptron", epochs: 1, steps: 2, start: "empty", seed: 0};
  const lab = /** @type {any} */ ({values: VALUES, masters: MASTERS, graphs: graphs(seen)});
  const watch = {stale: () => false, training() {}, climbing() {}};
  const found = /** @type {any} */ (await experiment(lab, asked, watch));
  // Sixteen examples in steps of four, then eight to test on, which move nothing.
  assert.deepEqual(seen.map((one) => one["net.b"][0]), [0, 1, 2, 3, 4, 4]);
  assert.deepEqual(seen.map((one) => Math.round(10 * one.rate[0])), [1, 1, 1, 1, 0, 0]);
  assert.deepEqual([...seen[0].label], [1n, 3n, 1n, 3n]);
  assert.deepEqual([...seen[0].mask].map((one) => one < 0), [true, false, true, false]);
  assert.deepEqual(found.losses, [1, 2, 3, 4]);
  assert.equal(found.right, 0.5);
  assert.ok(found.shares[0] > 0.98 && found.shares[1] < 0.02);
  assert.deepEqual(found.pictures.map((/** @type {any} */ one) => one[0]), [255, 0]);
  assert.equal(await experiment(lab, asked, {...watch, stale: () => true}), null);
});
