/**
 * Examples to pick from, as small pictures side by side.
 *
 * @typedef {import("./colour.js").Palette} Palette
 * @typedef {{index: number, label: string}} Pick
 */
import {button, make} from "./make.js";
import {paint, pictured} from "./painting.js";
import {rove} from "./roving.js";

export class Shelf {
  /** @type {HTMLCanvasElement[]} */
  #thumbnails = [];

  /**
   * @param {Record<string, any>} values  picks, thumbnails and the shape of one
   * @param {{words: (pick: Pick) => string, pick: (index: number) => void}} then @param {AbortSignal} signal
   */
  constructor(values, {words, pick}, signal) {
    this.values = values;
    this.element = make("div", "shelf");
    this.element.setAttribute("role", "group");
    this.element.setAttribute("aria-label", "Examples");
    this.element.dataset.control = "examples";
    this.buttons = values.picks.map((/** @type {Pick} */ one) => {
      const picture = make("canvas", "pixels");
      this.#thumbnails.push(picture);
      const made = button("pick", words(one), picture);
      made.addEventListener("click", () => pick(one.index));
      return made;
    });
    this.element.append(...this.buttons);
    const across = () => getComputedStyle(this.element).gridTemplateColumns.split(" ").length;
    this.stop = rove(this.element, {items: () => this.buttons, columns: across, signal});
  }

  /** @param {ImageBitmap} atlas @param {Palette} palette */
  thumb(atlas, palette) {
    const {thumbnails: {columns, size: [width, height]}, shape: [channels]} = this.values;
    this.#thumbnails.forEach((picture, i) => {
      [picture.width, picture.height] = [width, height];
      const context = /** @type {CanvasRenderingContext2D} */ (picture.getContext("2d", {willReadFrequently: true}));
      context.drawImage(atlas, -(i % columns) * width, -Math.floor(i / columns) * height);
      if (channels === 3) return;
      const {data} = context.getImageData(0, 0, width, height);
      const ink = Uint8Array.from({length: width * height}, (_, k) => data[4 * k]);
      paint(picture, pictured(ink, [1, height, width], palette), null, {signed: false, opacity: 0, width}, palette);
    });
  }

  /** @param {number} at  place among the picks */
  show(at) {
    this.buttons.forEach((/** @type {HTMLElement} */ one, /** @type {number} */ i) => one.setAttribute("aria-pressed", String(i === at)));
    this.stop(at);
  }
}
