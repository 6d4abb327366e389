/**
 * Every method, run in the page. What takes several passes tells how far it is after each of them.
 *
 * @typedef {import("../../js/types.js").Mounting} Mounting
 * @typedef {import("../../js/types.js").Tensors} Tensors
 * @typedef {import("../../js/types.js").Altered} Altered
 * @typedef {ArrayLike<number>} Row
 *
 * @typedef {object} Ask  what is asked, of what
 * @property {Float32Array} input      the picture as the model reads it
 * @property {Float32Array} baseline   what stands for nothing
 * @property {number} target           the output asked about
 * @property {string} layer            of Grad-CAM
 * @property {boolean} counter         what speaks against is shown as well
 * @property {number} steps
 * @property {number} sigma
 * @property {number} copies
 * @property {number} epsilon
 * @property {number} alpha
 * @property {number} patch
 * @property {number} each             pictures for each superpixel
 * @property {number} seed             of the other LIME
 * @property {number} fills            other pictures whose windows are put in
 * @property {Int32Array | null} labels  superpixels, where they are asked for
 * @property {Altered | undefined} altered  weights other than the model's own
 *
 * @typedef {object} Answer
 * @property {Float32Array} map
 * @property {number} [total]    what its numbers add up to, and
 * @property {number} [against]  what they should
 * @property {number} [fit]      R² of LIME's line, and
 * @property {number} [asked]    the pictures that it was fitted to
 * @property {string} [said]     why there is no map
 * @typedef {(share: number) => void} Tick  throws where a newer question replaced this one
 */
import {normal} from "../../js/noise.js";
import {probabilities} from "../../js/probabilities.js";
import {difference, evidence, lime, occluded} from "./many.js";
import {dot, enlarged, reduced, total} from "./numbers.js";

const NOISE = 1;
/** Seed of the first LIME. */
const FIRST = 1;

/** Do numbers below zero speak against? @param {{name: string, signed: boolean}} method @param {boolean} counter */
export const isSigned = ({name, signed}, counter) => signed || (name === "grad-cam" && counter);

/** @param {import("../../js/types.js").Tensor} tensor */
const row = ({data}) => /** @type {Float32Array} */ (data);

export class Methods {
  /** @param {Mounting} mounting */
  constructor({graphs, more, values}) {
    this.graphs = graphs;
    this.more = more;
    this.values = values;
    const [channels, height, width] = values.shape;
    this.size = [height, width];
    this.area = height * width;
    this.count = channels * this.area;
    this.together = "scores" in graphs ? Number(graphs.scores.inputs.input.shape[0]) : 1;
  }

