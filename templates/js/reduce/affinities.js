/**
 * How much each point counts as each other's neighbour, for t-SNE.
 *
 * @typedef {object} Pairs  unordered pairs with a share that counts, by the larger of their two indices
 * @property {Int32Array} ends     one for each point: where its pairs end; they begin where those before end
 * @property {Int32Array} others   the smaller index of each pair
 * @property {Float64Array} shares  p of the pair, in one of its two orders
 */
import {exp, log} from "../functions.js";

/** The search for a width ends here: an entropy this near, in nats, or so many tries. */
const NEAR = 1e-6;
const TRIES = 48;
/** Shares that are this small beside the mean do not count. */
const NOTHING = 1e-3;

/**
 * The shares of one row: exp(−β d²) / Σ, with the β for which their entropy is ln(perplexity). Where no β
 * has it, because too many points lie together, the search ends near the limit.
 * @param {Float64Array} apart  squared distances, (n, n) @param {number} n @param {number} i
 * @param {number} entropy @param {Float64Array} into  (n)
 */
function row(apart, n, i, entropy, into) {
  const from = i * n;
  let [least, mean] = [Infinity, 0];
  for (let j = 0; j < n; j++) {
    if (j === i) continue;
    least = Math.min(least, apart[from + j]);
    mean += apart[from + j] / (n - 1);
  }
  let [β, low, high] = [1 / ((mean - least) || 1), 0, Infinity];
  for (let tries = 0; tries < TRIES; tries++) {
    let sum = 0;
    let held = 0;
    let square = 0;
    for (let j = 0; j < n; j++) {
      if (j === i) continue;
      const far = apart[from + j] - least;
      const share = exp(-β * far);
      into[j] = share;
      sum += share;
      held += far * share;
      square += far * far * share;
    }
    into[i] = 0;
    const off = log(sum) + (β * held) / sum - entropy;
    for (let j = 0; j < n; j++) into[j] /= sum;
    if (Math.abs(off) < NEAR) return;
    if (off > 0) low = β;
    else high = β;
    // Newton's step, where it stays between what is too wide and what is too narrow.
    const slope = -β * (square / sum - (held / sum) ** 2);
    const next = β - off / slope;
    if (next > low && next < Math.min(high, 4 * β)) β = next;
    else β = high === Infinity ? 2 * β : (low + high) / 2;
  }
}

/**
 * p(i, j) = (p(j|i) + p(i|j)) / 2n with Gaussian p(j|i) of the given perplexity; pairs that do not count are
 * left out, and the others have the sum 1 over both orders.
 * Source: van der Maaten and Hinton 2008, Journal of Machine Learning Research 9, section 3.1.
 * @param {Float64Array} apart  squared distances, (n, n) @param {number} n @param {number} perplexity
 * @returns {Pairs}
 */
export function affinities(apart, n, perplexity) {
  const shares = new Float64Array(n * n);
  for (let i = 0; i < n; i++) row(apart, n, i, log(perplexity), shares.subarray(i * n, (i + 1) * n));
  const ends = new Int32Array(n);
  const [others, kept] = [/** @type {number[]} */ ([]), /** @type {number[]} */ ([])];
  let sum = 0;
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < i; j++) {
      const share = (shares[i * n + j] + shares[j * n + i]) / (2 * n);
      if (share * n * n < NOTHING) continue;
      others.push(j);
      kept.push(share);
      sum += 2 * share;
    }
    ends[i] = others.length;
  }
  return {ends, others: Int32Array.from(others), shares: Float64Array.from(kept, (share) => share / sum)};
}
