/**
 * LIME: the score near one picture as a straight line over superpixels that are on or off.
 * generator/compute/attribution/lime.py computes the same from the same random numbers.
 *
 * @typedef {ArrayLike<number>} Row
 * @typedef {{weights: Float64Array, base: number, fit: number}} Fit
 */
import {uniform} from "../../js/noise.js";

/** How fast pictures lose weight with their distance from the whole one. */
const WIDTH = 0.25;
const RIDGE = 1;

/**
 * Which superpixels are on in each picture: all in the first, then each by a fair coin.
 * @param {number} seed @param {number} count @param {number} each  pictures for each superpixel
 */
export function draws(seed, count, each) {
  return Array.from({length: 1 + each * count}, (_, n) =>
    Uint8Array.from({length: count}, (_, k) => Number(n === 0 || uniform(seed, (n - 1) * count + k) < 0.5)));
}

/** How much a picture counts, by its cosine distance from the whole one. @param {Uint8Array} on */
export function nearness(on) {
  const away = 1 - Math.sqrt(on.reduce((sum, one) => sum + one, 0) / on.length);
  return Math.exp((-away * away) / (2 * WIDTH * WIDTH));
}

/** The line of least squares, with a ridge of 1. @param {Uint8Array[]} on @param {Row} scores @returns {Fit} */
export function fitted(on, scores) {
  const count = on[0].length;
  const near = on.map(nearness);
  const sum = near.reduce((all, one) => all + one, 0);
  const mean = near.reduce((all, one, n) => all + one * scores[n], 0) / sum;
  const middle = new Float64Array(count);
  near.forEach((one, n) => on[n].forEach((z, k) => (middle[k] += (one * z) / sum)));
  const matrix = Array.from({length: count}, (_, k) => {
    const line = new Float64Array(count);
    line[k] = RIDGE;
    return line;
  });
  const weights = new Float64Array(count);
  near.forEach((one, n) => {
    const z = Float64Array.from(on[n], (on, k) => on - middle[k]);
    for (let i = 0; i < count; i++) {
      const at = one * z[i];
      weights[i] += at * (scores[n] - mean);
      for (let k = 0; k <= i; k++) matrix[i][k] += at * z[k];
    }
  });
  solve(matrix, weights);
  const base = mean - weights.reduce((all, one, k) => all + one * middle[k], 0);
  let [left, all, size] = [0, 0, 0];
  near.forEach((one, n) => {
    left += one * (scores[n] - base - sumOf(weights, on[n])) ** 2;
    all += one * (scores[n] - mean) ** 2;
    size += one * scores[n] ** 2;
  });
  // What rounding leaves of scores that do not differ is no variance.
  return {weights, base, fit: all > 1e-12 * size ? 1 - left / all : 1};
}

/** @param {Row} weights @param {Row} on */
function sumOf(weights, on) {
  let sum = 0;
  for (let k = 0; k < weights.length; k++) sum += weights[k] * on[k];
  return sum;
}

/** Solve a symmetric positive system by Cholesky's factors; both are changed in place. @param {Float64Array[]} a  its lower half @param {Float64Array} b */
function solve(a, b) {
  const count = b.length;
  for (let i = 0; i < count; i++) {
    for (let k = 0; k <= i; k++) {
      let sum = a[i][k];
      for (let j = 0; j < k; j++) sum -= a[i][j] * a[k][j];
      a[i][k] = i === k ? Math.sqrt(sum) : sum / a[k][k];
    }
    for (let k = 0; k < i; k++) b[i] -= a[i][k] * b[k];
    b[i] /= a[i][i];
  }
  for (let i = count - 1; i >= 0; i--) {
    for (let k = i + 1; k < count; k++) b[i] -= a[k][i] * b[k];
    b[i] /= a[i][i];
  }
}

/** Each superpixel's weight, read from a map. @param {Row} map @param {Int32Array} labels */
export function weighed(map, labels) {
  /** @type {number[]} */
  const weights = [];
  labels.forEach((label, at) => (weights[label] = map[at]));
  return weights;
}

/** The picture with some superpixels in place of which there is nothing. @param {Float32Array} picture @param {Float32Array} nothing @param {Int32Array} labels @param {(label: number) => boolean} on */
export function covered(picture, nothing, labels, on) {
  return picture.map((one, i) => (on(labels[i % labels.length]) ? one : nothing[i]));
}
