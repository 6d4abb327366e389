/**
 * Thousands of examples as a map of what one layer makes of them. The layer, the method and the
 * colours live in the figure's state, the chosen example in the page's linked selection; this module
 * reads both, and everything that the reader does writes to them.
 *
 * @typedef {import("../js/types.js").Mounting} Mounting
 * @typedef {import("./projector/colouring.js").Colouring} Colouring
 */
import {channels} from "../js/colour.js";
import {pixelsOf} from "../js/pixels.js";
import {cardOf, invitation, make} from "./projector/card.js";
import {colouring} from "./projector/colouring.js";
import {zooming} from "./projector/controls.js";
import {asked, frame} from "./projector/frame.js";
import {Legend, litOf} from "./projector/legend.js";
import {Plot} from "./projector/plot.js";
import {Points} from "./projector/points.js";
import {Sprites} from "./projector/sprites.js";
import {Vectors} from "./projector/vectors.js";
import {readView, writeView} from "./projector/view.js";
import {METHODS, company, percent, plotName, reading, verdict} from "./projector/words.js";

/** Milliseconds of waiting after which the figure says what it waits for. */
const PATIENCE = 300;

/** How it looks once it lives. */
export const style = new URL("./projector/living.css", import.meta.url).href;

/** @param {Mounting} mounting */
export default async function mount(mounting) {
  const {state, values, images, signal} = mounting;
  if (values.vectors) return void (await new Vectors(mounting).begin());
  const points = new Points(mounting);
  const {layer, method} = asked(state, values);
  const [atlas, map] = await Promise.all([
    images.atlas.load(),
    points.map(layer, method),
    points.meet(layer),
  ]);
  if (!signal.aborted) new Projector(mounting, points, atlas, map).start(layer);
}

/** One projector on the page. */
class Projector {
  #cursor = -1;
  #layer = "";
  #round = 0;

  /** @param {Mounting} mounting @param {Points} points @param {ImageBitmap} atlas @param {Float32Array} map */
  constructor(mounting, points, atlas, map) {
    const {element, name, values, page, state, signal} = mounting;
    this.mounting = mounting;
    this.points = points;
    this.page = page;
    this.key = `instance:${values.dataset}`;
    this.sprites = new Sprites(pixelsOf(atlas), values.tiles);
    this.legend = new Legend(() => this.plot.ask(), (lit) => state.set("lit", lit.join(",") || null));
    const zoom = zooming((steps) => this.plot.zoom(steps));
    this.parts = frame(name, values, state, this.legend.element, zoom);
    element.append(...this.parts.elements);
    this.colouring = colouring(this.now.colour, points, page.palette());
    this.plot = new Plot(this.parts.plot, this.parts.canvas, map, this.#look(), this.#asking(), signal);
  }

  /** How points look by the colours of the moment. */
  #look() {
    const {category, order, entries, ring} = this.colouring;
    return {
      category, order, entries,
      sprites: this.sprites,
      marks: this.now.marks,
      colours: entries.map((entry) => channels(entry.colour)),
      palette: this.page.palette(),
      lit: (/** @type {number} */ i) => this.#lit(i),
      ringed: (/** @type {number} */ i) => ring && category[i] === entries.length - 1,
      faint: ring,
    };
  }

