/** The atlas of examples, and the pictures that masks are laid over. */
import {channels} from "../../../js/colour.js";
import {pixelsOf} from "../../../js/pixels.js";
import {corner} from "../atlas.js";
import {masked} from "./masked.js";
import {spread} from "./spread.js";

/**
 * @typedef {import("../../../js/types.js").Tensors} Tensors
 * @typedef {{units: number, size: [number, number], grid: import("./spread.js").Grid[]}} Laid
 */

/** Pixels that a picture should at least have, so that the line around a mask is thin. */
const FINE = 96;
/** The line around a mask: a yellow that is seen on bright and on dimmed pixels. */
const LINE = channels("#ffd400");

export class Pictures {
  /** @type {Map<string, Float32Array>} */
  #wide = new Map();

  /** @param {ImageBitmap} bitmap @param {number} columns @param {[number, number]} size  height and width of a picture */
  constructor(bitmap, columns, size) {
    this.columns = columns;
    this.size = size;
    this.stride = bitmap.width;
    this.scale = Math.max(1, Math.ceil(FINE / Math.max(...size)));
    this.pixels = pixelsOf(bitmap).data;
  }

  /**
   * The i-th strongest example of a unit, bright where the unit is above its threshold.
   * @param {HTMLCanvasElement} canvas @param {string} key  of the layer and version
   * @param {Tensors} numbers @param {Laid} laid @param {number} unit @param {number} i @param {number} share
   */
  draw(canvas, key, numbers, laid, unit, i, share) {
    const [height, width] = this.size;
    const at = unit * numbers.tile.shape[1] + i;
    const wide = this.#spread(`${key}/${at}`, numbers, laid, at);
    const threshold = Number(numbers.thresholds.data[unit * numbers.thresholds.shape[1] + share]);
    const from = corner({image: "", count: 0, columns: this.columns, size: [width, height], channels: 3}, Number(numbers.tile.data[at]));
    const pixels = masked(this.pixels, this.stride, from, this.size, wide, threshold, this.scale, LINE);
    canvas.width = width * this.scale;
    canvas.height = height * this.scale;
    canvas.getContext("2d")?.putImageData(new ImageData(/** @type {any} */ (pixels), canvas.width, canvas.height), 0, 0);
  }

  /** @param {string} key @param {Tensors} numbers @param {Laid} laid @param {number} at */
  #spread(key, numbers, {size, grid}, at) {
    const known = this.#wide.get(key);
    if (known) return known;
    const count = size[0] * size[1];
    const map = /** @type {Float32Array} */ (numbers.maps.data).subarray(at * count, (at + 1) * count);
    const made = spread(map, size, grid, this.size);
    this.#wide.set(key, made);
    return made;
  }
}
