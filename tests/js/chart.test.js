import assert from "node:assert/strict";
import {test} from "node:test";
import {fitted, stretches} from "../../templates/figures/chart.js";
import {answering, next, ordered} from "../../templates/figures/chart/points.js";
import {place, rows, spoken} from "../../templates/figures/chart/tooltip.js";

/** @param {number} x @param {string} stroke @param {string} name @returns {any} */
const point = (x, stroke, name, more = {}) => ({x, y: 0, stroke, tooltip: {name}, _svg: {}, ...more});

/** @param {any[]} items @returns {any} */
const scene = (...items) => ({
  marktype: "group",
  role: "frame",
  items: [{items: [{marktype: "symbol", role: "mark", items}]}],
});

const middle = (/** @type {any} */ {x, y}) => ({x, y});
const walk = (/** @type {any[]} */ items) => ordered(items, middle);

test("what answers a pointer: marks with a tooltip and an element, at any depth", () => {
  const inner = {marktype: "group", role: "scope", items: [{items: scene(point(1, "red", "a")).items[0].items}]};
  const root = scene(point(2, "red", "b"), {x: 3, _svg: {}});
  root.items[0].items.push(inner, {marktype: "symbol", role: "axis-label", items: [point(4, "red", "c")]});
  root.items[0].items.push({marktype: "line", role: "mark", items: [point(5, "red", "d")]});
  assert.deepEqual(answering(root).map((item) => /** @type {any} */ (item).x), [2, 1]);
});

test("a layer for the nearest point takes all", () => {
  const cell = point(1, "transparent", "near", {isVoronoi: true});
  assert.deepEqual(answering(scene(point(2, "red", "far"), cell)), [cell]);
});

test("points are ordered series by series, from left to right", () => {
  const order = walk([point(2, "red", "r2"), point(1, "blue", "b1"), point(1, "red", "r1")]);
  assert.deepEqual(order.map(({item}) => item.tooltip.name), ["r1", "r2", "b1"]);
});

test("arrow keys walk a series and change to the nearest point of another", () => {
  const points = walk([point(0, "red", ""), point(10, "red", ""), point(1, "blue", ""), point(9, "blue", "")]);
  assert.equal(next("ArrowRight", points, -1), 0);
  assert.equal(next("ArrowRight", points, 0), 1);
  assert.equal(next("ArrowRight", points, 1), null);
  assert.equal(next("ArrowDown", points, 1), 3);
  assert.equal(next("ArrowUp", points, 2), 0);
  assert.equal(next("ArrowUp", points, 0), null);
  assert.equal(next("Home", points, 3), 2);
  assert.equal(next("End", points, 0), 1);
  assert.equal(next("a", points, 0), null);
  assert.equal(next("ArrowRight", [], -1), null);
});

test("many colours are a scale and not as many series", () => {
  const points = walk(Array.from({length: 12}, (_, i) => point(12 - i, `rgb(0, 0, ${i})`, "")));
  assert.equal(new Set(points.map(({series}) => series)).size, 1);
  assert.equal(next("End", points, 0), 11);
});

test("a tooltip is rows of a name and a value, and the same in words", () => {
  assert.deepEqual(rows({epoch: 3, loss: "0.2"}), [["epoch", "3"], ["loss", "0.2"]]);
  assert.deepEqual(rows("plain"), [["", "plain"]]);
  assert.deepEqual(rows(null), []);
  assert.equal(spoken({epoch: 3, loss: null}), "epoch 3, loss –");
});

test("the box stands right of its point, or left where the plot ends", () => {
  const box = {width: 100, height: 40};
  assert.deepEqual(place({x: 50, y: 80}, box, {width: 300}, 10), {left: 60, top: 30});
  assert.deepEqual(place({x: 250, y: 20}, box, {width: 300}, 10), {left: 140, top: 0});
  assert.deepEqual(place({x: 60, y: 80}, box, {width: 120}, 10), {left: 0, top: 30});
});

test("single and layered views take the width of their place, others keep theirs", () => {
  assert.equal(fitted({mark: "bar"}, 354).width, 354);
  assert.equal(fitted({layer: []}, 354).width, 354);
  assert.ok(!stretches({hconcat: []}));
  assert.deepEqual(fitted({hconcat: []}, 354), {hconcat: []});
});
