import assert from "node:assert/strict";
import test from "node:test";
import {deeds, keys} from "../../templates/figures/network/guide.js";

test("a network that cannot be drawn on is not said to have a pad", () => {
  assert.ok(keys(true).some(([, deed]) => deed.includes("pad")));
  assert.ok(!keys(false).some(([, deed]) => deed.includes("pad")));
  assert.deepEqual(deeds(false, false).length, deeds(true, true).length - 2);
});
