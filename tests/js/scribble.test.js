import assert from "node:assert/strict";
import test from "node:test";
import {LONGEST, read, snapped, write} from "../../templates/js/scribble.js";

/** @typedef {import("../../templates/js/raster.js").Stroke} Stroke */

/** A pen that wanders over the pad, seeded. @param {number} points @param {number} seed @returns {Stroke} */
function wander(points, seed) {
  let state = seed;
  const random = () => (state = (state * 16807) % 2147483647) / 2147483647;
  let [x, y] = [0.5, 0.5];
  return Array.from({length: points}, () => {
    x = Math.min(1, Math.max(0, x + (random() - 0.5) * 0.06));
    y = Math.min(1, Math.max(0, y + (random() - 0.5) * 0.06));
    return /** @type {[number, number]} */ ([snapped(x), snapped(y)]);
  });
}

test("one point by hand: the ink, then 512 and 256 in zigzag, base 32", () => {
  // 512 → 1024 = 0 + 0·32 + 1·1024; 256 → 512 = 0 + 16·32
  assert.equal(write([[[0.5, 0.25]]]), "AggBgQ");
});

test("drawings of pads come back exactly, strokes and inks", () => {
  for (let seed = 1; seed < 50; seed++) {
    const strokes = [wander(60, seed), wander(1, seed + 100), wander(90, seed + 200)];
    assert.deepEqual(read(write(strokes, [0, 5, 63])), {strokes, inks: [0, 5, 63]});
  }
});

test("an empty pad is an empty text", () => {
  assert.equal(write([]), "");
  assert.deepEqual(read(""), {strokes: [], inks: []});
});

test("a long drawing loses points and stays within two hundredths of where the pen was", () => {
  const stroke = Array.from({length: 3000}, (_, i) => /** @type {[number, number]} */ ([
    snapped(0.5 + 0.4 * Math.cos(i / 90)), snapped(0.5 + 0.4 * Math.sin(i / 71)),
  ]));
  const text = write([stroke]);
  assert.ok(text.length <= LONGEST);
  const kept = read(text)?.strokes[0] ?? [];
  assert.deepEqual(kept[0], stroke[0]);
  assert.deepEqual(kept.at(-1), stroke.at(-1));
  for (const [x, y] of stroke) assert.ok(distance(kept, x, y) < 0.02);
});

test("a thousand dots end where the address does", () => {
  const dots = Array.from({length: 1000}, (_, i) => wander(1, i + 1));
  const text = write(dots);
  assert.ok(text.length <= LONGEST);
  assert.ok((read(text)?.strokes.length ?? 0) > 100);
});

test("what no pad wrote is refused", () => {
  for (const text of ["A", "AB", "A!!", "ABBB", ".", "A.", "Ag", "AhhhhhhhhBB", "none", "AgBgBgB"]) {
    const found = read(text);
    if (found) for (const [x, y] of found.strokes.flat()) assert.ok(x >= 0 && x <= 1 && y >= 0 && y <= 1, text);
    else assert.equal(found, null);
  }
  assert.equal(read("none"), null);
  assert.equal(read("A"), null);
});

/** From a point to a line of points. @param {Stroke} stroke @param {number} x @param {number} y */
function distance(stroke, x, y) {
  return Math.min(
    ...stroke.slice(1).map(([bx, by], i) => {
      const [ax, ay] = stroke[i];
      const [dx, dy] = [bx - ax, by - ay];
      const along = Math.min(1, Math.max(0, ((x - ax) * dx + (y - ay) * dy) / (dx * dx + dy * dy || 1)));
      return Math.hypot(x - ax - along * dx, y - ay - along * dy);
    }),
  );
}
