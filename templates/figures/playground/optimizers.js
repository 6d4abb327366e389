/**
 * What a gradient does to weights: the updates of torch.optim.SGD, the same with momentum 0.9, and Adam
 * with its usual constants.
 *
 * @typedef {"sgd" | "momentum" | "adam"} Optimizer
 * @typedef {{first: Float64Array, second: Float64Array, steps: number}} Rooms
 * @typedef {(weights: Float32Array, gradient: Float64Array, rooms: Rooms, rate: number) => void} Update
 */

const MOMENTUM = 0.9;
const [FIRST, SECOND, SMALL] = [0.9, 0.999, 1e-8];

/** What an optimizer remembers; nothing at first. @param {number} size @returns {Rooms} */
export const rooms = (size) => ({first: new Float64Array(size), second: new Float64Array(size), steps: 0});

/** w − η g. @type {Update} */
function sgd(weights, gradient, _, rate) {
  for (let i = 0; i < weights.length; i++) weights[i] -= rate * gradient[i];
}

/** v = 0.9 v + g; w − η v. Source: Polyak 1964, doi:10.1016/0041-5553(64)90137-5. @type {Update} */
function momentum(weights, gradient, {first}, rate) {
  for (let i = 0; i < weights.length; i++) {
    first[i] = MOMENTUM * first[i] + gradient[i];
    weights[i] -= rate * first[i];
  }
}

/** Source: Kingma and Ba 2014, arXiv:1412.6980, algorithm 1. @type {Update} */
function adam(weights, gradient, rooms, rate) {
  const {first, second} = rooms;
  rooms.steps += 1;
  const [mean, square] = [1 - power(FIRST, rooms.steps), 1 - power(SECOND, rooms.steps)];
  for (let i = 0; i < weights.length; i++) {
    first[i] = FIRST * first[i] + (1 - FIRST) * gradient[i];
    second[i] = SECOND * second[i] + (1 - SECOND) * gradient[i] * gradient[i];
    weights[i] -= (rate * (first[i] / mean)) / (Math.sqrt(second[i] / square) + SMALL);
  }
}

/** By products, which all browsers round alike. @param {number} base @param {number} times */
function power(base, times) {
  let result = 1;
  for (let square = base; times > 0; times = Math.floor(times / 2), square *= square) {
    if (times % 2) result *= square;
  }
  return result;
}

/** @type {Record<Optimizer, Update>} */
export const OPTIMIZERS = {sgd, momentum, adam};
