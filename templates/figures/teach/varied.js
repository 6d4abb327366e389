/**
 * A drawing again, a little turned, slanted and stretched, as a hand would the next time: what is recorded
 * while a button is held.
 *
 * @typedef {import("../../js/pad.js").Pad} Pad
 * @typedef {import("../../js/raster.js").Stroke} Stroke
 * @typedef {import("../network/drawing.js").Frame} Frame
 */
import {uniform} from "../../js/noise.js";
import {drawn} from "../network/drawing.js";

/** Greatest turn in radians, slant, and stretch. */
const [TURN, SLANT, STRETCH] = [0.2, 0.2, 0.15];

/** @param {Stroke[]} strokes @param {number} way  0: as it is @returns {Stroke[]} */
export function moved(strokes, way) {
  if (!way) return strokes;
  const draw = (/** @type {number} */ i) => 2 * uniform(way, i) - 1;
  const [angle, slant] = [TURN * draw(0), SLANT * draw(1)];
  const [wide, high] = [1 + STRETCH * draw(2), 1 + STRETCH * draw(3)];
  const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
  return strokes.map((stroke) =>
    stroke.map(([x, y]) => {
      const [u, v] = [wide * (x - 0.5) + slant * (y - 0.5), high * (y - 0.5)];
      return [0.5 + cos * u - sin * v, 0.5 + sin * u + cos * v];
    }));
}

/** @param {Pad} pad @param {Frame} frame @param {number} way */
export function varied(pad, frame, way) {
  if (!pad.strokes.length) return null;
  const inks = /** @type {any} */ (pad).colours?.map((/** @type {any} */ ink) => ink.shares) ?? pad.strokes.map(() => [1]);
  return drawn(moved(pad.strokes, way), inks, frame);
}
