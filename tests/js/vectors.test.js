/** The projector of vectors: its arithmetic, its searches, its drawing, without a page. */
import assert from "node:assert/strict";
import test from "node:test";

import {coloured} from "../../templates/figures/projector/vector-colours.js";
import {dots, labels, outlined, turned, within, written} from "../../templates/figures/projector/vector-drawing.js";
import {coordinates} from "../../templates/figures/projector/vector-export.js";
import {filling, onAxes, shownAlone, spread} from "../../templates/figures/projector/vector-places.js";
import {VectorPoints, parts} from "../../templates/figures/projector/vector-points.js";
import {distortion, parallel, related} from "../../templates/figures/projector/vector-relations.js";
import {ends, pairsOf, search} from "../../templates/figures/projector/vector-search.js";
import {Space} from "../../templates/figures/projector/vector-space.js";

/** Five vectors in a plane: east, north, north-east twice as long, west, and nothing. */
const plane = () => new Space(Int8Array.of(100, 0, 0, 100, 100, 100, -50, 0, 0, 0), Float32Array.of(0.01, 0.01, 0.02, 0.02, 1));
const near = (/** @type {ArrayLike<number>} */ found, /** @type {number[]} */ wanted, slack = 1e-6) => {
  assert.equal(found.length, wanted.length);
  wanted.forEach((one, i) => assert.ok(Math.abs(found[i] - one) <= slack, `${Array.from(found)} ≠ ${wanted}`));
};

test("distances are those of a drawing on squared paper", () => {
  const space = plane();
  near(space.distances(0, "cosine"), [0, 1, 1 - Math.SQRT1_2, 2, 1]);
  near(space.distances(0, "euclidean"), [0, Math.SQRT2, Math.hypot(1, 2), 2, 1]);
  assert.deepEqual(space.nearest(0, 2, "cosine").map(({index}) => index), [2, 1]);
  assert.deepEqual(space.nearest(0, 9, "euclidean").map(({index}) => index), [4, 1, 3, 2]);
});

test("an axis runs from one set to the other, and one without length is none", () => {
  const space = plane();
  near(/** @type {Float32Array} */ (space.along([3], [0])), [1, 0, Math.SQRT1_2, -1, 0]);
  // From the mean of east and north, which is (½, ½), to west: the direction (−3, −1).
  near(/** @type {Float32Array} */ (space.along([0, 1], [3])), [-3, -1, -4 / Math.SQRT2, 3, 0].map((one) => one / Math.sqrt(10)));
  assert.equal(space.along([0], [0]), null);
});

test("a search finds parts of words, what is called exactly so first", () => {
  const words = ["cart", "art", "Artist", "bar"];
  assert.deepEqual(search(words, " art ", false).hits, [1, 2, 0]);
  assert.deepEqual(search(words, "", false).hits, []);
  assert.deepEqual(search(words, "^.ar", true).hits, [0, 3]);
  const wrong = search(words, "(", true);
  assert.deepEqual(wrong.hits, []);
  assert.match(wrong.wrong, /no regular expression/);
});

test("axes and pairs are read as they are written, and names that are missing are told", () => {
  const numbers = new Map([["he", 0], ["she", 1], ["king", 2], ["queen", 3]]);
  assert.deepEqual(ends("He, king > she,dragon", numbers), {low: [0, 2], high: [1], missing: ["dragon"]});
  assert.deepEqual(ends("", numbers), {low: [], high: [], missing: []});
  assert.deepEqual(pairsOf("he > she, king>queen, king > king, ox > he", numbers), {pairs: [[0, 1], [2, 3]], missing: ["ox"]});
});

// Two pairs whose steps are (1, 0, 0) and (1, 1, 0): forty-five degrees apart.
const ROWS = {values: Float64Array.of(0, 0, 0, 1, 0, 0, 0, 0, 3, 1, 1, 3), count: 4, width: 3};
/** @type {[number, number][]} */
const PAIRS = [[0, 1], [2, 3]];

