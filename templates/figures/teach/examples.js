/**
 * Examples of the dataset that no class has, with features that the build knows.
 *
 * @typedef {import("../../js/types.js").Mounting} Mounting
 * @typedef {import("./stage.js").Shown} Shown
 */
import {button, make} from "../../js/make.js";
import {rove} from "../../js/roving.js";

export class Examples {
  /**
   * @param {Mounting} mounting @param {(canvas: HTMLCanvasElement, small: Uint8Array) => void} paint
   * @param {(index: number) => void} pick
   */
  constructor({values, arrays, signal}, paint, pick) {
    this.values = values;
    this.arrays = arrays;
    this.paint = paint;
    this.element = make("div", "shelf");
    this.element.setAttribute("role", "group");
    this.element.setAttribute("aria-label", "Examples that no class has");
    const area = values.small.reduce((/** @type {number} */ a, /** @type {number} */ b) => a * b, 1);
    const bytes = /** @type {any} */ (arrays["picks.pictures"].data);
    this.buttons = values.picks.map((/** @type {any} */ {index, label}, /** @type {number} */ i) => {
      const picture = make("canvas", "pixels");
      const one = button("pick", `Example ${index}: ${label}`, picture);
      one.addEventListener("click", () => pick(index));
      return Object.assign(one, {picture, bytes: Uint8Array.from(bytes.subarray(i * area, (i + 1) * area))});
    });
    this.element.append(...this.buttons);
    const columns = () => getComputedStyle(this.element).gridTemplateColumns.split(" ").length;
    this.stop = rove(this.element, {items: () => this.buttons, columns, signal});
  }

  /** Mark an example; what it is, and what it is called. @param {number} index @returns {{shown: Shown, words: string}} */
  show(index) {
    const {picks, size} = this.values;
    const at = Math.max(0, picks.findIndex((/** @type {any} */ one) => one.index === index));
    this.buttons.forEach((/** @type {HTMLElement} */ one, /** @type {number} */ i) => one.setAttribute("aria-pressed", String(i === at)));
    this.stop(at);
    const features = Float32Array.from(/** @type {any} */ (this.arrays["picks.features"].data).subarray(at * size, (at + 1) * size));
    return {shown: {shares: null, features, small: this.buttons[at].bytes}, words: `Example ${picks[at].index}: ${picks[at].label}`};
  }

  /** In the colours of the page. */
  redraw() {
    for (const {picture, bytes} of this.buttons) this.paint(picture, bytes);
  }
}
