/**
 * The strongest patch of every channel beside what deconvolution carries back to its pixels, through the
 * steps of training; one channel opened.
 *
 * @typedef {import("../../../js/types.js").Mounting} Mounting
 * @typedef {import("../../../js/types.js").Tensors} Tensors
 * @typedef {import("../atlas.js").Box} Box
 */
import {button, make} from "../../../js/make.js";
import {rove} from "../../../js/roving.js";
import {Atlas} from "../atlas.js";
import {crowd, linked} from "../choice.js";
import {Steps, segments} from "../controls.js";
import {row} from "../layers.js";
import {picture} from "../make.js";
import {called, listed} from "../words.js";
import {Opened} from "./opened.js";

/** @typedef {{layer: any, numbers: Tensors, best: Atlas, way: Atlas | null}} Loaded */

export class Pixels {
  /** @type {Loaded | null} */
  #loaded = null;
  #round = 0;
  /** @type {Atlas | null} */
  #examples = null;
  /** @type {HTMLButtonElement[]} */
  #cells = [];
  /** @type {[HTMLCanvasElement, HTMLCanvasElement][]} */
  #pairs = [];

  /** @param {Mounting} mounting */
  constructor(mounting) {
    const {name, values, state, page, signal} = mounting;
    this.mounting = mounting;
    this.unitKey = `unit:${values.model}`;
    this.instanceKey = `instance:${values.dataset}`;
    const id = `${name}-opened`;
    this.opened = new Opened(id, {
      close: () => this.#toggle(this.#now.unit),
      step: (place) => state.set("step", values.steps[place]),
      example: (index) => page.set(this.instanceKey, index),
    });
    const names = values.layers.map((/** @type {any} */ one) => one.name);
    this.layer = segments(`${name}-layer`, "Layer", names, (at) => {
      state.set("layer", names[at]);
      state.set("unit", 0);
    });
    this.layer.element.dataset.control = "layer";
    this.steps = new Steps(`${name}-steps`, values.steps, (at) => state.set("step", values.steps[at]), signal);
    this.steps.element.dataset.control = "steps";
    this.id = id;
    this.sheet = make("div", "sheet");
    this.sheet.setAttribute("role", "group");
    this.stop = rove(this.sheet, {
      items: () => this.#cells,
      columns: () => getComputedStyle(this.sheet).gridTemplateColumns.split(" ").length,
      signal,
    });
  }

