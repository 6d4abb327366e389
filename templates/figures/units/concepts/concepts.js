/**
 * The channels of a layer beside the concepts that pixels of the dataset show, in two versions of the
 * network. All counts came with the payload; shares, overlaps, detectors and masks are worked out here,
 * whenever the reader moves something.
 *
 * @typedef {import("../../../js/types.js").Mounting} Mounting
 * @typedef {import("../../../js/types.js").Tensors} Tensors
 * @typedef {import("./now.js").Now} Now
 * @typedef {{place: number, words: string, numbers: Tensors, laid: import("./pictures.js").Laid}} Shown
 */
import {make} from "../../../js/make.js";
import {linked} from "../choice.js";
import {row} from "../layers.js";
import {Bars} from "./bars.js";
import {Cards} from "./cards.js";
import {Controls} from "./controls.js";
import {now} from "./now.js";
import {Opened} from "./opened.js";
import {overlaps, tally} from "./overlap.js";
import {Pictures} from "./pictures.js";
import {iou, summary} from "./words.js";

const STATES = ["layer", "version", "beside", "share", "least", "sort", "find", "unit"];

export class Concepts {
  #round = 0;
  #waiting = false;
  /** @type {Shown[]} */
  #shown = [];
  /** @type {Pictures | null} */
  #pictures = null;

  /** @param {Mounting} mounting */
  constructor(mounting) {
    const {name, values, state, page, signal} = mounting;
    this.mounting = mounting;
    this.unitKey = `unit:${values.model}`;
    this.instanceKey = `instance:${values.dataset}`;
    this.controls = new Controls(mounting, () => page.say(this.#summary()));
    this.bars = new Bars(values.concepts, (category) => {
      state.set("find", now(state, values).find === category ? "" : category);
    });
    const id = `${name}-opened`;
    this.opened = new Opened(id, values.concepts, {
      close: () => this.#toggle(now(state, values).unit),
      example: (index) => page.set(this.instanceKey, index),
    });
    this.cards = [0, 1].map(() => new Cards(values.concepts, id, (unit) => this.#toggle(unit), () => this.#draw(), signal));
  }

  async start() {
    const {element, images, page, signal, state, values} = this.mounting;
    const link = linked(page.get(this.unitKey), values.layers);
    if (link) this.#follow(link);
    this.#pictures = new Pictures(await images.examples.load(), values.atlas.columns, values.size);
    await this.#load();
    element.append(
      this.controls.above,
      this.bars.element,
      this.opened.element,
      this.controls.below,
      make("div", "networks", ...this.cards.map((cards) => cards.element)),
    );
    element.classList.add("concepts");
    // Several states may change together, and one drawing shows them all.
    for (const name of STATES) state.watch(name, () => this.#soon());
    page.watch(this.unitKey, (key) => {
      const to = linked(key, values.layers);
      if (to) this.#follow(to);
    });
    page.watch(this.instanceKey, () => this.#soon());
    element.addEventListener("keydown", (event) => {
      const {unit} = now(state, values);
      if (event.key === "Escape" && unit >= 0) this.#toggle(unit);
    }, {signal});
  }

  #soon() {
    if (this.#waiting) return;
    this.#waiting = true;
    queueMicrotask(() => {
      this.#waiting = false;
      if (!this.mounting.signal.aborted) void this.#load();
    });
  }

  /** Fetch what is shown, then show it. */
  async #load() {
    const {arrays, more, state, values} = this.mounting;
    const {layer, version, beside} = now(state, values);
    const round = ++this.#round;
    const places = beside < 0 ? [version] : [version, beside];
    const numbers = await Promise.all(
      places.map((place) => (layer || place ? more(`${layer}-${place}`) : arrays)),
    );
    if (round !== this.#round) return;
    this.#shown = places.map((place, i) => ({
      place,
      words: values.versions[place].words,
      numbers: numbers[i],
      laid: values.layers[layer].versions[place],
    }));
    this.#draw();
  }

  /** @param {Now} at */
  #tallies({share, least}) {
    return this.#shown.map(({words, numbers}) => ({words, tally: tally(numbers, this.mounting.values.total, share, least)}));
  }

  #draw() {
    const {state, values} = this.mounting;
    const at = now(state, values);
    const tallies = this.#tallies(at);
    this.controls.show(at);
    this.bars.show(tallies, at.find);
    this.cards.forEach((cards, i) => {
      const shown = this.#shown[i];
      cards.element.hidden = !shown;
      if (!shown) return;
      const {numbers, laid, place, words} = shown;
      cards.show(words, tallies[i].tally, at, numbers.tile.shape[1], (canvas, unit, n) => {
        this.#pictures?.draw(canvas, `${at.layer}-${place}`, numbers, laid, unit, n, at.share);
      });
    });
    this.#open(at);
  }

  /** @param {Now} at */
  #open(at) {
    const {page, values} = this.mounting;
    const sides = this.#shown.filter(({laid}) => at.unit < laid.units);
    if (at.unit < 0 || !sides.length) return this.opened.close();
    const chosen = page.get(this.instanceKey);
    this.opened.show(
      `Channel ${at.unit}`,
      values.layers[at.layer].name,
      sides.map(({words, numbers, laid, place}) => ({
        words,
        overlaps: overlaps(numbers, values.total, at.unit, at.share),
        threshold: row(numbers.thresholds, at.unit)[at.share],
        examples: row(numbers.index, at.unit).map((index, i) => ({
          index,
          label: values.classes[row(numbers.label, at.unit)[i]] ?? `example ${index}`,
          value: row(numbers.top, at.unit)[i],
        })),
        draw: (canvas, i) => this.#pictures?.draw(canvas, `${at.layer}-${place}`, numbers, laid, at.unit, i, at.share),
      })),
      values.shares[at.share],
      typeof chosen === "number" ? chosen : null,
    );
  }

  #summary() {
    const {state, values} = this.mounting;
    return `${this.#tallies(now(state, values)).map(({words, tally}) => summary(words, tally)).join(". ")}.`;
  }

  /** The reader's own choice, which the whole page follows. @param {number} unit */
  #toggle(unit) {
    const {page, state, values} = this.mounting;
    const at = now(state, values);
    if (unit === at.unit) {
      state.set("unit", -1);
      queueMicrotask(() => queueMicrotask(() => this.cards[0].focus(unit)));
      return page.say("Closed.");
    }
    state.set("unit", unit);
    page.set(this.unitKey, `${values.layers[at.layer].name}/${unit}`);
    const {best, overlap} = this.#tallies(at)[0].tally.labels[unit] ?? {best: -1, overlap: 0};
    if (best >= 0) page.say(`Channel ${unit}: most like ${values.concepts[best].name}, IoU ${iou(overlap)}.`);
  }

  /** Another figure chose a channel. @param {{layer: string, unit: number}} to */
  #follow({layer, unit}) {
    const {state, values} = this.mounting;
    if (values.layers[now(state, values).layer].name !== layer) state.set("layer", layer);
    state.set("unit", unit);
  }
}