  /** @param {Ask} ask @returns {Float32Array} a one at the target */
  #direction({target}) {
    return Float32Array.from(this.values.outputs, (/** @type {string} */ _, /** @type {number} */ i) => Number(i === target));
  }

  /** @param {string} graph @param {Ask} ask @param {Record<string, Float32Array>} [feeds] @returns {Promise<Tensors>} */
  async #run(graph, ask, feeds = {}) {
    const given = {input: ask.input, direction: this.#direction(ask), ...feeds};
    const asked = Object.keys(this.graphs[graph].inputs).map((name) => [name, given[/** @type {"input"} */ (name)]]);
    const found = await this.graphs[graph].run(Object.fromEntries(asked), {altered: ask.altered});
    if (!found) throw new Error(`graph ${graph} gave no answer`);
    return found;
  }

  /**
   * What the model answers to each picture.
   * @param {Float32Array[]} pictures @param {Altered | undefined} altered @param {Tick} tick @returns {Promise<Float32Array[]>}
   */
  async scores(pictures, altered, tick) {
    const rows = [];
    const width = this.values.outputs.length;
    for (let from = 0; from < pictures.length; from += this.together) {
      const input = new Float32Array(this.together * this.count);
      const some = pictures.slice(from, from + this.together);
      some.forEach((picture, i) => input.set(picture, i * this.count));
      const found = await this.graphs.scores.run({input}, {altered});
      if (!found) throw new Error("the model gave no answer");
      const data = row(found.output);
      rows.push(...some.map((_, i) => data.slice(i * width, (i + 1) * width)));
      tick(rows.length / pictures.length);
    }
    return rows;
  }

  /** @param {string} name @param {Ask} ask @param {Tick} tick @returns {Promise<Answer>} */
  async ask(name, ask, tick) {
    const method = this.values.methods.find((/** @type {any} */ one) => one.name === name);
    const answer = await this.#ask(name, ask, tick);
    tick(1);
    const signed = isSigned(method, ask.counter);
    return {...answer, map: reduced(answer.map, this.area, signed)};
  }

  /** @param {string} name @param {Ask} ask @param {Tick} tick @returns {Promise<Answer>} */
  async #ask(name, ask, tick) {
    switch (name) {
      case "gradient":
        return {map: row((await this.#run("gradient", ask)).gradient)};
      case "gradient-input": {
        const slope = row((await this.#run("gradient", ask)).gradient);
        return {map: slope.map((one, i) => one * ask.input[i])};
      }
      case "smooth":
        return this.#smooth(ask, tick);
      case "integrated":
        return this.#integrated(ask, tick);
      case "occlusion":
        return occluded(ask, this.#asking(ask), tick);
      case "lime":
        return lime(ask, FIRST, this.#asking(ask), tick);
      case "lime-again":
        return lime(ask, ask.seed, this.#asking(ask), tick);
      case "difference":
        return this.#difference(ask, tick);
      case "cam": {
        const {map, score, bias} = await this.#run("cam", ask);
        const whole = row(map);
        const sum = total(whole) / whole.length + (bias ? row(bias)[0] : 0);
        return {map: this.#whole(map), total: sum, against: row(score)[0]};
      }
      case "grad-cam": {
        const map = this.#whole((await this.#run("grad-cam", ask))[`signed.${ask.layer}`]);
        return {map: ask.counter ? map : map.map((one) => Math.max(0, one))};
      }
      case "guided-grad-cam":
        return {map: await this.#guidedCam(ask)};
      case "visual-backprop":
        return {map: this.#whole((await this.#run("visual-backprop", ask)).mask)};
      default: {
        const settings = {epsilon: Float32Array.of(ask.epsilon), alpha: Float32Array.of(ask.alpha)};
        const found = await this.#run(name, ask, settings);
        const map = row(found.attribution);
        return found.total ? {map, total: row(found.total)[0], against: row(found.score)[0]} : {map};
      }
    }
  }

  /** @param {import("../../js/types.js").Tensor} map  (1, height, width) of any size */
  #whole(map) {
    return enlarged(row(map), map.shape.slice(-2), this.size);
  }

  /** What guided backpropagation finds, where the layer's maps speak for the answer. @param {Ask} ask */
  async #guidedCam(ask) {
    const signed = (await this.#run("grad-cam", ask))[`signed.${ask.layer}`];
    const evidence = enlarged(row(signed).map((one) => Math.max(0, one)), signed.shape.slice(-2), this.size);
    return row((await this.#run("guided", ask)).attribution).map((one, i) => one * evidence[i % this.area]);
  }

  /** @param {Ask} ask @param {Tick} tick */
  async #smooth(ask, tick) {
    const [low, high] = this.values.range;
    const sum = new Float64Array(this.count);
    for (let i = 0; i < ask.copies; i++) {
      const input = ask.input.map((one, k) => one + ask.sigma * (high - low) * normal(NOISE, i * this.count + k));
      row((await this.#run("gradient", {...ask, input})).gradient).forEach((one, k) => (sum[k] += one / ask.copies));
      tick((i + 1) / ask.copies);
    }
    return {map: Float32Array.from(sum)};
  }

  /** @param {Ask} ask @param {Tick} tick */
  async #integrated(ask, tick) {
    const {steps, baseline} = ask;
    const way = ask.input.map((one, i) => one - baseline[i]);
    const sum = new Float64Array(this.count);
    for (let k = 0; k < steps; k++) {
      const input = baseline.map((one, i) => one + ((k + 0.5) / steps) * way[i]);
      row((await this.#run("gradient", {...ask, input})).gradient).forEach((one, i) => (sum[i] += one / steps));
      tick((k + 1) / steps);
    }
    const map = way.map((one, i) => one * sum[i]);
    const direction = this.#direction(ask);
    const [end, start] = await this.scores([ask.input, baseline], ask.altered, () => {});
    return {map, total: total(map), against: dot(end, direction) - dot(start, direction)};
  }

  /** @param {Ask} ask @param {Tick} tick */
  async #difference(ask, tick) {
    const {known, outputs, range: [low, high], reading} = this.values;
    const data = row((await this.more("fills")).pictures);
    const fills = Array.from({length: data.length / this.count}, (_, k) =>
      Float32Array.from(data.subarray(k * this.count, (k + 1) * this.count), (byte) => low + ((high - low) * byte) / 255));
    const others = fills.filter((one) => one.some((number, i) => number !== ask.input[i]));
    const probability = (/** @type {Float32Array} */ one) => probabilities(one, reading)[ask.target];
    const weigh = (/** @type {number} */ one) => evidence(one, known, outputs.length);
    return difference(ask, (others.length ? others : fills).slice(0, ask.fills), probability, weigh, this.#asking(ask), tick);
  }

  /** @param {Ask} ask @returns {import("./many.js").Asking} */
  #asking(ask) {
    const direction = this.#direction(ask);
    return {
      shape: this.values.shape,
      score: (one) => dot(one, direction),
      // Pictures are made as they are asked about: all at once would be hundreds of megabytes.
      rows: async (all, picture, tick) => {
        const found = [];
        for (let from = 0; from < all.length; from += this.together) {
          const some = all.slice(from, from + this.together).map(picture);
          found.push(...(await this.scores(some, ask.altered, () => {})));
          tick(found.length / all.length);
        }
        return found;
      },
    };
  }

  /**
   * Answers while pixels are deleted in this order.
   * @param {Ask} ask @param {Row} order @param {Tick} tick
   */
  async flips({input, baseline, altered}, order, tick) {
    const steps = this.values.flips;
    const pictures = Array.from({length: steps + 1}, (_, k) => {
      const picture = input.slice();
      const gone = Math.floor((k / steps) * this.area + 0.5);
      for (let i = 0; i < gone; i++) {
        for (let at = order[i]; at < this.count; at += this.area) picture[at] = baseline[at];
      }
      return picture;
    });
    return this.scores(pictures, altered, tick);
  }
}
