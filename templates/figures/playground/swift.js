/**
 * Epochs in WebAssembly with SIMD, bit by bit those of trainer.js; a browser or a server that has none does
 * without. templates/kernels/train.ts says what lies where in memory.
 *
 * @typedef {import("./trainer.js").Trainer} Trainer
 * @typedef {(seed: number, from: number) => void} Epoch
 */
import {FRACTIONS} from "../../js/functions.js";
import {CODE} from "../../vendor/train.js";

const HEAD = FRACTIONS.byteLength;
/** The head's whole numbers, in their order, and where the sizes begin. */
const [NUMBERS, SIZES] = [HEAD + 8, HEAD + 84];
const ACTIVATIONS = ["linear", "tanh", "relu", "sigmoid", "logistic", "softmax"];
const PENALTIES = ["none", "l1", "l2"];
const OPTIMIZERS = ["sgd", "momentum", "adam"];
const PAGE = 65536;
/** Bytes for the values of a neuron: of 32 points. */
const ROW = 8 * 32;

/** @type {{memory: WebAssembly.Memory, epoch: Epoch} | null | undefined} */
let kernel;
/** Whose numbers lie in memory. @type {Trainer | null} */
let owner = null;
/** @typedef {{steps: Int32Array, held: Float64Array, first: Float64Array, second: Float64Array}} Views */
/** What goes in and out with every epoch. @type {Views} */
let views;

/** Once a worker. */
function start() {
  try {
    const module = new WebAssembly.Module(Uint8Array.from(CODE, (letter) => letter.charCodeAt(0)));
    const memory = new WebAssembly.Memory({initial: 1});
    const {epoch} = new WebAssembly.Instance(module, {env: {memory}}).exports;
    return {memory, epoch: /** @type {Epoch} */ (epoch)};
  } catch {
    return null;
  }
}

/** What never changes while a trainer runs. @param {Trainer} trainer @param {WebAssembly.Memory} memory @returns {Views} */
function lay({network, examples, recipe}, memory) {
  const {sizes, weights, blocks, activation, output} = network;
  const {features, labels} = examples;
  let end = 16 * Math.ceil((SIZES + 4 * sizes.length) / 16);
  const room = (/** @type {number} */ bytes) => {
    const at = end;
    end += 16 * Math.ceil(bytes / 16);
    return at;
  };
  const [units, size] = [sizes.reduce((sum, one) => sum + one, 0), weights.length];
  const order = room(4 * labels.length);
  const [seen, told] = [room(8 * features.length), room(8 * labels.length)];
  const [held, slopes, first, second, strengths] = [8, 16, 8, 8, 8].map((bytes) => room(bytes * (size + 1)));
  const [values, deltas] = [room(ROW * units), room(ROW * units)];
  memory.grow(Math.max(0, Math.ceil((end - memory.buffer.byteLength) / PAGE)));
  const {buffer} = memory;
  // What a trainer before has left counts for nothing.
  new Uint8Array(buffer).fill(0, HEAD);
  new Float64Array(buffer).set(FRACTIONS);
  new Float64Array(buffer, HEAD)[0] = recipe.rate;
  const numbers = [
    blocks.length, ACTIVATIONS.indexOf(activation), ACTIVATIONS.indexOf(output), OPTIMIZERS.indexOf(recipe.optimizer),
    PENALTIES.indexOf(recipe.regularization), recipe.batch, labels.length, size, 0,
    order, seen, told, held, slopes, first, second, values, deltas, strengths,
  ];
  new Int32Array(buffer, NUMBERS).set([...numbers, ...sizes]);
  new Float64Array(buffer, seen).set(features);
  new Float64Array(buffer, told).set(labels);
  for (const block of blocks) new Float64Array(buffer, strengths).fill(recipe.strength, block.weights, block.biases);
  const part = (/** @type {number} */ at) => new Float64Array(buffer, at, size);
  return {steps: new Int32Array(buffer, NUMBERS + 32, 1), held: part(held), first: part(first), second: part(second)};
}

/**
 * One epoch, if WebAssembly is there.
 * @param {Trainer} trainer @param {number} seed  of the order @param {number} from  where its numbers begin
 */
export function swift(trainer, seed, from) {
  if (kernel === undefined) kernel = start();
  if (!kernel) return false;
  if (owner !== trainer) views = lay(trainer, kernel.memory);
  owner = trainer;
  const {network, rooms, recipe} = trainer;
  const {steps, held, first, second} = views;
  const remembers = recipe.optimizer !== "sgd";
  held.set(network.weights);
  steps[0] = rooms.steps;
  if (remembers) first.set(rooms.first), second.set(rooms.second);
  kernel.epoch(seed, from);
  network.weights.set(held);
  if (remembers) rooms.first.set(first), rooms.second.set(second);
  if (recipe.optimizer === "adam") [rooms.steps] = steps;
  return true;
}
