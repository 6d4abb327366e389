import assert from "node:assert/strict";
import test from "node:test";
import {checked, settle} from "../../templates/js/feeds.js";

const inputs = {x: {shape: ["batch", 1, 28, 28], dtype: "float32"}, k: {shape: [1], dtype: "int64"}};

test("a free dimension is found from the number of elements", () => {
  const feeds = checked("forward", inputs, {x: new Float32Array(3 * 784), k: new Int32Array(1)});
  assert.deepEqual(feeds.x.shape, [3, 1, 28, 28]);
  assert.deepEqual(feeds.k, {data: new Int32Array(1), shape: [1], dtype: "int64"});
});

test("a picture of another size is refused by name", () => {
  assert.throws(
    () => checked("forward", inputs, {x: new Float32Array(783), k: new Int32Array(1)}),
    /input x of graph forward is batch × 1 × 28 × 28, not 783 numbers/,
  );
});

test("a forgotten input is named", () => {
  assert.throws(() => checked("forward", inputs, {x: new Float32Array(784)}), /without its input k/);
});

test("a tensor brings its own shape", () => {
  const feeds = checked("g", {x: {shape: ["n", "m"], dtype: "float32"}}, {x: {data: new Float32Array(6), shape: [2, 3]}});
  assert.deepEqual(feeds.x.shape, [2, 3]);
});

test("a scalar is one number, and two free dimensions are too many to guess", () => {
  assert.deepEqual(settle([], 1), []);
  assert.equal(settle([], 2), null);
  assert.equal(settle(["n", "m"], 6), null);
});
