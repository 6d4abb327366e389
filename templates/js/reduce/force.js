/**
 * A graph of neighbours, laid out by forces: neighbours pull, everybody pushes.
 *
 * @typedef {import("./method.js").Problem} Problem
 */
import {Draw} from "../draw.js";
import {nearest, squares} from "./distances.js";

/** How much cooler every step is; after some three hundred the layout stands. */
const COOLING = 0.985;

/** Pairs of which one is among the k nearest of the other, each once. @param {Float64Array} apart @param {number} n @param {number} k @returns {[number, number][]} */
export function neighbourPairs(apart, n, k) {
  const near = nearest(apart, n, k);
  const found = new Set();
  near.forEach((j, at) => {
    const i = Math.floor(at / k);
    found.add(i < j ? i * n + j : j * n + i);
  });
  return [...found].sort((a, b) => a - b).map((pair) => [Math.floor(pair / n), pair % n]);
}

/**
 * Fruchterman and Reingold's layout with the edge length 1: along an edge of length d a pull d², between
 * all pairs a push 1/d, and no step longer than the temperature, which falls.
 * Source: Fruchterman and Reingold 1991, doi:10.1002/spe.4380211102.
 */
export class Force {
  measure = "energy";

  /** @param {Problem} problem */
  constructor({points, seed, neighbours}) {
    this.count = points.count;
    this.pairs = neighbourPairs(squares(points), this.count, Math.min(neighbours, this.count - 1));
    const side = Math.sqrt(this.count);
    this.places = new Draw(seed).normals(2 * this.count).map((one) => 0.3 * side * one);
    this.heat = 0.2 * side;
  }

  step() {
    const {count: n, places} = this;
    const moves = new Float64Array(2 * n);
    for (let i = 0; i < n; i++) {
      for (let j = 0; j < i; j++) {
        const [x, y] = [places[2 * i] - places[2 * j], places[2 * i + 1] - places[2 * j + 1]];
        const push = 1 / Math.max(x * x + y * y, 1e-9);
        moves[2 * i] += push * x;
        moves[2 * i + 1] += push * y;
        moves[2 * j] -= push * x;
        moves[2 * j + 1] -= push * y;
      }
    }
    for (const [i, j] of this.pairs) {
      const [x, y] = [places[2 * i] - places[2 * j], places[2 * i + 1] - places[2 * j + 1]];
      const pull = Math.sqrt(x * x + y * y);
      moves[2 * i] -= pull * x;
      moves[2 * i + 1] -= pull * y;
      moves[2 * j] += pull * x;
      moves[2 * j + 1] += pull * y;
    }
    this.places = places.map((place, at) => {
      const i = at & ~1;
      const length = Math.sqrt(moves[i] ** 2 + moves[i + 1] ** 2);
      return place + moves[at] * Math.min(1, this.heat / (length || 1));
    });
    this.heat *= COOLING;
  }

  /** Σ d³/3 over edges − Σ ln d over pairs, whose slopes the forces are. */
  cost() {
    const {count: n, places} = this;
    const apart = (/** @type {number} */ i, /** @type {number} */ j) => Math.hypot(places[2 * i] - places[2 * j], places[2 * i + 1] - places[2 * j + 1]);
    let sum = 0;
    for (const [i, j] of this.pairs) sum += apart(i, j) ** 3 / 3;
    for (let i = 0; i < n; i++) for (let j = 0; j < i; j++) sum -= Math.log(Math.max(apart(i, j), 1e-9));
    return sum;
  }
}
