import assert from "node:assert/strict";
import test from "node:test";
import {placeCard} from "../../templates/js/place-card.js";

const window = {width: 400, height: 600};

test("a card stands under its link, at its left edge", () => {
  const link = {left: 100, top: 200, bottom: 220};
  assert.deepEqual(placeCard(link, {width: 200, height: 100}, window), {left: 100, top: 228});
});

test("near the right edge it moves left until it is whole", () => {
  const link = {left: 350, top: 200, bottom: 220};
  assert.equal(placeCard(link, {width: 200, height: 100}, window).left, 192);
});

test("near the lower edge it stands above", () => {
  const link = {left: 100, top: 500, bottom: 520};
  assert.equal(placeCard(link, {width: 200, height: 100}, window).top, 392);
});

test("a card too large for either side stands where there is more room, and inside the window", () => {
  const link = {left: 100, top: 320, bottom: 340};
  assert.equal(placeCard(link, {width: 500, height: 500}, window).left, 8);
  assert.equal(placeCard(link, {width: 500, height: 500}, window).top, 8);
  const high = {left: 100, top: 100, bottom: 120};
  assert.equal(placeCard(high, {width: 100, height: 480}, window).top, 112);
});
