import assert from "node:assert/strict";
import test from "node:test";
import {bounds, centreOfMass, rasterise} from "../../templates/js/raster.js";

const frame = {size: 28, box: 20, pen: 2};
const line = /** @type {[number, number][]} */ ([[0.2, 0.5], [0.8, 0.5]]);

/** Ink in a picture: rows and columns where it exceeds one half. */
function extent(/** @type {Float32Array} */ picture, size = 28) {
  const at = [...picture.keys()].filter((i) => picture[i] > 0.5);
  const columns = at.map((i) => i % size);
  const rows = at.map((i) => Math.floor(i / size));
  return {width: Math.max(...columns) - Math.min(...columns) + 1, height: Math.max(...rows) - Math.min(...rows) + 1};
}

test("no stroke is a blank picture", () => {
  assert.ok(rasterise([], frame).every((value) => value === 0));
  assert.ok(rasterise([[]], frame).every((value) => value === 0));
});

test("a line fills the box, pen included, wherever and however large it was drawn", () => {
  assert.deepEqual(extent(rasterise([line], frame)), {width: 20, height: 2});
  const small = line.map(([x, y]) => /** @type {[number, number]} */ ([x / 3, y / 3]));
  assert.deepEqual(extent(rasterise([small], frame)), {width: 20, height: 2});
});

test("an upright line fills the box upwards", () => {
  assert.deepEqual(extent(rasterise([line.map(([x, y]) => [y, x])], frame)), {width: 2, height: 20});
});

test("a dot stays a dot, in the middle", () => {
  const picture = rasterise([[[0.9, 0.1]]], frame);
  assert.deepEqual(extent(picture), {width: 2, height: 2});
  assert.equal(picture[13 * 28 + 13], 1.5 - Math.SQRT1_2 > 1 ? 1 : Math.fround(1.5 - Math.SQRT1_2));
});

test("a tiny drawing is not blown up beyond the floor", () => {
  const tiny = /** @type {[number, number][]} */ ([[0.01, 0.01], [0.03, 0.01]]);
  assert.ok(extent(rasterise([tiny], frame)).width < 8);
});

test("the centre of mass of the ink is in the middle", () => {
  const seven = /** @type {[number, number][]} */ ([[0.2, 0.1], [0.7, 0.1], [0.4, 0.9]]);
  const mass = centreOfMass(rasterise([seven], frame), 28);
  // Moved by a fraction of a pixel, the soft edge falls on other pixels: a twentieth at most.
  assert.ok(mass && Math.abs(mass.x - 14) < 0.05 && Math.abs(mass.y - 14) < 0.05);
});

test("intensities are from 0 to 1, and strokes that cross do not add up", () => {
  const cross = rasterise([line, line.map(([x, y]) => [y, x])], frame);
  assert.equal(Math.max(...cross), 1);
  assert.equal(Math.min(...cross), 0);
});

test("the bounding box is that of all strokes together", () => {
  assert.deepEqual(bounds([[[0.25, 0.5]], [[0.75, 0.25], [0.5, 1]]]), {left: 0.25, top: 0.25, width: 0.5, height: 0.75});
});
