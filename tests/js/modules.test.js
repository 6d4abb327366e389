import assert from "node:assert/strict";
import {readdirSync} from "node:fs";
import {test} from "node:test";

const SOURCES = new URL("../../templates/js/", import.meta.url);
const BUNDLED = new URL("../../templates/vendor/modules/js/", import.meta.url);
const HERE = readdirSync(BUNDLED).filter((name) => name.endsWith(".js") && name !== "core.js");

/** Modules that do their work at once, or cannot be had without a page. */
const ENTRIES = ["engine.js", "map.js", "prose.js", "mount.js", "share.js"];

test("each module passes on by its own names what its source exports", async () => {
  const seen = HERE.filter((name) => !ENTRIES.includes(name));
  assert.ok(seen.length > 20);
  for (const name of seen) {
    const [source, made] = await Promise.all([import(String(new URL(name, SOURCES))), import(String(new URL(name, BUNDLED)))]);
    assert.deepEqual(Object.keys(made).sort(), Object.keys(source).sort(), name);
  }
});

test("what a page keeps once is one thing, by whichever module one comes to it", async () => {
  const [{once}, {json}] = await Promise.all([import(String(new URL("download.js", BUNDLED))), import(String(new URL("payload.js", BUNDLED)))]);
  const known = once("https://example.org/a.json", async () => ({name: "fig-a"}));
  assert.equal(await json("https://example.org/a.json"), await known);
});

test("a kind and a page share what both import", async () => {
  const text = (/** @type {string} */ name) => import("node:fs").then(({readFileSync}) => readFileSync(new URL(`../${name}`, BUNDLED), "utf8"));
  const network = await text("figures/network.js");
  assert.match(network, /from"\.\.\/js\/core\.js"/);
  // Its own modules are in it, and its style is where it was.
  assert.doesNotMatch(network, /from"\.\/network\//);
  assert.match(network, /network\/living\.css/);
  // A worker has no page, so it brings all of its own.
  assert.doesNotMatch(await text("figures/playground/worker.js"), /core\.js/);
});
