import assert from "node:assert/strict";
import test from "node:test";
import {brainToFloat, halfToFloat, parseArrays} from "../../templates/js/arrays.js";

/**
 * A safetensors file written by hand: entries name → [dtype, shape, bytes].
 * @param {Record<string, [string, number[], number[]]>} entries @param {number} [pad]
 */
function file(entries, pad = 0) {
  /** @type {Record<string, any>} */
  const header = {__metadata__: {format: "pt"}};
  /** @type {number[]} */
  const data = [];
  for (const [name, [dtype, shape, bytes]] of Object.entries(entries)) {
    header[name] = {dtype, shape, data_offsets: [data.length, data.length + bytes.length]};
    data.push(...bytes);
  }
  let text = JSON.stringify(header);
  text += " ".repeat(((8 - (text.length % 8)) % 8) + pad);
  const buffer = new ArrayBuffer(8 + text.length + data.length);
  new DataView(buffer).setBigUint64(0, BigInt(text.length), true);
  new Uint8Array(buffer, 8).set([...new TextEncoder().encode(text), ...data]);
  return buffer;
}

const floats = (/** @type {number[]} */ ...values) => [...new Uint8Array(new Float32Array(values).buffer)];

test("an aligned float tensor is a view of the file, not a copy", () => {
  const buffer = file({x: ["F32", [2, 1], floats(1.5, -2)]});
  const {x} = parseArrays(buffer);
  assert.deepEqual([...x.data], [1.5, -2]);
  assert.deepEqual(x.shape, [2, 1]);
  assert.equal(x.data.buffer, buffer);
});

test("a tensor at an odd place is copied and has the same numbers", () => {
  const buffer = file({x: ["F32", [2], floats(1.5, -2)]}, 1);
  const {x} = parseArrays(buffer);
  assert.deepEqual([...x.data], [1.5, -2]);
  assert.notEqual(x.data.buffer, buffer);
});

test("half floats become the floats that IEEE 754 says they are", () => {
  const bits = [0x3c00, 0xc000, 0x7bff, 0x0001, 0x0400, 0x8000, 0x7c00, 0xfc00];
  const values = [1, -2, 65504, 2 ** -24, 2 ** -14, -0, Infinity, -Infinity];
  assert.deepEqual(bits.map(halfToFloat), values);
  assert.ok(Number.isNaN(halfToFloat(0x7e00)));
  const {x} = parseArrays(file({x: ["F16", [3], [0x00, 0x3c, 0x00, 0xc0, 0xff, 0x7b]]}));
  assert.ok(x.data instanceof Float32Array);
  assert.deepEqual([...x.data], [1, -2, 65504]);
});

test("bfloat16 is the upper half of a float", () => {
  assert.deepEqual([0x3f80, 0xc000, 0x4049].map(brainToFloat), [1, -2, 3.140625]);
  const {x} = parseArrays(file({x: ["BF16", [1], [0x49, 0x40]]}));
  assert.deepEqual([...x.data], [3.140625]);
});

test("whole numbers keep their width, and 64-bit ones stay exact", () => {
  const nine = [255, 255, 255, 255, 255, 255, 31, 0];
  const {a, b, c, d, e} = parseArrays(
    file({
      a: ["I64", [1], nine],
      b: ["I32", [1], [254, 255, 255, 255]],
      c: ["I16", [1], [254, 255]],
      d: ["I8", [2], [254, 1]],
      e: ["U8", [1], [254]],
    }),
  );
  assert.equal(a.data[0], 2n ** 53n - 1n);
  assert.deepEqual([b.data[0], c.data[0], d.data[0], e.data[0]], [-2, -2, -2, 254]);
});

test("a scalar and an empty tensor fill their shapes", () => {
  const {one, none} = parseArrays(file({one: ["F32", [], floats(7)], none: ["F32", [0, 3], []]}));
  assert.deepEqual([...one.data], [7]);
  assert.equal(none.data.length, 0);
});

test("files that were cut off say so", () => {
  const whole = file({x: ["F32", [2], floats(1, 2)]});
  assert.throws(() => parseArrays(whole.slice(0, -1)), /x is truncated/);
  assert.throws(() => parseArrays(whole.slice(0, 20)), /inside its header/);
  assert.throws(() => parseArrays(new ArrayBuffer(3)), /before its header/);
});

test("a shape that the data does not fill and a type not read here are refused", () => {
  assert.throws(() => parseArrays(file({x: ["F32", [3], floats(1, 2)]})), /does not fill/);
  assert.throws(() => parseArrays(file({x: ["F8_E4M3", [1], [1]]})), /F8_E4M3/);
});
