import assert from "node:assert/strict";
import {test} from "node:test";
import {nearestTo, rows, squaresTo} from "../../templates/js/reduce/distances.js";
import {jacobi, leading} from "../../templates/js/reduce/eigen.js";
import {MANY, kernel} from "../../templates/js/reduce/kernel.js";
import {refusal} from "../../templates/js/reduce/method.js";
import {plain} from "../../templates/js/reduce/push.js";
import {Draw} from "../../templates/js/draw.js";
import {coordinates} from "../../templates/figures/reduction/export.js";
import {cells, separatorOf} from "../../templates/figures/reduction/own.js";
import {fitted, next, under, view} from "../../templates/figures/reduction/scene.js";
import {SETS, sample} from "../../templates/figures/reduction/sets.js";
import {beside, fitting, pointsOf, refused} from "../../templates/figures/reduction/settings.js";
import {company, short, titled} from "../../templates/figures/reduction/words.js";

/** @type {import("../../templates/figures/reduction/settings.js").Settings} */
const SETTINGS = {data: "clusters", points: 40, dims: 3, scale: 1, draw: 0, method: "tsne", perplexity: 8, epsilon: 10, neighbours: 15, least: 0.1, seed: 998};

test("a matrix is turned back from its eigenvectors", () => {
  // Eigenvalues of this one are 1, 2 and 4, by hand.
  const {values, vectors} = jacobi(Float64Array.from([2, 0, 0, 0, 2.5, 1.5, 0, 1.5, 2.5]), 3);
  assert.deepEqual([...values].map((one) => Number(one.toFixed(12))), [4, 2, 1]);
  assert.ok(Math.abs(Math.abs(vectors[0][1]) - Math.SQRT1_2) < 1e-12);
});

test("equal eigenvalues have eigenvectors of their own", () => {
  const found = leading((vector) => vector.slice(), 30, 2);
  const dot = found.vectors[0].reduce((sum, one, k) => sum + one * found.vectors[1][k], 0);
  assert.ok(Math.abs(dot) < 1e-12);
  assert.deepEqual([...found.values].map((one) => Number(one.toFixed(12))), [1, 1]);
});

test("the kernel pushes as the plain loop does, for any number of points", () => {
  for (const count of [1, 2, 3, 4, 5, 63, MANY - 1, MANY + 1]) {
    const places = new Draw(count).normals(2 * count).map((one) => 5 * one);
    const [fast, slow] = [kernel(count), plain(count)];
    assert.ok(fast);
    const [a, b] = [fast.run(places), slow.run(places)];
    const error = count < MANY ? 1e-12 : 1e-5;
    assert.ok(Math.abs(a - b) <= error * (1 + b), `${count}: ${a} for ${b}`);
    fast.pushes.forEach((push, at) => assert.ok(Math.abs(push - slow.pushes[at]) < error, String(count)));
  }
});

test("two points push each other along the line between them", () => {
  const {pushes, run} = plain(2);
  // Apart by (2, 0): w = 1/5, w² · 2 = 0.08 each way, and Σ w over both orders 0.4.
  assert.equal(run(Float64Array.from([1, 0, -1, 0])), 0.4);
  assert.deepEqual([...pushes].map((one) => Number(one.toFixed(12))), [0.08, 0, -0.08, 0]);
});

test("a perplexity that there are too few points for is refused, and fewer than three points", () => {
  assert.match(refusal("tsne", 40, 40), /only 39 others/);
  assert.equal(refusal("tsne", 40, 39), "");
  assert.equal(refusal("umap", 40, 100), "");
  assert.match(refusal("pca", 2, 2), /three at least/);
  assert.match(refused(SETTINGS, null), /rows of your own/);
  assert.deepEqual([fitting(40), fitting(400), fitting(4)], [13, 30, 2]);
});

test("maps side by side differ in one thing", () => {
  const all = beside("seeds", SETTINGS, 300);
  assert.deepEqual(all.map(({value}) => value), [998, 999, 0, 1, 2]);
  assert.ok(all.every(({at, settings}) => at === 500 && settings.perplexity === 8));
  assert.deepEqual(beside("steps", SETTINGS, 300).map(({at}) => at), [10, 20, 60, 120, 1000]);
  assert.deepEqual(beside("perplexity", {...SETTINGS, method: "umap"}, 700)[2], {
    key: "neighbours", value: 30, settings: {...SETTINGS, method: "umap", neighbours: 30}, at: 700,
  });
  assert.deepEqual(beside("perplexity", {...SETTINGS, method: "pca"}, 700), []);
  assert.equal(beside("methods", {...SETTINGS, method: "pca"}, 0).length, 6);
});

