/**
 * Multidimensional scaling: places whose distances are those of the points, as far as a plane allows.
 *
 * @typedef {import("./method.js").Problem} Problem
 */
import {Draw} from "../draw.js";
import {distances, squares} from "./distances.js";
import {leading} from "./eigen.js";

/**
 * Classical scaling: the two leading eigenvectors of the doubly centred squared distances, times the
 * square roots of their eigenvalues. Of Euclidean distances it gives the principal components.
 * Shape: squared distances (n, n) to (n, 2).
 * Source: Torgerson 1952, doi:10.1007/BF02288916.
 * @param {Float64Array} apart @param {number} n
 */
export function classical(apart, n) {
  const means = new Float64Array(n);
  for (let i = 0; i < n; i++) for (let j = 0; j < n; j++) means[i] += apart[i * n + j] / n;
  const mean = means.reduce((sum, one) => sum + one, 0) / n;
  const inner = apart.map((square, at) => -0.5 * (square - means[Math.floor(at / n)] - means[at % n] + mean));
  const product = (/** @type {Float64Array} */ vector) => {
    const found = new Float64Array(n);
    for (let i = 0; i < n; i++) for (let j = 0; j < n; j++) found[i] += inner[i * n + j] * vector[j];
    return found;
  };
  const {values, vectors} = leading(product, n, 2);
  const places = new Float64Array(2 * n);
  vectors.forEach((vector, axis) => {
    if (values[axis] <= 1e-14 * values[0]) return;
    const greatest = vector.reduce((held, one) => (Math.abs(one) > Math.abs(held) ? one : held), 0);
    const scale = Math.sign(greatest) * Math.sqrt(values[axis]);
    for (let i = 0; i < n; i++) places[2 * i + axis] = scale * vector[i];
  });
  return places;
}

/**
 * Kruskal's stress, √(Σ (d − δ)² / Σ δ²) over pairs, d on the map and δ among the points.
 * Range: 0 upwards; 0 where all distances are kept.
 * Source: Kruskal 1964, doi:10.1007/BF02289565.
 * @param {Float64Array} wanted  δ, (n, n) @param {ArrayLike<number>} places  (n, 2) @param {number} n
 */
export function stress(wanted, places, n) {
  let [off, whole] = [0, 0];
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < i; j++) {
      const [x, y] = [places[2 * i] - places[2 * j], places[2 * i + 1] - places[2 * j + 1]];
      const δ = wanted[i * n + j];
      off += (Math.sqrt(x * x + y * y) - δ) ** 2;
      whole += δ * δ;
    }
  }
  return whole ? Math.sqrt(off / whole) : 0;
}

/** Random places, about as far apart as the points are. @param {Float64Array} wanted @param {number} n @param {number} seed */
export function scattered(wanted, n, seed) {
  const mean = wanted.reduce((sum, one) => sum + one, 0) / Math.max(1, n * (n - 1));
  return new Draw(seed).normals(2 * n).map((one) => 0.5 * mean * one);
}

/**
 * Metric scaling by majorization: each step puts every point where the others want it on average, and
 * never raises Σ (d − δ)².
 * Source: de Leeuw 1977, "Applications of convex analysis to multidimensional scaling"; Borg and Groenen
 * 2005, doi:10.1007/0-387-28981-X, chapter 8.
 */
export class Smacof {
  measure = "stress";

  /** @param {Problem} problem */
  constructor({points, seed}) {
    this.count = points.count;
    this.wanted = distances(points);
    this.places = scattered(this.wanted, this.count, seed);
  }

  step() {
    const {count: n, places, wanted} = this;
    const next = new Float64Array(2 * n);
    for (let i = 0; i < n; i++) {
      for (let j = 0; j < i; j++) {
        const [x, y] = [places[2 * i] - places[2 * j], places[2 * i + 1] - places[2 * j + 1]];
        const d = Math.sqrt(x * x + y * y);
        if (!d) continue;
        const pull = wanted[i * n + j] / d / n;
        next[2 * i] += pull * x;
        next[2 * i + 1] += pull * y;
        next[2 * j] -= pull * x;
        next[2 * j + 1] -= pull * y;
      }
    }
    this.places = next;
  }

  cost() {
    return stress(this.wanted, this.places, this.count);
  }
}

/** Classical scaling has no steps: it is there at once. */
export class Classical {
  measure = "stress";
  closed = true;

  /** @param {Problem} problem */
  constructor({points}) {
    this.count = points.count;
    this.wanted = distances(points);
    this.places = classical(squares(points), points.count);
  }

  step() {}

  cost() {
    return stress(this.wanted, this.places, this.count);
  }
}
