/**
 * LIME's superpixels as the reader has them, and what the network says with some of them off.
 *
 * @typedef {import("../../js/types.js").Mounting} Mounting
 * @typedef {import("./asking.js").Now} Now
 * @typedef {import("./methods.js").Answer} Answer
 * @typedef {import("./methods.js").Ask} Ask
 */
import {probabilities} from "../../js/probabilities.js";
import {Kept, picture} from "./asking.js";
import {covered, weighed} from "./lime.js";
import {cut, superpixels} from "./superpixels.js";

/** Methods about superpixels. */
const LIMES = ["lime", "lime-again"];

export class Probe {
  /** @type {Kept<Int32Array>} */
  #labels = new Kept();
  /** @type {Kept<number[]>} */
  #rows = new Kept();
  /** What came of the superpixels that are off, in words; empty: all are on. */
  said = "";

  /** @param {Mounting} mounting @param {import("./methods.js").Methods} methods @param {import("./frame.js").Frame} frame */
  constructor(mounting, methods, frame) {
    this.mounting = mounting;
    this.methods = methods;
    this.frame = frame;
  }

  /** Another picture, or another number, has superpixels of its own. @param {string[]} names  of states */
  uncut(names) {
    const {state} = this.mounting;
    for (const name of names) if (state.get(name, "")) state.set(name, "");
  }

  /** Null where no method on show is about them. @param {Now} at @param {import("../../js/types.js").Tensors} parts */
  labels(at, parts) {
    if (!at.methods.some((name) => LIMES.includes(name))) return null;
    const name = JSON.stringify([picture(at), at.pieces, at.cuts]);
    const known = this.#labels.get(name);
    if (known) return known;
    const {shape} = this.mounting.values;
    const bytes = /** @type {Uint8Array} */ (parts.picture.data);
    const labels = cut(superpixels(bytes, shape, at.pieces), at.cuts, bytes, shape);
    this.#labels.set(name, labels);
    return labels;
  }

  /**
   * Show the picture without what is switched off, what the network says of it and what lines foretold.
   * @param {Now} at @param {Ask} ask @param {number[]} whole  what it answers to the whole picture
   * @param {(Answer | null)[]} answers  as they come in @param {() => void} tick
   * @returns {Promise<() => void>} shows it again, with lines that have been fitted since
   */
  async off(at, ask, whole, answers, tick) {
    const {labels, input} = ask;
    const {page} = this.mounting;
    const {pieces} = this.frame;
    this.said = "";
    if (!labels) {
      pieces.hide();
      return () => {};
    }
    const off = switched(at.off, labels);
    const left = off.size ? covered(input, ask.baseline, labels, (label) => !off.has(label)) : input;
    const tell = (/** @type {number[] | null} */ row) => {
      const lines = this.#lines(at, answers, labels);
      pieces.show({labels, picture: this.frame.coloured(left), off, cuts: at.cuts, lines, palette: page.palette()});
      return pieces.tell(this.#score(whole, ask), row && this.#score(row, ask), lines);
    };
    tell(null);
    const row = off.size ? await this.#answer(at, ask, left, off, tick) : whole;
    const again = () => {
      const said = tell(row);
      if (off.size) this.said = said;
    };
    again();
    return again;
  }

  /** @param {Now} at @param {Ask} ask @param {Float32Array} left @param {Set<number>} off @param {() => void} tick */
  async #answer(at, ask, left, off, tick) {
    const name = JSON.stringify([picture(at), at.pieces, at.cuts, at.baseline, at.shuffled, [...off]]);
    const known = this.#rows.get(name);
    if (known) return known;
    const [row] = await this.methods.scores([left], ask.altered, tick);
    this.#rows.set(name, Array.from(row));
    return Array.from(row);
  }

  /** @param {number[]} row @param {Ask} ask */
  #score(row, {target}) {
    const {quantity, reading} = this.mounting.values;
    return {score: row[target], share: quantity ? null : probabilities(row, reading)[target]};
  }

  /** @param {Now} at @param {(Answer | null)[]} answers @param {Int32Array} labels */
  #lines({methods}, answers, labels) {
    return methods.flatMap((name, i) => {
      const {map, total: whole = 0, said} = answers[i] ?? {};
      if (!LIMES.includes(name) || said) return [];
      return [{title: this.frame.title(name), weights: map ? weighed(map, labels) : null, whole}];
    });
  }
}

/** Superpixels of the pixels that a state names. @param {string} off @param {Int32Array} labels */
export function switched(off, labels) {
  const pixels = off.split(",").filter(Boolean).map(Number);
  return new Set(pixels.filter((pixel) => pixel < labels.length).map((pixel) => labels[pixel]));
}
