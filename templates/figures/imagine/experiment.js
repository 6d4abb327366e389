/**
 * One experiment: train on the chosen shapes by the exported step, then let a picture climb for each.
 *
 * @typedef {import("../../js/types.js").Graph} Graph
 * @typedef {import("../../js/types.js").Tensors} Tensors
 * @typedef {import("./asked.js").Asked} Asked
 * @typedef {Record<string, Float32Array>} Weights
 *
 * @typedef {object} Lab  what all experiments share
 * @property {Record<string, any>} values
 * @property {ArrayLike<number>[]} masters  bytes of every shape
 * @property {Record<string, Graph>} graphs
 *
 * @typedef {object} Watch
 * @property {() => boolean} stale   whether nobody waits any more
 * @property {(trained: number, of: number) => void} training
 * @property {(pictures: Uint8Array[], step: number) => void} climbing
 *
 * @typedef {object} Found
 * @property {Uint8Array[]} pictures  of the chosen shapes
 * @property {number[]} shares        the network's for each picture's own shape
 * @property {number} right           share of the test examples
 * @property {number[]} losses        before each training step
 * @property {number} took            milliseconds of a training step, the middle one of all
 */
import {Climb} from "../dream/climb.js";
import {moved} from "../dream/movement.js";
import {noise, parts} from "../dream/picture.js";
import {batches} from "./asked.js";
import {examples, firstWeights, mask} from "./draws.js";

const data = (/** @type {Tensors} */ found, /** @type {string} */ name) => /** @type {Float32Array} */ (found[name].data);

/** Without the prefix that the step's own names have. */
const NET = "net.";

/** The share of each class that takes part. @param {ArrayLike<number>} scores @param {Float32Array} absent */
export function softmax(scores, absent) {
  const all = Array.from(absent, (one, i) => scores[i] + one);
  const most = Math.max(...all);
  const powers = all.map((one) => Math.exp(one - most));
  const sum = powers.reduce((a, b) => a + b, 0);
  return powers.map((one) => one / sum);
}

/** The score of a shape less the mean score of the others. @param {number[]} shapes @param {number} one @param {number} count */
export function direction(shapes, one, count) {
  const out = new Float32Array(count);
  for (const shape of shapes) out[shape] = -1 / (shapes.length - 1);
  out[one] = 1;
  return out;
}

/** The middle one. @param {number[]} all */
const median = (all) => [...all].sort((a, b) => a - b)[all.length >> 1] ?? 0;

/** The training step with all that it is given. @param {Lab} lab @param {Asked} asked */
function stepper({values: {names, side, constants}, masters, graphs}, {shapes, net, seed}) {
  const absent = mask(shapes, names.length, constants.absent);
  return async (/** @type {number} */ first, /** @type {number} */ rate, /** @type {Weights} */ weights, /** @type {Weights} */ velocities) => {
    const {input, labels} = examples(masters, shapes, first, constants.batch, seed, side, constants);
    const begun = performance.now();
    const found = await graphs[`step-${net}`].run({
      input, label: BigInt64Array.from(labels, BigInt), mask: absent,
      rate: Float32Array.of(rate), momentum: Float32Array.of(constants.momentum), ...weights, ...velocities,
    });
    return found && {found, labels, took: performance.now() - begun};
  };
}

/** @param {Lab} lab @param {Asked} asked @param {Watch} watch */
async function trained(lab, asked, {stale, training}) {
  const {nets, constants} = lab.values;
  const step = stepper(lab, asked);
  const first = firstWeights(nets[asked.net], asked.seed, constants.weights);
  /** @type {Weights} */
  let weights = Object.fromEntries(Object.entries(first).map(([name, one]) => [NET + name, one]));
  /** @type {Weights} */
  let velocities = Object.fromEntries(Object.entries(weights).map(([name, one]) => [`velocity.${name}`, new Float32Array(one.length)]));
  const [losses, times] = [/** @type {number[]} */ ([]), /** @type {number[]} */ ([])];
  const many = batches(asked, constants);
  for (let k = 0; k < many; k++) {
    const answer = await step(k * constants.batch, constants.rate, weights, velocities);
    if (!answer || stale()) return null;
    const next = (/** @type {Weights} */ all) => Object.fromEntries(Object.keys(all).map((name) => [name, data(answer.found, `next.${name}`)]));
    [weights, velocities] = [next(weights), next(velocities)];
    losses.push(data(answer.found, "loss")[0]);
    times.push(answer.took);
    training(k + 1, many);
  }
  let right = 0;
  for (let k = 0; k < constants.tests; k += constants.batch) {
    // A step of length 0 only looks.
    const answer = await step(constants.unseen + k, 0, weights, velocities);
    if (!answer || stale()) return null;
    const scores = data(answer.found, "output");
    const count = scores.length / constants.batch;
    right += answer.labels.filter((label, i) => {
      const row = scores.subarray(i * count, (i + 1) * count);
      return row.indexOf(Math.max(...row)) === label;
    }).length;
  }
  const own = Object.fromEntries(Object.entries(weights).map(([name, one]) => [name.slice(NET.length), one]));
  return {weights: own, losses, took: median(times), right: right / constants.tests};
}

/** A picture's climb on the reader's own weights. @param {Lab} lab @param {Asked} asked @param {Weights} weights @param {number} one */
function climb({values: {names, side, constants}, graphs}, {shapes, net, start, seed}, weights, one) {
  const shape = [1, side, side];
  const level = constants.levels[start];
  const given = parts({shape, base: [Math.log(level / (1 - level))], colours: [[1]], constants}, {waves: true, colour: false}, null);
  const moves = {jitter: constants.jitter, scale: constants.scale, blur: 0, octaves: 1};
  return new Climb((feeds) => graphs[`slope-${net}`].run({...weights, ...feeds}), {
    goal: {direction: direction(shapes, one, names.length), energy: 0},
    runs: 1,
    rate: constants.climb,
    apart: 0,
    smooth: constants.smooth,
    parts: () => given,
    start: () => noise(side * side, seed + one, constants.noise * constants.share[start]),
    moved: (_, step) => moved(moves, [side, side], seed + one, step, /** @type {any} */ (constants)),
    channels: names.length,
  });
}

/** Make the experiment; null: nobody waits for it any more. @param {Lab} lab @param {Asked} asked @param {Watch} watch @returns {Promise<Found | null>} */
export async function experiment(lab, asked, watch) {
  const {names, constants} = lab.values;
  const known = await trained(lab, asked, watch);
  if (!known) return null;
  const {weights, losses, took, right} = known;
  const climbs = asked.shapes.map((one) => climb(lab, asked, weights, one));
  const seen = () => climbs.map((one) => one.pictures[one.pictures.length - 1][0]);
  for (let step = 0; step <= asked.steps; step++) {
    for (const one of climbs) if (!(await one.go()) || watch.stale()) return null;
    watch.climbing(seen(), step);
  }
  const absent = mask(asked.shapes, names.length, constants.absent);
  const shares = climbs.map((one, i) => softmax(one.answers[0], absent)[asked.shapes[i]]);
  return {pictures: seen(), shares, right, losses, took};
}
