/**
 * The channels of a layer as the pictures that excite them, one of them opened; the other studies have
 * folders of their own. Layer, objective, channel and step live in the figure's state, the channel also
 * in the page's linked selection; this module reads both, and everything that the reader does writes
 * to them.
 *
 * @typedef {import("../js/types.js").Mounting} Mounting
 * @typedef {import("./units/layers.js").Loaded} Loaded
 */
import {make} from "../js/make.js";
import {chosen, linked} from "./units/choice.js";
import {Concepts} from "./units/concepts/concepts.js";
import {Steps, segments} from "./units/controls.js";
import {Layers, row, unitOf} from "./units/layers.js";
import {Opened} from "./units/opened.js";
import {Pixels} from "./units/pixels/pixels.js";
import {Sheet} from "./units/sheet.js";
import {OBJECTIVES, TOGETHER, called, listed, opening, short} from "./units/words.js";

/** How it looks once it lives. */
export const style = new URL("./units/living.css", import.meta.url).href;

/** @param {Mounting} mounting */
export default async function mount(mounting) {
  const Study = {concepts: Concepts, pixels: Pixels}[/** @type {string} */ (mounting.values.study)] ?? Units;
  await new Study(mounting).start();
}

class Units {
  /** @type {Loaded | null} */
  #loaded = null;
  #round = 0;

