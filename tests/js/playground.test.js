import assert from "node:assert/strict";
import {test} from "node:test";
import {Curve} from "../../templates/figures/playground/curve.js";
import {SETS, sample} from "../../templates/figures/playground/data.js";
import {SIDE, WIDE, fine, mixed, signed} from "../../templates/figures/playground/field.js";
import {cos, exp, log, sigmoid, sin, softplus, tanh} from "../../templates/js/functions.js";
import {ends, fall, geometry, nearestLink, step, top} from "../../templates/figures/playground/geometry.js";
import {written} from "../../templates/figures/playground/inspector.js";
import {MOST_POINTS, Refused, decode, encode, read} from "../../templates/figures/playground/own.js";
import {importances, typical, without} from "../../templates/figures/playground/importance.js";
import {polyline} from "../../templates/figures/playground/losses.js";
import {Network, initial} from "../../templates/figures/playground/network.js";
import {readInputs, readLayers, writeLayers} from "../../templates/figures/playground/settings.js";
import {readPlace, readUnit} from "../../templates/figures/playground/view.js";
import {measure} from "../../templates/figures/playground/trainer.js";
import {brokenWords, six} from "../../templates/figures/playground/words.js";

/** @param {(x: number) => number} ours @param {(x: number) => number} theirs @param {number[]} xs @param {number} error */
function near(ours, theirs, xs, error) {
  for (const x of xs) {
    const [is, be] = [ours(x), theirs(x)];
    assert.ok(Math.abs(is - be) <= error * Math.max(1, Math.abs(be)), `${x}: ${is} for ${be}`);
  }
}

const LINE = Array.from({length: 4001}, (_, i) => (i - 2000) / 97);

test("functions of our own are those of the language, to as many digits as they promise", () => {
  near(exp, Math.exp, LINE, 1e-13);
  for (const x of LINE) assert.ok(Math.abs(exp(x) / Math.exp(x) - 1) < 1e-13, String(x));
  near(tanh, Math.tanh, LINE, 1e-13);
  near(sin, Math.sin, LINE.map((x) => 40 * x), 1e-13);
  near(cos, Math.cos, LINE, 1e-13);
  near(sigmoid, (x) => 1 / (1 + Math.exp(-x)), LINE, 1e-13);
  near(softplus, (x) => Math.log1p(Math.exp(x)), LINE, 1e-13);
  near(log, Math.log, LINE.filter((x) => x > 0).flatMap((x) => [x, x * 1e-9, x * 1e12]), 1e-13);
});

test("beyond the range of numbers they end as the language's do", () => {
  assert.deepEqual([exp(-1e4), exp(1e4), tanh(1e4), tanh(-1e4)], [0, Infinity, 1, -1]);
  assert.deepEqual([log(0), exp(NaN), log(-1)], [-Infinity, NaN, NaN]);
});

test("a set has two halves of equal size, and the same seed the same points", () => {
  const {xs, ys, labels} = sample("circle", 0, 7);
  assert.equal(labels.filter((label) => label === 1).length, 250);
  for (let i = 0; i < labels.length; i++) {
    const radius = Math.hypot(xs[i], ys[i]);
    assert.ok(labels[i] === 1 ? radius <= 2.5 : radius >= 3.5 - 1e-6 && radius <= 5 + 1e-6);
  }
  assert.deepEqual(sample("circle", 0, 7), {xs, ys, labels});
  assert.notDeepEqual(sample("circle", 0, 8).xs, xs);
});

test("noise moves points and leaves labels", () => {
  const [still, moved] = [sample("xor", 0, 3), sample("xor", 0.1, 3)];
  assert.deepEqual(moved.labels, still.labels);
  const by = still.xs.map((x, i) => Math.abs(x - moved.xs[i]));
  // The mean size of a normal number with deviation 0.3.
  assert.ok(Math.abs(by.reduce((a, b) => a + b) / by.length - 0.3 * Math.sqrt(2 / Math.PI)) < 0.03);
});

