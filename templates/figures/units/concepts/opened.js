/** One channel: its overlap with every concept it meets, and its strongest examples under its mask. */
import {button, make} from "../../../js/make.js";
import {picture, unseen} from "../make.js";
import {short} from "../words.js";
import {iou, percent} from "./words.js";

/** Concepts that are listed, from the best. */
const LISTED = 5;

/**
 * @typedef {object} Side  the channel in one network
 * @property {string} words
 * @property {number[]} overlaps   with every concept
 * @property {number} threshold
 * @property {{index: number, label: string, value: number}[]} examples
 * @property {(canvas: HTMLCanvasElement, i: number) => void} draw
 */

export class Opened {
  /** @param {string} id @param {import("./overlap.js").Concept[]} concepts @param {{close: () => void, example: (index: number) => void}} actions */
  constructor(id, concepts, actions) {
    this.concepts = concepts;
    this.actions = actions;
    this.element = make("section", "opened");
    this.element.id = id;
    this.close();
  }

  close() {
    this.element.removeAttribute("aria-label");
    this.element.replaceChildren(make("p", "hint", "Choose a channel to see all it overlaps, and where."));
  }

  /** @param {string} name @param {string} layer @param {Side[]} sides @param {number} share @param {number | null} chosen */
  show(name, layer, sides, share, chosen) {
    this.element.setAttribute("aria-label", `${name} of ${layer}`);
    const close = button("button quiet close", `Close ${name}`, "×");
    close.addEventListener("click", this.actions.close);
    this.element.replaceChildren(
      make("div", "head", make("p", "title", name, make("span", "of", ` of ${layer}`)), close),
      make("div", "sides", ...sides.map((side) => this.#side(side, share, chosen))),
    );
  }

  /** @param {Side} side @param {number} share @param {number | null} chosen */
  #side({words, overlaps, threshold, examples, draw}, share, chosen) {
    const order = overlaps.map((_, i) => i).sort((a, b) => overlaps[b] - overlaps[a] || a - b).slice(0, LISTED);
    const most = Math.max(overlaps[order[0]], 0.01);
    const rows = order.map((concept) => {
      const bar = make("span", "bar");
      bar.style.setProperty("--share", String(overlaps[concept] / most));
      return make("li", "", make("span", "what", this.concepts[concept].name), make("span", "track", bar, make("span", "count", iou(overlaps[concept]))));
    });
    const found = examples.map(({index, label, value}, i) => {
      const canvas = picture();
      draw(canvas, i);
      const one = button("example", "", canvas, make("span", "what", label, unseen(", activation "), make("span", "value", ` ${short(value)}`), unseen(", choose this example")));
      one.setAttribute("aria-pressed", String(index === chosen));
      one.addEventListener("click", () => this.actions.example(index));
      return one;
    });
    return make(
      "div", "side",
      make("p", "label", make("strong", "", words), `: top ${percent(share)} of its pixels, activation above ${short(threshold)}`),
      make("ol", "overlaps", ...rows),
      make("div", "examples", ...found),
    );
  }
}
