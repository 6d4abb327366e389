/** The sets as small pictures of which one is chosen, what of them can be set, and the reader's own rows. */
import {act, slider} from "../../js/dials.js";
import {make} from "../../js/make.js";
import {colours} from "./colours.js";
import {OwnPanel} from "./own-panel.js";
import {paint} from "./panel.js";
import {fitted, view} from "./scene.js";
import {OWN, SETS, known, sample} from "./sets.js";

/** @typedef {import("./settings.js").Settings} Settings */

/** Pixels of a picture. */
const SIZE = 64;

export class Gallery {
  /** @type {[HTMLInputElement, HTMLCanvasElement, import("./sets.js").Known][]} */
  #choices = [];

  /**
   * @param {string} id @param {(set: import("./sets.js").Known) => void} choose @param {(name: string, value: any) => void} set
   * @param {() => void} again @param {(own: import("./own.js").Own) => void} give @param {AbortSignal} signal
   */
  constructor(id, choose, set, again, give, signal) {
    this.said = make("p", "title");
    this.words = make("p", "hint");
    const group = make("fieldset", "sets");
    group.setAttribute("aria-label", "Points");
    group.dataset.control = "data";
    for (const one of SETS) {
      const input = make("input", "");
      Object.assign(input, {type: "radio", name: `${id}-data`, value: one.name});
      input.setAttribute("aria-label", `${one.label}. ${one.words}`);
      input.addEventListener("change", () => choose(one));
      const canvas = make("canvas", "");
      canvas.setAttribute("aria-hidden", "true");
      const label = make("label", "", input, canvas);
      label.title = one.label;
      group.append(label);
      this.#choices.push([input, canvas, one]);
    }
    const range = {least: 4, most: 400, step: 1};
    this.scaled = "";
    this.dials = {
      points: slider("points", "Points", range, String, (value) => set("points", value)),
      dims: slider("dims", "Dimensions", {least: 1, most: 100, step: 1}, String, (value) => set("dims", value)),
      scale: slider("scale", "Second group", {least: 1, most: 50, step: 1}, (value) => `${value} ${this.scaled}`, (value) => set("scale", value)),
    };
    this.draw = act("draw", "Draw again", again);
    this.mine = act("own", "Your own data", () => set("data", OWN));
    this.own = new OwnPanel(give, signal);
    const dials = make("div", "dials", ...Object.values(this.dials).map(({element}) => element));
    const buttons = make("div", "buttons", this.draw, this.mine);
    const about = make("div", "about-set", this.said, this.words);
    this.element = make("div", "gallery", about, group, make("div", "setting", dials, buttons), this.own.element);
  }

  /** @param {import("../../js/types.js").Palette} palette */
  paint(palette) {
    for (const [, canvas, {name, points, dims, scale}] of this.#choices) {
      const found = sample(name, {points: Math.min(points[2], 80), dims: dims?.[2] ?? 0, scale: scale?.[2] ?? 0}, 0);
      paint(canvas, fitted(view(found, 30, 25), SIZE), SIZE, {colours: colours(found, palette), chosen: -1, near: [], palette}, 2.2);
    }
  }

  /** @param {Settings} settings */
  show({data, points, dims, scale}) {
    const mine = data === OWN;
    const set = known(data);
    for (const [input, , one] of this.#choices) input.checked = one.name === data;
    this.said.textContent = mine ? "Your own" : set.label;
    this.words.textContent = mine ? "What you give stays in this page: no address holds it, and nothing is sent." : set.words;
    this.mine.setAttribute("aria-pressed", String(mine));
    this.own.element.hidden = !mine;
    this.draw.hidden = mine;
    this.scaled = set.scaled ?? "";
    const held = {points: set.points, dims: set.dims, scale: set.scale};
    for (const [name, value] of Object.entries({points, dims, scale})) {
      const dial = this.dials[/** @type {"points"} */ (name)];
      const range = held[/** @type {"points"} */ (name)];
      dial.element.hidden = mine || !range;
      if (!range) continue;
      const input = /** @type {HTMLInputElement} */ (dial.element.querySelector("input"));
      [input.min, input.max] = [String(range[0]), String(range[1])];
      dial.show(Math.min(range[1], Math.max(range[0], value)));
    }
  }
}
