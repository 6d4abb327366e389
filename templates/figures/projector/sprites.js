/**
 * Every example as a small picture, cut from one atlas: ink in the colour of its class, or, for
 * pictures that have colours of their own, a frame in that colour.
 *
 * @typedef {import("./splat.js").Rgb} Rgb
 * @typedef {import("./splat.js").Pixels} Pixels
 * @typedef {import("./splat.js").Stamp} Stamp
 * @typedef {{stamp: Stamp, left: number, top: number}} Placed  offsets from the picture's middle
 *
 * @typedef {object} Tiles
 * @property {number} count
 * @property {number} columns   tiles in a row of the atlas
 * @property {number[]} size    width and height of a tile in pixels
 * @property {number} channels  1: the value is ink; 3: a picture with colours of its own
 */
import {ink, picture, resized, trimmed, word} from "./splat.js";

/** Thin pens fade when a picture is drawn small; this much more ink brings them back. */
const INK = 1.35;

/** Left, top, width and height of tile i in the atlas. @param {Tiles} tiles @param {number} i */
export function box({columns, size: [width, height]}, i) {
  return [(i % columns) * width, Math.floor(i / columns) * height, width, height];
}

/**
 * Colours a frame of `edge` pixels around a picture. @param {Stamp} stamp @param {Rgb} colour @param {number} edge
 */
export function framed({width, height, data}, colour, edge) {
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      if (Math.min(x, y, width - 1 - x, height - 1 - y) >= edge) continue;
      data.set(colour, 4 * (y * width + x));
    }
  }
}

/** The atlas of one figure. */
export class Sprites {
  #side = 0;
  /** @type {Map<string, Placed>} */
  #stamps = new Map();
  /** @type {Map<string, HTMLCanvasElement>} */
  #large = new Map();

  /** @param {Pixels} atlas @param {Tiles} tiles */
  constructor(atlas, tiles) {
    this.atlas = atlas;
    this.tiles = tiles;
    this.ink = tiles.channels === 1;
  }

  /** One picture, its longer side `side` pixels; kept until another size is asked for. @param {number} i @param {number} side @param {Rgb} colour */
  #stamp(i, side, colour) {
    if (side !== this.#side) {
      this.#side = side;
      this.#stamps.clear();
    }
    const key = this.ink ? String(i) : `${i} ${colour}`;
    const known = this.#stamps.get(key);
    if (known) return known;
    const made = this.sized(i, side, colour);
    this.#stamps.set(key, made);
    return made;
  }

  /** @param {number} i @param {number} side @param {Rgb} colour  of the frame @returns {Placed} */
  sized(i, side, colour) {
    const [width, height] = this.tiles.size;
    const scale = side / Math.max(width, height);
    const [w, h] = [Math.max(1, Math.round(width * scale)), Math.max(1, Math.round(height * scale))];
    const stamp = resized(this.atlas, box(this.tiles, i), w, h, this.ink ? 1 : 4);
    if (!this.ink) {
      framed(stamp, colour, Math.max(1, Math.round(side / 12)));
      return {stamp, left: -w / 2, top: -h / 2};
    }
    for (let p = 0; p < stamp.data.length; p++) stamp.data[p] *= INK;
    const cut = trimmed(stamp);
    return {stamp: cut, left: cut.left - w / 2, top: cut.top - h / 2};
  }

  /** @param {import("./splat.js").Canvas} image @param {number} i @param {number} x middle @param {number} y middle @param {number} side @param {Rgb} colour @param {number} opacity */
  draw(image, i, x, y, side, colour, opacity) {
    const {stamp, left, top} = this.#stamp(i, side, colour);
    const [at, from] = [Math.round(x + left), Math.round(y + top)];
    if (this.ink) ink(image, stamp, at, from, word(colour), opacity);
    else picture(image, stamp, at, from, opacity);
  }

  /** One picture to be drawn large, kept for the next frame. @param {number} i @param {Rgb} colour */
  large(i, colour) {
    const key = `${i} ${colour}`;
    const made = this.#large.get(key) ?? this.canvas(i, colour);
    if (this.#large.size > 40) this.#large.clear();
    this.#large.set(key, made);
    return made;
  }

  /** One picture as a canvas of its own, on nothing. @param {number} i @param {Rgb} colour  of the ink */
  canvas(i, colour) {
    const [left, top, width, height] = box(this.tiles, i);
    const canvas = document.createElement("canvas");
    Object.assign(canvas, {width, height});
    const image = new ImageData(width, height);
    for (let p = 0; p < width * height; p++) {
      const from = 4 * ((top + Math.floor(p / width)) * this.atlas.width + left + (p % width));
      const pixel = this.atlas.data.subarray(from, from + 3);
      image.data.set(this.ink ? [...colour, pixel[0] * INK] : [...pixel, 255], 4 * p);
    }
    canvas.getContext("2d")?.putImageData(image, 0, 0);
    return canvas;
  }
}
