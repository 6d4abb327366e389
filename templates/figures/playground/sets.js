/** The data sets as small pictures of which one is chosen, and how their points are drawn. */
import {divergingColour} from "../../js/colour.js";
import {make} from "../../js/make.js";
import {OWN, REACH, SETS, sample} from "./data.js";
import {act, slider} from "../../js/dials.js";
import {classColour} from "./field.js";
import {OwnPanel} from "./own-panel.js";
import {classes} from "./settings.js";

/** @typedef {import("./settings.js").Settings} Settings */

/** Pixels of a picture, and points in it. */
const [SIZE, SHOWN] = [96, 130];

/** @param {HTMLCanvasElement} canvas @param {import("./data.js").Known} set @param {import("../../js/types.js").Palette} palette */
function draw(canvas, {name, classes}, palette) {
  Object.assign(canvas, {width: SIZE, height: SIZE});
  const context = /** @type {CanvasRenderingContext2D} */ (canvas.getContext("2d"));
  const {xs, ys, labels} = sample(name, 0.02, 1);
  for (let i = 0; i < SHOWN; i++) {
    context.fillStyle =
      classes > 2 ? classColour(labels[i], palette)
        : classes ? (labels[i] > 0 ? palette.positive : palette.negative)
          : divergingColour(labels[i], 1, palette);
    const place = (/** @type {number} */ at) => (at / (2 * REACH) + 0.5) * SIZE;
    context.beginPath();
    context.arc(place(xs[i]), SIZE - place(ys[i]), classes ? 3.4 : 5, 0, 2 * Math.PI);
    context.fill();
  }
}

/** What kind of problem a set is. @param {number} classes */
const problem = (classes) => (classes ? `classification, ${classes} classes` : "regression");

export class Sets {
  /** @type {[HTMLInputElement, HTMLCanvasElement, import("./data.js").Known][]} */
  #choices = [];

  /**
   * @param {string} id @param {(name: string, value: string | number) => void} then @param {() => void} again
   * @param {AbortSignal} signal
   */
  constructor(id, then, again, signal) {
    this.said = make("p", "title");
    const group = make("fieldset", "sets");
    group.setAttribute("aria-label", "Data set");
    group.dataset.control = "data";
    for (const set of SETS) {
      const input = make("input", "");
      Object.assign(input, {type: "radio", name: `${id}-data`, value: set.name});
      input.setAttribute("aria-label", `${set.label}, ${problem(set.classes)}`);
      input.addEventListener("change", () => then("data", set.name));
      const canvas = make("canvas", "");
      canvas.setAttribute("aria-hidden", "true");
      const label = make("label", "", input, canvas);
      label.title = set.label;
      group.append(label);
      this.#choices.push([input, canvas, set]);
    }
    const per = (/** @type {number} */ value) => `${value} %`;
    this.dials = {
      noise: slider("noise", "Noise", {least: 0, most: 50, step: 5}, per, (value) => then("noise", value)),
      ratio: slider("ratio", "For training", {least: 10, most: 90, step: 10}, per, (value) => then("ratio", value)),
      batch: slider("batch", "Batch size", {least: 1, most: 50, step: 1}, String, (value) => then("batch", value)),
    };
    const more = act("points", "New points", again);
    const settings = make("div", "dials", ...Object.values(this.dials).map(({element}) => element), more);
    this.mine = act("own", "Your own data", () => then("data", OWN));
    this.own = new OwnPanel((text) => then("own", text), signal);
    this.element = make("div", "data-panel", this.said, group, this.mine, this.own.element, settings);
  }

  /** @param {import("../../js/types.js").Palette} palette */
  paint(palette) {
    for (const [, canvas, set] of this.#choices) draw(canvas, set, palette);
  }

  /** @param {Settings} settings */
  show(settings) {
    for (const [input, , set] of this.#choices) {
      input.checked = set.name === settings.data;
      if (input.checked) this.said.replaceChildren(`${set.label} `, make("span", "", problem(set.classes)));
    }
    const mine = settings.data === OWN;
    if (mine) this.said.replaceChildren("Your own ", make("span", "", problem(classes(settings))));
    this.mine.setAttribute("aria-pressed", String(mine));
    this.own.show(mine, settings.own);
    this.dials.noise.element.hidden = mine;
    this.dials.noise.show(settings.noise);
    this.dials.ratio.show(settings.ratio);
    this.dials.batch.show(settings.batch);
  }
}
