/**
 * Every example as a small picture, cut from one atlas: ink in the colour of its class, or, for
 * pictures that have colours of their own, a frame in that colour.
 *
 * @typedef {[number, number, number]} Rgb
 *
 * @typedef {object} Tiles
 * @property {number} count
 * @property {number} columns   tiles in a row of the atlas
 * @property {number[]} size    width and height of a tile in pixels
 * @property {number} channels  1: the value is ink; 3: a picture with colours of its own
 */

/** Thin pens fade when a picture is drawn small; this much more ink brings them back. */
const INK = 1.35;

/** Left and top of tile i in the atlas. @param {Tiles} tiles @param {number} i @returns {[number, number]} */
export function corner({columns, size: [width, height]}, i) {
  return [(i % columns) * width, Math.floor(i / columns) * height];
}

/**
 * The pixels of tile i in one colour, written into `out`.
 * @param {Uint8ClampedArray} source  RGBA of the atlas @param {number} stride its width
 * @param {Tiles} tiles @param {number} i @param {Rgb} colour
 * @param {Uint8ClampedArray} out @param {number} outStride @param {[number, number]} at
 * @param {number} [frame]  pixels of frame around a picture that has its own colours
 */
export function tint(source, stride, tiles, i, colour, out, outStride, at, frame = 0) {
  const [left, top] = corner(tiles, i);
  const [width, height] = tiles.size;
  const ink = tiles.channels === 1;
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const from = 4 * ((top + y) * stride + left + x);
      const to = 4 * ((at[1] + y) * outStride + at[0] + x);
      const edge = Math.min(x, y, width - 1 - x, height - 1 - y) < frame;
      for (let c = 0; c < 3; c++) out[to + c] = ink || edge ? colour[c] : source[from + c];
      out[to + 3] = ink ? Math.min(255, source[from] * INK) : 255;
    }
  }
}

/** @param {number} width @param {number} height */
function surface(width, height) {
  const canvas = document.createElement("canvas");
  canvas.width = width;
  canvas.height = height;
  const context = canvas.getContext("2d", {willReadFrequently: true});
  if (!context) throw new Error("This browser gives no canvas to draw on.");
  return context;
}

/** The atlas of one figure, in the colours of the moment. */
export class Sprites {
  /** @type {ImageBitmap | null} */
  #sheet = null;
  #round = 0;

  /** @param {ImageBitmap} bitmap @param {Tiles} tiles */
  constructor(bitmap, tiles) {
    this.tiles = tiles;
    this.width = bitmap.width;
    this.height = bitmap.height;
    const context = surface(bitmap.width, bitmap.height);
    context.drawImage(bitmap, 0, 0);
    this.source = context.getImageData(0, 0, bitmap.width, bitmap.height).data;
  }

  /** Colour all pictures; the promise says when they can be drawn. @param {(i: number) => Rgb} colourOf */
  async colour(colourOf) {
    const round = ++this.#round;
    const {tiles, width, height, source} = this;
    const image = new ImageData(width, height);
    const frame = Math.max(1, Math.round(tiles.size[0] / 12));
    for (let i = 0; i < tiles.count; i++) {
      tint(source, width, tiles, i, colourOf(i), image.data, width, corner(tiles, i), frame);
    }
    const sheet = await createImageBitmap(image);
    if (round !== this.#round) return;
    this.#sheet?.close();
    this.#sheet = sheet;
  }

  /** @param {CanvasRenderingContext2D} context @param {number} i @param {number} x middle @param {number} y middle @param {number} side the longer one */
  draw(context, i, x, y, side) {
    if (!this.#sheet) return;
    const [left, top] = corner(this.tiles, i);
    const [width, height] = this.tiles.size;
    const scale = side / Math.max(width, height);
    const [w, h] = [width * scale, height * scale];
    context.drawImage(this.#sheet, left, top, width, height, x - w / 2, y - h / 2, w, h);
  }

  /** One picture as a canvas of its own, for the card. @param {number} i @param {Rgb} ink */
  canvas(i, ink) {
    const [width, height] = this.tiles.size;
    const context = surface(width, height);
    const image = context.createImageData(width, height);
    tint(this.source, this.width, this.tiles, i, ink, image.data, width, [0, 0]);
    context.putImageData(image, 0, 0);
    return context.canvas;
  }

  close() {
    this.#round++;
    this.#sheet?.close();
    this.#sheet = null;
  }
}
