/** All channels of a layer side by side; one of them is open. */
import {button, make} from "../../js/make.js";
import {rove} from "../../js/roving.js";
import {crowd} from "./choice.js";
import {picture} from "./make.js";

/**
 * @typedef {object} Cell
 * @property {string} name   "3", or the class
 * @property {string} words  read when it has the focus
 */

export class Sheet {
  /** @type {HTMLButtonElement[]} */
  #cells = [];
  /** @type {HTMLCanvasElement[]} */
  #canvases = [];
  /** @type {((index: number) => void) | undefined} */
  #stop;

  /** @param {string} panel  id of what a channel opens @param {(channel: number) => void} toggle @param {AbortSignal} signal */
  constructor(panel, toggle, signal) {
    this.panel = panel;
    this.toggle = toggle;
    this.element = make("div", "sheet");
    this.element.setAttribute("role", "group");
    this.signal = signal;
  }

  /** A new layer. @param {string} title @param {Cell[]} cells @param {number[]} size  of a picture */
  fill(title, cells, [width, height]) {
    this.element.setAttribute("aria-label", title);
    this.element.style.setProperty("--shape", `${width} / ${height}`);
    this.#canvases = cells.map(picture);
    this.#cells = cells.map(({name, words}, i) => {
      const cell = button("cell", words, this.#canvases[i], make("span", "name", name));
      cell.setAttribute("aria-controls", this.panel);
      cell.addEventListener("click", () => this.toggle(i));
      return cell;
    });
    this.element.dataset.crowd = crowd(cells.length);
    this.element.replaceChildren(...this.#cells);
    this.#stop ??= rove(this.element, {
      items: () => this.#cells,
      columns: () => this.across,
      signal: this.signal,
    });
    this.#stop(0);
  }

  get across() {
    return getComputedStyle(this.element).gridTemplateColumns.split(" ").length;
  }

  /** @param {(canvas: HTMLCanvasElement, channel: number) => void} put */
  draw(put) {
    this.#canvases.forEach(put);
  }

  /** @param {number} channel  −1: none */
  open(channel) {
    this.#cells.forEach((cell, i) => cell.setAttribute("aria-expanded", String(i === channel)));
    if (channel >= 0) this.#stop?.(channel);
  }

  focus(/** @type {number} */ channel) {
    this.#cells[channel]?.focus();
  }
}
