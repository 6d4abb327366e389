/** Names of what the figure shows, and numbers as it writes them. */
import {INPUTS} from "./inputs.js";

/** @typedef {import("./settings.js").Settings} Settings */

/** @type {Record<string, [string, string][]>} value and word of each choice */
export const CHOICES = {
  activation: [["tanh", "Tanh"], ["relu", "ReLU"], ["sigmoid", "Sigmoid"], ["linear", "Linear"]],
  loss: [["squared", "Squared error"], ["cross-entropy", "Cross-entropy"]],
  optimizer: [["sgd", "Plain descent"], ["momentum", "Momentum"], ["adam", "Adam"]],
  regularization: [["none", "None"], ["l1", "L1"], ["l2", "L2"]],
};

export const RATES = [0.00001, 0.0001, 0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1, 3, 10];
export const STRENGTHS = [0, 0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1, 3, 10];

/** Epochs a second. */
export const SPEEDS = {slow: 5, steady: 60, fast: 600, full: Infinity};

/** A number with six digits that matter, a minus sign as in print. @param {number} value */
export function six(value) {
  if (!Number.isFinite(value)) return String(value);
  const size = Math.abs(value);
  const text = size !== 0 && (size < 1e-4 || size >= 1e6) ? value.toExponential(5) : String(Number(value.toPrecision(6)));
  return text.replace("-", "−");
}

/** A loss or share in few letters. @param {number} value */
export const short = (value) => (Number.isFinite(value) ? value.toFixed(value < 10 ? 4 : 1) : "no number");

/** @param {number} share */
export const percent = (share) => `${Math.round(100 * share)} %`;

/** @param {number} count */
export const grouped = (count) => count.toLocaleString("en-US").replaceAll(",", "\u202f");

/** @param {string} name */
export const inputLabel = (name) => INPUTS.find((input) => input.name === name)?.label ?? name;

/**
 * What a unit is called; layer 0 are the inputs.
 * @param {number} layer @param {number} unit @param {Settings} settings @param {number} outputs
 */
export function called(layer, unit, {inputs, layers}, outputs) {
  if (layer === 0) return `Input ${inputLabel(inputs[unit])}`;
  if (layer <= layers.length) return `Neuron ${unit + 1} of layer ${layer}`;
  return outputs > 1 ? `Output ${unit + 1}` : "Output";
}

/**
 * A link and its weight. @param {{layer: number, from: number, to: number}} link  layer 0: `from` counts all inputs
 * @param {import("./network.js").Network} network @param {Settings} settings
 */
export function linkWords({layer, from, to}, {blocks, weights, sizes}, settings) {
  const {inputs, weights: first} = blocks[layer];
  const place = layer ? from : settings.inputs.indexOf(INPUTS[from].name);
  const source = layer ? `neuron ${from + 1}` : INPUTS[from].label;
  const target = called(layer + 1, to, settings, sizes[sizes.length - 1]).toLowerCase();
  return `${source} → ${target}: weight ${six(weights[first + to * inputs + place])}. Click to change it.`;
}

/** How a unit's answer comes from its sum. @param {import("./network.js").Activation | import("./network.js").Output} name */
export function formula(name) {
  return {
    tanh: "tanh of the sum",
    relu: "the sum, or 0 if it is negative",
    sigmoid: "sigmoid of the sum, 1 / (1 + e^−sum)",
    linear: "the sum itself",
    logistic: "tanh of half the sum",
    softmax: "e^sum, divided by the same of all outputs",
  }[name];
}

/** Why the numbers are gone, and what helps. @param {Settings} settings @param {number} epoch */
export function brokenWords({rate, regularization, strength}, epoch) {
  const penalty = regularization !== "none" && rate * strength >= 1;
  const cause = penalty
    ? `a learning rate of ${rate} with a ${regularization.toUpperCase()} strength of ${strength}`
    : `a learning rate of ${rate}`;
  return (
    `Training broke down in epoch ${grouped(epoch)}: the weights have grown past every number (NaN). ` +
    `With ${cause} each step overshoots more than the one before.`
  );
}