test("every set stays in the plane and has the classes that it names", () => {
  for (const {name, classes} of SETS) {
    const {xs, ys, labels} = sample(name, 0.5, 0);
    assert.ok([...xs, ...ys].every((at) => Math.abs(at) <= 6), name);
    const found = new Set(labels);
    if (classes) assert.equal(found.size, classes, name);
    else assert.ok([...labels].every((label) => Math.abs(label) <= 1.05), name);
  }
});

test("first weights are even between the bounds of their layer", () => {
  const weights = initial([2, 8, 1], 0);
  assert.equal(weights.length, 2 * 8 + 8 + 8 + 1);
  assert.ok(weights.slice(0, 24).every((weight) => Math.abs(weight) <= Math.SQRT1_2));
  assert.ok(weights.slice(24).every((weight) => Math.abs(weight) <= 1 / Math.sqrt(8)));
  assert.ok(new Set(weights).size === weights.length);
});

test("layers and inputs of an address that nobody could have made are not followed", () => {
  assert.deepEqual(readLayers("4-2"), [4, 2]);
  for (const made of ["none", "", "9", "0-2", "4-2-", "1-1-1-1-1-1-1", "4,2"]) assert.deepEqual(readLayers(made), []);
  assert.equal(writeLayers([]), "none");
  assert.deepEqual(readInputs("xy,x,nonsense"), ["x", "xy"]);
  assert.deepEqual(readInputs(""), ["x", "y"]);
  assert.deepEqual(readUnit("2/7"), {layer: 2, unit: 7});
  assert.equal(readUnit("0/1"), null);
  assert.deepEqual(readPlace("1.5,-2"), [1.5, -2]);
  assert.deepEqual(readPlace("1e9,0"), [0, 0]);
});

test("a weight is read as people write it, or refused", () => {
  assert.equal(written(" −0,5 "), -0.5);
  assert.equal(written("1e-3"), Math.fround(0.001));
  for (const made of ["", "abc", "1e9", "Infinity", "NaN"]) assert.equal(written(made), null);
  assert.equal(six(-0.123456789), "−0.123457");
  assert.equal(six(0.00001234567), "1.23457e−5");
});

test("columns stand in the middle and never beside the drawing", () => {
  for (const width of [320, 390, 700]) {
    const found = geometry(width, [7, 8, 8, 8, 8, 8, 8, 1]);
    assert.ok(found.columns[7] + found.size <= width);
    for (let i = 1; i < 8; i++) assert.ok(found.columns[i] - found.columns[i - 1] > found.size);
    assert.ok(Math.abs(top(found, 7, 0) + found.size / 2 - found.height / 2) <= 1);
  }
});

test("a link is found where it is drawn", () => {
  const found = geometry(600, [7, 4, 1]);
  const {x0, y0, x1, y1} = ends(found, 0, 1, 3);
  for (const share of [0.25, 0.5, 0.75]) {
    const x = x0 + share * (x1 - x0);
    assert.deepEqual(nearestLink(found, x, y0 + fall(share) * (y1 - y0), (_, from) => from === 1), {column: 0, from: 1, to: 3});
  }
  assert.equal(nearestLink(found, x0 + 20, y0, () => false), null);
  assert.ok(Math.abs(fall(0.5) - 0.5) < 1e-6);
  assert.ok(fall(0.1) < 0.05);
});

test("arrow keys go to the unit at the same height", () => {
  assert.deepEqual(step("ArrowRight", [7, 4, 1], 0, 3), [1, 2]);
  assert.deepEqual(step("ArrowRight", [7, 4, 1], 1, 0), [2, 0]);
  assert.deepEqual(step("ArrowLeft", [7, 4, 1], 2, 0), [1, 2]);
  assert.deepEqual(step("ArrowDown", [7, 4, 1], 1, 2), [1, 3]);
  for (const [key, column, unit] of /** @type {[string, number, number][]} */ ([["ArrowDown", 1, 3], ["ArrowUp", 0, 0], ["ArrowRight", 2, 0], ["a", 1, 1]])) {
    assert.equal(step(key, [7, 4, 1], column, unit), null);
  }
});

