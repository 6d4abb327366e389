/**
 * What keeps a picture from turning into noise, each on or off, and how a run goes.
 *
 * @typedef {import("../../js/types.js").Mounting} Mounting
 * @typedef {import("../../js/fields.js").Field} Field
 * @typedef {import("./asking.js").Now} Now
 */
import {check, select, slider} from "../../js/fields.js";
import {button, make} from "../../js/make.js";
import {short} from "../../js/numerals.js";
import {joins, steps} from "./words.js";

const pixels = (/** @type {number} */ at) => `${at} px`;
const percent = (/** @type {number} */ at) => `${Math.round(100 * at)} %`;

/** What has a strength: state, name, greatest, step, words, and the strength it is switched on with. */
/** @type {[("jitter" | "scale" | "blur" | "smooth"), string, number, number, (at: number) => string, number][]} */
const STRENGTHS = [
  ["jitter", "Jitter", 8, 1, pixels, 2],
  ["scale", "Scale", 0.3, 0.01, percent, 0.05],
  ["blur", "Blur", 3, 0.25, pixels, 1],
  ["smooth", "Total variation", 2, 0.05, short, 0.2],
];

export class Knobs {
  /** @param {Mounting} mounting */
  constructor({name, state, values}) {
    this.faceted = Boolean(values.faceted);
    const set = (/** @type {string} */ key) => (/** @type {any} */ to) => state.set(key, to);
    this.strengths = STRENGTHS.map(([key, title, most, step, words, on]) => {
      const turn = check(title, (turned) => state.set(key, turned ? this.#last[key] ?? on : 0));
      const strength = slider(`${name}-${key}`, `${title}, strength`, {least: 0, most, step, words, then: set(key)});
      strength.element.firstElementChild?.classList.add("unseen");
      const element = make("div", "knob", turn.element, strength.element);
      element.dataset.control = title.toLowerCase().replaceAll(" ", "-");
      return {key, turn, strength, element};
    });
    this.waves = check("Waves instead of pixels (Fourier)", set("waves"));
    this.colour = check("Colours as in the examples (decorrelated)", set("colour"));
    this.waves.element.dataset.control = "waves";
    this.colour.element.dataset.control = "colour";
    this.start = select(`${name}-start`, "Start from", [["noise", "noise"], ["example", "an example or your picture"]], set("start"));
    this.optima = slider(`${name}-optima`, "Optima", {least: 1, most: 6, step: 1, words: String, then: set("optima")});
    this.apart = slider(`${name}-apart`, "Push apart", {least: 0, most: 1, step: 0.05, words: short, then: set("apart")});
    this.facets = slider(`${name}-facets`, "Facets", {least: 1, most: 6, step: 1, words: (at) => (at < 2 ? "none" : String(at)), then: set("facets")});
    this.rate = slider(`${name}-rate`, "Step length", {least: 0.01, most: 0.3, step: 0.01, words: (at) => at.toFixed(2), then: set("rate")});
    this.steps = slider(`${name}-steps`, "Steps", {least: 16, most: 1024, step: 16, words: steps, then: set("steps")});
    this.octaves = slider(`${name}-octaves`, "Octaves", {least: 1, most: 4, step: 1, words: String, then: set("octaves")});
    this.seed = make("output", "");
    const other = button("button", "", "Other noise");
    other.addEventListener("click", () => state.set("seed", (this.#seed + 1) % 1000));
    const seed = make("div", "field seed", make("span", "", "Seed"), this.seed, other);
    for (const [key, field] of /** @type {[string, Field][]} */ (Object.entries({octaves: this.octaves, start: this.start, optima: this.optima, "push-apart": this.apart, facets: this.facets, "step-length": this.rate, steps: this.steps}))) {
      field.element.dataset.control = key;
    }
    seed.dataset.control = "seed";
    const colours = values.shape[0] === 3 ? [make("div", "knob", this.colour.element)] : [];
    const list = make("div", "list", ...this.strengths.map(({element}) => element), make("div", "knob", this.waves.element), ...colours);
    this.kept = make("div", "knobs", make("p", "title", "What keeps the picture from turning into noise"), list);
    this.run = make("div", "knobs", make("p", "title", "The run"), make("div", "list", ...[this.facets, this.optima, this.apart, this.steps, this.rate, this.octaves, this.start].map(({element}) => element), seed));
    for (const [group, words] of /** @type {[HTMLElement, string][]} */ ([[this.kept, "Regularizers"], [this.run, "The run"]])) {
      group.setAttribute("role", "group");
      group.setAttribute("aria-label", words);
    }
  }

  #seed = 0;
  /** Strengths that were switched off. @type {Record<string, number>} */
  #last = {};

  /** @param {Now} at */
  asked(at) {
    for (const {key, turn, strength} of this.strengths) {
      if (at[key]) this.#last[key] = at[key];
      turn.show(at[key] > 0);
      strength.show(at[key]);
    }
    this.waves.show(at.waves);
    this.colour.show(at.colour);
    this.start.show(at.start);
    this.optima.show(at.optima);
    this.apart.show(at.apart);
    this.apart.element.hidden = at.optima < 2;
    this.facets.element.hidden = !this.faceted || !joins(at.goal);
    this.facets.show(at.facets);
    this.optima.element.hidden = at.facets > 1;
    this.start.element.hidden = at.facets > 1;
    this.rate.show(at.rate);
    this.octaves.show(at.octaves);
    this.steps.show(at.steps);
    this.#seed = at.seed;
    this.seed.value = String(at.seed);
  }
}
