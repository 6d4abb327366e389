import assert from "node:assert/strict";
import {test} from "node:test";
import {amongTiles, carried, inTile, strongest} from "../../templates/figures/network/cursor.js";
import {readSpot, readUnit, same, Selection} from "../../templates/figures/network/selection.js";

const conv = {name: "conv", channels: 6, height: 24, width: 24, columns: 6};
const pool = {name: "pool", channels: 16, height: 4, width: 4, columns: 8};
const dense = {name: "dense", channels: 10, height: 1, width: 1, columns: 10};
const rows = [conv, pool, dense];
const place = (layer = "pool", channel = 0, row = 0, column = 0) => ({layer, channel, row, column});

test("arrow keys go from tile to tile, and over the edge of a layer to the next", () => {
  assert.equal(amongTiles("ArrowRight", place("pool", 3), rows)?.channel, 4);
  assert.equal(amongTiles("ArrowDown", place("pool", 3), rows)?.channel, 11);
  assert.deepEqual(amongTiles("ArrowDown", place("pool", 15), rows)?.layer, "dense");
  assert.deepEqual(amongTiles("ArrowUp", place("pool", 3), rows)?.layer, "conv");
  assert.equal(amongTiles("ArrowUp", place("conv", 3), rows), null);
  assert.equal(amongTiles("x", place(), rows), null);
});

test("brackets and page keys change the layer and keep the place by its share", () => {
  for (const key of ["]", "PageDown"]) assert.equal(amongTiles(key, place("conv"), rows)?.layer, "pool");
  for (const key of ["[", "PageUp"]) assert.equal(amongTiles(key, place("pool"), rows)?.layer, "conv");
  assert.equal(amongTiles("]", place("dense"), rows), null);
  assert.deepEqual(carried(place("conv", 5, 23, 12), conv, pool), place("pool", 14, 3, 2));
});

test("inside a tile arrow keys go from unit to unit and stop at its edges", () => {
  assert.deepEqual(inTile("ArrowDown", place("pool", 2, 1, 1), pool), place("pool", 2, 2, 1));
  assert.equal(inTile("ArrowRight", place("pool", 2, 1, 3), pool), null);
  assert.equal(inTile("ArrowUp", place("pool", 2, 0, 3), pool), null);
  assert.deepEqual(inTile("End", place("pool", 2, 1, 0), pool), place("pool", 2, 1, 3));
});

test("the strongest value is the one farthest from zero, whatever its sign", () => {
  assert.equal(strongest([1, -5, 4]), 1);
  assert.equal(strongest([0, 0]), 0);
});

test("units and spots of an address are read, and nonsense is not", () => {
  assert.deepEqual(readUnit("blocks.0/a/12"), ["blocks.0/a", 12]);
  assert.equal(readUnit("conv"), null);
  assert.deepEqual(readSpot("4.13"), [4, 13]);
  assert.equal(readSpot("4.x"), null);
});

/** A page and a figure's state in one map. */
function world() {
  const values = new Map();
  /** @type {Map<string, ((value: any) => void)[]>} */
  const watchers = new Map();
  const get = (/** @type {string} */ key) => values.get(key) ?? null;
  const set = (/** @type {string} */ key, /** @type {any} */ value) => {
    if (get(key) === value) return;
    values.set(key, value);
    for (const watcher of watchers.get(key) ?? []) watcher(value);
  };
  const watch = (/** @type {string} */ key, /** @type {any} */ then) =>
    void watchers.set(key, [...(watchers.get(key) ?? []), then]);
  const state = {get: (/** @type {string} */ key, /** @type {any} */ fallback) => get(key) ?? fallback, set, watch};
  return {page: {get, set, watch}, state};
}

/** @param {ReturnType<typeof world>} world */
function selection({page, state}) {
  /** @type {string[]} */
  const revealed = [];
  const names = {
    title: (/** @type {string} */ layer) => `${layer}-title`,
    layer: (/** @type {string} */ title) => (title.endsWith("-title") ? title.slice(0, -6) : null),
    strongest: () => /** @type {[number, number]} */ ([2, 3]),
    exists: (/** @type {any} */ {channel}) => channel < 16,
    reveal: (/** @type {string} */ layer) => void revealed.push(layer),
  };
  return {chosen: new Selection(page, /** @type {any} */ (state), "net", /** @type {any} */ (names), () => {}), revealed};
}

test("pinning a unit tells the page, under the article's name for the layer", () => {
  const here = world();
  const {chosen} = selection(here);
  chosen.begin(place());
  chosen.pin(place("conv", 3, 4, 5));
  assert.equal(here.page.get("unit:net"), "conv-title/3");
  assert.equal(here.state.get("at", ""), "4.5");
});

test("a channel that another figure chooses is looked at where it is strongest, and shown if hidden", () => {
  const here = world();
  const {chosen, revealed} = selection(here);
  chosen.begin(place());
  here.page.set("unit:net", "conv-title/7");
  assert.deepEqual(chosen.place, place("conv", 7, 2, 3));
  assert.deepEqual(revealed, ["conv"]);
  here.page.set("unit:net", "conv-title/700");
  here.page.set("unit:net", "elsewhere/1");
  assert.deepEqual(chosen.place, place("conv", 7, 2, 3));
});

test("pointing is for as long as it lasts, and what was pinned comes back", () => {
  const {chosen} = selection(world());
  chosen.begin(place("conv", 1, 1, 1));
  chosen.point(place("pool", 2, 2, 2));
  assert.ok(same(chosen.place, place("pool", 2, 2, 2)));
  chosen.point(null);
  assert.ok(same(chosen.place, place("conv", 1, 1, 1)));
});
