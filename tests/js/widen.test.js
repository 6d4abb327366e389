import assert from "node:assert/strict";
import test from "node:test";
import {parseArrays} from "../../templates/js/arrays.js";
import {widened} from "../../templates/js/widen.js";

/** @param {Record<string, any>} header @param {number[]} data */
function file(header, data) {
  let text = JSON.stringify(header);
  text += " ".repeat((8 - (text.length % 8)) % 8);
  const bytes = new Uint8Array(8 + text.length + data.length);
  new DataView(bytes.buffer).setBigUint64(0, BigInt(text.length), true);
  bytes.set([...new TextEncoder().encode(text), ...data], 8);
  return bytes;
}

const float = [...new Uint8Array(new Float32Array([0.1]).buffer)];
const MIXED = {
  half: {dtype: "F16", shape: [2], data_offsets: [12, 16]},
  full: {dtype: "F32", shape: [1], data_offsets: [8, 12]},
  count: {dtype: "I64", shape: [1], data_offsets: [0, 8]},
};
const DATA = [7, 0, 0, 0, 0, 0, 0, 0, ...float, 0x00, 0x3c, 0xff, 0xfb];

test("half floats become floats behind an unchanged header, others stay", () => {
  const narrow = file(MIXED, DATA);
  const wide = widened(narrow);
  const start = narrow.length - DATA.length;
  assert.deepEqual(wide.subarray(0, start + 12), narrow.subarray(0, start + 12));
  const view = new DataView(wide.buffer, start + 12);
  assert.deepEqual([view.getFloat32(0, true), view.getFloat32(4, true)], [1, -65504]);
  assert.equal(wide.length, narrow.length + 4);
});

test("tensors are laid one behind the other in the order of their places", () => {
  const odd = {
    second: {dtype: "F16", shape: [1], data_offsets: [2, 4]},
    first: {dtype: "F16", shape: [1], data_offsets: [0, 2]},
  };
  const narrow = file(odd, [0x00, 0xc0, 0x00, 0x3c]);
  const view = new DataView(widened(narrow).buffer, narrow.length - 4);
  assert.deepEqual([view.getFloat32(0, true), view.getFloat32(4, true)], [-2, 1]);
});

test("a file without half floats is given back, not copied", () => {
  const plain = file({x: {dtype: "F32", shape: [1], data_offsets: [0, 4]}}, float);
  assert.equal(widened(plain), plain);
});

test("a truncated file is refused", () => {
  const narrow = file(MIXED, DATA).slice(0, -1);
  assert.throws(() => widened(narrow), RangeError);
});

test("the file that travelled is read alike by figures that show weights", () => {
  const {half} = parseArrays(/** @type {ArrayBuffer} */ (file(MIXED, DATA).buffer));
  assert.deepEqual([...half.data], [1, -65504]);
});
