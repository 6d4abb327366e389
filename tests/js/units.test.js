import assert from "node:assert/strict";
import {test} from "node:test";
import {corner, inked, scaled} from "../../templates/figures/units/atlas.js";
import {chosen, crowd, linked, unitKey} from "../../templates/figures/units/choice.js";
import {row, unitOf} from "../../templates/figures/units/layers.js";
import {after, called, listed, opening, short} from "../../templates/figures/units/words.js";

const VALUES = {
  steps: [0, 4, 512],
  starts: 2,
  open: 1,
  outputs: ["zero", "one"],
  classes: ["0", "1"],
  layers: [
    {name: "conv1", channels: 3, objectives: ["channel", "neuron"], size: [28, 28], whole: false},
    {name: "blocks.0/x", channels: 2, objectives: ["class"], size: [28, 28], whole: true},
  ],
};

/** @param {Record<string, any>} held @returns {any} */
const state = (held) => ({
  get: (/** @type {string} */ name, /** @type {any} */ fallback) => held[name] ?? fallback,
});

test("pictures lie row by row in an atlas", () => {
  const cut = {image: "", count: 8, columns: 3, size: [10, 5], channels: 1};
  assert.deepEqual(corner(cut, 0), [0, 0]);
  assert.deepEqual(corner(cut, 5), [20, 5]);
});

test("a box keeps its place in a smaller picture and is never empty", () => {
  assert.deepEqual(scaled([4, 8, 12, 20], [32, 16], [16, 8]), [2, 4, 6, 10]);
  assert.deepEqual(scaled([31, 31, 32, 32], [32, 32], [8, 8]), [7, 7, 8, 8]);
});

test("no ink is paper, full ink is ink, and half of it lies between", () => {
  const source = new Uint8ClampedArray([0, 9, 9, 9, 255, 9, 9, 9, 128, 9, 9, 9]);
  const out = [...inked(source, "#fffefd", "#010203")];
  assert.deepEqual(out.slice(0, 8), [255, 254, 253, 255, 1, 2, 3, 255]);
  assert.ok(out[8] > 120 && out[8] < 135);
});

test("a unit's name is split at its last stroke", () => {
  assert.deepEqual(unitKey("blocks.0/x/12"), ["blocks.0/x", 12]);
  assert.equal(unitKey("conv1"), null);
  assert.equal(unitKey(null), null);
});

test("the selection leads only to channels that the figure has", () => {
  assert.deepEqual(linked("conv1/2", VALUES.layers), {layer: "conv1", unit: 2});
  assert.equal(linked("conv1/3", VALUES.layers), null);
  assert.equal(linked("conv9/0", VALUES.layers), null);
});

test("an empty address shows the first layer, its open channel and the last step", () => {
  assert.deepEqual(chosen(state({}), VALUES), {layer: 0, objective: 0, unit: 1, step: 2});
});

test("an address is followed as far as the figure has what it asks for", () => {
  const asked = {layer: "blocks.0/x", objective: "neuron", unit: 7, step: 4};
  assert.deepEqual(chosen(state(asked), VALUES), {layer: 1, objective: 0, unit: -1, step: 1});
  assert.equal(chosen(state({step: 5, unit: -1}), VALUES).step, 2);
  assert.equal(chosen(state({unit: -1}), VALUES).unit, -1);
});

test("few channels stand large, many small", () => {
  assert.deepEqual([1, 6, 8, 10, 16, 32, 64].map(crowd), ["few", "few", "several", "ten", "some", "many", "most"]);
});

test("a channel's numbers are its row of every table", () => {
  const table = {data: Float32Array.from([1, 2, 3, 4, 5, 6]), shape: [3, 2]};
  assert.deepEqual(row(table, 1), [3, 4]);
  assert.deepEqual(row({data: table.data, shape: [1, 3, 2]}, 0), [1, 2, 3, 4, 5, 6]);
  const numbers = {
    channel: {data: Float32Array.from([0, 1, 2, 3, 10, 11, 12, 13]), shape: [2, 4]},
    top: {data: Float32Array.from([5, 4, 9, 8]), shape: [2, 2]},
    index: {data: Int32Array.from([70, 71, 72, 73]), shape: [2, 2]},
    label: {data: Int16Array.from([0, 0, 1, 0]), shape: [2, 2]},
    tile: {data: Int32Array.from([0, 1, 2, 3]), shape: [2, 2]},
    box: {data: Int16Array.from([0, 0, 5, 5, 1, 1, 6, 6, 2, 2, 7, 7, 3, 3, 8, 8]), shape: [2, 2, 4]},
  };
  const loaded = /** @type {any} */ ({layer: VALUES.layers[0], objective: "channel", numbers});
  const unit = unitOf(loaded, VALUES, 1);
  assert.equal(unit.first, 4);
  assert.deepEqual(unit.values, [10, 11, 12, 13]);
  assert.deepEqual(unit.examples[1], {value: 8, index: 73, tile: 3, label: "0", box: [3, 3, 8, 8]});
});

test("numbers are short and have a real minus", () => {
  assert.equal(short(0.123456), "0.123");
  assert.equal(short(-2.5), "−2.5");
  assert.equal(short(12345.6), "12346");
  assert.equal(short(0), "0");
});

test("words for steps, lists and names", () => {
  assert.equal(after(0), "before the first step");
  assert.equal(after(1), "after 1 step");
  assert.equal(after(64), "after 64 steps");
  assert.equal(listed(["7", "7", "2"]), "7, 7 and 2");
  assert.equal(listed(["7"]), "7");
  assert.equal(called(1, {maps: false, objectives: ["class"]}, VALUES.outputs), "Class one");
  assert.equal(called(1, {maps: false, objectives: ["neuron"]}, VALUES.outputs), "Unit 1");
  assert.equal(called(1, {maps: true, objectives: ["channel"]}, VALUES.outputs), "Channel 1");
});

test("what is read when a channel opens holds its numbers", () => {
  const said = opening({
    name: "Channel 3", layer: "conv2", objective: "channel", first: -0.5, last: 2.25, steps: 512,
    labels: ["7", "2"], top: 3,
  });
  assert.equal(
    said,
    "Channel 3 of conv2. In 512 steps its mean activation went from −0.5 to 2.25. " +
      "The test examples that excite it most are 7 and 2, the first with 3.",
  );
});
