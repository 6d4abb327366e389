/**
 * The network as a drawing that can be changed: a column for the inputs, one for each layer, and the
 * weights between them as links.
 *
 * @typedef {import("./settings.js").Settings} Settings
 * @typedef {import("./network.js").Network} Network
 * @typedef {{layer: number, unit: number}} Unit  layer 0: one of all inputs, whether used or not
 *
 * @typedef {object} Acts  what a reader does
 * @property {(name: string) => void} toggle         an input
 * @property {(layers: number[]) => void} layers     another architecture
 * @property {(unit: Unit) => void} open
 * @property {(unit: Unit | null) => void} look      pointed at, or no longer
 * @property {(link: {layer: number, from: number, to: number} | null, x: number, y: number) => void} hover
 * @property {(link: {layer: number, from: number, to: number}) => void} pick
 */
import {putPixels} from "../../js/colour.js";
import {button, make} from "../../js/make.js";
import {geometry, nearestLink, step, top} from "./geometry.js";
import {INPUTS} from "./inputs.js";
import {Links} from "./links.js";
import {MOST_LAYERS, MOST_UNITS, sizes} from "./settings.js";
import {called} from "./words.js";

export class Diagram {
  /** By column and unit. @type {HTMLButtonElement[][]} */
  #units = [];
  /** @type {[number, number]} */
  #stop = [0, 0];
  /** @type {Settings | null} */
  #settings = null;
  /** The link under the mouse. @type {{layer: number, from: number, to: number} | null} */
  #marked = null;

  /** @param {Acts} acts @param {AbortSignal} signal */
  constructor(acts, signal) {
    this.acts = acts;
    this.links = new Links();
    this.columns = make("div", "columns-of-units");
    this.stage = make("div", "stage-of-units", this.links.element, this.columns);
    this.depth = this.#depth();
    this.element = make("div", "diagram", this.depth.element, this.stage);
    this.stage.addEventListener("pointermove", (event) => this.#hover(event), {signal});
    this.stage.addEventListener("pointerleave", () => this.#leave(), {signal});
    this.stage.addEventListener("click", (event) => {
      // Where lines cross, the one that is marked is meant.
      const link = this.#marked ?? this.#near(event);
      if (link) acts.pick(link);
    });
    this.stage.addEventListener("keydown", (event) => this.#key(event), {signal});
    const observer = new ResizeObserver(() => this.#place());
    observer.observe(this.stage);
    signal.addEventListener("abort", () => observer.disconnect());
  }

  /** How many hidden layers. */
  #depth() {
    const said = make("output", "");
    const layers = () => this.#settings?.layers ?? [];
    const less = button("button", "One hidden layer less", "−");
    const more = button("button", "One hidden layer more", "+");
    less.addEventListener("click", () => this.acts.layers(layers().slice(0, -1)));
    more.addEventListener("click", () => this.acts.layers([...layers(), Math.min(layers().at(-1) ?? 4, 2) || 2]));
    const element = make("div", "field depth", make("span", "", "Hidden layers"), less, said, more);
    element.dataset.control = "layers";
    return {element, said, less, more};
  }

  /** Another architecture. @param {Settings} settings */
  build(settings) {
    const held = document.activeElement;
    const at = this.columns.contains(held) ? held?.getAttribute("data-at") : null;
    this.#settings = settings;
    const {layers} = settings;
    const outputs = sizes(settings).at(-1) ?? 1;
    this.counts = [INPUTS.length, ...layers, outputs];
    this.#units = this.counts.map((count, column) => Array.from({length: count}, (_, unit) => this.#unit(column, unit, outputs)));
    this.columns.replaceChildren(
      ...this.#units.map((units, column) => {
        const element = make("div", "", ...units);
        if (column === 0) element.dataset.control = "inputs";
        return element;
      }),
      ...layers.map((count, layer) => this.#width(layer, count)),
    );
    this.depth.said.value = String(layers.length);
    this.depth.less.setAttribute("aria-disabled", String(!layers.length));
    this.depth.more.setAttribute("aria-disabled", String(layers.length === MOST_LAYERS));
    const active = INPUTS.map(({name}) => settings.inputs.includes(name));
    this.links.build(this.counts, active);
    // So many lines that move would cost more than the training.
    this.stage.classList.toggle("many", this.links.element.childElementCount > 120);
    this.#place();
    this.#stay(...this.#stop);
    if (at) /** @type {HTMLElement | null} */ (this.columns.querySelector(`[data-at="${at}"]`))?.focus();
  }

  /** @param {number} column @param {number} unit @param {number} outputs */
  #unit(column, unit, outputs) {
    const settings = /** @type {Settings} */ (this.#settings);
    const input = INPUTS[unit];
    const canvas = make("canvas", "");
    canvas.setAttribute("aria-hidden", "true");
    const element = button("unit", column ? called(column, unit, settings, outputs) : `Input ${input.label}`, canvas);
    element.dataset.at = `${column}-${unit}`;
    if (!column) {
      const on = settings.inputs.includes(input.name);
      element.setAttribute("aria-pressed", String(on));
      const name = make("span", "name", input.label);
      name.setAttribute("aria-hidden", "true");
      element.append(name);
    }
    const where = {layer: column, unit};
    element.addEventListener("click", (event) => {
      event.stopPropagation();
      if (column) this.acts.open(where);
      else this.acts.toggle(input.name);
    });
    element.addEventListener("pointerenter", ({pointerType}) => pointerType === "mouse" && this.acts.look(where));
    element.addEventListener("pointerleave", () => this.acts.look(null));
    element.addEventListener("focus", () => {
      this.#stop = [column, unit];
      if (element.matches(":focus-visible")) this.acts.look(where);
    });
    element.addEventListener("blur", () => this.acts.look(null));
    return element;
  }

  /** How many neurons a layer has. @param {number} layer @param {number} count */
  #width(layer, count) {
    const change = (/** @type {number} */ by) => {
      const layers = [...(this.#settings?.layers ?? [])];
      layers[layer] = Math.min(MOST_UNITS, Math.max(1, layers[layer] + by));
      if (layers[layer] !== count) this.acts.layers(layers);
    };
    const less = button("button", `One neuron less in layer ${layer + 1}`, "−");
    const more = button("button", `One neuron more in layer ${layer + 1}`, "+");
    less.dataset.at = `less-${layer}`;
    more.dataset.at = `more-${layer}`;
    less.setAttribute("aria-disabled", String(count === 1));
    more.setAttribute("aria-disabled", String(count === MOST_UNITS));
    less.addEventListener("click", () => change(-1));
    more.addEventListener("click", () => change(1));
    const element = make("div", "width", less, make("output", "", String(count)), more);
    element.dataset.control = "neurons";
    element.addEventListener("click", (event) => event.stopPropagation());
    return element;
  }

  #place() {
    const width = this.stage.clientWidth;
    if (!width || !this.counts) return;
    const found = (this.geometry = geometry(width, this.counts));
    const foot = this.counts.length > 2 ? (found.tight ? 112 : 52) : 0;
    this.stage.style.height = `${found.height + foot}px`;
    this.stage.classList.toggle("tight", found.tight);
    this.stage.style.setProperty("--unit", `${found.size}px`);
    this.#units.forEach((units, column) =>
      units.forEach((element, unit) => {
        element.style.left = `${found.columns[column]}px`;
        element.style.top = `${top(found, column, unit)}px`;
      }),
    );
    this.columns.querySelectorAll(".width").forEach((element, layer) => {
      const style = /** @type {HTMLElement} */ (element).style;
      style.left = `${found.columns[layer + 1] + found.size / 2}px`;
      style.top = `${found.height + 6}px`;
    });
    this.links.place(found, width);
  }

  /** @param {MouseEvent} event */
  #near(event) {
    const {geometry: found} = this;
    if (!found) return null;
    const {left, top: upper} = this.stage.getBoundingClientRect();
    const link = nearestLink(found, event.clientX - left, event.clientY - upper, (column, from) => this.links.linked(column, from));
    return link && {layer: link.column, from: link.from, to: link.to};
  }

