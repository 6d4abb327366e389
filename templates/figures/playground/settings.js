/**
 * What a reader sets, by name: each is a state of the figure and so part of the address.
 *
 * @typedef {import("../../js/types.js").FigureState} FigureState
 * @typedef {import("./network.js").Activation} Activation
 *
 * @typedef {object} Settings  what decides a run, from its points to its weights
 * @property {string} data
 * @property {string} own     a reader's own points, as own.js writes them
 * @property {number} noise   per cent
 * @property {number} draw    seed of the points
 * @property {number} ratio   per cent of the points that are for training
 * @property {string[]} inputs
 * @property {number[]} layers
 * @property {Activation} activation
 * @property {"squared" | "cross-entropy"} loss
 * @property {import("./optimizers.js").Optimizer} optimizer
 * @property {number} rate
 * @property {number} batch
 * @property {import("./trainer.js").Regularization} regularization
 * @property {number} strength
 * @property {number} seed    of the first weights and of the order of examples
 */
import {OWN, known, sample, shuffled, trained} from "./data.js";
import {INPUTS, chosen, features} from "./inputs.js";
import {Network, initial} from "./network.js";
import {decode} from "./own.js";
import {Trainer} from "./trainer.js";

/** What decides where a run goes; a change of any of `FRESH` begins a new one. */
export const FRESH = ["data", "own", "noise", "draw", "ratio", "inputs", "layers", "seed"];
/** These may change while it runs. */
export const LIVE = ["activation", "loss", "optimizer", "rate", "batch", "regularization", "strength"];

export const MOST_LAYERS = 6;
export const MOST_UNITS = 8;

/** "4-2" as [4, 2]; "none" and whatever else as no hidden layer. @param {string} text */
export const readLayers = (text) => (/^[1-8](-[1-8]){0,5}$/.test(text) ? text.split("-").map(Number) : []);

/** @param {number[]} layers */
export const writeLayers = (layers) => layers.join("-") || "none";

/** Names that there are, at least one. @param {string} text */
export function readInputs(text) {
  const names = text.split(",");
  const found = INPUTS.map(({name}) => name).filter((name) => names.includes(name));
  return found.length ? found : ["x", "y"];
}

/** @param {FigureState} state @param {Record<string, any>} start @returns {Settings} */
export function read(state, start) {
  const held = Object.fromEntries([...FRESH, ...LIVE].map((name) => [name, state.get(name, start[name])]));
  return /** @type {any} */ ({...held, inputs: readInputs(held.inputs), layers: readLayers(held.layers)});
}

/** Classes to tell apart; 0: a number is learned. @param {Settings} settings */
export const classes = ({data, own}) => (data === OWN ? decode(own).classes : known(data).classes);

/** How the last layer answers. @param {Settings} settings */
export function output(settings) {
  const count = classes(settings);
  if (count > 2) return "softmax";
  if (count === 0) return "linear";
  return settings.loss === "cross-entropy" ? "logistic" : "tanh";
}

/** @param {Settings} settings */
export function sizes(settings) {
  const count = classes(settings);
  return [settings.inputs.length, ...settings.layers, count > 2 ? count : 1];
}

/** @param {Settings} settings @param {Float32Array} [weights]  by default those that training begins with */
export function network(settings, weights) {
  const shape = sizes(settings);
  return new Network(shape, settings.activation, output(settings), weights ?? initial(shape, settings.seed));
}

/** Points for training come first. @param {Settings} settings */
export function examples({data, own, noise, draw, ratio, inputs}) {
  const points = data === OWN ? shuffled(decode(own).points, draw) : sample(data, noise / 100, draw);
  const all = features(chosen(inputs), points.xs, points.ys);
  const count = trained(points.labels.length, ratio);
  return {
    points,
    count,
    train: {features: all.subarray(0, count * inputs.length), labels: points.labels.subarray(0, count)},
    test: {features: all.subarray(count * inputs.length), labels: points.labels.subarray(count)},
  };
}

/** @param {Settings} settings @param {Float32Array} [weights] */
export function trainer(settings, weights) {
  return new Trainer(network(settings, weights), examples(settings).train, settings);
}
