/** How much of who is near whom a map keeps: trustworthiness, continuity and neighbourhood hit. */
import {nearest} from "./distances.js";

/** Neighbours that are counted: ten, or as many as so few points allow. @param {number} n */
export const counted = (n) => Math.max(1, Math.min(10, Math.ceil(n / 2) - 1));

/**
 * The place of every other point in the order of distance from each point, the nearest 1; the lower
 * index first where equal. Shape: (n, n). @param {Float64Array} apart @param {number} n
 */
export function ranks(apart, n) {
  const found = new Uint16Array(n * n);
  const order = Array.from({length: n}, (_, i) => i);
  for (let i = 0; i < n; i++) {
    const from = i * n;
    order.sort((a, b) => apart[from + a] - apart[from + b] || a - b);
    let rank = 0;
    for (const j of order) if (j !== i) found[from + j] = ++rank;
  }
  return found;
}

/**
 * 1 − 2 / (n k (2n − 3k − 1)) Σ (r − k) over neighbours in one space that are none in the other, r being
 * their rank there. From map to points it is the trustworthiness, from points to map the continuity.
 * Range: 0 to 1. Source: Venna and Kaski 2001, doi:10.1007/3-540-44668-0_68.
 * @param {Int32Array} near  the k nearest in one space, (n, k) @param {Uint16Array} rank  ranks in the other
 * @param {number} n @param {number} k
 */
export function kept(near, rank, n, k) {
  let sum = 0;
  for (let at = 0; at < near.length; at++) {
    const i = Math.floor(at / k);
    sum += Math.max(0, rank[i * n + near[at]] - k);
  }
  return 1 - (2 * sum) / (n * k * (2 * n - 3 * k - 1));
}

/**
 * Mean share of the k nearest that carry the same label.
 * Source: Paulovich, Nonato, Minghim and Levkowitz 2008, doi:10.1109/TVCG.2007.70443.
 * @param {Int32Array} near @param {ArrayLike<number>} labels @param {number} k
 */
export function hit(near, labels, k) {
  let same = 0;
  for (let at = 0; at < near.length; at++) if (labels[near[at]] === labels[Math.floor(at / k)]) same += 1;
  return same / near.length;
}

/** Squared distances on a map. @param {ArrayLike<number>} places @param {number} n */
export function spread(places, n) {
  const found = new Float64Array(n * n);
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < i; j++) {
      const [x, y] = [places[2 * i] - places[2 * j], places[2 * i + 1] - places[2 * j + 1]];
      found[i * n + j] = found[j * n + i] = x * x + y * y;
    }
  }
  return found;
}

/** Measures maps of the same points, again and again. */
export class Quality {
  /** @param {Float64Array} apart  distances of the points or their squares @param {number} n @param {ArrayLike<number> | null} labels */
  constructor(apart, n, labels) {
    this.count = n;
    this.labels = labels;
    this.k = counted(n);
    this.near = nearest(apart, n, this.k);
    this.ranks = ranks(apart, n);
  }

  /** @param {ArrayLike<number>} places @returns {{k: number, trust: number, continuity: number, hit: number | null}} */
  measure(places) {
    const {count: n, k} = this;
    const apart = spread(places, n);
    const near = nearest(apart, n, k);
    return {
      k,
      trust: kept(near, this.ranks, n, k),
      continuity: kept(this.near, this.#ranksOf(apart), n, k),
      hit: this.labels && hit(near, this.labels, k),
    };
  }

  /** Ranks on the map, of the points' own neighbours alone. @param {Float64Array} apart */
  #ranksOf(apart) {
    const {count: n, k, near} = this;
    const found = new Uint16Array(n * n);
    for (let at = 0; at < near.length; at++) {
      const [i, j] = [Math.floor(at / k), near[at]];
      const limit = apart[i * n + j];
      let rank = 1;
      for (let other = 0; other < n; other++) {
        if (other === i || other === j) continue;
        const far = apart[i * n + other];
        if (far < limit || (far === limit && other < j)) rank += 1;
      }
      found[i * n + j] = rank;
    }
    return found;
  }
}
