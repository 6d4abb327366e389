/**
 * Vectors as they are, before any map: who is nearest, and where each lies between two sets.
 *
 * @typedef {"cosine" | "euclidean"} Metric
 * @typedef {{index: number, distance: number}} Neighbour
 */

export class Space {
  /**
   * @param {Int8Array} numbers  (count, width), whole numbers of a row
   * @param {ArrayLike<number>} scale  what one of them is worth in that row
   */
  constructor(numbers, scale) {
    this.count = scale.length;
    this.width = numbers.length / scale.length;
    this.units = new Float32Array(numbers.length);
    this.lengths = new Float32Array(this.count);
    for (let i = 0; i < this.count; i++) {
      let sum = 0;
      for (let at = i * this.width; at < (i + 1) * this.width; at++) sum += numbers[at] * numbers[at];
      const length = Math.sqrt(sum);
      this.lengths[i] = length * scale[i];
      for (let at = i * this.width; at < (i + 1) * this.width; at++) this.units[at] = length ? numbers[at] / length : 0;
    }
  }

  /** Cosine of every vector with a direction of length 1. @param {ArrayLike<number>} direction */
  cosines(direction) {
    const {count, width, units} = this;
    const found = new Float32Array(count);
    const way = Float32Array.from(direction);
    for (let i = 0, at = 0; i < count; i++) {
      let [a, b] = [0, 0];
      let k = 0;
      for (; k + 1 < width; k += 2, at += 2) {
        a += units[at] * way[k];
        b += units[at + 1] * way[k + 1];
      }
      if (k < width) a += units[at++] * way[k];
      found[i] = a + b;
    }
    return found;
  }

  /** A vector with length 1. @param {number} i */
  unit(i) {
    return this.units.subarray(i * this.width, (i + 1) * this.width);
  }

  /** Distances from one vector to all: 1 − cosine, or |a − b|. @param {number} i @param {Metric} metric */
  distances(i, metric) {
    const found = this.cosines(this.unit(i));
    const {lengths} = this;
    for (let j = 0; j < this.count; j++) {
      found[j] = metric === "cosine"
        ? Math.max(0, 1 - found[j])
        : Math.sqrt(Math.max(0, lengths[i] ** 2 + lengths[j] ** 2 - 2 * lengths[i] * lengths[j] * found[j]));
    }
    return found;
  }

  /** The k nearest others, nearest first. @param {number} i @param {number} k @param {Metric} metric @returns {Neighbour[]} */
  nearest(i, k, metric) {
    const far = this.distances(i, metric);
    far[i] = Infinity;
    /** @type {Neighbour[]} */
    const held = [];
    for (let j = 0; j < this.count; j++) {
      if (j === i || (held.length === k && far[j] >= held[k - 1].distance)) continue;
      let at = held.length;
      while (at > 0 && held[at - 1].distance > far[j]) at -= 1;
      held.splice(at, 0, {index: j, distance: far[j]});
      if (held.length > k) held.pop();
    }
    return held;
  }

  /**
   * Where each vector lies between two sets: its cosine with (mean of one − mean of the other), the means
   * taken of vectors with length 1. Null: both sets are the same.
   * @param {number[]} low @param {number[]} high
   */
  along(low, high) {
    const way = new Float64Array(this.width);
    for (const [set, sign] of /** @type {[number[], number][]} */ ([[low, -1], [high, 1]])) {
      for (const i of set) this.unit(i).forEach((value, k) => (way[k] += (sign * value) / set.length));
    }
    const length = Math.hypot(...way);
    return length < 1e-9 ? null : this.cosines(way.map((value) => value / length));
  }

  /** Some vectors with length 1, as reductions take them. @param {number[]} some */
  rows(some) {
    const values = new Float64Array(some.length * this.width);
    some.forEach((i, row) => values.set(this.unit(i), row * this.width));
    return {values, count: some.length, width: this.width};
  }
}
