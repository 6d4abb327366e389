import assert from "node:assert/strict";
import test from "node:test";

import {reading} from "../../templates/js/contents.js";

test("the section that is read is the last whose heading has passed the line", () => {
  assert.equal(reading([-500, -20, 300, 900], 200), 1);
  assert.equal(reading([200, 300], 200), 0);
  assert.equal(reading([250, 300], 200), -1);
  assert.equal(reading([], 200), -1);
});
