import assert from "node:assert/strict";
import test from "node:test";
import {channels, divergingColour, divergingPixels, extent, ramp, readPalette, readableOn, sequentialPixels} from "../../templates/js/colour.js";

const palette = /** @type {import("../../templates/js/colour.js").Palette} */ (
  /** @type {unknown} */ ({diverging: ["#ff0000", "#ffffff", "#0000ff"], sequential: ["#000000", "#ffffff"]})
);

test("a hexadecimal colour is three numbers", () => {
  assert.deepEqual(channels("#0a80ff"), [10, 128, 255]);
});

test("a ramp passes through its stops and half-way between them", () => {
  const table = ramp(["#000000", "#ff8000", "#ffffff"], 5);
  assert.deepEqual([...table.subarray(0, 4)], [0, 0, 0, 255]);
  assert.deepEqual([...table.subarray(4, 8)], [128, 64, 0, 255]);
  assert.deepEqual([...table.subarray(8, 12)], [255, 128, 0, 255]);
  assert.deepEqual([...table.subarray(16, 20)], [255, 255, 255, 255]);
});

test("zero has the middle colour, the limits have the ends, beyond is cut", () => {
  const pixels = divergingPixels([-2, 0, 2, -99, 99], 2, palette);
  const colours = [0, 1, 2, 3, 4].map((i) => [...pixels.subarray(4 * i, 4 * i + 3)].join());
  assert.deepEqual(colours, ["255,0,0", "255,255,255", "0,0,255", "255,0,0", "0,0,255"]);
});

test("opposite numbers are equally far from the middle of the scale", () => {
  const greens = [...divergingPixels([-0.31, 0.31], 1, palette)].filter((_, i) => i % 4 === 1);
  assert.equal(greens[0], greens[1]);
});

test("a scale without width shows its middle, not noise", () => {
  assert.deepEqual([...divergingPixels([0, 5], 0, palette)].slice(0, 3), [255, 255, 255]);
});

test("the sequential scale begins at zero", () => {
  assert.deepEqual([...sequentialPixels([0, 4], 4, palette)], [0, 0, 0, 255, 255, 255, 255, 255]);
});

test("one value as a colour for CSS", () => {
  assert.equal(divergingColour(-1, 1, palette), "rgb(255 0 0)");
});

test("the extent is the largest size, and 1 for silence", () => {
  assert.equal(extent([1, -3, 2]), 3);
  assert.equal(extent([0, 0]), 1);
});

test("words on a colour are black or white, whichever reads", () => {
  assert.equal(readableOn("#ffffff"), "#000000");
  assert.equal(readableOn("rgb(20 20 60)"), "#ffffff");
  assert.equal(readableOn("#888888"), "#000000");
});

test("the palette is read from custom properties", () => {
  const style = {getPropertyValue: (/** @type {string} */ name) => ` ${name} `};
  const read = readPalette(style);
  assert.equal(read.ink, "--ink");
  assert.equal(read.categories.length, 10);
  assert.equal(read.diverging[10], "--diverging-10");
});
