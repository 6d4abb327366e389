/**
 * What a neuron is worth: how much the loss grows without it. What flows: how large a value usually is.
 *
 * @typedef {import("./network.js").Network} Network
 * @typedef {import("./trainer.js").Examples} Examples
 */
import {blocks, count} from "./network.js";
import {measure} from "./trainer.js";

/**
 * For every hidden neuron, by layer, the loss with its answer held at zero less the loss as it is.
 * @param {Network} network  its weights come back as they were @param {Examples} examples
 */
export function importances(network, examples) {
  const {weights} = network;
  const whole = measure(network, examples).loss;
  return network.blocks.slice(1).map(({inputs, units, weights: first}) =>
    Array.from({length: inputs}, (_, unit) => {
      const places = Array.from({length: units}, (_, to) => first + to * inputs + unit);
      const held = places.map((place) => weights[place]);
      for (const place of places) weights[place] = 0;
      const without = measure(network, examples).loss;
      places.forEach((place, i) => (weights[place] = held[i]));
      return without - whole;
    }),
  );
}

/**
 * Root of the mean square of inputs and hidden answers over examples, by layer.
 * @param {Network} network @param {Examples} examples
 */
export function typical(network, {features, labels}) {
  const layers = network.values.slice(0, -1);
  const squares = layers.map(({length}) => new Float64Array(length));
  for (let i = 0; i < labels.length; i++) {
    network.run(features, i * network.sizes[0]);
    layers.forEach((values, layer) => values.forEach((value, unit) => (squares[layer][unit] += value * value)));
  }
  return squares.map((sums) => [...sums].map((sum) => Math.sqrt(sum / Math.max(1, labels.length))));
}

/**
 * Weights of the same network without one hidden neuron.
 * @param {number[]} sizes @param {Float32Array} weights @param {number} layer  1: the first hidden one @param {number} unit
 */
export function without(sizes, weights, layer, unit) {
  const fewer = sizes.map((size, i) => size - Number(i === layer));
  const left = new Float32Array(count(fewer));
  const before = blocks(sizes);
  blocks(fewer).forEach((block, i) => {
    const old = before[i];
    const row = (/** @type {number} */ to) => to + Number(i === layer - 1 && to >= unit);
    const column = (/** @type {number} */ from) => from + Number(i === layer && from >= unit);
    for (let to = 0; to < block.units; to++) {
      for (let from = 0; from < block.inputs; from++) {
        left[block.weights + to * block.inputs + from] = weights[old.weights + row(to) * old.inputs + column(from)];
      }
      left[block.biases + to] = weights[old.biases + row(to)];
    }
  });
  return left;
}
