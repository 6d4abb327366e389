/**
 * The figure's parts in the page: shapes to choose from, what can be set, and all experiments so far.
 *
 * @typedef {import("../../js/types.js").Mounting} Mounting
 * @typedef {import("./asked.js").Asked} Asked
 * @typedef {{pictures: ArrayLike<number>[], shares: number[] | null, line: string}} Shown
 */
import {putPixels} from "../../js/colour.js";
import {canvas, select, slider} from "../../js/fields.js";
import {button, make} from "../../js/make.js";
import {pictured} from "../../js/painting.js";
import {called, made} from "./asked.js";

/** Experiments that stay; older ones go. */
const MOST = 12;

const percent = (/** @type {number} */ share) => `${Math.round(100 * share)} %`;

/** One experiment in the list. */
class Entry {
  /** @param {number} count @param {Asked} asked @param {string[]} names */
  constructor(count, asked, names) {
    this.names = asked.shapes.map((one) => called(names[one]));
    this.line = make("p", "line");
    this.cells = this.names.map((name) => ({picture: canvas(), share: make("span", "worth"), name: make("span", "name", name)}));
    const row = make("ul", "row", ...this.cells.map(({picture, share, name}) => make("li", "", picture, name, share)));
    this.element = make("li", "experiment", make("p", "title", `Experiment ${count}`), make("p", "made", made(asked, names)), row, this.line);
  }

  /** @param {Shown} shown @param {number} side @param {import("../../js/colour.js").Palette} palette */
  show(shown, side, palette) {
    this.shown = shown;
    this.line.textContent = shown.line;
    this.cells.forEach(({picture, share}, i) => {
      const said = shown.shares ? percent(shown.shares[i]) : "";
      putPixels(picture, pictured(shown.pictures[i], [1, side, side], palette), side);
      picture.setAttribute("aria-label", `What the network would like to see as ${this.names[i]}${said && `; it is sure to ${said}`}`);
      share.textContent = said;
    });
  }
}

export class Frame {
  /** @type {Entry[]} */
  #entries = [];
  #count = 0;

  /** @param {Mounting} mounting @param {{train: () => void, toggle: (shape: number) => void}} then */
  constructor({name, state, values, page}, then) {
    this.values = values;
    this.page = page;
    const {names, nets} = values;
    this.shapes = names.map((/** @type {string} */ one, /** @type {number} */ i) => {
      const picture = make("canvas", "pixels");
      const shape = button("shape", "", picture, make("span", "", called(one)));
      shape.addEventListener("click", () => then.toggle(i));
      return {picture, shape};
    });
    const shelf = make("div", "shapes", ...this.shapes.map((/** @type {{shape: HTMLElement}} */ {shape}) => shape));
    shelf.setAttribute("role", "group");
    shelf.setAttribute("aria-label", "Shapes to learn");
    shelf.dataset.control = "shapes";
    this.net = select(`${name}-net`, "Network", Object.keys(nets).sort().reverse().map((one) => [one, one]), (one) => state.set("net", one));
    this.epochs = slider(`${name}-epochs`, "Epochs", {least: 1, most: 20, step: 1, words: String, then: (at) => state.set("epochs", at)});
    this.steps = slider(`${name}-steps`, "Steps of a picture", {least: 16, most: 256, step: 16, words: String, then: (at) => state.set("steps", at)});
    this.start = select(`${name}-start`, "Start from", [["empty", "an empty picture"], ["grey", "grey"], ["noise", "noise"]], (one) => state.set("start", one));
    this.seed = slider(`${name}-seed`, "Seed", {least: 0, most: 99, step: 1, words: String, then: (at) => state.set("seed", at)});
    const knobs = {network: this.net, epochs: this.epochs, steps: this.steps, start: this.start, seed: this.seed};
    for (const [key, {element}] of Object.entries(knobs)) element.dataset.control = key;
    this.train = button("button primary", "");
    this.train.addEventListener("click", then.train);
    this.train.dataset.control = "train";
    this.progress = make("p", "progress");
    this.trouble = make("p", "lost");
    this.trouble.setAttribute("role", "alert");
    this.trouble.hidden = true;
    this.list = make("ol", "experiments");
    this.list.setAttribute("aria-label", "Experiments, the newest first");
    this.element = make("div", "imagine",
      make("p", "title", "Choose what it learns"), shelf,
      make("div", "knobs", ...Object.values(knobs).map(({element}) => element)),
      make("div", "player", this.train, this.progress), this.trouble, this.list);
    this.busy(false);
  }

  /** @param {Asked} at @param {ArrayLike<number>[]} masters */
  asked(at, masters) {
    const {side} = this.values;
    this.shapes.forEach((/** @type {{picture: HTMLCanvasElement, shape: HTMLElement}} */ {picture, shape}, /** @type {number} */ i) => {
      shape.setAttribute("aria-pressed", String(at.shapes.includes(i)));
      putPixels(picture, pictured(masters[i], [1, side, side], this.page.palette()), side);
    });
    this.net.show(at.net);
    this.epochs.show(at.epochs);
    this.steps.show(at.steps);
    this.start.show(at.start);
    this.seed.show(at.seed);
  }

  /** A new experiment, above all others. @param {Asked} asked @returns {(shown: Shown) => void} */
  add(asked) {
    const entry = new Entry(++this.#count, asked, this.values.names);
    this.#entries.unshift(entry);
    this.list.prepend(entry.element);
    for (const old of this.#entries.splice(MOST)) old.element.remove();
    return (shown) => entry.show(shown, this.values.side, this.page.palette());
  }

  /** One that was given up leaves nothing behind. */
  drop() {
    this.#entries.shift()?.element.remove();
    this.#count -= 1;
  }

  /** Colours have changed. */
  renew() {
    for (const entry of this.#entries) if (entry.shown) entry.show(entry.shown, this.values.side, this.page.palette());
  }

  /** What went wrong; none: nothing did. @param {string} words */
  tell(words) {
    this.trouble.hidden = !words;
    this.trouble.textContent = words;
  }

  /** @param {boolean} on */
  busy(on) {
    this.element.setAttribute("aria-busy", String(on));
    this.train.textContent = on ? "Stop" : "Train and imagine";
    if (!on) this.progress.textContent = "";
  }
}
