import assert from "node:assert/strict";
import {test} from "node:test";
import {colouring} from "../../templates/figures/projector/colouring.js";
import {asked} from "../../templates/figures/projector/frame.js";
import {pinch, wheelFactor} from "../../templates/figures/projector/gestures.js";
import {litOf} from "../../templates/figures/projector/legend.js";
import {Points} from "../../templates/figures/projector/points.js";
import {look} from "../../templates/figures/projector/shapes.js";
import {deviceSide} from "../../templates/figures/projector/scene.js";
import {ink, picture, resized, trimmed, word} from "../../templates/figures/projector/splat.js";
import {box, framed} from "../../templates/figures/projector/sprites.js";
import {
  FIT, between, clamped, nearest, panned, pictureSide, project, reaching, readView, toward, widened,
  writeView, zoomed,
} from "../../templates/figures/projector/view.js";
import {article, company, distance, reading, surely, verdict} from "../../templates/figures/projector/words.js";

const SIZE = {width: 400, height: 300};
const all = () => true;

/** @param {import("../../templates/figures/projector/view.js").View} view @param {number} x @param {number} y */
const seen = (view, x, y) => [...project(Float32Array.of(x, y), view, SIZE, new Float32Array(2))];

test("the whole map fits the shorter side, north up", () => {
  const reach = 150 * 0.93;
  assert.deepEqual(seen(FIT, 0, 0), [200, 150]);
  const [x, y] = seen(FIT, 1, 1);
  assert.ok(Math.abs(x - (200 + reach)) < 1e-4 && Math.abs(y - (150 - reach)) < 1e-4);
});

test("zooming leaves what is under the hand where it is", () => {
  const [sx, sy] = seen(FIT, 0.3, -0.2);
  const near = zoomed(FIT, SIZE, 3, sx, sy);
  const [x, y] = seen(near, 0.3, -0.2);
  assert.equal(near.zoom, 3);
  assert.ok(Math.hypot(x - sx, y - sy) < 1e-3);
});

test("no hand can lose the map", () => {
  assert.deepEqual(panned(FIT, SIZE, 900, -900), FIT);
  const {x, y} = panned({zoom: 4, x: 0, y: 0}, SIZE, -1e6, -1e6);
  assert.deepEqual([x, y], [0.75, -0.75]);
  assert.equal(clamped({zoom: 1e9, x: 0, y: 0}).zoom, 24);
  assert.equal(clamped({zoom: 0.1, x: 5, y: 5}).x, 0);
});

test("panning moves the map with the hand, pixel for pixel", () => {
  const before = {zoom: 5, x: 0.1, y: 0.1};
  const [x0, y0] = seen(before, 0.2, 0.2);
  const [x1, y1] = seen(panned(before, SIZE, 12, -7), 0.2, 0.2);
  assert.ok(Math.abs(x1 - x0 - 12) < 1e-3 && Math.abs(y1 - y0 + 7) < 1e-3);
});

test("a point outside the view is brought inside, one inside moves nothing", () => {
  const view = {zoom: 8, x: 0, y: 0};
  const [x, y] = seen(reaching(view, SIZE, 0.6, 0.6), 0.6, 0.6);
  assert.ok(x > 0 && x < 400 && y > 0 && y < 300);
  assert.deepEqual(reaching(view, SIZE, 0.01, 0.01), view);
});

test("the nearest point is found within reach and among those that count", () => {
  const placed = Float32Array.of(10, 10, 14, 10, 90, 90);
  assert.equal(nearest(placed, 11, 10, 20, all), 0);
  assert.equal(nearest(placed, 11, 10, 20, (i) => i !== 0), 1);
  assert.equal(nearest(placed, 50, 50, 20, all), -1);
});

test("arrows walk a row point by point and leave it only by another arrow", () => {
  const row = Float32Array.of(0, 0, 10, 1, 20, -1, 30, 0, 11, 40);
  assert.equal(toward(row, 0, "ArrowRight", all), 1);
  assert.equal(toward(row, 1, "ArrowRight", all), 2);
  assert.equal(toward(row, 2, "ArrowLeft", all), 1);
  assert.equal(toward(row, 1, "ArrowDown", all), 4);
  assert.equal(toward(row, 4, "ArrowUp", all), 1);
  assert.equal(toward(row, 0, "ArrowLeft", all), -1);
  assert.equal(toward(Float32Array.of(0, 0, 9, 8, 12, 0), 0, "ArrowRight", all), 2);
  assert.equal(toward(Float32Array.of(0, 0, 1, 5), 0, "ArrowRight", all), -1);
  assert.equal(toward(row, 0, "Tab", all), -1);
  assert.equal(toward(row, 0, "ArrowRight", (i) => i !== 1), 2);
});

