import assert from "node:assert/strict";
import {test} from "node:test";
import {choice, stored} from "../../templates/figures/network/choice.js";
import {curve, edges, patchBox, strongestEdges, visible} from "../../templates/figures/network/edges.js";
import {fromBytes, planes} from "../../templates/figures/network/examples.js";
import {probabilities, ranking, softmax} from "../../templates/js/probabilities.js";
import {corner, extent, tiling} from "../../templates/figures/network/layout.js";
import {percent, rough, share} from "../../templates/figures/network/numbers.js";
import {covered, painted} from "../../templates/figures/network/painting.js";
import {taps, unbatched} from "../../templates/figures/network/session.js";
import {part} from "../../templates/figures/network/words.js";

test("softmax of logits sums to one, keeps their order, and does not overflow", () => {
  assert.deepEqual(softmax([0, 0]), [0.5, 0.5]);
  assert.deepEqual(softmax([1000, 1000]), [0.5, 0.5]);
  assert.ok(Math.abs(softmax([0, Math.log(3)])[1] - 0.75) < 1e-12);
  assert.deepEqual(probabilities([0.25, 0.75], "as they are"), [0.25, 0.75]);
  assert.deepEqual(probabilities([Math.log(0.5)], "exp"), [0.5]);
  assert.deepEqual(ranking([0.1, 0.6, 0.3]), [1, 2, 0]);
});

test("a percentage is never a false zero or a false hundred", () => {
  assert.deepEqual([percent(0.98249), percent(0.0004), percent(0.9997), percent(1), percent(0)], ["98.2 %", "under 0.1 %", "over 99.9 %", "100.0 %", "0.0 %"]);
  assert.equal(share(0.0004), "<0.1 %");
  assert.deepEqual([rough(2.8134), rough(-0.00123), rough(1234)], ["2.81", "−0.00123", "1234"]);
});

test("tiles are whole multiples of their map, fit the room, and never overlap", () => {
  for (const room of [300, 354, 476, 624]) {
    for (const shape of [[6, 24, 24], [16, 8, 8], [16, 4, 4], [3, 64, 48], [512, 4, 4], [10], [256], [1, 28, 28], [1, 300, 300]]) {
      const tiles = tiling(shape, room);
      assert.ok(extent(tiles).width <= room + 1e-9, `${shape} in ${room}: ${extent(tiles).width}`);
      assert.ok(tiles.columns * tiles.rows >= shape[0]);
      assert.ok(tiles.width >= 8, `${shape} in ${room}: too small to be seen`);
      if (shape.length === 3 && tiles.width >= shape[2]) assert.equal(tiles.width % shape[2], 0);
      const [left] = corner(tiles, 1);
      if (tiles.columns > 1) assert.ok(left >= tiles.width);
    }
  }
});

test("a line's place is that of the patch it reads, cut to the tile", () => {
  const tile = {left: 100, top: 10, width: 60, height: 60};
  const patch = /** @type {any} */ ({top: -1, left: 2, rows: 3, columns: 3, step: [1, 1]});
  assert.deepEqual(patchBox(tile, patch, {height: 6, width: 6}), {left: 120, top: 10, width: 30, height: 20});
  assert.deepEqual(patchBox(tile, null, {height: 6, width: 6}), tile);
  assert.equal(curve([0, 0], [10, 100]), "M0 0C0 45 10 55 10 100");
});

test("a map gives one line with its sum, units give one each; the strongest are kept and lie on top", () => {
  const map = /** @type {any} */ ({source: "a", channel: 2, reads: "map", patch: {}, inputs: [1], results: [4, -1], total: 3});
  const units = /** @type {any} */ ({source: "b", channel: 16, reads: "units", patch: {}, inputs: [1, 2], results: [5, -6], total: -1});
  assert.deepEqual(edges([map, units]).map(({layer, channel, amount}) => [layer, channel, amount]), [["a", 2, 3], ["b", 16, 5], ["b", 17, -6]]);
  const many = edges(Array.from({length: 150}, (_, i) => ({...map, total: i - 75})));
  const kept = strongestEdges(many).map(({amount}) => Math.abs(amount));
  assert.equal(kept.length, 96);
  assert.equal(kept.at(-1), 75);
});