test("a long curve keeps its beginning, its shape and few points", () => {
  const curve = new Curve();
  for (let epoch = 0; epoch <= 10_000; epoch++) curve.add(epoch, () => [1 / (epoch + 1), 2 / (epoch + 1)], Float32Array.of(epoch));
  assert.ok(curve.points.length < 400 && curve.points.length > 150);
  assert.deepEqual(curve.points[0], [0, 1, 2]);
  for (const [epoch, train] of curve.points) {
    assert.equal(train, 1 / (epoch + 1));
    assert.deepEqual(curve.recall(epoch), {epoch, losses: [train, 2 * train], weights: Float32Array.of(epoch)});
  }
  const between = curve.recall(5001);
  assert.ok(between && between.epoch <= 5001 && between.epoch > 4900 && between.weights[0] === between.epoch);
  assert.equal(new Curve().recall(3), null);
  assert.equal(polyline([[0, 2, 0], [10, 0, 0]], 1, 10, 2), "0.0,2.0 300.0,82.0");
});

test("between places of the field lie straight lines", () => {
  const values = Float32Array.from({length: SIDE * SIDE}, (_, i) => (i % SIDE) - 3 * Math.floor(i / SIDE));
  const wide = fine(values);
  for (const [row, column] of [[0, 0], [1, 2], [WIDE - 1, WIDE - 1], [7, WIDE - 1]]) {
    assert.ok(Math.abs(wide[row * WIDE + column] - (column / 4 - (3 * row) / 4)) < 1e-4);
  }
});

test("without shades the map has two colours, and the likelier class wins", () => {
  const palette = /** @type {any} */ ({diverging: ["#ff0000", "#ffffff", "#0000ff"], zero: "#ffffff", categories: ["#ff0000", "#00ff00"]});
  const pixels = signed(Float32Array.of(-0.9, -0.1, 0.1, 0.9), 1, palette, true);
  assert.deepEqual(pixels.slice(0, 4), pixels.slice(4, 8));
  assert.deepEqual(pixels.slice(8, 12), pixels.slice(12, 16));
  const two = mixed([Float32Array.of(0.9, 0.4), Float32Array.of(0.1, 0.6)], [0, 1], palette, true);
  assert.ok(two[0] > two[1] && two[5] > two[4]);
});

test("a run that broke down says at which rate", () => {
  const words = brokenWords(/** @type {any} */ ({rate: 10, regularization: "none", strength: 0}), 12);
  assert.match(words, /epoch 12.*NaN.*learning rate of 10 /);
});

/** @param {string} text */
const refusal = (text) => {
  try {
    read(text);
  } catch (error) {
    assert.ok(error instanceof Refused);
    return error.message;
  }
  assert.fail(`taken: ${text.slice(0, 80)}`);
};

test("points come back from an address to within a step of its grid", () => {
  for (const classes of [0, 2, 3, 6]) {
    const labels = classes > 2 ? [0, classes - 1, 1] : classes ? [-1, 1, 1] : [-0.5, 0.25, 1];
    /** @type {[number, number, number][]} */
    const points = [[-6, 6, labels[0]], [1.234, -5.678, labels[1]], [0, 0, labels[2]]];
    const back = decode(encode(classes, points));
    assert.equal(back.classes, classes);
    back.points.forEach((point, i) => {
      assert.ok(Math.hypot(point[0] - points[i][0], point[1] - points[i][1]) < 0.034);
      assert.ok(Math.abs(point[2] - points[i][2]) <= (classes ? 0 : 1 / 255));
    });
  }
  const many = Array.from({length: 1000}, () => /** @type {[number, number, number]} */ ([1, 1, 1]));
  assert.equal(decode(encode(2, many)).points.length, MOST_POINTS);
  assert.ok(encode(2, many).length < 1700);
});