  /** @param {Mounting} mounting */
  constructor(mounting) {
    const {name, values, state, page, signal} = mounting;
    this.mounting = mounting;
    this.layers = new Layers(mounting);
    this.unitKey = `unit:${values.model}`;
    this.instanceKey = `instance:${values.dataset}`;
    const id = `${name}-opened`;
    this.opened = new Opened(id, {
      close: () => this.#close(),
      step: (place) => state.set("step", values.steps[place]),
      example: (index) => page.set(this.instanceKey, index),
      show: values.network ? () => this.#go() : null,
    });
    this.sheet = new Sheet(id, (channel) => this.#toggle(channel), signal);
    this.steps = new Steps(`${name}-steps`, values.steps, (at) => state.set("step", values.steps[at]), signal);
    const names = values.layers.map((/** @type {any} */ layer) => layer.name);
    this.layer = segments(`${name}-layer`, "Layer", names, (at) => this.#descend(at));
    this.controls = make("div", "controls");
    this.layer.element.dataset.control = "layer";
    this.steps.element.dataset.control = "steps";
  }

  async start() {
    const {element, page, state, signal, values} = this.mounting;
    const link = linked(page.get(this.unitKey), values.layers);
    if (link) this.#follow(link);
    await this.#dress();
    element.append(
      this.controls,
      make("div", "body", this.sheet.element, this.opened.element),
    );
    for (const option of ["layer", "objective"]) state.watch(option, () => void this.#dress());
    state.watch("unit", () => this.#open());
    state.watch("step", () => this.#draw());
    page.watch(this.unitKey, (key) => {
      const to = linked(key, values.layers);
      if (to) this.#follow(to);
    });
    page.watch(this.instanceKey, () => this.opened.mark(this.#instance));
    page.onscheme(() => void this.#recolour());
    element.addEventListener("figure:hide", () => this.steps.pause(), {signal});
    element.addEventListener("keydown", (event) => {
      if (event.key === "Escape" && this.#now.unit >= 0) this.#close();
    }, {signal});
  }

  get #now() {
    return chosen(this.mounting.state, this.mounting.values);
  }

  get #instance() {
    const index = this.mounting.page.get(this.instanceKey);
    return typeof index === "number" ? index : null;
  }

  /** Another layer or objective: fetch it, then show it whole. */
  async #dress() {
    const {values, name, state} = this.mounting;
    const now = this.#now;
    const round = ++this.#round;
    this.sheet.element.setAttribute("aria-busy", "true");
    const loaded = await this.layers.load(now.layer, now.objective);
    if (round !== this.#round) return;
    this.sheet.element.removeAttribute("aria-busy");
    this.#loaded = loaded;
    this.layer.show(now.layer);
    const {objectives} = loaded.layer;
    const words = objectives.map((/** @type {import("./units/words.js").Objective} */ one) => OBJECTIVES[one]);
    const objective = segments(`${name}-objective`, "Excites", words, (at) => state.set("objective", objectives[at]));
    objective.element.dataset.control = "objective";
    objective.show(now.objective);
    this.controls.replaceChildren(
      ...(values.layers.length > 1 ? [this.layer.element] : []),
      ...(objectives.length > 1 ? [objective.element] : []),
      this.steps.element,
    );
    this.sheet.fill(`Channels of ${loaded.layer.name}`, this.#cells(loaded), loaded.sheet.cut.size);
    this.#draw();
    this.#open();
  }

  /** @param {Loaded} loaded */
  #cells({layer, numbers, objective}) {
    const {values} = this.mounting;
    if (objective === "layer") return [{name: layer.name, words: `${TOGETHER} of ${layer.name}`}];
    return Array.from({length: layer.channels}, (_, channel) => {
      const name = called(channel, layer, values.outputs);
      const labels = row(numbers.label, channel).slice(0, 3).map((label) => values.classes[label]);
      return {
        name: name.replace(/^(Channel|Unit) /, ""),
        words: `${name}, excited most by ${listed(labels)}`,
      };
    });
  }

  #draw() {
    const {values} = this.mounting;
    const loaded = this.#loaded;
    if (!loaded) return;
    const {step} = this.#now;
    const together = values.steps.length + values.starts - 1;
    this.steps.show(step);
    this.sheet.draw((canvas, channel) => loaded.sheet.draw(canvas, channel * together + step));
    this.opened.step(step);
  }

  #open() {
    const {unit, step, layer} = this.#now;
    const {values} = this.mounting;
    if (!this.#loaded || this.#loaded.layer !== values.layers[layer]) return; // on its way
    this.sheet.open(unit);
    if (unit < 0) this.opened.close();
    else this.opened.show(unitOf(this.#loaded, values, unit), step, this.#instance);
  }

  /** The reader's own choice, which the whole page follows. @param {number} channel */
  #toggle(channel) {
    const {state, page, values} = this.mounting;
    const {layer, unit} = this.#now;
    if (channel === unit) return this.#close();
    state.set("unit", channel);
    if (!this.#loaded) return;
    // No other figure knows all channels as one.
    if (this.#loaded.objective !== "layer") page.set(this.unitKey, `${values.layers[layer].name}/${channel}`);
    const found = unitOf(this.#loaded, values, channel);
    page.say(opening({
      ...found,
      first: found.values[0],
      last: found.values[values.steps.length - 1],
      steps: values.steps.at(-1),
      labels: found.examples.slice(0, 3).map(({label}) => label),
      top: found.examples[0].value,
    }));
  }

  #close() {
    const {unit} = this.#now;
    this.mounting.state.set("unit", -1);
    this.sheet.focus(unit);
    this.mounting.page.say("Closed.");
  }

  /** Another layer starts with its first channel open. @param {number} place */
  #descend(place) {
    const {state, values} = this.mounting;
    state.set("layer", values.layers[place].name);
    state.set("unit", 0);
  }

  /** Another figure chose a channel. @param {{layer: string, unit: number}} to */
  #follow({layer, unit}) {
    const {state, values} = this.mounting;
    // A layer that is named anew would be drawn anew, and whoever stands in it would lose the focus.
    if (values.layers[this.#now.layer].name !== layer) state.set("layer", layer);
    const {objectives} = values.layers[this.#now.layer];
    if (objectives[this.#now.objective] === "layer") state.set("objective", objectives[0]);
    state.set("unit", unit);
  }

  #go() {
    const {page, values} = this.mounting;
    const {layer, unit} = this.#now;
    page.set(this.unitKey, `${values.layers[layer].name}/${unit}`);
    page.go(values.network);
  }

  async #recolour() {
    await this.layers.recolour();
    this.#draw();
    this.#open();
  }
}
