/**
 * What a run is asked for, put together from the reader's choices: goal, start, movements, weights.
 *
 * @typedef {import("../../js/types.js").Mounting} Mounting
 * @typedef {import("../../js/types.js").Tensors} Tensors
 * @typedef {import("./asking.js").Now} Now
 * @typedef {import("./climb.js").Plan} Plan
 * @typedef {import("./goals.js").Goal} Goal
 * @typedef {import("./goals.js").Following} Following
 * @typedef {import("./facets.js").Facets} Facets
 */
import {along, between, guided, near, oneOf, whole} from "./goals.js";
import {identity, noise, parts} from "./picture.js";
import {moved} from "./movement.js";

/** How near to black and white a picture may be whose code is asked for. */
const EXACT = 1e-5;
/** Share of the noise that an example gets, so that several optima differ. */
const FAINT = 0.1;

export class Question {
  /** @type {Map<string, ArrayLike<number>>} */
  #codes = new Map();

  /** @param {Mounting} mounting @param {() => Uint8Array | null} own  the reader's own picture @param {Facets} facets */
  constructor({values, graphs, more}, own, facets) {
    this.own = own;
    this.facets = facets;
    this.values = values;
    this.graphs = graphs;
    this.more = more;
  }

  /** That of the layer which is asked. @param {Now} at */
  graph({layer}) {
    return this.graphs[`slope-${layer}`];
  }

  /** All that a run needs; null: there is nothing to come near to. @param {Now} at @param {Tensors} numbers @returns {Promise<Plan | null>} */
  async plan(at, numbers) {
    const {values: {shape, constants, layers}} = this;
    const layer = layers[at.layer];
    const goal = await this.#goal(at, layer, numbers);
    if (!goal) return null;
    const means = at.facets > 1 ? (await this.facets.of(at)).map(({mean}) => mean) : [];
    const from = means[0] ?? (at.start === "example" ? await this.#example(at.example) : null);
    const reach = layer.reach[at.goal];
    const made = means.length ? means.map((one) => parts(this.values, at, one)) : [parts(this.values, at, from)];
    const count = shape[0] * shape[1] * shape[2];
    const size = constants.noise * (from ? FAINT : 1);
    return {
      goal,
      runs: means.length || at.optima,
      rate: at.rate,
      apart: at.apart * reach,
      smooth: constants.smooth * at.smooth * reach,
      size: layer.shape.reduce((/** @type {number} */ a, /** @type {number} */ b) => a * b, 1),
      parts: (run) => made[run] ?? made[0],
      start: (run) => noise(count, at.seed + run, size),
      moved: (run, step) => moved(at, shape.slice(1), at.seed + run, step, constants),
      channels: layer.shape[0],
    };
  }

  /** @param {Now} at @param {any} layer @param {Tensors} numbers @returns {Promise<Goal | Following | null>} */
  async #goal(at, {shape}, numbers) {
    if (at.goal === "layer") return whole(shape);
    if (at.goal === "code") return near(await this.#code(at, at.example, shape));
    if (at.goal === "guide") return guided(await this.#code(at, at.guide, shape), shape);
    if (at.goal === "direction") {
      const axes = /** @type {Float32Array} */ (numbers.axes.data);
      return along(shape, axes.subarray(at.unit * shape[0], (at.unit + 1) * shape[0]));
    }
    const one = oneOf(at.goal, shape, at.unit);
    return at.other < 0 ? one : between(one, oneOf(at.goal, shape, at.other), at.mix);
  }

  /** What a layer answers to an example as it is. @param {Now} at @param {number} place  of the example @param {number[]} answered */
  async #code(at, place, answered) {
    const name = `${at.layer} ${place} ${place < 0 ? at.own : ""}`;
    const known = this.#codes.get(name);
    if (known) return known;
    const {shape: [, height, width], constants} = this.values;
    const picture = await this.#example(place);
    const {direction, energy} = whole(answered);
    const found = await this.graph(at).run({
      ...parts({...this.values, constants: {...constants, room: EXACT}}, at, picture),
      numbers: new Float32Array(picture.length),
      rows: identity(height),
      columns: identity(width),
      direction,
      energy: Float32Array.of(energy),
      apart: new Float32Array(1),
      smooth: new Float32Array(1),
      others: new Float32Array(answered[0] ** 2),
    });
    if (!found) throw new Error("the model gave no answer");
    const code = /** @type {Float32Array} */ (found.answer.data);
    this.#codes.set(name, code);
    return code;
  }

  /** An example as shares of the range; −1: the reader's own picture. @param {number} place */
  async #example(place) {
    const own = place < 0 ? this.own() : null;
    if (own) return Float32Array.from(own, (byte) => byte / 255);
    const {pictures} = await this.more("examples");
    const size = pictures.data.length / pictures.shape[0];
    return Float32Array.from(/** @type {Uint8Array} */ (pictures.data).subarray(place * size, (place + 1) * size), (byte) => byte / 255);
  }
}
