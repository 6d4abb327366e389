/**
 * Training by gradients of batches. generator/compute/playground/trainer.py does the same steps.
 *
 * The loss of a point is ½ (answer − label)², or the cross-entropy −ln p(label); a batch's is the mean
 * of its points' and the penalty: strength · Σ|w| (L1) or strength · ½ Σ w² (L2), over weights and not
 * over biases. Plain descent takes L1 by soft thresholds (Daubechies, Defrise and De Mol 2004,
 * doi:10.1002/cpa.20042), so that weights which nothing needs end at zero and stay there.
 *
 * Where there is WebAssembly, swift.js runs the epochs and comes to the same weights, bit by bit: sums are
 * made in the same order there.
 *
 * @typedef {import("./network.js").Network} Network
 * @typedef {{features: Float32Array, labels: Float32Array}} Examples
 * @typedef {"none" | "l1" | "l2"} Regularization
 *
 * @typedef {object} Recipe
 * @property {number} batch
 * @property {number} rate
 * @property {Regularization} regularization
 * @property {number} strength
 * @property {import("./optimizers.js").Optimizer} optimizer
 * @property {number} seed
 */
import {uniform} from "../../js/noise.js";
import {log, softplus} from "../../js/functions.js";
import {slope} from "./network.js";
import {OPTIMIZERS, rooms} from "./optimizers.js";
import {swift} from "./swift.js";

/** Sequences of random numbers that a seed has besides the one of the first weights. */
const SHUFFLES = 0x5bd1e995;

/** @param {Network} network @param {number} label */
export function loss({output, values, sums}, label) {
  const answer = values[values.length - 1];
  if (output === "softmax") return -log(answer[label]);
  if (output === "logistic") return softplus(-label * sums[0]);
  return (answer[0] - label) ** 2 / 2;
}

/** Whether the answer is the label's class. @param {Network} network @param {number} label */
function right({output, values}, label) {
  const answer = values[values.length - 1];
  if (output !== "softmax") return answer[0] > 0 === label > 0;
  for (let i = 0; i < answer.length; i++) if (answer[i] > answer[label]) return false;
  return true;
}

/**
 * Mean loss of examples, without penalty, and the share that is put into the right class.
 * @param {Network} network @param {Examples} examples
 */
export function measure(network, {features, labels}) {
  const inputs = network.sizes[0];
  let [sum, hits] = [0, 0];
  for (let i = 0; i < labels.length; i++) {
    network.run(features, i * inputs);
    sum += loss(network, labels[i]);
    hits += Number(right(network, labels[i]));
  }
  const count = Math.max(1, labels.length);
  return {loss: sum / count, right: hits / count};
}

/** A network, its examples and how it learns from them. */
export class Trainer {
  epoch = 0;

  /** @param {Network} network @param {Examples} examples @param {Recipe} recipe */
  constructor(network, examples, recipe) {
    this.network = network;
    this.examples = examples;
    this.recipe = recipe;
    this.deltas = network.sizes.map((size) => new Float64Array(size));
    this.gradient = new Float64Array(network.weights.length);
    /** Sums over the points of even and of odd place in a batch. */
    this.halves = [new Float64Array(network.weights.length), new Float64Array(network.weights.length)];
    this.order = Uint32Array.from(examples.labels.keys());
    this.rooms = rooms(network.weights.length);
  }

  /** Once through all examples, in an order of its own that depends on seed and epoch alone. */
  run() {
    const {examples, recipe, epoch} = this;
    const [seed, from] = [recipe.seed ^ SHUFFLES, epoch * examples.labels.length];
    if (!swift(this, seed, from)) this.#plainly(seed, from);
    this.epoch += 1;
  }

