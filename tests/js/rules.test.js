import assert from "node:assert/strict";
import test from "node:test";
import {allows, gather} from "../../templates/js/rules.js";
import {Store} from "../../templates/js/state.js";

const RULES = {
  epochs: {start: 5, least: 1, most: 30, step: 1},
  layer: {start: "pixels", choices: ["pixels", "logits"]},
  "walk.step": {start: "a", choices: ["a", "b"], leads: true},
};
const FIGURES = /** @type {[string, any][]} */ ([
  ["fig-a", {layer: {start: "pixels", choices: ["pixels", "logits"]}, hidden: {start: "", some: ["x", "y"]}}],
]);

/** A store of a page with these rules, whose address is a variable. */
function open(/** @type {string} */ fragment = "", links = {"fig-a.layer": "layer"}) {
  const address = {now: fragment, read: () => address.now, write: (/** @type {string} */ to) => void (address.now = to)};
  return {store: new Store(address, gather({figures: FIGURES, rules: RULES, links})), address};
}

test("what starts so is a value before anybody sets it, and stays out of the address", (context) => {
  context.mock.timers.enable({apis: ["setTimeout"]});
  const {store, address} = open();
  assert.equal(store.get("epochs"), null);
  assert.equal(store.value("epochs"), 5);
  store.set("epochs", 12);
  context.mock.timers.tick(400);
  assert.equal(address.now, "#~epochs=12");
  store.set("epochs", 5);
  context.mock.timers.tick(400);
  assert.equal(address.now, "");
});

test("what a rule does not allow is refused and nobody hears of it", () => {
  const {store} = open("#~epochs=31&layer=pool&fig-a.hidden=x+z&walk.step=c");
  for (const key of ["epochs", "layer", "fig-a.hidden", "walk.step"]) assert.equal(store.get(key), null);
  let heard = 0;
  store.watch("epochs", () => (heard += 1));
  for (const value of [0, 31, 5.5, "5", true, NaN]) store.set("epochs", value);
  assert.equal(heard, 0);
});

test("a figure's state and the variable it is bound to are one", (context) => {
  context.mock.timers.enable({apis: ["setTimeout"]});
  const {store, address} = open("#~fig-a.layer=logits");
  const state = store.figure("fig-a");
  assert.equal(store.value("layer"), "logits");
  assert.equal(state.get("layer", "pixels"), "logits");
  /** @type {any[]} */
  const heard = [];
  state.watch("layer", (value) => heard.push(value));
  store.set("layer", "pixels");
  state.set("layer", "logits");
  assert.deepEqual(heard, ["pixels", "logits"]);
  context.mock.timers.tick(400);
  assert.equal(address.now, "#~layer=logits");
});

test("an address sets a step before whatever else it names", () => {
  const {store, address} = open();
  /** @type {string[]} */
  const order = [];
  for (const key of ["epochs", "walk.step"]) store.watch(key, () => order.push(key));
  address.now = "#~epochs=7&walk.step=b";
  store.absorb();
  assert.deepEqual(order, ["walk.step", "epochs"]);
});

test("steps of a tenth allow tenths", () => {
  const rule = {start: 0.5, least: 0, most: 1, step: 0.1};
  for (let i = 0; i <= 10; i++) assert.ok(allows(rule, i * 0.1), `${i * 0.1}`);
  assert.ok(!allows(rule, 0.35));
});

/** A small generator of numbers, the same ones every time. */
function seeded(/** @type {number} */ seed) {
  return () => {
    seed = (seed * 1664525 + 1013904223) >>> 0;
    return seed / 2 ** 32;
  };
}

test("any address at all leaves a page that works", () => {
  const random = seeded(7);
  const pick = (/** @type {any[]} */ from) => from[Math.floor(random() * from.length)];
  const parts = [
    "#", "~", "&", "=", "'", "%", "%ZZ", "%E0%A4%A", "epochs", "layer", "fig-a.", "fig-a.layer", "hidden", "walk.step",
    "instance:digits", "unit:net", "12", "-1", "1e999", "true", "pixels", "logits", "conv1/3", "__proto__", "constructor",
    ".", ":", " ", "😀", "\u0000", "<b>", "a".repeat(3000), "0.1", "NaN", "toString", "b",
  ];
  const runs = process.env.EXPLORABLE_TRIAL ? 200_000 : 4000;
  for (let run = 0; run < runs; run++) {
    const text = Array.from({length: 1 + Math.floor(random() * 12)}, () => pick(parts)).join("");
    const {store} = open(`#${text}`);
    const epochs = store.value("epochs");
    assert.ok(Number.isInteger(epochs) && Number(epochs) >= 1 && Number(epochs) <= 30, text);
    assert.ok(["pixels", "logits"].includes(String(store.figure("fig-a").get("layer", "pixels"))), text);
    assert.ok(["a", "b"].includes(String(store.value("walk.step"))), text);
    const instance = store.get("instance:digits");
    assert.ok(instance === null || Number(instance) >= 0, text);
    const again = open(store.fragment()).store;
    assert.equal(again.fragment(), store.fragment(), text);
    assert.ok(store.fragment().length <= 2000, text);
  }
  assert.equal(/** @type {any} */ ({}).epochs, undefined);
});
