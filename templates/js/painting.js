/**
 * The picture and maps over it, as pixels.
 *
 * @typedef {import("./types.js").Palette} Palette
 */
import {channels, divergingPixels, extent, putPixels, sequentialPixels} from "./colour.js";

/**
 * Bytes of an example as RGBA: three channels as they are, fewer or more as ink on paper.
 * @param {ArrayLike<number>} bytes @param {number[]} shape @param {Palette} palette
 */
export function pictured(bytes, [count, height, width], palette) {
  const area = height * width;
  const out = new Uint8ClampedArray(4 * area);
  const [paper, ink] = [channels(palette.paper), channels(palette.ink)];
  for (let i = 0; i < area; i++) {
    let mean = 0;
    for (let c = 0; c < count; c++) mean += bytes[c * area + i] / count;
    for (let c = 0; c < 3; c++) {
      out[4 * i + c] = count === 3 ? bytes[c * area + i] : paper[c] + (mean / 255) * (ink[c] - paper[c]);
    }
    out[4 * i + 3] = 255;
  }
  return out;
}

/**
 * A map over a picture.
 * @param {HTMLCanvasElement} canvas @param {Uint8ClampedArray} picture @param {Float32Array | null} map
 * @param {{signed: boolean, opacity: number, width: number}} how @param {Palette} palette
 */
export function paint(canvas, picture, map, {signed, opacity, width}, palette) {
  if (!map) return putPixels(canvas, picture.slice(), width);
  const colours = (signed ? divergingPixels : sequentialPixels)(map, extent(map), palette);
  for (let i = 0; i < colours.length; i++) {
    if (i % 4 < 3) colours[i] = opacity * colours[i] + (1 - opacity) * picture[i];
  }
  putPixels(canvas, colours, width);
}

/** The scale itself. @param {HTMLCanvasElement} canvas @param {boolean} signed @param {Palette} palette */
export function scale(canvas, signed, palette) {
  const steps = Float32Array.from({length: 256}, (_, i) => (signed ? i / 127.5 - 1 : i / 255));
  putPixels(canvas, (signed ? divergingPixels : sequentialPixels)(steps, 1, palette), 256);
}
