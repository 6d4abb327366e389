/**
 * What is asked about: the picture, examples to pick from, and the output in question.
 *
 * @typedef {import("../../js/types.js").Palette} Palette
 */
import {button, make} from "../../js/make.js";
import {ranking} from "../../js/probabilities.js";
import {rove} from "../../js/roving.js";
import {canvas, select} from "./make.js";
import {paint, pictured} from "./painting.js";
import {amount} from "./words.js";

/** Outputs that stand as bars; the rest are in the list. */
const BARS = 5;

export class Subject {
  /** @type {HTMLCanvasElement[]} */
  #thumbnails = [];

  /**
   * @param {string} id @param {Record<string, any>} values
   * @param {{pick: (index: number) => void, target: (at: number) => void}} then @param {AbortSignal} signal
   */
  constructor(id, values, then, signal) {
    this.values = values;
    this.then = then;
    this.canvas = canvas();
    this.shown = make("p", "shown");
    this.picks = make("div", "picks");
    this.picks.setAttribute("role", "group");
    this.picks.setAttribute("aria-label", "Examples");
    this.picks.dataset.control = "examples";
    this.buttons = values.picks.map((/** @type {any} */ {index, label}) => {
      const picture = make("canvas", "pixels");
      this.#thumbnails.push(picture);
      const pick = button("pick", `Example ${index}: ${label}`, picture);
      pick.addEventListener("click", () => then.pick(index));
      return pick;
    });
    this.picks.append(...this.buttons);
    const across = () => getComputedStyle(this.picks).gridTemplateColumns.split(" ").length;
    this.stop = rove(this.picks, {items: () => this.buttons, columns: across, signal});
    this.bars = make("div", "bars");
    this.bars.setAttribute("role", "group");
    this.bars.setAttribute("aria-label", values.quantity ? "Answer" : "Ask about one of the answers");
    this.choice = select(`${id}-target`, "Ask about", [], (value) => then.target(Number(value)));
    this.choice.element.dataset.control = "target";
    this.element = make(
      "div",
      "subject",
      this.canvas,
      make("div", "asked", this.shown, this.bars, ...(values.quantity ? [] : [this.choice.element])),
      this.picks,
    );
    this.element.setAttribute("role", "group");
    this.element.setAttribute("aria-label", "Picture and answer");
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

  /** @param {number} example  place among the picks @param {Uint8ClampedArray} picture @param {Palette} palette */
  show(example, picture, palette) {
    const {shape: [, , width], picks} = this.values;
    const {index, label} = picks[example];
    paint(this.canvas, picture, null, {signed: false, opacity: 0, width}, palette);
    this.canvas.setAttribute("aria-label", `Example ${index}: ${label}`);
    this.shown.textContent = `Example ${index}: ${label}`;
    this.buttons.forEach((/** @type {HTMLElement} */ one, /** @type {number} */ i) => one.setAttribute("aria-pressed", String(i === example)));
    this.stop(example);
  }

  /**
   * @param {number[]} shares  of each output @param {number} chosen  −1: the model's answer
   * @param {number} target @param {number} own  what the model answers with the weights that it learned
   */
  answer(shares, chosen, target, own) {
    const {outputs, quantity} = this.values;
    if (quantity) {
      this.bars.replaceChildren(make("p", "measured", `${quantity.name} `, make("strong", "", amount(shares[0], quantity))));
      return;
    }
    const order = ranking(shares);
    const words = (/** @type {number} */ i) => `${outputs[i]}, ${amount(shares[i], null)}`;
    const held = this.bars.contains(document.activeElement);
    const bars = order.slice(0, BARS).map((i) => {
      const fill = make("span", "fill");
      fill.style.setProperty("--share", String(shares[i]));
      const bar = button("bar", "", fill, make("span", "name", outputs[i]), make("span", "share", amount(shares[i], null)));
      bar.setAttribute("aria-pressed", String(i === target));
      bar.addEventListener("click", () => this.then.target(i));
      return bar;
    });
    this.bars.replaceChildren(...bars);
    if (held) bars[Math.max(0, order.indexOf(target))]?.focus();
    this.choice.fill([["-1", `The answer: ${words(own)}`], ...order.map((i) => /** @type {[string, string]} */ ([String(i), words(i)]))]);
    this.choice.show(chosen);
  }
}
