/**
 * UMAP: a graph of neighbours whose edges are more or less sure, drawn so that the drawing has the same.
 * Source: McInnes, Healy and Melville 2018, arXiv:1802.03426; negative samples: Mikolov et al. 2013,
 * arXiv:1310.4546.
 *
 * @typedef {import("./method.js").Problem} Problem
 */
import {exp, log} from "../functions.js";
import {uniform} from "../noise.js";
import {distances, nearest} from "./distances.js";
import {pca} from "./pca.js";

/** Steps in which the pace falls to nothing. */
export const EPOCHS = 500;
const NEGATIVE = 5;
const [TRIES, NEAR] = [64, 1e-5];
/** No coordinate moves farther at once, in units of the pace. */
const MOST = 4;
const SPAN = 10;

/**
 * 1 / (1 + a d^2b), as near as it can be to 1 up to `least` and e^−(d − least) beyond: Gauss and Newton's
 * least squares on 300 distances up to 3.
 * Error: a and b as scipy's curve_fit within 1e-3. @param {number} least
 */
export function curve(least) {
  let [a, b, error, damping] = [1.5, 1, Infinity, 1e-3];
  const xs = Array.from({length: 300}, (_, i) => (3 * i) / 299);
  const wanted = xs.map((x) => (x < least ? 1 : exp(least - x)));
  const off = (/** @type {number} */ p, /** @type {number} */ q) => xs.map((x, i) => 1 / (1 + p * (x ? exp(2 * q * log(x)) : 0)) - wanted[i]);
  const sum = (/** @type {number[]} */ all) => all.reduce((held, one) => held + one * one, 0);
  for (let round = 0; round < 200; round++) {
    const now = off(a, b);
    error = sum(now);
    let [aa, ab, bb, ga, gb] = [0, 0, 0, 0, 0];
    xs.forEach((x, i) => {
      if (!x) return;
      const power = exp(2 * b * log(x));
      const below = (1 + a * power) ** 2;
      const [da, db] = [-power / below, (-a * power * 2 * log(x)) / below];
      [aa, ab, bb, ga, gb] = [aa + da * da, ab + da * db, bb + db * db, ga + da * now[i], gb + db * now[i]];
    });
    const [m, n] = [aa * (1 + damping), bb * (1 + damping)];
    const whole = m * n - ab * ab;
    const [p, q] = [a - (n * ga - ab * gb) / whole, b - (m * gb - ab * ga) / whole];
    if (p > 0 && q > 0 && sum(off(p, q)) < error) [a, b, damping] = [p, q, damping / 3];
    else damping *= 4;
    if (damping > 1e12) break;
  }
  return {a, b};
}

/**
 * How sure each of k neighbours is: exp(−(d − ρ) / σ), ρ the distance of the nearest that is not in the same
 * place, σ so that all together are log₂ k.
 * @param {Float64Array} apart  distances to the k nearest, ascending
 */
export function memberships(apart) {
  const k = apart.length;
  const ρ = apart.find((d) => d > 0) ?? 0;
  const mean = apart.reduce((sum, d) => sum + d, 0) / k;
  const wanted = log(k) / log(2);
  let [σ, low, high] = [mean || 1, 0, Infinity];
  const sure = (/** @type {number} */ d) => exp(-Math.max(0, d - ρ) / σ);
  for (let tries = 0; tries < TRIES; tries++) {
    const off = apart.reduce((sum, d) => sum + sure(d), 0) - wanted;
    if (Math.abs(off) < NEAR) break;
    if (off > 0) [high, σ] = [σ, (low + σ) / 2];
    else [low, σ] = [σ, high === Infinity ? 2 * σ : (σ + high) / 2];
  }
  // Where all k lie together no width makes them less sure.
  σ = Math.max(σ, 1e-3 * mean);
  return apart.map(sure);
}

/** Edges with how sure they are, p + q − pq of both directions. @param {Float64Array} apart @param {number} n @param {number} k */
export function graph(apart, n, k) {
  const near = nearest(apart, n, k);
  /** @type {Map<number, number>} */
  const held = new Map();
  for (let i = 0; i < n; i++) {
    const row = near.subarray(i * k, (i + 1) * k);
    const sure = memberships(Float64Array.from(row, (j) => apart[i * n + j]));
    row.forEach((j, at) => {
      const key = i < j ? i * n + j : j * n + i;
      const other = held.get(key) ?? 0;
      held.set(key, other + sure[at] - other * sure[at]);
    });
  }
  return [...held].sort(([a], [b]) => a - b).map(([key, sure]) => ({from: Math.floor(key / n), to: key % n, sure}));
}

export class Umap {
  measure = "";
  steps = 0;
  #drawn = 0;

  /** @param {Problem} problem */
  constructor({points, neighbours, least, seed}) {
    const n = (this.count = points.count);
    this.seed = seed;
    Object.assign(this, curve(least));
    const edges = graph(distances(points), n, Math.min(neighbours, n - 1));
    const most = edges.reduce((held, {sure}) => Math.max(held, sure), 0);
    // An edge is pulled as often as it is sure; one that would be never within all steps is left out.
    this.edges = edges.filter(({sure}) => sure >= most / EPOCHS).map((edge) => ({...edge, every: most / edge.sure, next: most / edge.sure}));
    const start = pca(points, 2).places;
    const reach = start.reduce((held, one) => Math.max(held, Math.abs(one)), 0) || 1;
    this.places = start.map((place, at) => (SPAN * place) / reach + 1e-4 * (uniform(seed, at) - 0.5));
    this.#drawn = 2 * n;
  }

  /** Set with the curve. */
  a = 1;
  b = 1;

  /** d² to the power b. @param {number} square */
  #power(square) {
    return square > 0 ? exp(this.b * log(square)) : 0;
  }

  /** @param {number} i @param {number} j @param {number} scale @param {boolean} both */
  #move(i, j, scale, both) {
    const {places} = this;
    for (let axis = 0; axis < 2; axis++) {
      const by = Math.max(-MOST, Math.min(MOST, scale * (places[2 * i + axis] - places[2 * j + axis]))) * this.pace;
      places[2 * i + axis] += by;
      if (both) places[2 * j + axis] -= by;
    }
  }

  get pace() {
    return Math.max(0, 1 - this.steps / EPOCHS);
  }

  get closed() {
    return this.steps >= EPOCHS;
  }

  step() {
    if (this.closed) return;
    const {a, b, count} = this;
    for (const edge of this.edges) {
      if (edge.next > this.steps + 1) continue;
      edge.next += edge.every;
      // Both ends take their turn, as both directions of an edge do.
      for (const [i, j] of [[edge.from, edge.to], [edge.to, edge.from]]) {
        const square = this.#square(i, j);
        const power = this.#power(square);
        if (square > 0) this.#move(i, j, (-2 * a * b * power) / square / (1 + a * power), true);
        for (let sample = 0; sample < NEGATIVE; sample++) {
          const other = Math.floor(uniform(this.seed, this.#drawn++) * count);
          if (other === i) continue;
          const far = this.#square(i, other);
          this.#move(i, other, (2 * b) / ((0.001 + far) * (1 + a * this.#power(far))), false);
        }
      }
    }
    this.steps += 1;
  }

  /** @param {number} i @param {number} j */
  #square(i, j) {
    const {places} = this;
    return (places[2 * i] - places[2 * j]) ** 2 + (places[2 * i + 1] - places[2 * j + 1]) ** 2;
  }

  /** What it lowers only on average is not shown: samples stand for most of the pairs. */
  cost() {
    return null;
  }
}