test("a passage starts here, ends there and is half-way at half time", () => {
  const [from, to, at] = [Float32Array.of(0, 4), Float32Array.of(8, 0), new Float32Array(2)];
  assert.deepEqual([...between(from, to, 0, at)], [0, 4]);
  assert.deepEqual([...between(from, to, 0.5, at)], [4, 2]);
  assert.deepEqual([...between(from, to, 0.75, at)], [7.5, 0.25]);
  assert.deepEqual([...between(from, to, 1, at)], [8, 0]);
});

test("sixteen bits reach from edge to edge", () => {
  assert.deepEqual([...widened([-32767, 0, 32767])], [-1, 0, 1]);
});

test("pictures shrink where many share the plot and grow slower than the zoom", () => {
  const plot = {width: 700, height: 600};
  const side = pictureSide(2000, plot, 1);
  assert.ok(side > 9 && side < 20);
  assert.equal(pictureSide(9, plot, 1), 40);
  assert.equal(pictureSide(1e6, plot, 1), 9);
  assert.ok(pictureSide(2000, plot, 4) > side && pictureSide(2000, plot, 4) < 4 * side);
});

/** @param {number} width @param {number} height */
function paper(width, height) {
  const data = new Uint8ClampedArray(4 * width * height).fill(255);
  return {width, height, data, words: new Uint32Array(data.buffer)};
}

/** Every channel within two steps of 255, one of rounding the share and one the sum. @param {ArrayLike<number>} found @param {number[]} wanted */
function near(found, wanted) {
  assert.equal(found.length, wanted.length);
  for (let i = 0; i < wanted.length; i++) assert.ok(Math.abs(found[i] - wanted[i]) <= 2, `${[...Array.from(found)]} ≠ ${wanted}`);
}

test("a tile is cut from its row and column", () => {
  const tiles = {count: 4, columns: 2, size: [3, 5], channels: 1};
  assert.deepEqual(box(tiles, 3), [3, 5, 3, 5]);
});

test("ink covers by its opacity and is cut at the edge", () => {
  const image = paper(4, 3);
  const stamp = {width: 2, height: 2, data: new Uint8ClampedArray([255, 0, 255, 51])};
  ink(image, stamp, 1, 1, word([5, 0, 55]), 1);
  const pixel = (/** @type {number} */ x, /** @type {number} */ y) => [...image.data.slice(4 * (4 * y + x), 4 * (4 * y + x) + 4)];
  assert.deepEqual(pixel(1, 1), [5, 0, 55, 255]);
  assert.deepEqual(pixel(2, 1), [255, 255, 255, 255]);
  near(pixel(2, 2), [205, 204, 215, 255]);
  ink(image, stamp, -1, -1, word([0, 0, 0]), 1);
  near(pixel(0, 0), [204, 204, 204, 255]);
  ink(image, stamp, -1, 1, word([0, 0, 0]), 1);
  assert.deepEqual(pixel(3, 0), [255, 255, 255, 255]);
  ink(image, stamp, 3, 0, word([0, 0, 0]), 0.5);
  near(pixel(3, 0), [127, 127, 127, 255]);
  assert.deepEqual(pixel(0, 1), [255, 255, 255, 255]);
});

test("mixing two colours is right in every channel, whatever they are", () => {
  for (let i = 0; i < 2000; i++) {
    const image = paper(1, 1);
    const [r, g, b, cover, ...under] = [3, 7, 11, 13, 17, 19, 23].map((step) => (i * step * 37) % 256);
    image.data.set(under);
    ink(image, {width: 1, height: 1, data: Uint8ClampedArray.of(cover)}, 0, 0, word([r, g, b]), 1);
    near(image.data, [...[r, g, b].map((over, c) => under[c] + ((over - under[c]) * cover) / 255), 255].map(Math.round));
  }
});

test("a picture keeps its colours, and its frame takes the class's", () => {
  const image = paper(3, 3);
  const stamp = {width: 3, height: 3, data: new Uint8ClampedArray(36).fill(90).map((v, i) => (i % 4 === 3 ? 255 : v))};
  framed(stamp, [1, 2, 3], 1);
  picture(image, stamp, 0, 0, 1);
  assert.deepEqual([...image.data.slice(0, 4)], [1, 2, 3, 255]);
  assert.deepEqual([...image.data.slice(16, 20)], [90, 90, 90, 255]);
});

