import assert from "node:assert/strict";
import {test} from "node:test";
import {now, uses, whole} from "../../templates/figures/dream/asking.js";
import {greatest, laidOut, worths} from "../../templates/figures/dream/facets.js";
import {clusters, mean} from "../../templates/figures/dream/kmeans.js";

test("planted groups are found, the largest first, and in each the nearest to its middle", () => {
  const points = [[0, 0], [9, 9], [0, 1], [9, 10], [0, 2], [-8, 4]];
  assert.deepEqual(clusters(points, 3), [[2, 0, 4], [1, 3], [5]]);
  assert.deepEqual(clusters(points, 1)[0].length, 6);
  assert.deepEqual(mean([[0, 2], [4, 4]]), [2, 3]);
});

test("a poor beginning is not the end: the tightest of several clusterings is taken", () => {
  // Four corners of a wide rectangle: two clusters may also be cut lengthwise, which is 16 times as wide.
  const points = [[0, 0], [0, 1], [8, 0], [8, 1]];
  assert.deepEqual(clusters(points, 2), [[0, 1], [2, 3]]);
});

test("examples that do not differ make one facet, and there are no more than examples", () => {
  assert.deepEqual(clusters([[1], [1], [1]], 3), [[0, 1, 2]]);
  assert.equal(clusters([[1], [5]], 6).length, 2);
});

test("of two at once an example is worth a share of each, and the greatest come first", () => {
  const table = (/** @type {number[]} */ data) => ({data: Float32Array.from(data), shape: [3, 2]});
  const numbers = {mean: table([1, 4, 2, 0, 3, 8]), most: table([9, 0, 5, 0, 7, 0])};
  const at = {goal: "channel", unit: 0, other: 1, mix: 0.25};
  assert.deepEqual(worths(numbers, at), [1.75, 1.5, 4.25]);
  assert.deepEqual(worths(numbers, {...at, other: -1}), [1, 2, 3]);
  assert.deepEqual(worths(numbers, {...at, goal: "unit", other: -1}), [9, 5, 7]);
  assert.deepEqual(greatest([1, 3, 2, 3], 3), [1, 3, 2]);
});

test("facets are optima of their own, where the figure offers them and the goal names a channel", () => {
  const layers = [{name: "maps", shape: [4, 3, 3], goals: ["channel", "layer"], names: [], called: "Class"}];
  const values = {layers, classes: [], picks: [{index: 7, label: "a"}], kept: [0, 16], goal: "channel", unit: 0, other: -1, optima: 2, faceted: {}};
  const read = (/** @type {any} */ held, given = values) => now(/** @type {any} */ ({get: (/** @type {string} */ name, /** @type {any} */ other) => held[name] ?? other}), given);
  assert.deepEqual([read({facets: 3}).facets, read({facets: 3}).optima], [3, 3]);
  assert.equal(read({}).optima, 2);
  assert.equal(read({facets: 3, goal: "layer"}).facets, 1);
  assert.equal(read({facets: 3}, /** @type {any} */ ({...values, faceted: null})).facets, 1);
  assert.equal(uses(read({facets: 3, start: "example"})), false);
  assert.notEqual(whole(read({facets: 3})), whole(read({facets: 4})));
});

test("codes are laid out so that neighbours stay neighbours", () => {
  // Two groups of twelve, in four dimensions.
  const codes = Array.from({length: 24}, (_, i) => [i % 2 ? 9 : 0, i % 2 ? 0 : 9, (i * 7) % 5 / 5, (i * 3) % 4 / 4]);
  const places = laidOut(codes);
  const far = (/** @type {number} */ a, /** @type {number} */ b) => Math.hypot(places[2 * a] - places[2 * b], places[2 * a + 1] - places[2 * b + 1]);
  for (let a = 0; a < 24; a++) {
    const near = [...Array(24).keys()].filter((b) => b !== a).sort((b, c) => far(a, b) - far(a, c)).slice(0, 8);
    assert.ok(near.every((b) => b % 2 === a % 2));
  }
  assert.deepEqual([...laidOut([[1, 2], [3, 4]])], [1, 2, 3, 4]);
});
