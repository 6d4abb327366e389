/** One node of a graph as its operator sees it: inputs with types and shapes, attributes, known values. */
import {count, named} from "./types.js";

/**
 * @typedef {import("./types.js").Spec} Spec
 * @typedef {import("./types.js").Call} Call
 * @typedef {import("./types.js").Attribute} Attribute
 */

export class Node {
  /** @param {Call} call @param {(Spec | null)[]} inputs  null: left out */
  constructor(call, inputs) {
    this.call = call;
    this.inputs = inputs;
    /** Attributes that nobody has asked for mean that the operator does not know them. */
    this.unread = new Set(call.attributes.keys());
  }

  /** How many outputs are wanted; those after the last one with a name are not. */
  get wanted() {
    return this.call.outputs.findLastIndex((name) => name) + 1;
  }

  /** @param {number} index @returns {Spec} */
  input(index) {
    const found = this.inputs[index];
    if (!found) throw new RangeError(`its input ${index + 1} is missing`);
    return found;
  }

  /** @param {number} index @returns {Spec | null} */
  option(index) {
    return this.inputs[index] ?? null;
  }

  /** Numbers of an input that no run may change. @param {number} index @returns {number[]} */
  known(index) {
    const {data} = this.input(index);
    if (!data) throw new RangeError(`its input ${index + 1} is not known before the graph runs`);
    return Array.from(data);
  }

  /** All inputs are there and of one type. @param {number} [size]  how many @returns {Spec[]} */
  alike(size = this.inputs.length) {
    this.must(this.inputs.length === size);
    const all = this.inputs.map((_, i) => this.input(i));
    if (!all.length) throw new RangeError("it has no inputs");
    for (const {type} of all) this.must(type === all[0].type, `inputs of types ${named(all[0].type)} and ${named(type)}`);
    return all;
  }

  /** @param {boolean} holds @param {string} [otherwise] */
  must(holds, otherwise = "its inputs do not fit together") {
    if (!holds) throw new RangeError(otherwise);
  }

  /** @param {Spec} spec @param {...number} types */
  typed(spec, ...types) {
    this.must(types.includes(spec.type), `an input of type ${named(spec.type)} is not taken`);
  }

  /** @template {keyof Attribute} K @param {string} name @param {K} sort @param {NonNullable<Attribute[K]>} otherwise @returns {NonNullable<Attribute[K]>} */
  #attribute(name, sort, otherwise) {
    this.unread.delete(name);
    const given = this.call.attributes.get(name);
    if (!given) return otherwise;
    // An empty list is written as nothing.
    const value = given[sort] ?? (sort === "ints" && Object.keys(given).length === 0 ? [] : undefined);
    if (value === undefined) throw new RangeError(`its attribute ${name} is not known`);
    return /** @type {NonNullable<Attribute[K]>} */ (value);
  }

  /** @param {string} name @param {number} otherwise */
  int(name, otherwise) {
    return this.#attribute(name, "int", otherwise);
  }

  /** @param {string} name @param {number} otherwise */
  float(name, otherwise) {
    return this.#attribute(name, "float", otherwise);
  }

  /** @param {string} name @param {string} otherwise */
  text(name, otherwise) {
    return this.#attribute(name, "text", otherwise);
  }

  /** @param {string} name @param {number[]} otherwise */
  ints(name, otherwise) {
    return this.#attribute(name, "ints", otherwise);
  }

  /** @param {string} name */
  tensor(name) {
    this.unread.delete(name);
    return this.call.attributes.get(name)?.tensor;
  }

  /** An axis counted from the front. @param {number} axis @param {number} rank */
  axis(axis, rank) {
    const found = axis < 0 ? axis + rank : axis;
    this.must(Number.isInteger(found) && found >= 0 && found < rank, `axis ${axis} of ${rank} axes`);
    return found;
  }

  /** Axes from an input, else from an attribute, else all; counted from the front, in order. @param {number} rank @param {number} index @returns {number[] | null} null: none were given */
  axes(rank, index) {
    const given = this.option(index) ? this.known(index) : null;
    if (!given) return null;
    const found = given.map((axis) => this.axis(axis, rank)).sort((a, b) => a - b);
    this.must(new Set(found).size === found.length, "an axis is named twice");
    return found;
  }

  /** @param {Spec} spec */
  size(spec) {
    return count(spec.shape);
  }
}
