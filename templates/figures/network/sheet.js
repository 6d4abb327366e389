/**
 * One layer on one canvas: each channel a tile, nearest neighbours, no smoothing.
 *
 * @typedef {import("../../js/types.js").Palette} Palette
 * @typedef {import("../../js/types.js").Numbers} Numbers
 * @typedef {import("./layout.js").Tiling} Tiling
 * @typedef {"signed" | "ink" | "colour"} Look
 */
import {divergingPixels, sequentialPixels} from "../../js/colour.js";
import {corner, extent} from "./layout.js";
import {sizes} from "./windows.js";

/** @param {HTMLCanvasElement} canvas */
function surface(canvas) {
  const context = canvas.getContext("2d");
  if (!context) throw new Error("This browser gives no canvas to draw on.");
  return context;
}

/**
 * Three planes from `low` to `high` as the pixels of one picture.
 * @param {ArrayLike<number>} values @param {[number, number]} range @param {Uint8ClampedArray} out
 */
export function colourPixels(values, [low, high], out) {
  const area = out.length / 4;
  for (let i = 0; i < area; i++) {
    for (let c = 0; c < 3; c++) out[4 * i + c] = (255 * (values[c * area + i] - low)) / (high - low);
    out[4 * i + 3] = 255;
  }
  return out;
}

/**
 * Ink on paper, from `low` to `high`.
 * @param {ArrayLike<number>} values @param {[number, number]} range @param {Palette} palette
 * @param {Uint8ClampedArray} out
 */
export function inkPixels(values, [low, high], palette, out) {
  const shades = {...palette, sequential: [palette.paper, palette.ink]};
  const raised = low === 0 ? values : Float32Array.from(values, (value) => value - low);
  return sequentialPixels(raised, high - low, shades, out);
}

export class Sheet {
  /** @type {Tiling} */
  tiles = {width: 1, height: 1, gap: 0, columns: 1, rows: 1};

  /**
   * @param {HTMLCanvasElement} canvas
   * @param {{shape: number[], look: Look, limit: number, range: [number, number]}} options
   */
  constructor(canvas, {shape, look, limit, range}) {
    this.canvas = canvas;
    this.context = surface(canvas);
    this.look = look;
    this.limit = limit;
    this.range = range;
    const {channels, height, width} = sizes(shape);
    this.count = look === "colour" ? 1 : channels;
    this.pixels = {width, height};
    this.atlas = document.createElement("canvas");
    this.atlas.width = width;
    this.atlas.height = height * this.count;
    this.atlasContext = surface(this.atlas);
    this.image = this.atlasContext.createImageData(width, height * this.count);
  }

  /** Give the canvas the size of its tiles. @param {Tiling} tiles */
  fit(tiles) {
    this.tiles = tiles;
    const {width, height} = extent(tiles);
    const density = Math.max(1, globalThis.devicePixelRatio || 1);
    this.canvas.width = Math.round(width * density);
    this.canvas.height = Math.round(height * density);
    this.canvas.style.width = `${width}px`;
    this.canvas.style.height = `${height}px`;
  }

  /** @param {Numbers | null} values  all channels; null: nothing to show @param {Palette} palette */
  draw(values, palette) {
    const {context, canvas, tiles, pixels} = this;
    const density = canvas.width / extent(tiles).width;
    context.clearRect(0, 0, canvas.width, canvas.height);
    if (values) this.#paint(values, palette);
    else context.fillStyle = palette.panel;
    context.imageSmoothingEnabled = false;
    for (let i = 0; i < this.count; i++) {
      const [left, top] = corner(tiles, i);
      const [x, y] = [Math.round(left * density), Math.round(top * density)];
      const [w, h] = [Math.round(tiles.width * density), Math.round(tiles.height * density)];
      if (values) context.drawImage(this.atlas, 0, i * pixels.height, pixels.width, pixels.height, x, y, w, h);
      else context.fillRect(x, y, w, h);
    }
  }

  /** @param {Numbers} values @param {Palette} palette */
  #paint(values, palette) {
    const {data} = this.image;
    const numbers = /** @type {ArrayLike<number>} */ (/** @type {unknown} */ (values));
    if (this.look === "colour") colourPixels(numbers, this.range, data);
    else if (this.look === "ink") inkPixels(numbers, this.range, palette, data);
    else divergingPixels(numbers, this.limit, palette, data);
    this.atlasContext.putImageData(this.image, 0, 0);
  }
}
