/**
 * The payload's arrays as points: what each is called, how the model reads it, where each layer's
 * map puts it and which points are its neighbours in that layer.
 *
 * @typedef {import("../../js/types.js").Mounting} Mounting
 * @typedef {import("../../js/types.js").Tensors} Tensors
 * @typedef {"pca" | "tsne"} Method
 * @typedef {{index: number, distance: number}} Neighbour
 */
import {widened} from "./view.js";

/** The points of one figure. */
export class Points {
  /** @type {Map<string, Float32Array>} */
  #maps = new Map();
  /** @type {Map<string, Tensors>} */
  #near = new Map();

  /** @param {Pick<Mounting, "values" | "arrays" | "more">} payload */
  constructor({values, arrays, more}) {
    const {index, label, guess, sure, xy, neighbours, distances} = arrays;
    this.values = values;
    this.more = more;
    this.count = index.data.length;
    this.index = index.data;
    this.label = label.data;
    this.guess = guess.data;
    this.sure = sure.data;
    this.k = neighbours.shape[1];
    /** @type {Map<number, number>} */
    this.place = new Map();
    for (let i = 0; i < this.count; i++) this.place.set(Number(index.data[i]), i);
    this.#maps.set(`${values.method}/${values.start}`, widened(/** @type {Int16Array} */ (xy.data)));
    this.#near.set(values.start, {neighbours, distances});
  }

  /** Which point stands for an example of the dataset, or −1. @param {unknown} instance */
  at(instance) {
    return typeof instance === "number" ? (this.place.get(instance) ?? -1) : -1;
  }

  /** @param {number} i */
  right(i) {
    return this.label[i] === this.guess[i];
  }

  /** The points that the model reads wrongly, those it is surest of first. */
  misread() {
    const all = Array.from({length: this.count}, (_, i) => i).filter((i) => !this.right(i));
    return all.sort((a, b) => Number(this.sure[b]) - Number(this.sure[a]) || a - b);
  }

  /** @param {number} i */
  about(i) {
    return {
      label: String(this.values.classes[Number(this.label[i])]),
      guess: String(this.values.outputs[Number(this.guess[i])]),
      sure: Number(this.sure[i]),
      right: this.right(i),
    };
  }

  /** Number of a layer in the payload's list. @param {string} layer */
  #number(layer) {
    return this.values.layers.indexOf(layer);
  }

  /** @param {string} layer @param {Method} method @returns {Promise<Float32Array>} */
  async map(layer, method) {
    const key = `${method}/${layer}`;
    const known = this.#maps.get(key);
    if (known) return known;
    const {xy} = await this.more(`${method}/${this.#number(layer)}`);
    const map = widened(/** @type {Int16Array} */ (xy.data));
    this.#maps.set(key, map);
    return map;
  }

  /** Make sure that `neighbours` knows a layer. @param {string} layer */
  async meet(layer) {
    if (!this.#near.has(layer)) {
      this.#near.set(layer, await this.more(`neighbours/${this.#number(layer)}`));
    }
  }

  /** The nearest points in the layer itself, nearest first. @param {string} layer @param {number} i @returns {Neighbour[]} */
  neighbours(layer, i) {
    const near = this.#near.get(layer);
    if (!near || i < 0) return [];
    return Array.from({length: this.k}, (_, j) => ({
      index: Number(near.neighbours.data[i * this.k + j]),
      distance: Number(near.distances.data[i * this.k + j]),
    }));
  }
}
