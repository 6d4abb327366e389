/**
 * The map of a layer: marks or pictures, with what is chosen and its neighbours.
 *
 * @typedef {import("./scene.js").Frame} Frame
 * @typedef {import("./map-canvas.js").Surface} Surface
 *
 * @typedef {Omit<Frame, "placed" | "size" | "density" | "side" | "stamps" | "chosen" | "kept" | "near">
 *   & {entries: {colour: string, shape: number}[]}} Look
 */
import {MapCanvas} from "./map-canvas.js";
import {paint} from "./scene.js";
import {Stamps} from "./shapes.js";
import {pictureSide} from "./view.js";

const PASSAGE = 900;
/** Radius of a mark. */
const MARK = 3.4;

/**
 * The plot of one figure.
 * @extends {MapCanvas<import("./map-canvas.js").Asking>}
 */
export class Plot extends MapCanvas {
  chosen = {index: -1, kept: -1, near: /** @type {number[]} */ ([])};
  /** @type {{stamps: Stamps, surface: Surface, entries: Look["entries"]} | null} */
  #marks = null;

  /**
   * @param {HTMLElement} element @param {HTMLCanvasElement} canvas @param {Float32Array} map @param {Look} look
   * @param {import("./map-canvas.js").Asking} asking @param {AbortSignal} signal
   */
  constructor(element, canvas, map, look, asking, signal) {
    super(element, canvas, map, asking, PASSAGE, signal);
    this.look = look;
  }

  get index() {
    return this.chosen.index;
  }

  get side() {
    return pictureSide(this.at.length / 2, this.size, this.view.zoom);
  }

  /** @param {boolean} touch */
  reachOf(touch) {
    return Math.max(touch ? 24 : 12, this.side * 0.75);
  }

  /** @param {Partial<Look>} look */
  change(look) {
    Object.assign(this.look, look);
    this.ask();
  }

  /** @param {number} index @param {number} kept @param {number[]} near */
  choose(index, kept, near) {
    this.chosen = {index, kept, near};
    this.ask();
  }

  /** @param {Surface} surface */
  paint(surface) {
    const {size, placed, look, side, chosen: {index, kept, near}} = this;
    const {context, image, density} = surface;
    const stamps = this.#stamps(surface);
    paint(context, image, {...look, placed, size, density, stamps, side, chosen: index, kept, near});
  }

  /** Marks that match the surface; made anew only when that or their colours changed. @param {Surface} surface */
  #stamps(surface) {
    const {entries, palette} = this.look;
    if (this.#marks?.surface !== surface || this.#marks.entries !== entries) {
      const stamps = new Stamps(entries, MARK, surface.density, palette.paper);
      this.#marks = {stamps, surface, entries};
    }
    return this.#marks.stamps;
  }
}
