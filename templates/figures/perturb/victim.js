/**
 * The network under attack, asked in the page: what it answers, and which way its answers move.
 *
 * @typedef {import("../../js/types.js").Mounting} Mounting
 * @typedef {import("./guard.js").Guard} Guard
 * @typedef {ArrayLike<number>} Row  a picture, shares of the range
 */
import {probabilities} from "../../js/probabilities.js";
import {back, drawn, voting} from "./guard.js";

export class Victim {
  /** @param {Pick<Mounting, "graphs" | "values">} mounting */
  constructor({graphs, values}) {
    this.graphs = graphs;
    this.values = values;
  }

  /** Start the engine and open what an attack asks first. */
  async warm() {
    await this.graphs.slope.warm();
    await this.graphs.answer.warm();
  }

  /** Shares of the range as the model reads them. @param {Row} picture */
  #read(picture) {
    const [low, high] = this.values.range;
    return Float32Array.from(picture, (one) => low + (high - low) * one);
  }

  /** Probabilities of each picture, some in one pass. @param {Row[]} pictures @returns {Promise<number[][]>} */
  async #said(pictures) {
    const rows = [];
    const {outputs, reading} = this.values;
    const together = Number(this.graphs.answers.inputs.input.shape[0]);
    for (let from = 0; from < pictures.length; ) {
      const many = pictures.length - from > 1 && together > 1;
      const some = pictures.slice(from, from + (many ? together : 1));
      const size = pictures[0].length;
      const input = new Float32Array((many ? together : 1) * size);
      some.forEach((one, i) => input.set(this.#read(one), i * size));
      const found = await this.graphs[many ? "answers" : "answer"].run({input});
      if (!found) throw new Error("the model gave no answer");
      const data = /** @type {Float32Array} */ (found.output.data);
      for (let i = 0; i < some.length; i++) {
        rows.push(probabilities(data.subarray(i * outputs.length, (i + 1) * outputs.length), reading));
      }
      from += some.length;
    }
    return rows;
  }

  /**
   * What it says of a picture behind a guard, the mean over the copies that vote.
   * @param {Row} picture @param {Guard} guard
   */
  async probabilities(picture, guard) {
    const rows = await this.#said(voting(picture, guard, this.values));
    return rows[0].map((_, k) => rows.reduce((sum, row) => sum + row[k], 0) / rows.length);
  }

  /** @param {string} graph @param {string[]} names @param {Row} picture @param {number} target @param {Guard} guard @param {number} draw */
  async #slopes(graph, names, picture, target, guard, draw) {
    const direction = Float32Array.from(this.values.outputs, (/** @type {string} */ _, /** @type {number} */ i) => Number(i === target));
    const tries = drawn(picture, guard, this.values, draw);
    const sums = names.map(() => new Float64Array(picture.length));
    for (const one of tries) {
      const found = await this.graphs[graph].run({input: this.#read(one), direction});
      if (!found) throw new Error(`graph ${graph} gave no answer`);
      names.forEach((name, k) => {
        const data = /** @type {Float32Array} */ (found[name].data);
        for (let i = 0; i < data.length; i++) sums[k][i] += data[i] / tries.length;
      });
    }
    return sums.map((sum) => back(sum, guard, this.values.shape));
  }

  /** The gradient of a class's log-odds. @param {Row} picture @param {number} target @param {Guard} guard @param {number} draw */
  async slope(picture, target, guard, draw) {
    return (await this.#slopes("slope", ["gradient"], picture, target, guard, draw))[0];
  }

  /** Of the class's logit, and of the sum of all others. @param {Row} picture @param {number} target @param {Guard} guard @param {number} draw */
  async two(picture, target, guard, draw) {
    return this.#slopes("slopes", ["own", "others"], picture, target, guard, draw);
  }
}
