/**
 * A picture, and what was added to it, as pixels.
 *
 * @typedef {import("../../js/colour.js").Palette} Palette
 */
import {divergingPixels, putPixels} from "../../js/colour.js";
import {pictured} from "../../js/painting.js";

/** @param {HTMLCanvasElement} canvas @param {ArrayLike<number>} picture  shares of the range @param {number[]} shape @param {Palette} palette */
export function shown(canvas, picture, shape, palette) {
  putPixels(canvas, pictured(Float32Array.from(picture, (one) => 255 * one), shape, palette), shape[2]);
}

/**
 * A difference, its greatest at the ends of the scale: colours about grey, or one signed map.
 * @param {HTMLCanvasElement} canvas @param {{difference: Float32Array, reach: number}} difference
 * @param {number[]} shape @param {Palette} palette
 */
export function magnified(canvas, {difference, reach}, [count, height, width], palette) {
  const area = height * width;
  const scale = reach || 1;
  if (count !== 3) {
    const mean = Float32Array.from({length: area}, (_, i) => {
      let sum = 0;
      for (let c = 0; c < count; c++) sum += difference[c * area + i] / count;
      return sum / scale;
    });
    return putPixels(canvas, divergingPixels(mean, 1, palette), width);
  }
  const out = new Uint8ClampedArray(4 * area).fill(255);
  for (let i = 0; i < area; i++) for (let c = 0; c < 3; c++) out[4 * i + c] = 127.5 * (1 + difference[c * area + i] / scale);
  putPixels(canvas, out, width);
}
