/**
 * What the reader asks, read from the figure's state, and what has been answered already.
 *
 * @typedef {import("../../js/types.js").FigureState} FigureState
 * @typedef {import("../../js/types.js").Graph} Graph
 * @typedef {import("../../js/types.js").Altered} Altered
 * @typedef {import("./methods.js").Ask} Ask
 * @typedef {import("./methods.js").Answer} Answer
 *
 * @typedef {object} Now
 * @property {string[]} methods
 * @property {number} example    place among the picks
 * @property {number} target     −1: the model's answer
 * @property {number} opacity
 * @property {string} layer
 * @property {boolean} counter
 * @property {"least" | "grey" | "blurred"} baseline
 * @property {number} steps
 * @property {number} sigma
 * @property {number} copies
 * @property {number} epsilon
 * @property {number} alpha
 * @property {number} patch
 * @property {number} pieces     superpixels, about
 * @property {number} each       pictures that LIME asks about for each of them
 * @property {number} seed       of the other LIME
 * @property {string} rubbed     strokes of the brush
 * @property {number} fills      other pictures whose windows are put in
 * @property {string} cuts       superpixels split and merged
 * @property {string} off        superpixels switched off
 * @property {number} shuffled
 */
import {shuffle} from "../../js/noise.js";
import {blurred} from "./numbers.js";

/** Settings that a method's map depends on. @type {Record<string, (keyof Now)[]>} */
export const USES = {
  integrated: ["steps", "baseline"],
  smooth: ["sigma", "copies"],
  "lrp-epsilon": ["epsilon"],
  "lrp-alpha-beta": ["alpha"],
  occlusion: ["patch", "baseline"],
  difference: ["patch", "fills"],
  lime: ["pieces", "each", "cuts", "baseline"],
  "lime-again": ["seed", "pieces", "each", "cuts", "baseline"],
  "grad-cam": ["layer", "counter"],
  "guided-grad-cam": ["layer"],
};

/** Answers that are kept; the oldest goes first. */
const KEPT = 80;

/** @param {FigureState} state @param {Record<string, any>} values @returns {Now} */
export function now(state, values) {
  const known = values.methods.map((/** @type {any} */ one) => one.name);
  const asked = state.get("methods", values.shown.join(",")).split(",").filter((/** @type {string} */ one) => known.includes(one));
  const index = state.get("example", values.picks[0].index);
  const layer = state.get("layer", values.layers[0] ?? "");
  return {
    methods: asked.length > 1 ? asked : values.shown,
    example: Math.max(0, values.picks.findIndex((/** @type {any} */ one) => one.index === index)),
    target: state.get("target", -1),
    opacity: state.get("opacity", 0.85),
    layer: values.layers.includes(layer) ? layer : (values.layers[0] ?? ""),
    counter: state.get("counter", false),
    baseline: /** @type {Now["baseline"]} */ (state.get("baseline", "least")),
    steps: state.get("steps", 32),
    sigma: state.get("sigma", 0.15),
    copies: state.get("copies", 16),
    epsilon: state.get("epsilon", 0.01),
    alpha: state.get("alpha", 2),
    patch: state.get("patch", values.patch),
    pieces: state.get("pieces", values.piece),
    each: state.get("each", 10),
    seed: state.get("seed", 2),
    rubbed: state.get("rubbed", ""),
    fills: state.get("fills", values.fill),
    cuts: state.get("cuts", ""),
    off: state.get("off", ""),
    shuffled: state.get("shuffled", 0),
  };
}

/** The picture asked about, in a word: an example, and what is rubbed out of it. @param {Now} at */
export const picture = (at) => (at.rubbed ? `${at.example} ${at.baseline} ${at.rubbed}` : String(at.example));

/** What one method's map depends on. @param {string} method @param {Now} at @param {number} target @param {number} shuffled */
export function key(method, at, target, shuffled) {
  return JSON.stringify([method, picture(at), target, shuffled, ...(USES[method] ?? []).map((one) => at[one])]);
}

/** What stands for nothing. @param {Now["baseline"]} sort @param {Float32Array} input @param {Record<string, any>} values */
export function baseline(sort, input, {range: [low, high], shape}) {
  if (sort === "blurred") return blurred(input, shape);
  return new Float32Array(input.length).fill(sort === "grey" ? (low + high) / 2 : low);
}

/**
 * The model's weights with those of the last layers shuffled, each tensor by itself.
 * @param {number} count @param {{tensors: string[]}[]} cascade @param {Graph} graph  any of the model
 * @returns {Altered | undefined}
 */
export function altered(count, cascade, graph) {
  if (!count) return undefined;
  return {
    name: `shuffled-${count}`,
    async tensors() {
      const weights = await graph.weights();
      const names = cascade.slice(0, count).flatMap(({tensors}) => tensors);
      return Object.fromEntries(names.map((name) => [name, mixed(/** @type {Float32Array} */ (weights[name].data), name.length)]));
    },
  };
}

/** The same numbers in another order. @param {ArrayLike<number>} data @param {number} seed */
export function mixed(data, seed) {
  return Float32Array.from(shuffle(seed, data.length), (from) => data[from]);
}

/** A cache that forgets. @template V */
export class Kept {
  /** @type {Map<string, V>} */
  #held = new Map();

  get(/** @type {string} */ name) {
    return this.#held.get(name);
  }

  set(/** @type {string} */ name, /** @type {V} */ value) {
    this.#held.set(name, value);
    if (this.#held.size > KEPT) this.#held.delete(/** @type {string} */ (this.#held.keys().next().value));
  }
}
