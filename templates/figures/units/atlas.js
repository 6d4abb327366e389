/**
 * Many pictures in one image. Pictures of one channel are ink on the page's paper, in the colours of
 * the scheme in force; pictures with three channels keep their own.
 *
 * @typedef {import("../../js/types.js").Palette} Palette
 *
 * @typedef {object} Cut
 * @property {string} image     name in the payload
 * @property {number} count
 * @property {number} columns   pictures in a row
 * @property {number[]} size    width and height of a picture in pixels
 * @property {number} channels  1: ink; 3: colours of its own
 *
 * @typedef {[number, number, number, number]} Box  top, left, bottom, right
 */
import {ramp} from "../../js/colour.js";
import {pixelsOf} from "../../js/pixels.js";

/** Left and top of picture i. @param {Cut} cut @param {number} i @returns {[number, number]} */
export function corner({columns, size: [width, height]}, i) {
  return [(i % columns) * width, Math.floor(i / columns) * height];
}

/**
 * A box in pixels of the whole example as whole pixels of its picture here, never empty.
 * @param {Box} box @param {number[]} whole  width and height the box was measured in
 * @param {number[]} size  width and height of the picture @returns {Box}
 */
export function scaled([top, left, bottom, right], whole, size) {
  const across = size[0] / whole[0];
  const down = size[1] / whole[1];
  const y = Math.min(size[1] - 1, Math.round(top * down));
  const x = Math.min(size[0] - 1, Math.round(left * across));
  return [y, x, Math.max(y + 1, Math.round(bottom * down)), Math.max(x + 1, Math.round(right * across))];
}

/**
 * Grey pixels as ink on paper: 0 has the colour of the paper, 255 that of the ink.
 * @param {Uint8ClampedArray} source  RGBA, of which red is read
 * @param {string} paper @param {string} ink
 */
export function inked(source, paper, ink) {
  const colours = ramp([paper, ink], 256);
  const out = new Uint8ClampedArray(source.length);
  for (let i = 0; i < source.length; i += 4) {
    const from = 4 * source[i];
    out[i] = colours[from];
    out[i + 1] = colours[from + 1];
    out[i + 2] = colours[from + 2];
    out[i + 3] = 255;
  }
  return out;
}

/** One image of the payload, ready to be cut apart. */
export class Atlas {
  /** @param {ImageBitmap} bitmap @param {Cut} cut */
  constructor(bitmap, cut) {
    this.cut = cut;
    this.width = bitmap.width;
    this.source = pixelsOf(bitmap).data;
    this.pixels = this.source;
  }

  /** @param {Palette} palette */
  colour({paper, ink}) {
    if (this.cut.channels === 1) this.pixels = inked(this.source, paper, ink);
  }

  /**
   * Put picture i, or a box of it, on a canvas, pixel for pixel; CSS enlarges it.
   * @param {HTMLCanvasElement} canvas @param {number} i @param {Box} [box]
   */
  draw(canvas, i, [top, left, bottom, right] = [0, 0, this.cut.size[1], this.cut.size[0]]) {
    const [x, y] = corner(this.cut, i);
    const [width, height] = [right - left, bottom - top];
    if (canvas.width !== width) canvas.width = width;
    if (canvas.height !== height) canvas.height = height;
    const image = new ImageData(width, height);
    for (let row = 0; row < height; row++) {
      const from = 4 * ((y + top + row) * this.width + x + left);
      image.data.set(this.pixels.subarray(from, from + 4 * width), 4 * row * width);
    }
    canvas.getContext("2d")?.putImageData(image, 0, 0);
  }
}