test("a set has as many points and dimensions as it is asked for, within what it has", () => {
  for (const {name, points, dims} of SETS) {
    const found = pointsOf({...SETTINGS, data: name, points: 3, dims: 7}, null);
    const least = name === "grid" ? 4 : points[0];
    assert.equal(found?.rows.count, least, name);
    if (dims) assert.equal(found?.rows.width, 7, name);
  }
});

test("points of three dimensions are turned, those of two are as they are", () => {
  const solid = {rows: rows([[1, 0, 0], [0, 0, 2]]), labels: null, tones: null, ring: false};
  const near = (/** @type {Float64Array} */ found, /** @type {number[]} */ wanted) =>
    found.forEach((one, at) => assert.ok(Math.abs(one - wanted[at]) < 1e-12, `${[...found]}`));
  near(view(solid, 0, 0), [1, 0, 0, 2]);
  near(view(solid, 90, 0), [0, 0, 0, 2]);
  near(view(solid, 90, 90), [0, 1, 0, 0]);
  const flat = sample("circle", {points: 8, dims: 1, scale: 1}, 0);
  assert.equal(view(flat, 45, 45), flat.rows.values);
  const one = {rows: rows([[3], [4]]), labels: null, tones: null, ring: false};
  near(view(one, 0, 0), [3, 0, 4, 0]);
});

test("points fill their square upright, and one place is its middle", () => {
  assert.deepEqual([...fitted([0, 0, 10, 5], 100)].map((one) => Number(one.toFixed(9))), [6, 72, 94, 28]);
  assert.deepEqual([...fitted([7, 7, 7, 7], 100)], [50, 50, 50, 50]);
});

test("a pointer finds the nearest dot within reach, an arrow the next in its direction", () => {
  const xy = [10, 10, 30, 12, 30, 40, 80, 10];
  assert.equal(under(xy, 12, 12, 16), 0);
  assert.equal(under(xy, 55, 60, 16), -1);
  assert.equal(next(xy, 0, "ArrowRight"), 1);
  assert.equal(next(xy, 1, "ArrowDown"), 2);
  assert.equal(next(xy, 0, "ArrowLeft"), -1);
  assert.equal(next(xy, 0, "Enter"), -1);
});

test("the nearest of a point are found, the lower index first where equal", () => {
  const points = rows([[0], [2], [-2], [1]]);
  assert.deepEqual(nearestTo(squaresTo(points, 0), 0, 2), [3, 1]);
});

test("a separator is what the first line has most of, and quotation marks keep one inside", () => {
  assert.deepEqual(["a\tb,c\td", "1;2,5;3", "1 2 3"].map(separatorOf), ["\t", ";", " "]);
  assert.deepEqual(cells('"a, ""b""",2', ","), ['a, "b"', "2"]);
});

test("a map is written with what it was made of, as a table that is read again", () => {
  const points = {rows: rows([[1, 2], [3, 4.5]]), labels: Int32Array.of(0, 1), tones: null, ring: false};
  const places = Float32Array.of(0.1, -2, 1e-3, 5);
  assert.equal(coordinates(points, places, null), "map x,map y,group,x1,x2\r\n0.1,-2,1,1,2\r\n0.001,5,2,3,4.5\r\n");
  const own = {rows: points.rows, columns: ["w", "h"], names: ["a", 'b"'], labels: [0, 1], groups: ["in, side", "out"], notes: []};
  assert.equal(coordinates(points, places, own).split("\r\n")[1], '0.1,-2,"in, side",a,1,2');
  assert.equal(coordinates(points, places, own).split("\r\n")[2], '0.001,5,out,"b""",3,4.5');
});

test("what is said of a point and of a number reads as a sentence", () => {
  assert.equal(company({index: 4, name: "", group: "group 1", near: 10, kept: 8}), "Point 5, group 1. Of its 10 nearest in the data, 8 are among its 10 nearest on the map.");
  assert.match(company({index: 0, name: "oak", group: "", near: 10, kept: 1}), /^Point 1, oak\. .* 1 is among/);
  assert.match(company({index: 0, name: "", group: "", near: 3, kept: 3}), /all are among/);
  assert.deepEqual([short(-1234.5), short(0.04567), short(3e6)], ["−1235", "0.046", "3.00e+6"]);
  assert.deepEqual([titled("perplexity", 30), titled("method", "graph")], ["Perplexity 30", "Neighbour graph"]);
});