  /** @param {number} seed @param {number} from */
  #plainly(seed, from) {
    const {order, recipe, network, gradient} = this;
    const shrinks = recipe.regularization === "l1" && recipe.optimizer === "sgd";
    this.#shuffle(seed, from);
    for (let first = 0; first < order.length; first += recipe.batch) {
      this.slopes(order, first, Math.min(first + recipe.batch, order.length));
      if (!shrinks) this.#penalise();
      OPTIMIZERS[recipe.optimizer](network.weights, gradient, this.rooms, recipe.rate);
      if (shrinks) this.#shrink(recipe.rate * recipe.strength);
    }
  }

  /** Fisher and Yates. @param {number} seed @param {number} from  where its numbers begin */
  #shuffle(seed, from) {
    const {order} = this;
    const count = order.length;
    for (let i = 0; i < count; i++) order[i] = i;
    for (let i = count - 1; i > 0; i--) {
      const j = Math.floor(uniform(seed, from + i) * (i + 1));
      const held = order[i];
      order[i] = order[j];
      order[j] = held;
    }
  }

  /**
   * Gradient of the loss of the examples `order[from … to − 1]`, penalty included.
   * @param {ArrayLike<number>} order @param {number} from @param {number} to
   */
  find(order, from, to) {
    this.slopes(order, from, to);
    this.#penalise();
    return this.gradient;
  }

  /** The same without penalty. @param {ArrayLike<number>} order @param {number} from @param {number} to */
  slopes(order, from, to) {
    const {network, gradient, examples, halves} = this;
    const [even, odd] = halves;
    const inputs = network.sizes[0];
    for (const half of halves) half.fill(0);
    for (let i = from; i < to; i++) {
      network.run(examples.features, order[i] * inputs);
      this.#backward(examples.labels[order[i]], (i - from) & 1 ? odd : even);
    }
    const share = 1 / (to - from);
    for (let i = 0; i < gradient.length; i++) gradient[i] = (even[i] + odd[i]) * share;
  }

  /** Slopes of the loss along the sums of the last layer. @param {number} label */
  #blame(label) {
    const {output, values} = this.network;
    const answer = values[values.length - 1];
    const delta = this.deltas[this.deltas.length - 1];
    if (output === "softmax") {
      for (let i = 0; i < delta.length; i++) delta[i] = answer[i] - (i === label ? 1 : 0);
    } else if (output === "logistic") delta[0] = (answer[0] - label) / 2;
    else delta[0] = (answer[0] - label) * slope(output, answer[0]);
  }

  /** @param {number} label @param {Float64Array} gradient  to which it is added */
  #backward(label, gradient) {
    const {network, deltas} = this;
    const {weights, values, activation, blocks} = network;
    this.#blame(label);
    for (let layer = blocks.length - 1; layer >= 0; layer--) {
      const {inputs, units, weights: first, biases} = blocks[layer];
      const [before, delta, earlier] = [values[layer], deltas[layer + 1], deltas[layer]];
      earlier.fill(0);
      for (let unit = 0, at = first; unit < units; unit++) {
        const along = delta[unit];
        gradient[biases + unit] += along;
        for (let i = 0; i < inputs; i++, at++) {
          gradient[at] += along * before[i];
          earlier[i] += along * weights[at];
        }
      }
      if (layer) for (let i = 0; i < inputs; i++) earlier[i] *= slope(activation, before[i]);
    }
  }

  #penalise() {
    const {network, gradient, recipe} = this;
    const {regularization, strength} = recipe;
    if (regularization === "none") return;
    for (const {weights: from, biases} of network.blocks) {
      for (let at = from; at < biases; at++) {
        const weight = network.weights[at];
        gradient[at] += strength * (regularization === "l2" ? weight : Math.sign(weight));
      }
    }
  }

  /** Soft thresholds. @param {number} by */
  #shrink(by) {
    const {weights, blocks} = this.network;
    for (const {weights: from, biases} of blocks) {
      for (let at = from; at < biases; at++) {
        const weight = weights[at];
        weights[at] = weight > by ? weight - by : weight < -by ? weight + by : 0;
      }
    }
  }
}