  /** @param {PointerEvent} event */
  #hover(event) {
    const link = event.pointerType === "mouse" ? this.#near(event) : null;
    const {left, top: upper} = this.stage.getBoundingClientRect();
    this.stage.classList.toggle("on-link", Boolean(link));
    this.links.mark(link);
    this.#marked = link;
    this.acts.hover(link, event.clientX - left, event.clientY - upper);
  }

  #leave() {
    this.#marked = null;
    this.links.mark(null);
    this.acts.hover(null, 0, 0);
  }

  /** @param {KeyboardEvent} event */
  #key(event) {
    const at = /** @type {HTMLElement} */ (event.target).dataset?.at?.match(/^(\d+)-(\d+)$/);
    if (!at || !this.counts || event.altKey || event.ctrlKey || event.metaKey) return;
    const next = step(event.key, this.counts, Number(at[1]), Number(at[2]));
    if (!next) return;
    event.preventDefault();
    this.#stay(...next);
    this.#units[next[0]][next[1]].focus();
  }

  /** One tab stop for all units. @param {number} column @param {number} unit */
  #stay(column, unit) {
    const at = this.#units[column]?.[unit] ? [column, unit] : [0, 0];
    this.#stop = [at[0], at[1]];
    this.#units.forEach((units, i) => units.forEach((element, j) => (element.tabIndex = i === at[0] && j === at[1] ? 0 : -1)));
  }

  /** @param {Unit | null} unit */
  mark(unit) {
    this.#units.forEach((units, column) => {
      if (column) units.forEach((element, i) => element.setAttribute("aria-pressed", String(unit?.layer === column && unit.unit === i)));
    });
  }

  /** As large as a neuron matters; null: all alike. @param {number[][] | null} worth  of hidden neurons, by layer */
  weigh(worth) {
    const most = Math.max(1e-9, ...(worth ?? []).flat());
    this.#units.slice(1, -1).forEach((units, layer) =>
      units.forEach((element, i) => {
        const share = worth ? Math.sqrt(Math.max(0, worth[layer]?.[i] ?? 0) / most) : 1;
        element.style.setProperty("--scale", (0.45 + 0.55 * share).toFixed(3));
      }),
    );
  }

  focus(/** @type {Unit} */ {layer, unit}) {
    this.#stay(layer, unit);
    this.#units[layer]?.[unit]?.focus();
  }

  /** A unit's answers over the plane. @param {number} column @param {number} unit @param {Uint8ClampedArray} pixels */
  paint(column, unit, pixels) {
    const canvas = this.#units[column]?.[unit]?.firstElementChild;
    if (canvas) putPixels(/** @type {HTMLCanvasElement} */ (canvas), pixels, Math.sqrt(pixels.length / 4));
  }
}