test("how parallel pairs are is the cosine with the others' step", () => {
  near(parallel(ROWS, PAIRS), [Math.SQRT1_2, Math.SQRT1_2]);
  near(parallel({values: Float64Array.of(0, 0, 1, 0, 1, 0, 0, 0), count: 4, width: 2}, PAIRS), [-1, -1]);
});

test("a map along the relation distorts nothing of it, one across it everything", () => {
  const places = related(ROWS, PAIRS);
  assert.ok(distortion(places, ROWS, PAIRS) < 1e-12);
  // Half-way between both steps: (cos 22.5°, sin 22.5°, 0).
  near([places[2] - places[0]], [Math.cos(Math.PI / 8)]);
  assert.ok(distortion(new Float64Array(8), ROWS, PAIRS) === 1);
  // Steps of 1 and 3 where both are as long: the best scale leaves |0.4 − 1| + |1.2 − 1| of 2.
  const flat = {values: Float64Array.of(0, 0, 1, 0, 0, 0, 1, 0), count: 4, width: 2};
  near([distortion(Float64Array.of(0, 0, 1, 0, 0, 0, 3, 0), flat, PAIRS)], [0.4]);
});

test("a turn by a right angle brings depth to the side, a tilt brings it up", () => {
  const space = Float32Array.of(1, 2, 3);
  near(turned(space, 0, 0, new Float32Array(2)), [1, 2]);
  near(turned(space, 90, 0, new Float32Array(2)), [-3, 2]);
  near(turned(space, 0, 90, new Float32Array(2)), [1, -3]);
});

test("a dot fills its square and one beyond the edge is left out", () => {
  const image = {words: new Uint32Array(16), width: 4, height: 4};
  dots(image, Float32Array.of(1, 1, 9, 9), 1, Int32Array.of(0, 1), Uint8Array.of(1, 0), Uint32Array.of(5, 7), 2);
  assert.deepEqual(Array.from(image.words.entries()).filter(([, one]) => one).map(([at]) => at), [5, 6, 9, 10]);
  assert.equal(image.words[5], 7);
});

test("names do not cover one another, and the first have the room", () => {
  const placed = Float32Array.of(50, 50, 60, 52, 50, 90, -5, 50);
  const shown = labels([1, 0, 2, 3], placed, ["a", "b", "c", "d"], {width: 100, height: 100}, () => 20);
  assert.deepEqual(shown.map(({index}) => index), [1, 2]);
  const twice = Float32Array.from(placed, (one) => one * 2);
  assert.deepEqual(labels([1, 0], twice, ["a", "b"], {width: 200, height: 200}, () => 10).map(({index}) => index), [1, 0]);
});

test("an outline holds what is in it and comes back from the address", () => {
  const square = /** @type {[number, number][]} */ ([[0, 0], [1, 0], [1, 1], [0, 1]]);
  assert.ok(within(square, 0.5, 0.5) && !within(square, 1.5, 0.5) && !within(square, 0.5, -0.1));
  assert.deepEqual(outlined(written(square)), square);
  assert.deepEqual(outlined("x;1"), []);
  assert.ok(outlined(written(Array.from({length: 500}, (_, i) => [i, i]))).length <= 24);
});

const tensor = (/** @type {any} */ data, /** @type {number[]} */ shape) => ({data, shape});

function points() {
  /** @type {{count: number}} */
  const asked = {count: 0};
  const made = new VectorPoints({
    values: {columns: ["name", "size"], classes: ["x", "y"], alone: "", pairs: [], megabytes: 1, width: 2},
    arrays: {
      index: tensor(Int32Array.of(7, 8, 9, 10, 11), [5]), label: tensor(Int16Array.of(0, 1, 1, 0, 0), [5]),
      pca: tensor(Int16Array.of(32767, 0, 0, 0, 32767, 0, 0, 0, 0, -32767, 0, 0, 0, 0, 0), [5, 3]),
      "text-0": tensor(new TextEncoder().encode("east\nnorth\nboth\nwest\nzéro"), [25]),
      "number-1": tensor(Float32Array.of(1, 2, 3, 4, 5), [5]),
    },
    more: async () => {
      asked.count += 1;
      return {numbers: tensor(Int8Array.of(100, 0, 0, 100, 100, 100, -50, 0, 0, 0), [5, 2]), scale: tensor(Float32Array.of(0.01, 0.01, 0.02, 0.02, 1), [5])};
    },
  });
  return {made, asked};
}

