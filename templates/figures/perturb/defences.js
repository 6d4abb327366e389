/**
 * What pictures go through first: each defence with its switch and its setting.
 *
 * @typedef {import("../../js/types.js").Mounting} Mounting
 * @typedef {import("../../js/fields.js").Field} Field
 * @typedef {import("./asking.js").Now} Now
 */
import {check, slider} from "../../js/fields.js";
import {make} from "../../js/make.js";
import {isRandom} from "./guard.js";

export class Defences {
  /** @param {Mounting} mounting */
  constructor({name, state, values}) {
    this.state = state;
    const set = (/** @type {string} */ part) => (/** @type {number} */ at) => state.set(part, at);
    const pixels = (/** @type {number} */ at) => `${at} px`;
    /** @type {Record<string, Field>} */
    this.settings = {
      blur: slider(`${name}-blur`, "Width σ", {least: 0.25, most: 3, step: 0.25, words: pixels, then: set("blur")}),
      levels: slider(`${name}-levels`, "Levels", {least: 2, most: 32, step: 1, words: String, then: set("levels")}),
      jpeg: slider(`${name}-quality`, "Quality", {least: 5, most: 100, step: 5, words: String, then: set("quality")}),
      noise: slider(`${name}-noise`, "Noise σ", {least: 0, most: 0.5, step: 0.01, words: (at) => at.toFixed(2), then: set("noise")}),
    };
    this.copies = slider(`${name}-copies`, "Copies that vote", {least: 1, most: 32, step: 1, words: String, then: set("copies")});
    this.copies.element.dataset.control = "copies";
    /** @type {[string, Field][]} */
    this.switches = values.defences.map((/** @type {any} */ one) => [one.name, check(one.title, (on) => this.#turn(one.name, on))]);
    this.aware = check("The attacker knows the defence", (on) => state.set("aware", on));
    this.aware.element.dataset.control = "aware";
    const rows = this.switches.map(([key, field]) => make("div", "defence", field.element, ...(this.settings[key] ? [this.settings[key].element] : [])));
    const list = make("div", "list", ...rows);
    list.dataset.control = "defences";
    this.element = make("div", "defences", make("p", "title", "Defend: change the picture before the network sees it"), list, make("div", "who", this.aware.element, this.copies.element));
    this.element.setAttribute("role", "group");
    this.element.setAttribute("aria-label", "Defences");
  }

  /** @type {string[]} */
  #on = [];

  /** @param {string} name @param {boolean} on */
  #turn(name, on) {
    const order = this.switches.map(([one]) => one);
    this.state.set("defences", order.filter((one) => (one === name ? on : this.#on.includes(one))).join(" "));
  }

  /** @param {Now} at */
  asked({guard, aware}) {
    this.#on = guard.on;
    for (const [name, field] of this.switches) field.show(guard.on.includes(name));
    for (const [name, field] of Object.entries(this.settings)) {
      field.show(name === "jpeg" ? guard.quality : guard[/** @type {"blur" | "levels" | "noise"} */ (name)]);
      field.element.hidden = !guard.on.includes(name);
    }
    this.copies.show(guard.copies);
    this.copies.element.hidden = !isRandom(guard);
    this.aware.show(aware);
  }
}
