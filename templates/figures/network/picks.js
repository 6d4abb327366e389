/**
 * The strip of examples under the pad: one tab stop, arrow keys, and one that luck chooses.
 *
 * @typedef {import("../../js/types.js").Palette} Palette
 * @typedef {import("./examples.js").Examples} Examples
 *
 * @typedef {{index: number, label: string, guess: string}} Pick
 */
import {putPixels} from "../../js/colour.js";
import {rove} from "../../js/input.js";
import {colourPixels, inkPixels} from "./sheet.js";

/** An example in words. @param {Pick} pick */
export const called = ({label, guess}) =>
  label === guess ? `a ${label}` : `a ${label} that the network takes for a ${guess}`;

export class Picks {
  /**
   * @param {HTMLElement} element
   * @param {Pick[]} picks
   * @param {Examples} examples
   * @param {{signal: AbortSignal, palette: () => Palette, onpick: (index: number) => void}} options
   */
  constructor(element, picks, examples, {signal, palette, onpick}) {
    this.picks = picks;
    this.examples = examples;
    this.palette = palette;
    this.buttons = picks.map((pick) => {
      const button = document.createElement("button");
      button.type = "button";
      button.className = pick.label === pick.guess ? "pick" : "pick wrong";
      button.setAttribute("aria-label", called(pick));
      button.title = called(pick);
      button.append(this.#thumbnail(pick));
      button.addEventListener("click", () => onpick(pick.index), {signal});
      return button;
    });
    element.append(...this.buttons);
    rove(element, {items: () => this.buttons, columns: () => this.#columns(), signal});
    this.redraw();
  }

  /** Where the strip breaks is up to the style sheet. */
  #columns() {
    const top = this.buttons[0]?.offsetTop;
    const second = this.buttons.findIndex((button) => button.offsetTop > top);
    return second < 0 ? this.buttons.length : second;
  }

  /** Dense inputs have no picture; their class stands for them. @param {Pick} pick */
  #thumbnail({label}) {
    if (this.examples.shelf.shape.length !== 3) return label;
    const canvas = document.createElement("canvas");
    canvas.setAttribute("aria-hidden", "true");
    return canvas;
  }

  redraw() {
    const {shape} = this.examples.shelf;
    if (shape.length !== 3) return;
    this.buttons.forEach((button, i) => {
      const out = new Uint8ClampedArray(4 * shape[1] * shape[2]);
      const bytes = this.examples.pick(this.examples.shelf.picks.indexOf(this.picks[i].index));
      if (shape[0] === 3) colourPixels(bytes, [0, 255], out);
      else inkPixels(bytes, [0, 255], this.palette(), out);
      putPixels(/** @type {HTMLCanvasElement} */ (button.firstElementChild), out, shape[2]);
    });
  }

  /** Mark the example that is shown; null: none of them. @param {number | null} index */
  mark(index) {
    this.buttons.forEach((button, i) => {
      button.setAttribute("aria-pressed", String(this.picks[i].index === index));
    });
  }
}
