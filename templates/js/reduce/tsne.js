/**
 * t-SNE, exact: who is a neighbour is to stay one. generator/compute/reduction/tsne.py does the same steps.
 *
 * KL(P‖Q) = Σ p ln(p / q), q(i, j) = w(i, j) / Σ w, w = 1 / (1 + |y_i − y_j|²), is lowered along its slope
 * 4 Σ_j (p − q) w (y_i − y_j), with momentum and a gain for every coordinate.
 * Source: van der Maaten and Hinton 2008, Journal of Machine Learning Research 9; gains: Jacobs 1988,
 * doi:10.1016/0893-6080(88)90003-2.
 *
 * @typedef {import("./method.js").Problem} Problem
 */
import {Draw} from "../draw.js";
import {log} from "../functions.js";
import {affinities} from "./affinities.js";
import {squares} from "./distances.js";
import {pushing} from "./push.js";

/** Neighbours pull harder at first, so that groups find together. */
const [EARLY, PULL] = [100, 4];
const [CALM, MOMENTUM, LATER] = [250, 0.5, 0.8];
const [MORE, LESS, LEAST] = [0.2, 0.8, 0.01];
/** Standard deviation of the first places. */
const SMALL = 1e-4;

export class Tsne {
  measure = "KL divergence";
  steps = 0;
  /** Σ w over ordered pairs, at the places of `known`. */
  #sum = 0;
  #known = -1;

  /** @param {Problem} problem @param {import("./push.js").Push} [push] */
  constructor({points, perplexity, epsilon, seed}, push = pushing(points.count)) {
    this.count = points.count;
    this.epsilon = epsilon;
    this.pairs = affinities(squares(points), this.count, perplexity);
    this.places = new Draw(seed).normals(2 * this.count).map((one) => SMALL * one);
    this.speed = new Float64Array(2 * this.count);
    this.gains = new Float64Array(2 * this.count).fill(1);
    this.pulls = new Float64Array(2 * this.count);
    this.push = push;
  }

  /** What all points together push: Σ_j w² (y_i − y_j), and Σ w. */
  #pushes() {
    if (this.#known !== this.steps) this.#sum = this.push.run(this.places);
    this.#known = this.steps;
    return this.push.pushes;
  }

  /** Σ_j p w (y_i − y_j), each pair once. */
  #pull() {
    const {count, places, pulls, pairs: {ends, others, shares}} = this;
    pulls.fill(0);
    for (let i = 0, at = 0; i < count; i++) {
      const a = places[2 * i];
      const b = places[2 * i + 1];
      const end = ends[i];
      let across = 0;
      let along = 0;
      for (; at < end; at++) {
        const j = 2 * others[at];
        const x = a - places[j];
        const y = b - places[j + 1];
        const pull = shares[at] / (1 + x * x + y * y);
        across += pull * x;
        along += pull * y;
        pulls[j] -= pull * x;
        pulls[j + 1] -= pull * y;
      }
      pulls[2 * i] += across;
      pulls[2 * i + 1] += along;
    }
    return pulls;
  }

  step() {
    const {count, places, speed, gains, epsilon} = this;
    const pulls = this.#pull();
    const pushes = this.#pushes();
    const pull = this.steps < EARLY ? PULL : 1;
    const momentum = this.steps < CALM ? MOMENTUM : LATER;
    const sum = this.#sum;
    let [x, y] = [0, 0];
    for (let at = 0; at < 2 * count; at++) {
      const slope = 4 * (pull * pulls[at] - pushes[at] / sum);
      gains[at] = slope > 0 === speed[at] > 0 ? Math.max(LEAST, LESS * gains[at]) : gains[at] + MORE;
      speed[at] = momentum * speed[at] - epsilon * gains[at] * slope;
      places[at] += speed[at];
      if (at & 1) y += places[at];
      else x += places[at];
    }
    for (let at = 0; at < 2 * count; at++) places[at] -= (at & 1 ? y : x) / count;
    this.steps += 1;
  }

  /** KL(P‖Q) in nats. */
  cost() {
    this.#pushes();
    const {count, places, pairs: {ends, others, shares}} = this;
    let sum = 0;
    for (let i = 0, at = 0; i < count; i++) {
      for (; at < ends[i]; at++) {
        const j = others[at];
        const apart = 1 + (places[2 * i] - places[2 * j]) ** 2 + (places[2 * i + 1] - places[2 * j + 1]) ** 2;
        sum += 2 * shares[at] * log(shares[at] * apart * this.#sum);
      }
    }
    return sum;
  }
}
