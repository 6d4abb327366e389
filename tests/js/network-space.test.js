import assert from "node:assert/strict";
import {test} from "node:test";
import {dragged, readAngle, within, writeAngle} from "../../templates/figures/network/angle.js";

test("an angle of the address is read and written, and nonsense gives the first view", () => {
  const first = readAngle("");
  assert.deepEqual(readAngle("10,20,1.5"), {turn: 10, tilt: 20, zoom: 1.5});
  assert.deepEqual(readAngle("a,b,c"), first);
  assert.deepEqual(readAngle(writeAngle({turn: -45, tilt: 60, zoom: 0.8})), {turn: -45, tilt: 60, zoom: 0.8});
  assert.deepEqual(readAngle("999,999,999"), {turn: 180, tilt: 90, zoom: 2});
});

test("a drag turns all the way round and tilts no further than flat or upright", () => {
  const from = {turn: 170, tilt: 50, zoom: 1};
  assert.equal(Math.round(dragged(from, -20, 0, 180).turn), -170);
  assert.equal(Math.round(dragged({...from, turn: -170}, 20, 0, 180).turn), 170);
  assert.equal(dragged(from, 0, 400, 180).tilt, 0);
  assert.equal(within("tilt", 120), 90);
});
