import assert from "node:assert/strict";
import test from "node:test";
import {Store} from "../../templates/js/state.js";

/** A store whose address is a variable. */
function open(/** @type {string} */ fragment = "") {
  const address = {now: fragment, read: () => address.now, write: (/** @type {string} */ to) => void (address.now = to)};
  return {store: new Store(address), address};
}

test("the address sets the store before any figure mounts", () => {
  const {store} = open("#fig-a~instance:digits=7&fig-a.layer=conv2");
  assert.equal(store.anchor, "fig-a");
  assert.equal(store.get("instance:digits"), 7);
  assert.equal(store.figure("fig-a").get("layer", "conv1"), "conv2");
});

test("every watcher of a key hears of a change, once, and no other watcher does", () => {
  const {store} = open();
  /** @type {any[]} */
  const heard = [];
  store.watch("unit:net", (value) => heard.push(["a", value]));
  store.watch("unit:net", (value) => heard.push(["b", value]));
  store.watch("unit:other", (value) => heard.push(["c", value]));
  store.set("unit:net", "conv1/3");
  store.set("unit:net", "conv1/3");
  store.set("unit:net", null);
  assert.deepEqual(heard, [["a", "conv1/3"], ["b", "conv1/3"], ["a", null], ["b", null]]);
});

test("a figure that is gone hears no more", () => {
  const {store} = open();
  const control = new AbortController();
  let heard = 0;
  store.watch("instance:digits", () => (heard += 1), {signal: control.signal});
  store.set("instance:digits", 1);
  control.abort();
  store.set("instance:digits", 2);
  assert.equal(heard, 1);
});

test("selections that make no sense are refused softly", () => {
  const {store} = open("#~instance:digits=-1&unit:net=conv1&instance:b=1.5&instance:c=abc");
  for (const key of ["instance:digits", "unit:net", "instance:b", "instance:c"]) {
    assert.equal(store.get(key), null);
  }
  store.set("instance:digits", "seven");
  assert.equal(store.get("instance:digits"), null);
});

test("an option of another type than its fallback gives the fallback", () => {
  const {store} = open("#~fig-a.speed=fast&fig-a.edges=1&fig-a.layer=3");
  const state = store.figure("fig-a");
  assert.equal(state.get("speed", 2), 2);
  assert.equal(state.get("edges", true), true);
  assert.equal(state.get("layer", "conv1"), "conv1");
});

test("the address follows after a pause and leaves defaults out", async (context) => {
  context.mock.timers.enable({apis: ["setTimeout"]});
  const {store, address} = open("#fig-a");
  const state = store.figure("fig-a");
  state.get("layer", "conv1");
  state.set("layer", "conv2");
  store.set("instance:digits", 7);
  assert.equal(address.now, "#fig-a");
  context.mock.timers.tick(400);
  assert.equal(address.now, "#fig-a~fig-a.layer=conv2&instance:digits=7");
  state.set("layer", "conv1");
  store.set("instance:digits", null);
  context.mock.timers.tick(400);
  assert.equal(address.now, "#fig-a");
});

test("a hundred changes in a second are one change of the address", (context) => {
  context.mock.timers.enable({apis: ["setTimeout"]});
  const {store, address} = open();
  let writes = 0;
  store.address = {...address, write: () => (writes += 1)};
  for (let i = 0; i < 100; i++) store.set("instance:digits", i);
  context.mock.timers.tick(1000);
  assert.equal(writes, 1);
});

test("following a plain anchor keeps the view and joins it to the new place", (context) => {
  context.mock.timers.enable({apis: ["setTimeout"]});
  const {store, address} = open("#~instance:digits=7");
  address.now = "#fig-b";
  store.absorb();
  context.mock.timers.tick(400);
  assert.equal(address.now, "#fig-b~instance:digits=7");
});
