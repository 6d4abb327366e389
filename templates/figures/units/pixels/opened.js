/** One channel: its strongest patches with what comes back to their pixels, its way here, its reach. */
import {button, make} from "../../../js/make.js";
import {picture, unseen} from "../make.js";
import {short} from "../words.js";
import {paintField, reach} from "./field.js";

/**
 * @typedef {object} Patch
 * @property {number} index
 * @property {string} label
 * @property {number} value
 * @property {(patch: HTMLCanvasElement, back: HTMLCanvasElement) => void} draw
 *
 * @typedef {object} Channel
 * @property {string} name
 * @property {string} layer
 * @property {Patch[]} best
 * @property {Patch[]} way        the strongest at each step
 * @property {number[]} steps
 * @property {number} sees        pixels across
 * @property {import("./field.js").Field | null} field
 */

export class Opened {
  /** @type {HTMLButtonElement[]} */
  #states = [];
  /** @type {HTMLButtonElement[]} */
  #examples = [];
  /** @type {Channel | null} */
  #channel = null;

  /** @param {string} id @param {{close: () => void, step: (place: number) => void, example: (index: number) => void}} actions */
  constructor(id, actions) {
    this.actions = actions;
    this.element = make("section", "opened");
    this.element.id = id;
    this.close();
  }

  close() {
    this.#channel = null;
    this.element.removeAttribute("aria-label");
    this.element.replaceChildren(make("p", "hint", "Choose a channel to see its strongest patches, and what in them it answers to."));
  }

  /** @param {Channel} channel @param {number} step @param {number | null} chosen @param {string[]} ramp */
  show(channel, step, chosen, ramp) {
    this.#channel = channel;
    const {name, layer, best, way, steps, sees, field} = channel;
    this.element.setAttribute("aria-label", `${name} of ${layer}`);
    const close = button("button quiet close", `Close ${name}`, "×");
    close.addEventListener("click", this.actions.close);
    this.#examples = best.map((patch) => {
      const what = make("span", "what", patch.label, unseen(", activation"), ` ${short(patch.value)}`, unseen(", choose this example"));
      return this.#pair("example", patch, [what], () => this.actions.example(patch.index));
    });
    this.#states = way.map((patch, i) => {
      const step = make("span", "step", unseen("step "), String(steps[i]), unseen(", activation "));
      return this.#pair("state", patch, [step, make("span", "value", short(patch.value))], () => this.actions.step(i));
    });
    const strip = make("div", "strip", ...this.#states);
    strip.setAttribute("role", "group");
    strip.setAttribute("aria-label", "Strongest patch at steps of training");
    this.element.replaceChildren(
      make("div", "head", make("p", "title", name, make("span", "of", ` of ${layer}`)), close),
      make("p", "label", "Its strongest patches; below each, what deconvolution carries back"),
      make("div", "examples", ...this.#examples),
      ...(way.length ? [make("p", "label", "The strongest at steps of training"), strip] : []),
      ...(field ? [this.#reach(field, sees, ramp)] : []),
    );
    this.step(step);
    this.mark(chosen);
  }

  /** @param {string} kind @param {Patch} patch @param {HTMLElement[]} words @param {() => void} then */
  #pair(kind, {draw}, words, then) {
    const [patch, back] = [picture(), picture()];
    draw(patch, back);
    const one = button(kind, "", make("span", "both", patch, back), ...words);
    one.addEventListener("click", then);
    return one;
  }

  /** @param {import("./field.js").Field} field @param {number} sees @param {string[]} ramp */
  #reach(field, sees, ramp) {
    const canvas = picture();
    paintField(canvas, field, ramp);
    const place = make("span", "place", canvas);
    const frame = make("span", "box");
    frame.style.inset = `${50 * (1 - Math.min(1, sees / field.whole))}%`;
    place.append(frame);
    return make("div", "reach", place, make("p", "", reach(field, sees)));
  }

  /** @param {number} place */
  step(place) {
    this.#states.forEach((state, i) => state.setAttribute("aria-pressed", String(i === place)));
  }

  /** @param {number | null} chosen */
  mark(chosen) {
    this.#channel?.best.forEach(({index}, i) => this.#examples[i].setAttribute("aria-pressed", String(index === chosen)));
  }
}
