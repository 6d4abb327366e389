import assert from "node:assert/strict";
import test from "node:test";
import {csv, shortest} from "../../templates/js/csv.js";

test("a matrix is a table whose rows are numbered", () => {
  const tensor = {data: Float32Array.of(1, 0.1, -2.5, 3, 4, 5), shape: [2, 3]};
  assert.equal(csv(tensor), "axis 0,0,1,2\r\n0,1,0.1,-2.5\r\n1,3,4,5\r\n");
});

test("of more axes all but the last are counted, the last but one fastest", () => {
  const tensor = {data: Int16Array.from({length: 12}, (_, i) => i), shape: [2, 3, 2]};
  const lines = csv(tensor).split("\r\n");
  assert.equal(lines[0], "axis 0,axis 1,0,1");
  assert.equal(lines[3], "0,2,4,5");
  assert.equal(lines[4], "1,0,6,7");
});

test("a list has one column, a single number one field", () => {
  assert.equal(csv({data: Uint8Array.of(7, 8), shape: [2]}), "axis 0,value\r\n0,7\r\n1,8\r\n");
  assert.equal(csv({data: Float32Array.of(0.5), shape: []}), "value\r\n0.5\r\n");
  assert.equal(csv({data: new Float32Array(0), shape: [0, 3]}), "axis 0,0,1,2\r\n");
});

test("a float32 is written as shortly as gives the same float32 back", () => {
  assert.equal(shortest(Math.fround(0.1)), "0.1");
  assert.equal(shortest(Math.fround(1 / 3)), "0.33333334");
  for (let i = 0; i < 5000; i++) {
    const value = Math.fround((Math.sin(i) * 10 ** ((i % 60) - 30)));
    assert.equal(Math.fround(Number(shortest(value))), value);
  }
  assert.ok(Object.is(Number(shortest(-0)), -0));
  assert.equal(shortest(NaN), "NaN");
});