  /** Everything drawn for the first time, then listening. @param {string} layer */
  start(layer) {
    const {page, mounting: {state, element, signal}} = this;
    this.#layer = layer;
    this.#dress();
    this.#light();
    this.#see();
    this.#follow();
    for (const option of ["layer", "method"]) state.watch(option, () => void this.#travel());
    for (const option of ["colour", "points"]) state.watch(option, () => this.#dress());
    state.watch("seen", () => this.#see());
    state.watch("lit", () => this.#light());
    page.watch(this.key, () => this.#follow());
    page.onscheme(() => this.#dress());
    element.addEventListener("figure:show", () => this.plot.visible(true), {signal});
    element.addEventListener("figure:hide", () => this.plot.visible(false), {signal});
  }

  /** The entries of the legend that the address lights. */
  #light() {
    this.legend.light(litOf(this.mounting.state.get("lit", ""), this.colouring.entries.length));
    this.plot.ask();
  }

  /** The part of the map that the address names. */
  #see() {
    this.plot.turn(readView(this.mounting.state.get("seen", "")));
  }

  get now() {
    return asked(this.mounting.state, this.mounting.values);
  }

  get pinned() {
    return this.points.at(this.page.get(this.key));
  }

  #lit(/** @type {number} */ i) {
    return this.legend.lit(this.colouring.category[i]);
  }

  /** @returns {import("./projector/map-canvas.js").Asking} */
  #asking() {
    return {
      lit: (i) => this.#lit(i),
      hover: (i) => this.#point(i),
      walk: (i) => {
        this.#point(i);
        this.plot.reach(i);
        this.page.say(this.#words(i));
      },
      see: (view) => this.mounting.state.set("seen", writeView(view) || null),
      pin: (i) => {
        this.#cursor = -1;
        const instance = i < 0 ? null : Number(this.points.index[i]);
        if (this.page.get(this.key) === instance) this.#choose();
        else this.page.set(this.key, instance);
        this.page.say(i < 0 ? "nothing chosen" : `chosen: ${this.#words(i)}`);
      },
    };
  }

  /** Show a point as long as the reader points at it. */
  #point(/** @type {number} */ i) {
    if (i === this.#cursor) return;
    this.#cursor = i;
    this.#choose();
  }

  /** The selection moved, here or in another figure. */
  #follow() {
    this.#cursor = -1;
    if (this.pinned >= 0) this.plot.reach(this.pinned);
    this.#choose();
  }

  /** Colours, shapes and pictures as asked for. */
  #dress() {
    const made = colouring(this.now.colour, this.points, this.page.palette());
    if (made.title !== this.colouring.title) this.legend.clear();
    this.colouring = made;
    this.legend.show(made.title, made.entries);
    this.plot.change(this.#look());
    this.#choose();
    this.#tell();
  }

  /** To the map of another layer or by another method. */
  async #travel() {
    const round = ++this.#round;
    const {layer, method} = this.now;
    const {quality} = this.parts;
    this.parts.bar.show(this.now);
    const waiting = setTimeout(() => {
      if (round === this.#round) quality.textContent = `Fetching the map of ${layer} …`;
    }, PATIENCE);
    try {
      const [map] = await Promise.all([this.points.map(layer, method), this.points.meet(layer)]);
      if (round !== this.#round || this.mounting.signal.aborted) return;
      this.#layer = layer;
      this.plot.move(map);
      this.#choose();
      this.#tell();
      this.page.say(`${METHODS[method]} of ${layer}`);
    } catch (error) {
      if (!(error instanceof Error) || round !== this.#round) throw error;
      quality.textContent = `The map of ${layer} could not be fetched: ${error.message}`;
    } finally {
      clearTimeout(waiting);
    }
  }

  /** The card, the lines and the canvas's name follow the chosen point. */
  #choose() {
    const {card, canvas, plot} = this.parts;
    const index = this.#cursor >= 0 ? this.#cursor : this.pinned;
    const near = this.points.neighbours(this.#layer, index);
    this.plot.choose(index, this.pinned, near.map((one) => one.index));
    const name = plotName(this.#layer, this.now.method, this.points.count);
    plot.setAttribute("aria-label", name);
    canvas.setAttribute("aria-label", index < 0 ? name : `${name}. Chosen: ${this.#words(index)}`);
    const ink = channels(this.page.palette().ink);
    const picture = (/** @type {number} */ i) => this.sprites.canvas(i, ink);
    const choose = (/** @type {number} */ i) => this.#asking().pin(i);
    const elsewhere = this.page.get(this.key) !== null;
    const content = index < 0
      ? invitation(this.points, elsewhere, picture, choose)
      : cardOf({points: this.points, chosen: index, layer: this.#layer, near, picture, choose});
    // A button in the card goes with its content; the focus must not go with it.
    const held = card.contains(document.activeElement);
    card.replaceChildren(...content);
    if (held) card.querySelector("button")?.focus({preventScroll: true});
  }

  #words(/** @type {number} */ i) {
    const about = this.points.about(i);
    const near = this.points.neighbours(this.#layer, i).map(({index}) => this.points.about(index).label);
    return near.length ? `${reading(about)}; ${company(about.label, near)}` : reading(about);
  }

  /** The line of numbers below the map. */
  #tell() {
    const {method} = this.now;
    const {maps, neighbours} = this.mounting.values;
    const layer = maps[this.#layer];
    const map = layer[method];
    const number = (/** @type {string} */ name, /** @type {string} */ value) =>
      make("span", "measure", `${name} `, make("strong", "", value));
    const numbers = [
      number("Trustworthiness", map.trust.toFixed(3)),
      number("Neighbourhood hit", percent(map.hit)),
      ...(map.variance === undefined ? [] : [number("Variance on these two axes", percent(map.variance))]),
    ];
    this.parts.bar.show(this.now);
    this.parts.quality.replaceChildren(...numbers, make("span", "verdict", verdict(layer, method, neighbours)));
  }
}