test("an address that was made up gives no points and no other label than there are classes", () => {
  for (const made of ["", "7AAAA", "2AAA", "2AAA!", "x", "r$$$$"]) assert.deepEqual(decode(made).points, []);
  for (const [, , label] of decode("3____AAAA").points) assert.ok(label >= 0 && label < 3);
});

test("a table is read with a heading, any separator, words or numbers as labels", () => {
  const {classes, points, names} = read("x;y;kind\n1,5;-2;red\n\n2;-1;blue\n-3;0,5;red\n-4;1;\"blue\"\n");
  assert.deepEqual([classes, names], [2, ["blue", "red"]]);
  assert.deepEqual(points[0], [1.5, -2, 1]);
  assert.deepEqual(points[3], [-4, 1, -1]);
  const three = read("1 1 10\n-2 -2 9\n3 3 2\n-1 4 2");
  assert.deepEqual([three.classes, three.names], [3, ["2", "9", "10"]]);
  const rows = Array.from({length: 5000}, (_, i) => `${i * 100},${i % 7},${i}`).join("\n");
  const number = read(rows);
  assert.equal(number.classes, 0);
  assert.ok(number.points.length <= MOST_POINTS && number.points.length > MOST_POINTS / 2);
  assert.ok(number.points.every((point) => Math.abs(point[0]) <= 5 && Math.abs(point[2]) <= 1));
  assert.match(number.notes.join(" "), /Of 5000 rows, \d+ were taken.*x from 0 … \d+ was stretched.*Labels were divided by/);
});

test("a table that cannot be used is refused by its line and with a remedy", () => {
  assert.match(refusal(""), /nothing in it.*1.5, −2, red/);
  assert.match(refusal("1,2,a\n1,2,b\n\n1,oops,a\n2,2,b"), /^Line 4: “oops” in column 2 is no number/);
  assert.match(refusal("1,2,a\n2,3\n3,4,b\n1,1,a"), /^Line 2 has two columns/);
  assert.match(refusal("1,2,a\n2,3,b"), /fewer than four rows/);
  assert.match(refusal("1,2,a\n2,3,a\n3,3,a\n4,4,a"), /All labels are “a”/);
  assert.match(refusal([..."abcdefg"].map((letter) => `1,2,${letter}`).join("\n")), /7 different labels; at most 6/);
  assert.match(refusal("x".repeat(20_000_001)), /too long/);
});

test("a neuron is worth what the loss grows by when it is taken out, and costs that", () => {
  const sizes = [2, 3, 4, 1];
  const net = new Network(sizes, "tanh", "tanh", initial(sizes, 3));
  const {xs, ys, labels} = sample("xor", 0, 1);
  const examples = {features: Float32Array.from({length: 200}, (_, i) => (i % 2 ? ys : xs)[i >> 1]), labels: labels.slice(0, 100)};
  const held = net.weights.slice();
  const worth = importances(net, examples);
  assert.deepEqual(net.weights, held);
  assert.deepEqual(worth.map(({length}) => length), [3, 4]);
  const before = measure(net, examples).loss;
  worth.forEach((layer, i) =>
    layer.forEach((one, unit) => {
      const fewer = sizes.map((size, at) => size - Number(at === i + 1));
      const less = new Network(fewer, "tanh", "tanh", without(sizes, net.weights, i + 1, unit));
      assert.ok(Math.abs(measure(less, examples).loss - before - one) < 1e-12);
    }),
  );
});

test("a usual value is the root of the mean square", () => {
  const net = new Network([1, 1, 1], "linear", "linear", Float32Array.of(2, 0, 1, 0));
  assert.deepEqual(typical(net, {features: Float32Array.of(3, -4), labels: Float32Array.of(0, 0)}), [[Math.sqrt(12.5)], [Math.sqrt(50)]]);
});