test("vectors have names and columns at once, their numbers when they are asked for, and once", async () => {
  const {made, asked} = points();
  assert.deepEqual(made.names, ["east", "north", "both", "west", "zéro"]);
  assert.equal(made.at(9), 2);
  assert.equal(made.at(99), -1);
  assert.deepEqual(made.known(1), [["size", "2"], ["group", "y"]]);
  assert.ok(asked.count < 1);
  const [one, other] = await Promise.all([made.space(), made.space()]);
  assert.ok(one === other && asked.count < 2);
});

test("what is shown alone: names, neighbours, an outline, what was found", async () => {
  const {made} = points();
  const space = await made.space();
  const alone = (/** @type {string} */ only, hits = /** @type {number[]} */ ([])) => {
    const {some, missing} = shownAlone(made, /** @type {any} */ ({only, metric: "cosine"}), space, hits, Float32Array.of(1, 0, 0, 1, 0, 0, -1, 0, 0, 0));
    return [[...some], missing];
  };
  assert.deepEqual(alone("names:west, east,moon"), [[3, 0], ["moon"]]);
  assert.deepEqual(alone("near:7:1"), [[0, 2], []]);
  assert.deepEqual(alone("outline:0.5,-1;2,-1;2,1;0.5,1"), [[0], []]);
  assert.deepEqual(alone("found", [4]), [[4], []]);
  assert.deepEqual(alone("")[0], [0, 1, 2, 3, 4]);
});

test("on axes of words both ends are one step from the middle", async () => {
  const {made} = points();
  const now = /** @type {any} */ ({across: "west > east", up: "south > north", only: ""});
  const {map, missing, ends: told} = onAxes(made, await made.space(), now, Int32Array.of(0, 1, 2, 3));
  near(map.filter((_, i) => i % 2 === 0), [1, 0, Math.SQRT1_2, -1, 0]);
  assert.deepEqual(missing, ["south"]);
  assert.deepEqual(told, {across: ["west", "east"]});
});

test("a map fills its square with one scale, and who is not on it is nowhere near", () => {
  near(filling([0, 0, 4, 2]), [-1, -0.5, 1, 0.5]);
  const map = spread(3, [2], [0.5, 0.25]);
  assert.deepEqual([map[4], map[5]], [0.5, 0.25]);
  assert.ok(map[0] > 1000);
});

test("colours of numbers divide them into parts of the same size", () => {
  const {category, ends: edges} = parts([6, 5, 4, 3, 2, 1]);
  assert.deepEqual([...category], [5, 4, 3, 2, 1, 0]);
  assert.deepEqual(edges, [1, 2, 3, 4, 5, 6, 6]);
  const {made} = points();
  const palette = /** @type {any} */ ({categories: "0123456789".split(""), accent: "#0000ff", sequential: ["#ffffff", "#000000"]});
  const shown = coloured(made, {colour: "label", metric: "cosine"}, palette, null, -1, Int32Array.of(0, 1, 2));
  assert.deepEqual(shown.entries.map((/** @type {any} */ {name, count}) => [name, count]), [["x", 1], ["y", 2]]);
  assert.equal(coloured(made, {colour: "near", metric: "cosine"}, palette, null, -1, Int32Array.of(0)).entries.length, 1);
});

test("coordinates go out with names, quoted where they need it", () => {
  assert.equal(coordinates("word", ["a", 'b,"c"'], [0, 0.5, 1, -1], [0, 1]), 'x,y,word\r\n0,0.5,a\r\n1,-1,"b,""c"""\r\n');
});
