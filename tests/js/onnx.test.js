import assert from "node:assert/strict";
import test from "node:test";
import {whole} from "../../templates/js/onnx.js";

/** A protocol-buffer field with a body. @param {number} number @param {number[]} body */
const bytes = (number, body) => [number * 8 + 2, body.length, ...body];
const text = (/** @type {number} */ number, /** @type {string} */ words) => bytes(number, [...new TextEncoder().encode(words)]);
const entry = (/** @type {string} */ key, /** @type {string} */ value) => bytes(13, [...text(1, key), ...text(2, value)]);

const OUTSIDE = [
  ...[1 * 8, 2],            // dims: 2
  ...[2 * 8, 1],            // data_type: float
  ...text(8, "w"),
  ...entry("location", "w.bin"), ...entry("offset", "3"), ...entry("length", "4"),
  ...[14 * 8, 1],           // data_location: outside
];
const INSIDE = [...[1 * 8, 2], ...[2 * 8, 1], ...text(8, "v"), ...bytes(9, [1, 2, 3, 4])];
const node = bytes(1, text(4, "Add"));
const model = (/** @type {number[]} */ ...tensors) =>
  Uint8Array.from([1 * 8, 10, ...bytes(7, [...node, ...tensors]), ...text(2, "us")]);

test("a tensor that lies outside gets its bytes, and nothing else changes", () => {
  const given = model(...bytes(5, OUTSIDE), ...bytes(5, INSIDE));
  const weights = Uint8Array.of(0, 0, 0, 9, 8, 7, 6, 0);
  const filled = [...[1 * 8, 2], ...[2 * 8, 1], ...text(8, "w"), ...bytes(9, [9, 8, 7, 6])];
  assert.deepEqual(whole(given, weights), model(...bytes(5, filled), ...bytes(5, INSIDE)));
});

test("a graph that holds its weights stays as it is", () => {
  const given = model(...bytes(5, INSIDE));
  assert.deepEqual(whole(given, new Uint8Array(0)), given);
});

test("files that are cut short are refused", () => {
  const given = model(...bytes(5, OUTSIDE));
  assert.throws(() => whole(given, new Uint8Array(5)), /weights end/);
  assert.throws(() => whole(given.subarray(0, given.length - 3), new Uint8Array(9)), /ends within/);
});