test("a picture at half size is the mean of fours, at its own size itself", () => {
  const source = paper(4, 2);
  [0, 100, 8, 8, 40, 60, 8, 9].forEach((value, i) => source.data.fill(value, 4 * i, 4 * i + 4));
  assert.deepEqual([...resized(source, [0, 0, 4, 2], 2, 1, 1).data], [50, 8]);
  assert.deepEqual([...resized(source, [2, 0, 2, 2], 1, 1, 4).data], [8, 8, 8, 8]);
  assert.deepEqual([...resized(source, [0, 0, 4, 2], 4, 2, 1).data], [0, 100, 8, 8, 40, 60, 8, 9]);
  assert.deepEqual([...resized(source, [0, 0, 2, 1], 4, 1, 1).data], [0, 25, 75, 100]);
  const steady = paper(6, 6);
  assert.deepEqual([...resized(steady, [0, 0, 6, 6], 17, 17, 1).data], Array(289).fill(255));
  assert.deepEqual([...resized(steady, [0, 0, 6, 6], 4, 4, 1).data], Array(16).fill(255));
});

test("a stamp without its empty rim knows where it was", () => {
  const data = new Uint8ClampedArray(20);
  data[7] = 3;
  data[13] = 4;
  const {left, top, width, height, data: cut} = trimmed({width: 5, height: 4, data});
  assert.deepEqual([left, top, width, height], [2, 1, 2, 2]);
  assert.deepEqual([...cut], [3, 0, 0, 4]);
  assert.equal(trimmed({width: 5, height: 4, data: new Uint8ClampedArray(20)}).width, 0);
});

test("a zoom through all sizes makes few sets of pictures, half a step from what was asked", () => {
  const sides = Array.from({length: 600}, (_, i) => 4 + i / 5);
  assert.ok(new Set(sides.map((side) => deviceSide(side, 1))).size <= 26);
  for (const side of sides) assert.ok(Math.abs(deviceSide(side, 2) - 2 * side) <= 0.075 * 2 * side + 0.5);
  assert.equal(deviceSide(0.1, 1), 4);
});

test("thirty classes have thirty different looks", () => {
  const looks = Array.from({length: 30}, (_, i) => JSON.stringify(look(i)));
  assert.equal(new Set(looks).size, 30);
});

const tensor = (/** @type {number[]} */ data, /** @type {number[]} */ shape) => ({data: Int32Array.from(data), shape});
const VALUES = {
  classes: ["cat", "owl"], outputs: ["cat", "owl"], layers: ["pixels", "conv.1"],
  methods: ["tsne", "pca"], start: "pixels", method: "tsne",
};

function points() {
  /** @type {string[]} */
  const asked = [];
  const made = new Points({
    values: VALUES,
    arrays: {
      index: tensor([70, 30, 50], [3]), label: tensor([0, 1, 1], [3]), guess: tensor([0, 0, 1], [3]),
      sure: {data: Float32Array.of(1, 0.75, 0.5), shape: [3]},
      xy: {data: Int16Array.of(0, 0, 32767, 0, 0, -32767), shape: [3, 2]},
      neighbours: tensor([1, 2, 0, 2, 1, 0], [3, 2]),
      distances: {data: Float32Array.of(1, 2, 1, 3, 3, 2), shape: [3, 2]},
    },
    more: async (group) => {
      asked.push(group);
      return {
        xy: {data: new Int16Array(6), shape: [3, 2]},
        neighbours: tensor([2, 1, 0, 2, 1, 0], [3, 2]),
        distances: {data: new Float32Array(6), shape: [3, 2]},
      };
    },
  });
  return {made, asked};
}

test("a point is known by the example's number in the dataset", () => {
  const {made} = points();
  assert.equal(made.at(30), 1);
  assert.equal(made.at(31), -1);
  assert.equal(made.at(null), -1);
  assert.deepEqual(made.about(1), {label: "owl", guess: "cat", sure: 0.75, right: false});
  assert.deepEqual(made.misread(), [1]);
});

test("what came first is not asked for, other layers once", async () => {
  const {made, asked} = points();
  await Promise.all([made.map("pixels", "tsne"), made.meet("pixels")]);
  assert.deepEqual(asked, []);
  assert.deepEqual(made.neighbours("pixels", 1), [{index: 0, distance: 1}, {index: 2, distance: 3}]);
  assert.deepEqual(made.neighbours("conv.1", 1), []);
  await made.map("conv.1", "pca");
  await made.map("conv.1", "pca");
  await made.meet("conv.1");
  assert.deepEqual(asked, ["pca/1", "neighbours/1"]);
  assert.equal(made.neighbours("conv.1", 0)[0].index, 2);
});

const palette = /** @type {any} */ ({muted: "#777777", accent: "#0000ff", categories: "0123456789".split("")});

