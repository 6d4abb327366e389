import assert from "node:assert/strict";
import test from "node:test";
import {Strokes} from "../../templates/js/strokes.js";

test("a stroke is what happens between pen down and pen up", () => {
  const strokes = new Strokes();
  strokes.begin(0.125, 0.25);
  strokes.extend(0.375, 0.5);
  strokes.end();
  strokes.extend(0.9, 0.9);
  strokes.begin(0.5, 0.5);
  assert.deepEqual(strokes.list, [[[0.125, 0.25], [0.375, 0.5]], [[0.5, 0.5]]]);
});

test("a pen that hardly moves adds no points", () => {
  const strokes = new Strokes();
  strokes.begin(0.5, 0.5);
  assert.equal(strokes.extend(0.501, 0.5), false);
  assert.equal(strokes.extend(0.51, 0.5), true);
});

test("a pen that leaves the pad draws along its edge", () => {
  const strokes = new Strokes();
  strokes.begin(-0.2, 0.5);
  strokes.extend(1.7, 0.5);
  assert.deepEqual(strokes.list, [[[0, 0.5], [1, 0.5]]]);
});

test("undo takes back one stroke, clear all of them", () => {
  const strokes = new Strokes();
  for (const x of [0.1, 0.5, 0.9]) {
    strokes.begin(x, 0);
    strokes.end();
  }
  strokes.undo();
  assert.equal(strokes.list.length, 2);
  strokes.clear();
  assert.ok(strokes.empty);
  strokes.undo();
  assert.ok(strokes.empty);
});

test("a drawing has an end", () => {
  const strokes = new Strokes();
  strokes.begin(0, 0);
  for (let i = 0; i < 10_000; i++) strokes.extend((i % 2) * 0.5, 0.5);
  assert.equal(strokes.list[0].length, 6000);
});
