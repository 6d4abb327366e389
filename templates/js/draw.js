/** Random numbers in the order in which they are asked for; generator/compute/draw.py draws the same. */
import {cos, log} from "./functions.js";
import {uniform} from "./noise.js";

export class Draw {
  #at = 0;

  /** @param {number} seed */
  constructor(seed) {
    this.seed = seed;
  }

  /** @param {number} low @param {number} high */
  between(low, high) {
    return low + (high - low) * uniform(this.seed, this.#at++);
  }

  /** Mean 0, variance 1: Box and Muller's cosine, the same in every browser. */
  normal() {
    const size = Math.sqrt(-2 * log(1 - this.between(0, 1)));
    return size * cos(2 * Math.PI * this.between(0, 1));
  }

  /** @param {number} count */
  normals(count) {
    return Float64Array.from({length: count}, () => this.normal());
  }
}