test("a line ends at the nearest drawn layer, back through those that keep channels apart", () => {
  const chain = /** @type {Record<string, any>} */ ({
    pool: {name: "pool", op: "max_pool", inputs: ["relu"]},
    relu: {name: "relu", op: "relu", inputs: ["conv"]},
    conv: {name: "conv", op: "conv", inputs: ["input"]},
    input: {name: "input", op: "input", inputs: []},
  });
  const find = (/** @type {string} */ name) => chain[name];
  assert.equal(visible("pool", find, (name) => name === "relu"), "relu");
  assert.equal(visible("pool", find, (name) => name === "conv"), "conv");
  assert.equal(visible("pool", find, (name) => name === "input"), null);
});

test("a stroke covers what its pen reaches, and the later of two colours wins", () => {
  const dot = covered([[0.5, 0.5]], 5, 5, 1);
  assert.deepEqual([dot[12], dot[7], dot[6]], [1, 0, 0]);
  const line = covered([[0.1, 0.5], [0.9, 0.5]], 5, 5, 1);
  assert.deepEqual([...line.subarray(10, 15)], [1, 1, 1, 1, 1]);
  const picture = painted([[[0.5, 0.5]], [[0.5, 0.5]]], [[1, 0, 0], [0, 0, 1]], {shape: [3, 5, 5], paper: [1, 1, 0.5], pen: 1});
  assert.deepEqual([picture[12], picture[37], picture[62]], [0, 0, 1]);
  assert.deepEqual([picture[0], picture[25], picture[50]], [1, 1, 0.5]);
});

test("bytes become what the model is given, and pixels become planes again", () => {
  assert.deepEqual([...fromBytes([0, 255], [-1, 1])], [-1, 1]);
  const rgba = Uint8ClampedArray.from([1, 2, 3, 255, 4, 5, 6, 255]);
  assert.deepEqual([...planes(rgba, 3)], [1, 4, 2, 5, 3, 6]);
  assert.deepEqual([...planes(rgba, 1)], [1, 4]);
});

test("a graph's answer loses its batch, and a payload's taps are found by their layer", () => {
  const data = new Float32Array(4);
  assert.deepEqual(unbatched({a: {data, shape: [1, 2, 2]}}).a.shape, [2, 2]);
  assert.deepEqual(Object.keys(taps({"tap/b.0": {data, shape: [4]}, labels: {data, shape: [4]}})), ["b.0"]);
});

test("a group says which part of its layer it reads", () => {
  const group = (/** @type {object} */ fields) => /** @type {any} */ ({source: "input", channel: 1, reads: "map", inputs: [0], ...fields});
  assert.equal(part(group({}), [3, 4, 4]), "green");
  assert.equal(part(group({channel: 0}), [1, 4, 4]), "");
  assert.equal(part(group({source: "conv"}), [6, 4, 4]), "1");
  assert.equal(part(group({reads: "units", channel: 16, inputs: Array(16).fill(0)}), [64]), "16–31");
});

test("the strip of examples has the right ones class by class, the misread last", () => {
  const number = (/** @type {number[]} */ values) => ({data: Int16Array.from(values), shape: [values.length]});
  const values = {
    model: "m",
    input: {dataset: "d", classes: ["a", "b"], picks: [9, 7, 8], frame: {shape: [1, 2, 2], range: [0, 1]}, draws: true},
    outputs: {names: ["a", "b"]},
    look: {layer: "x", channel: 0},
    layers: [{name: "input", op: "input", inputs: [], shape: [1, 2, 2]}, {name: "same", op: "identity", inputs: ["input"], shape: [1, 2, 2]}],
  };
  const {picks, start} = choice(values, {indices: number([7, 8, 9]), labels: number([0, 0, 1]), guesses: number([1, 0, 1])});
  assert.deepEqual(picks.map(({index}) => index), [8, 9, 7]);
  assert.equal(start, 9);
  assert.deepEqual(stored(values).identities, [["same", "input"]]);
});
