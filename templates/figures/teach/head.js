/**
 * A softmax head on frozen features, trained in the page. Pure.
 *
 *     minimise  −Σ_i log p(y_i | x_i) + |W|² / (2 C),   p = softmax(W x + b)
 *
 * the objective of scikit-learn's LogisticRegression; the bias is not held back. The minimum is
 * found by L-BFGS (Liu and Nocedal 1989, doi:10.1007/BF01589116).
 *
 * @typedef {object} Problem
 * @property {Float32Array | Float64Array} rows  (count × size) features
 * @property {ArrayLike<number>} labels  0 to classes − 1
 * @property {number} size            of a row
 * @property {number} classes
 * @property {number} c               C; the larger, the less the weights are held back
 *
 * @typedef {object} Head
 * @property {Float64Array} weights   (classes × size)
 * @property {Float64Array} bias      (classes)
 * @property {number} size
 * @property {number} loss            the objective at the minimum
 * @property {number} steps
 */
import {softmax} from "../../js/probabilities.js";
import {reduced} from "./reduced.js";

/** Steps that L-BFGS remembers. */
const MEMORY = 8;
/** Where the greatest slope is below this, the minimum is found. */
const FLAT = 1e-4;
const LONGEST = 300;
/** Armijo's share of the promised descent. */
const ENOUGH = 1e-4;

/** @param {Float64Array} a @param {Float64Array} b */
function dot(a, b) {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i] * b[i];
  return sum;
}

/** Scores of a row. @param {Float64Array} theta @param {Problem["rows"]} row @param {number} from @param {number} size @param {number} classes */
function scores(theta, row, from, size, classes) {
  const out = [];
  for (let k = 0; k < classes; k++) {
    const at = k * size;
    // Four sums at a time: one alone would wait for its own last addition.
    let [a, b, c, e] = [theta[classes * size + k], 0, 0, 0];
    let d = 0;
    for (; d + 3 < size; d += 4) {
      a += theta[at + d] * row[from + d];
      b += theta[at + d + 1] * row[from + d + 1];
      c += theta[at + d + 2] * row[from + d + 2];
      e += theta[at + d + 3] * row[from + d + 3];
    }
    for (; d < size; d++) a += theta[at + d] * row[from + d];
    out.push(a + b + (c + e));
  }
  return out;
}

/**
 * The objective, and its slopes into `gradient`; theta holds W row by row and then b.
 * @param {Problem} problem @param {Float64Array} theta @param {Float64Array} gradient
 */
export function objective({rows, labels, size, classes, c}, theta, gradient) {
  gradient.fill(0);
  let loss = 0;
  const last = classes * size;
  for (let i = 0; i < labels.length; i++) {
    const found = scores(theta, rows, i * size, size, classes);
    const most = Math.max(...found);
    const sum = found.reduce((all, one) => all + Math.exp(one - most), 0);
    loss += most + Math.log(sum) - found[labels[i]];
    for (let k = 0; k < classes; k++) {
      const slope = Math.exp(found[k] - most) / sum - Number(labels[i] === k);
      for (let d = 0, at = k * size, from = i * size; d < size; d++) gradient[at + d] += slope * rows[from + d];
      gradient[last + k] += slope;
    }
  }
  for (let i = 0; i < last; i++) {
    loss += (theta[i] * theta[i]) / (2 * c);
    gradient[i] += theta[i] / c;
  }
  return loss;
}

/** Down by what the last steps tell of the curvature. @param {Float64Array} gradient @param {{s: Float64Array, y: Float64Array, sy: number}[]} past */
function direction(gradient, past) {
  const way = gradient.map((one) => -one);
  const shares = past.map(() => 0);
  for (let j = past.length - 1; j >= 0; j--) {
    const {s, y, sy} = past[j];
    shares[j] = dot(s, way) / sy;
    for (let i = 0; i < way.length; i++) way[i] -= shares[j] * y[i];
  }
  const newest = past.at(-1);
  const scale = newest ? newest.sy / dot(newest.y, newest.y) : 1 / Math.max(1, Math.sqrt(dot(gradient, gradient)));
  for (let i = 0; i < way.length; i++) way[i] *= scale;
  past.forEach(({s, y, sy}, j) => {
    const back = dot(y, way) / sy;
    for (let i = 0; i < way.length; i++) way[i] += (shares[j] - back) * s[i];
  });
  return way;
}

/** @param {Problem} problem @returns {Generator<number, Head, void>} */
function* descend(problem) {
  const {size, classes} = problem;
  let theta = new Float64Array(classes * (size + 1));
  let gradient = new Float64Array(theta.length);
  let loss = objective(problem, theta, gradient);
  /** @type {{s: Float64Array, y: Float64Array, sy: number}[]} */
  const past = [];
  let steps = 0;
  for (; steps < LONGEST && gradient.some((one) => Math.abs(one) > FLAT); steps++) {
    const way = direction(gradient, past);
    const promised = dot(way, gradient);
    let [length, next, slopes, value] = [1, theta, new Float64Array(theta.length), loss];
    do {
      next = theta.map((one, i) => one + length * way[i]);
      value = objective(problem, next, slopes);
      length /= 2;
    } while (value > loss + 2 * ENOUGH * length * promised && length > 1e-10);
    if (!(value < loss)) break;
    const s = next.map((one, i) => one - theta[i]);
    const y = slopes.map((one, i) => one - gradient[i]);
    const sy = dot(s, y);
    if (sy > 1e-12) past.push({s, y, sy});
    if (past.length > MEMORY) past.shift();
    [theta, gradient, loss] = [next, slopes, value];
    yield loss;
  }
  return {weights: theta.slice(0, classes * size), bias: theta.slice(classes * size), size, loss, steps};
}

/**
 * Step by step, so that a page can stop for breath between them; what it returns is the head.
 * @param {Problem} problem @returns {Generator<number, Head, void>} the objective after each step
 */
export function* fit(problem) {
  if (problem.labels.length >= problem.size) return yield* descend(problem);
  const {problem: fewer, back} = reduced(problem);
  return back(yield* descend(fewer));
}

/** The head at once. @param {Problem} problem @returns {Head} */
export function trained(problem) {
  const run = fit(problem);
  for (;;) {
    const {done, value} = run.next();
    if (done) return /** @type {Head} */ (value);
  }
}

/** @param {Head} head @param {Problem["rows"]} features */
export function answered({weights, bias, size}, features) {
  const theta = new Float64Array(weights.length + bias.length);
  theta.set(weights);
  theta.set(bias, weights.length);
  return softmax(scores(theta, features, 0, size, bias.length));
}

/**
 * What each capture adds to the lead of one class over another: at the minimum W is a sum over captures,
 * W_k = C Σ_i ([y_i = k] − p_k(x_i)) x_i, so the lead is a sum too, up to the difference of biases
 * (Yeh et al. 2018, arXiv:1811.09720).
 * @param {Problem} problem @param {Head} head @param {Float32Array} features  of what is shown
 * @param {number} one @param {number} other  classes @returns {Float64Array}
 */
export function shares({rows, labels, size, c}, head, features, one, other) {
  return Float64Array.from(labels, (label, i) => {
    const row = rows.subarray(i * size, (i + 1) * size);
    const said = answered(head, row);
    const pull = Number(label === one) - said[one] - Number(label === other) + said[other];
    let alike = 0;
    for (let d = 0; d < size; d++) alike += row[d] * features[d];
    return c * pull * alike;
  });
}
