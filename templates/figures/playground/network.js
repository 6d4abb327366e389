/**
 * A network of dense layers: its weights in one array, and the way forward for one point.
 *
 * @typedef {object} Block  one layer in the array of weights: (units, inputs) row by row, then biases
 * @property {number} inputs
 * @property {number} units
 * @property {number} weights  where they begin
 * @property {number} biases
 *
 * @typedef {"tanh" | "relu" | "sigmoid" | "linear"} Activation
 * @typedef {"tanh" | "logistic" | "linear" | "softmax"} Output
 */
import {uniform} from "../../js/noise.js";
import {exp, sigmoid, tanh} from "../../js/functions.js";

/** @param {number[]} sizes  inputs, hidden layers, outputs @returns {Block[]} */
export function blocks(sizes) {
  let at = 0;
  return sizes.slice(1).map((units, i) => {
    const inputs = sizes[i];
    const block = {inputs, units, weights: at, biases: at + units * inputs};
    at = block.biases + units;
    return block;
  });
}

/** How many numbers a network learns. @param {number[]} sizes */
export function count(sizes) {
  const last = blocks(sizes).at(-1);
  return last ? last.biases + last.units : 0;
}

/**
 * Weights and biases of a layer with n inputs, uniform between ±1/√n: what torch.nn.Linear begins with.
 * @param {number[]} sizes @param {number} seed
 */
export function initial(sizes, seed) {
  const weights = new Float32Array(count(sizes));
  for (const {inputs, weights: from, biases, units} of blocks(sizes)) {
    const reach = 1 / Math.sqrt(inputs);
    for (let at = from; at < biases + units; at++) weights[at] = reach * (2 * uniform(seed, at) - 1);
  }
  return weights;
}

/** @param {Activation | Output} name @param {number} z */
export function activate(name, z) {
  if (name === "tanh") return tanh(z);
  if (name === "relu") return z > 0 ? z : 0;
  if (name === "sigmoid") return sigmoid(z);
  return name === "logistic" ? tanh(z / 2) : z;
}

/** Derivative of an activation, from its value. @param {Activation | Output} name @param {number} value */
export function slope(name, value) {
  if (name === "tanh") return 1 - value * value;
  if (name === "relu") return value > 0 ? 1 : 0;
  return name === "sigmoid" ? value * (1 - value) : 1;
}

/** Shares of e^z, with the largest taken away first. @param {Float64Array} values  changed */
export function softmax(values) {
  let [most, sum] = [-Infinity, 0];
  for (let i = 0; i < values.length; i++) most = Math.max(most, values[i]);
  for (let i = 0; i < values.length; i++) sum += values[i] = exp(values[i] - most);
  for (let i = 0; i < values.length; i++) values[i] /= sum;
}

/** Weights and room for what one point makes of them. */
export class Network {
  /**
   * @param {number[]} sizes  inputs, hidden layers, outputs @param {Activation} activation
   * @param {Output} output @param {Float32Array} weights
   */
  constructor(sizes, activation, output, weights) {
    this.sizes = sizes;
    this.blocks = blocks(sizes);
    this.activation = activation;
    this.output = output;
    this.weights = weights;
    /** Inputs, then every layer's answers. */
    this.values = sizes.map((size) => new Float64Array(size));
    /** What the last layer's answers are made of. */
    this.sums = new Float64Array(sizes[sizes.length - 1]);
  }

  /** Answers of every layer to one point. @param {ArrayLike<number>} features @param {number} from */
  run(features, from) {
    const {weights, values, blocks, sums} = this;
    const last = blocks.length - 1;
    for (let i = 0; i < values[0].length; i++) values[0][i] = features[from + i];
    for (let layer = 0; layer < blocks.length; layer++) {
      const {inputs, units, weights: first, biases} = blocks[layer];
      const name = layer === last ? this.output : this.activation;
      const [before, after] = [values[layer], values[layer + 1]];
      for (let unit = 0, at = first; unit < units; unit++) {
        let sum = weights[biases + unit];
        for (let i = 0; i < inputs; i++) sum += weights[at++] * before[i];
        after[unit] = activate(name, sum);
        if (layer === last) sums[unit] = sum;
      }
    }
    const answer = values[values.length - 1];
    if (this.output === "softmax") softmax(answer);
    return answer;
  }
}
