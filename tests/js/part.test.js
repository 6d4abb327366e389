import assert from "node:assert/strict";
import test from "node:test";
import {parseFragment} from "../../templates/js/fragment.js";
import {carried, link, resettable, taught} from "../../templates/js/part.js";

/** @type {import("../../templates/js/part.js").Entry[]} */
const ENTRIES = [
  ["instance:digits", 7],
  ["fig-b.layer", "conv2"],
  ["fig-a.layer", "conv1"],
  ["fig-a.hide", "zoom"],
  ["unit:net", "conv1/3"],
];

test("a link carries the figure's own part and what figures share, not another figure's part", () => {
  const keys = carried(ENTRIES, "fig-a", ["fig-a", "fig-b"]).map(([key]) => key);
  assert.deepEqual(keys, ["fig-a.layer", "fig-a.hide", "instance:digits", "unit:net"]);
});

test("a figure whose name begins like another's keeps its own part", () => {
  const keys = carried([["fig-ab.layer", 1], ["fig-a.layer", 2]], "fig-a", ["fig-a", "fig-ab"]).map(([key]) => key);
  assert.deepEqual(keys, ["fig-a.layer"]);
});

test("a reset takes back the figure's part and the selections it follows, and leaves its locks", () => {
  const keys = resettable(ENTRIES, "fig-a", new Set(["instance:digits"])).map(([key]) => key);
  assert.deepEqual(keys, ["instance:digits", "fig-a.layer"]);
});

test("a link reads back as what it was made of", () => {
  const entries = carried(ENTRIES, "fig-a", ["fig-a", "fig-b"]);
  const {anchor, entries: read} = parseFragment(link(entries, "fig-a"));
  assert.equal(anchor, "fig-a");
  assert.deepEqual([...read], entries);
});

test("a teacher's link says what is taken away, and replaces what was", () => {
  const fragment = link(carried(ENTRIES, "fig-a", ["fig-a"]), "fig-a", {hide: "layer legend", lock: ""});
  const {entries} = parseFragment(fragment);
  assert.equal(entries.get("fig-a.hide"), "layer legend");
  assert.equal(entries.has("fig-a.lock"), false);
});

test("a teacher's link that takes nothing away is still a teacher's: a reset comes back to it", () => {
  const fragment = link([["fig-a.layer", "conv2"], ["instance:digits", 7]], "fig-a", {hide: "", lock: ""});
  assert.deepEqual(taught(fragment, "fig-a", new Set(["instance:digits"])), [["fig-a.layer", "conv2"], ["instance:digits", 7]]);
  assert.deepEqual(taught(fragment, "fig-b", new Set()), []);
});

test("of any other link a reset keeps nothing", () => {
  assert.deepEqual(taught(link([["fig-a.layer", "conv2"]], "fig-a"), "fig-a", new Set()), []);
});

test("a link that would be too long loses what others share before what is the figure's own", () => {
  const fragment = link(carried([["unit:net", "x".repeat(1500) + "/1"], ["fig-a.drawing", "A".repeat(1400)]], "fig-a", ["fig-a"]), "fig-a");
  const {entries} = parseFragment(fragment);
  assert.deepEqual([...entries.keys()], ["fig-a.drawing"]);
});
