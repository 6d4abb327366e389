/**
 * Sammon's map: distances are kept like those of metric scaling, the short ones more.
 *
 * @typedef {import("./method.js").Problem} Problem
 */
import {distances} from "./distances.js";
import {scattered} from "./mds.js";

/** Share of Newton's step that is tried first; Sammon's "magic factor". */
const SHARE = 0.35;
const HALVINGS = 20;

/**
 * E = (1 / Σ δ) Σ (δ − d)² / δ over pairs, lowered by a diagonal Newton step that is halved until E falls.
 * Points that lie together pull as the nearest pair that does not.
 * Source: Sammon 1969, doi:10.1109/T-C.1969.222678.
 */
export class Sammon {
  measure = "Sammon’s stress";

  /** @param {Problem} problem */
  constructor({points, seed}) {
    this.count = points.count;
    this.wanted = distances(points);
    const least = this.wanted.reduce((held, one) => (one > 0 && one < held ? one : held), Infinity);
    this.weights = this.wanted.map((δ) => 1 / Math.max(δ, least));
    this.whole = this.wanted.reduce((sum, δ) => sum + δ, 0) / 2 || 1;
    this.places = scattered(this.wanted, this.count, seed);
    this.now = this.#error(this.places);
  }

  /** @param {Float64Array} places */
  #error(places) {
    const {count: n, wanted, weights} = this;
    let sum = 0;
    for (let i = 0; i < n; i++) {
      for (let j = 0; j < i; j++) {
        const [x, y] = [places[2 * i] - places[2 * j], places[2 * i + 1] - places[2 * j + 1]];
        const off = wanted[i * n + j] - Math.sqrt(x * x + y * y);
        sum += off * off * weights[i * n + j];
      }
    }
    return sum / this.whole;
  }

  /** First derivative over the size of the second, by coordinate. */
  #direction() {
    const {count: n, places, wanted, weights} = this;
    const [first, second] = [new Float64Array(2 * n), new Float64Array(2 * n)];
    for (let i = 0; i < n; i++) {
      for (let j = 0; j < n; j++) {
        if (j === i) continue;
        const apart = [places[2 * i] - places[2 * j], places[2 * i + 1] - places[2 * j + 1]];
        const d = Math.max(Math.sqrt(apart[0] ** 2 + apart[1] ** 2), 1e-12);
        const w = weights[i * n + j];
        const off = wanted[i * n + j] - d;
        for (let axis = 0; axis < 2; axis++) {
          const along = apart[axis] / d;
          first[2 * i + axis] -= w * off * along;
          second[2 * i + axis] += w * (1 - (wanted[i * n + j] / d) * (1 - along * along));
        }
      }
    }
    return first.map((slope, at) => slope / Math.max(Math.abs(second[at]), 1e-12));
  }

  step() {
    const direction = this.#direction();
    for (let halving = 0, share = SHARE; halving < HALVINGS; halving++, share /= 2) {
      const next = this.places.map((place, at) => place - share * direction[at]);
      const error = this.#error(next);
      if (error < this.now) {
        [this.places, this.now] = [next, error];
        return;
      }
    }
  }

  cost() {
    return this.now;
  }
}
