/**
 * What is asked about: the picture, examples to pick from, and the output in question.
 *
 * @typedef {import("../../js/types.js").Palette} Palette
 */
import {canvas, select} from "../../js/fields.js";
import {button, make} from "../../js/make.js";
import {amount} from "../../js/numerals.js";
import {paint} from "../../js/painting.js";
import {ranking} from "../../js/probabilities.js";
import {Shelf} from "../../js/shelf.js";
import {Brush} from "./brush.js";

/** Outputs that stand as bars; the rest are in the list. */
const BARS = 5;

export class Subject {
  /**
   * @param {string} id @param {Record<string, any>} values
   * @param {{pick: (index: number) => void, target: (at: number) => void, rub: (strokes: string) => void,
   *   say: (words: string) => void}} then @param {AbortSignal} signal
   */
  constructor(id, values, then, signal) {
    this.values = values;
    this.then = then;
    this.canvas = canvas();
    this.shown = make("p", "shown");
    this.brush = new Brush(values.shape, then.rub, then.say, signal);
    this.shelf = new Shelf(values, {words: ({index, label}) => `Example ${index}: ${label}`, pick: then.pick}, signal);
    this.bars = make("div", "bars");
    this.bars.setAttribute("role", "group");
    this.bars.setAttribute("aria-label", values.quantity ? "Answer" : "Ask about one of the answers");
    this.choice = select(`${id}-target`, "Ask about", [], (value) => then.target(Number(value)));
    this.choice.element.dataset.control = "target";
    this.element = make(
      "div",
      "subject",
      this.canvas,
      this.brush.over,
      this.brush.tools,
      make("div", "asked", this.shown, this.bars, ...(values.quantity ? [] : [this.choice.element])),
      this.shelf.element,
    );
    this.element.setAttribute("role", "group");
    this.element.setAttribute("aria-label", "Picture and answer");
  }

  /** @param {number} example  place among the picks @param {string} rubbed  strokes of the brush @param {Uint8ClampedArray} picture @param {Palette} palette */
  show(example, rubbed, picture, palette) {
    const {shape: [, , width], picks} = this.values;
    const {index, label} = picks[example];
    paint(this.canvas, picture, null, {signed: false, opacity: 0, width}, palette);
    this.canvas.setAttribute("aria-label", `Example ${index}: ${label}${rubbed && ", part of it rubbed out"}`);
    this.brush.show(rubbed);
    this.shown.textContent = `Example ${index}: ${label}`;
    this.shelf.show(example);
  }

  /**
   * @param {number[]} shares  of each output @param {number} chosen  −1: the model's answer
   * @param {number} target @param {number} own  what the model answers with the weights that it learned
   * @param {boolean} rubbed  and that to the whole picture, of which part is gone
   */
  answer(shares, chosen, target, own, rubbed) {
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
    this.choice.fill([["-1", `${rubbed ? "Answered before" : "The answer"}: ${words(own)}`], ...order.map((i) => /** @type {[string, string]} */ ([String(i), words(i)]))]);
    this.choice.show(chosen);
  }
}
