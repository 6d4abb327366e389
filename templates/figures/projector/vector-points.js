/**
 * The payload's arrays as vectors with names and columns; their numbers are fetched when they are needed.
 *
 * @typedef {import("../../js/types.js").Mounting} Mounting
 */
import {widened} from "./view.js";
import {Space} from "./vector-space.js";

/** Colours of a column of numbers: so many steps with as many vectors each. */
export const STEPS = 6;

export class VectorPoints {
  /** @type {Promise<Space> | null} */
  #space = null;

  /** @param {Pick<Mounting, "values" | "arrays" | "more">} payload */
  constructor({values, arrays, more}) {
    this.values = values;
    this.more = more;
    this.index = arrays.index.data;
    this.count = this.index.length;
    this.label = arrays.label.data;
    /** @type {Record<string, Float32Array>} */
    this.maps = {};
    for (const name of ["pca", "tsne"]) {
      if (arrays[name]) this.maps[name] = widened(/** @type {Int16Array} */ (arrays[name].data));
    }
    /** @type {Record<string, string[]>} */
    this.texts = {};
    /** @type {Record<string, Float32Array>} */
    this.numbers = {};
    const read = new TextDecoder();
    values.columns.forEach((/** @type {string} */ name, /** @type {number} */ i) => {
      const text = arrays[`text-${i}`];
      if (text) this.texts[name] = read.decode(/** @type {Uint8Array<ArrayBuffer>} */ (text.data)).split("\n");
      else this.numbers[name] = /** @type {Float32Array} */ (arrays[`number-${i}`].data);
    });
    const [first] = values.columns;
    this.names = this.texts[first] ?? Array.from(this.numbers[first], String);
    /** Who is called so, the first of them. @type {Map<string, number>} */
    this.called = new Map();
    for (let i = this.count - 1; i >= 0; i--) this.called.set(this.names[i], i);
    /** @type {Map<number, number>} */
    this.place = new Map();
    for (let i = 0; i < this.count; i++) this.place.set(Number(this.index[i]), i);
  }

  /** Which vector an example of the dataset is, or −1. @param {unknown} instance */
  at(instance) {
    return typeof instance === "number" ? (this.place.get(instance) ?? -1) : -1;
  }

  /** The vectors themselves, fetched once. */
  space() {
    this.#space ??= this.more("vectors").then(({numbers, scale}) => new Space(/** @type {Int8Array} */ (numbers.data), /** @type {Float32Array} */ (scale.data)));
    this.#space.catch(() => (this.#space = null));
    return this.#space;
  }

  /** What is known of one, column by column. @param {number} i @returns {[string, string][]} */
  known(i) {
    const {values, texts, numbers} = this;
    const rows = values.columns.slice(1).map((/** @type {string} */ name) => [name, texts[name]?.[i] ?? numbers[name][i].toLocaleString("en")]);
    return values.classes.length ? [...rows, ["group", values.classes[Number(this.label[i])]]] : rows;
  }
}

/** Which of `STEPS` equally large parts each number is in, and where each part ends. @param {ArrayLike<number>} numbers */
export function parts(numbers) {
  const sorted = Float64Array.from(numbers).sort();
  const edges = Array.from({length: STEPS - 1}, (_, i) => sorted[Math.floor(((i + 1) * sorted.length) / STEPS)]);
  const category = Uint8Array.from(numbers, (value) => edges.filter((edge) => value >= edge).length);
  return {category, ends: [sorted[0], ...edges, sorted[sorted.length - 1]]};
}
