import assert from "node:assert/strict";
import {test} from "node:test";
import {painted, reach} from "../../templates/figures/units/pixels/field.js";

test("the greatest change has the last colour and none the first", () => {
  const colours = Uint8ClampedArray.of(1, 1, 1, 255, 2, 2, 2, 255, 3, 3, 3, 255);
  assert.deepEqual([...painted([0, 4, 2], colours)], [1, 1, 1, 255, 3, 3, 3, 255, 2, 2, 2, 255]);
  assert.deepEqual([...painted([0, 0], colours)], [1, 1, 1, 255, 1, 1, 1, 255]);
});

test("how far a channel looks is said in pixels", () => {
  const field = {map: [1], count: 1, side: 6, whole: 40, extent: 11.3};
  assert.match(reach(field, 32), /square of 6 pixels.*can see 32 pixels across \(frame\), and looks at about 11\.$/);
  assert.match(reach({...field, side: 1, extent: 0}, 5), /square of 1 pixel was.*did not change anywhere\.$/);
});