test("colours count labels, or right and wrong with wrong on top", () => {
  const {made} = points();
  const labels = colouring("label", made, palette);
  assert.deepEqual(labels.entries.map(({name, count}) => [name, count]), [["cat", 1], ["owl", 2]]);
  const outcome = colouring("outcome", made, palette);
  assert.deepEqual([...outcome.category], [0, 1, 0]);
  assert.deepEqual(outcome.order, [0, 2, 1]);
  assert.ok(outcome.ring && outcome.entries[0].shape !== outcome.entries[1].shape);
});

test("an address that names what is not here is read as if it said nothing", () => {
  const state = (/** @type {Record<string, any>} */ held) => /** @type {any} */ ({
    get: (/** @type {string} */ name, /** @type {any} */ usual) => held[name] ?? usual,
  });
  const usual = {layer: "pixels", method: "tsne", colour: "label", marks: false};
  assert.deepEqual(asked(state({}), VALUES), usual);
  assert.deepEqual(asked(state({layer: "conv9", method: "umap", colour: "x", points: "y"}), VALUES), usual);
  const wanted = {layer: "conv.1", method: "pca", colour: "outcome", points: "marks"};
  assert.deepEqual(asked(state(wanted), VALUES), {layer: "conv.1", method: "pca", colour: "outcome", marks: true});
});

test("a wheel and its reverse cancel, and no jerk goes far", () => {
  const [closer, farther] = [-40, 40].map((deltaY) => wheelFactor({deltaY, deltaMode: 0}));
  assert.ok(closer > 1 && Math.abs(closer * farther - 1) < 1e-9);
  assert.equal(wheelFactor({deltaY: -9999, deltaMode: 1}), wheelFactor({deltaY: -120, deltaMode: 0}));
});

test("two fingers have a middle and a distance that is never nought", () => {
  assert.deepEqual(pinch([{x: 0, y: 0}, {x: 6, y: 8}]), {x: 3, y: 4, apart: 10});
  assert.equal(pinch([{x: 1, y: 1}, {x: 1, y: 1}]).apart, 1);
});

test("a point is read out as one would say it", () => {
  assert.equal(reading({label: "4", guess: "9", sure: 0.623}), "a 4, read as 9, 62.3\u202f% sure");
  assert.equal(reading({label: "8", guess: "8", sure: 0.99999}), "an 8, read correctly, more than 99.9\u202f% sure");
  assert.deepEqual(["8", "18", "180", "1", "owl", "cat"].map(article), ["an", "an", "a", "a", "an", "a"]);
  assert.equal(surely(0.9991), "more than 99.9\u202f%");
});

test("company is counted in words", () => {
  assert.equal(company("4", ["4", "4", "4"]), "all 3 nearest neighbours are labelled 4 too");
  assert.equal(company("4", ["9", "9"]), "none of the 2 nearest neighbours is labelled 4");
  assert.equal(company("4", ["4", "9"]), "1 of the 2 nearest neighbours is labelled 4");
  assert.equal(company("4", ["4", "9", "4"]), "2 of the 3 nearest neighbours are labelled 4");
});

test("distances keep three digits", () => {
  assert.deepEqual([0, 0.01234, 6.3947, 123.6].map(distance), ["0", "0.0123", "6.39", "124"]);
});

test("the sentence on quality warns where a map lies", () => {
  const maps = {features: 9, hit: 0.95, tsne: {trust: 0.99, hit: 0.95}, pca: {trust: 0.86, hit: 0.6}};
  assert.match(verdict(maps, "tsne", 5), /nearly always/);
  assert.match(verdict(maps, "pca", 5), /Many points .* far apart in the layer, and neighbours of different classes/);
  assert.match(verdict(maps, "pca", 5), /60\u202f% have the same label \(95\u202f% in the layer itself\)/);
});

test("a view goes into the address and comes back; the whole map needs no words", () => {
  const view = zoomed(FIT, SIZE, 3.7, 120, 260);
  const again = readView(writeView(view));
  for (const key of /** @type {const} */ (["zoom", "x", "y"])) assert.ok(Math.abs(again[key] - view[key]) < 1e-5);
  assert.deepEqual(readView(writeView(again)), again);
  assert.equal(writeView(FIT), "");
  for (const text of ["", "3", "a,b,c", "2,0,0,0", "NaN,0,0"]) assert.deepEqual(readView(text), FIT);
  assert.equal(readView("999,5,5").zoom, 24);
});

test("the address lights entries that the legend has", () => {
  assert.deepEqual(litOf("0,3", 10), [0, 3]);
  assert.deepEqual(litOf("", 10), []);
  assert.deepEqual(litOf("7,-1,x,99,2", 8), [7, 2]);
});