  async start() {
    const {element, images, page, signal, state, values} = this.mounting;
    const link = linked(page.get(this.unitKey), values.layers);
    if (link) this.#follow(link);
    const [height, width] = values.size;
    const cut = {image: "examples", count: 0, columns: values.atlas.columns, size: [width, height], channels: 3};
    this.#examples = new Atlas(await images.examples.load(), cut);
    await this.#dress();
    element.classList.add("by-pixels");
    element.append(
      make("div", "controls", ...(values.layers.length > 1 ? [this.layer.element] : []), ...(values.evolves ? [this.steps.element] : [])),
      make("div", "body", this.sheet, this.opened.element),
    );
    state.watch("layer", () => void this.#dress());
    state.watch("unit", () => this.#open());
    state.watch("step", () => this.#draw());
    page.watch(this.unitKey, (key) => {
      const to = linked(key, values.layers);
      if (to) this.#follow(to);
    });
    page.watch(this.instanceKey, () => this.opened.mark(this.#instance));
    page.onscheme(() => this.#open());
    element.addEventListener("figure:hide", () => this.steps.pause(), {signal});
    element.addEventListener("keydown", (event) => {
      if (event.key === "Escape" && this.#now.unit >= 0) this.#toggle(this.#now.unit);
    }, {signal});
  }

  get #now() {
    const {state, values} = this.mounting;
    const names = values.layers.map((/** @type {any} */ one) => one.name);
    const layer = Math.max(0, names.indexOf(state.get("layer", names[0])));
    const unit = state.get("unit", values.open);
    const step = values.steps.indexOf(state.get("step", values.steps.at(-1)));
    const known = Number.isInteger(unit) && unit >= 0 && unit < values.layers[layer].channels;
    return {layer, unit: known ? unit : -1, step: step < 0 ? values.steps.length - 1 : step};
  }

  get #instance() {
    const index = this.mounting.page.get(this.instanceKey);
    return typeof index === "number" ? index : null;
  }

  /** Another layer: fetch it, then show it whole. */
  async #dress() {
    const {arrays, images, more, values} = this.mounting;
    const round = ++this.#round;
    const place = this.#now.layer;
    const layer = values.layers[place];
    const atlas = async (/** @type {any} */ cut) => (cut ? new Atlas(await images[cut.image].load(), cut) : null);
    const [numbers, best, way] = await Promise.all([layer.more ? more(layer.more) : arrays, atlas(layer.projections), atlas(layer.way)]);
    if (round !== this.#round || !best) return;
    this.#loaded = {layer, numbers, best, way};
    this.layer.show(place);
    this.sheet.setAttribute("aria-label", `Channels of ${layer.name}, each as its strongest patch and what comes back`);
    this.sheet.dataset.crowd = crowd(layer.channels);
    this.#pairs = Array.from({length: layer.channels}, () => [picture(), picture()]);
    this.#cells = this.#pairs.map((pair, unit) => {
      const labels = row(numbers.label, unit).slice(0, 3).map((one) => values.classes[one]);
      const cell = button("cell", `${this.#called(unit)}, strongest in ${listed(labels)}`, make("span", "both", ...pair), make("span", "name", String(unit)));
      cell.setAttribute("aria-controls", this.id);
      cell.addEventListener("click", () => this.#toggle(unit));
      return cell;
    });
    this.sheet.replaceChildren(...this.#cells);
    this.#draw();
    this.#open();
  }

  /** @param {number} unit */
  #called(unit) {
    const {layer} = /** @type {Loaded} */ (this.#loaded);
    return called(unit, {maps: Math.min(...layer.box) < Math.min(...this.mounting.values.size), objectives: []}, []);
  }

  /** Patches of the step in force, or of the trained network where no steps are kept. */
  #draw() {
    const {step} = this.#now;
    this.steps.show(step);
    this.#pairs.forEach(([patch, back], unit) => this.#pair(patch, back, unit, step, Boolean(this.#loaded?.way)));
    this.opened.step(step);
  }

  /** @param {HTMLCanvasElement} patch @param {HTMLCanvasElement} back @param {number} unit @param {number} i @param {boolean} onWay */
  #pair(patch, back, unit, i, onWay) {
    const {numbers, best, way} = /** @type {Loaded} */ (this.#loaded);
    const name = onWay ? "way-" : "";
    const each = numbers[`${name}tile`].shape[1];
    const at = onWay ? i : Math.min(i, each - 1);
    const box = /** @type {Box} */ (row(numbers[`${name}box`], unit).slice(4 * at, 4 * at + 4));
    const [top, left, bottom, right] = box;
    if (bottom <= top || right <= left) return;
    this.#examples?.draw(patch, row(numbers[`${name}tile`], unit)[at], box);
    const tiles = onWay && way ? way : best;
    tiles.draw(back, unit * each + at, [0, 0, bottom - top, right - left]);
  }

  #open() {
    const {page, values} = this.mounting;
    const {layer, unit, step} = this.#now;
    const loaded = this.#loaded;
    if (!loaded || loaded.layer !== values.layers[layer]) return; // on its way
    this.#cells.forEach((cell, i) => cell.setAttribute("aria-expanded", String(i === unit)));
    this.stop(Math.max(0, unit));
    if (unit < 0) return this.opened.close();
    const {numbers} = loaded;
    const patches = (/** @type {string} */ name, /** @type {boolean} */ onWay) =>
      row(numbers[`${name}index`], unit).map((index, i) => ({
        index,
        label: values.classes[row(numbers[`${name}label`], unit)[i]],
        value: row(numbers[`${name}top`], unit)[i],
        draw: (/** @type {HTMLCanvasElement} */ patch, /** @type {HTMLCanvasElement} */ back) => this.#pair(patch, back, unit, i, onWay),
      }));
    const {field, box} = loaded.layer;
    const offsets = field?.offsets ?? [0, 1];
    this.opened.show(
      {
        name: this.#called(unit),
        layer: loaded.layer.name,
        best: patches("", false),
        way: loaded.way ? patches("way-", true) : [],
        steps: values.steps,
        sees: Math.max(...box),
        field: field && {
          map: row(numbers.field, unit),
          count: offsets.length,
          side: field.side,
          whole: offsets.length * (offsets[1] - offsets[0]),
          extent: row(numbers.extent, unit)[0],
        },
      },
      step,
      this.#instance,
      page.palette().sequential,
    );
  }

  /** The reader's own choice, which the whole page follows. @param {number} unit */
  #toggle(unit) {
    const {page, state, values} = this.mounting;
    const now = this.#now;
    if (unit === now.unit) {
      state.set("unit", -1);
      this.#cells[unit]?.focus();
      return page.say("Closed.");
    }
    state.set("unit", unit);
    page.set(this.unitKey, `${values.layers[now.layer].name}/${unit}`);
    const labels = row(/** @type {Loaded} */ (this.#loaded).numbers.label, unit).slice(0, 3).map((one) => values.classes[one]);
    page.say(`${this.#called(unit)} of ${values.layers[now.layer].name}. Its strongest patches are of ${listed(labels)}.`);
  }

  /** Another figure chose a channel. @param {{layer: string, unit: number}} to */
  #follow({layer, unit}) {
    const {state, values} = this.mounting;
    if (values.layers[this.#now.layer].name !== layer) state.set("layer", layer);
    state.set("unit", unit);
  }
}
