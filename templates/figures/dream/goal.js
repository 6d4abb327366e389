/**
 * What is asked of the picture: layer, goal, channel, and perhaps a second one.
 *
 * @typedef {import("../../js/types.js").Mounting} Mounting
 * @typedef {import("./asking.js").Now} Now
 */
import {select, slider} from "../../js/fields.js";
import {button, make} from "../../js/make.js";
import {WHOLE, choices} from "./asking.js";
import {GOALS, joins} from "./words.js";

/** Buttons of which one is pressed. @param {string} title @param {[string, string][]} options @param {(one: string) => void} then */
function oneOf(title, options, then) {
  const made = options.map(([value, words]) => {
    const one = button("button", "", words);
    one.addEventListener("click", () => then(value));
    return one;
  });
  const element = make("div", "choice", ...made);
  element.setAttribute("role", "group");
  element.setAttribute("aria-label", title);
  return {
    element,
    show: (/** @type {string} */ value) => made.forEach((one, i) => one.setAttribute("aria-pressed", String(options[i][0] === value))),
    offer: (/** @type {string[]} */ few) => made.forEach((one, i) => (one.hidden = !few.includes(options[i][0]))),
  };
}

export class GoalPanel {
  /** @param {Mounting} mounting */
  constructor({name, state, values}) {
    this.values = values;
    const names = values.layers.map((/** @type {any} */ one) => one.name);
    this.layer = oneOf("Layer", names.map((/** @type {string} */ one) => [one, one]), (one) => {
      state.set("layer", one);
      state.set("other", -1);
      state.set("unit", 0);
    });
    const has = (/** @type {string} */ key) => values.layers.some((/** @type {any} */ one) => one.goals.includes(key));
    const all = Object.entries({...GOALS, class: values.classes.length ? GOALS.class : "Output"}).filter(([key]) => has(key));
    this.goal = oneOf("Make large", all, (one) => state.set("goal", one));
    this.unit = select(`${name}-unit`, "Channel", [], (one) => state.set("unit", Number(one)));
    this.other = select(`${name}-other`, "and", [], (one) => state.set("other", Number(one)));
    this.mix = slider(`${name}-mix`, "Share of the second", {least: 0, most: 1, step: 0.05, words: (at) => `${Math.round(100 * at)} %`, then: (at) => state.set("mix", at)});
    for (const [key, {element}] of Object.entries({layer: this.layer, goal: this.goal, unit: this.unit, "second-unit": this.other, mix: this.mix})) element.dataset.control = key;
    const label = (/** @type {string} */ words, /** @type {HTMLElement} */ element) => {
      const said = make("span", "", words);
      said.setAttribute("aria-hidden", "true");
      return make("div", "field wide", said, element);
    };
    this.which = make("div", "which", this.unit.element, this.other.element, this.mix.element);
    this.element = make("div", "asked",
      ...(names.length > 1 ? [label("Layer", this.layer.element)] : []),
      label("Make large", this.goal.element),
      this.which);
  }

  #filled = "";

  /** @param {Now} at */
  asked(at) {
    const {layers, classes} = this.values;
    const layer = layers[at.layer];
    this.layer.show(layer.name);
    this.goal.offer(layer.goals);
    this.goal.show(at.goal);
    const names = at.goal === "direction" ? classes : layer.names;
    const filled = `${at.layer} ${at.goal}`;
    if (filled !== this.#filled) {
      this.#filled = filled;
      /** @type {[string, string][]} */
      const options = Array.from({length: choices(layer, at.goal, classes)}, (_, i) => [String(i), names[i] ?? String(i)]);
      this.unit.fill(options);
      this.other.fill([["-1", "nothing else"], ...options]);
      const title = at.goal === "direction" ? "Towards" : at.goal === "class" ? layer.called : GOALS[at.goal];
      /** @type {HTMLElement} */ (this.unit.element.firstElementChild).textContent = title;
    }
    this.unit.show(at.unit);
    this.unit.element.hidden = WHOLE.includes(at.goal);
    this.which.hidden = this.unit.element.hidden;
    this.other.show(at.other);
    this.other.element.hidden = !joins(at.goal) || layer.shape[0] < 2;
    this.mix.show(at.mix);
    this.mix.element.hidden = at.other < 0;
  }
}
