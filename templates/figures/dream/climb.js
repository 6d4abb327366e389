/**
 * The ascent: some runs side by side, each climbing by Adam along the slope that the graph gives. Every
 * picture is kept, so that the history can be scrubbed; it thins itself out where it would fill memory.
 *
 * @typedef {import("../../js/types.js").Tensors} Tensors
 * @typedef {import("./goals.js").Goal} Goal
 * @typedef {import("./goals.js").Following} Following
 * @typedef {(feeds: Record<string, Float32Array>) => Promise<Tensors | null>} Ask
 *
 * @typedef {object} Plan
 * @property {Goal | Following} goal
 * @property {number} [size]  of one answer, where the goal follows it
 * @property {number} runs
 * @property {number} rate
 * @property {number} apart    in units of the goal
 * @property {number} smooth   in units of the goal
 * @property {(run: number) => Record<string, Float32Array>} parts  see picture.js
 * @property {(run: number) => Float32Array} start
 * @property {(run: number, step: number) => {rows: Float32Array, columns: Float32Array}} moved
 * @property {number} channels  of the layer
 */

/** Of torch.optim.Adam. */
const [FIRST, SECOND, LEAST] = [0.9, 0.999, 1e-8];
/** Bytes of pictures that a page has room for. */
const ROOM = 48e6;

/** The objective is no number any longer. */
export class Lost extends Error {
  /** @param {number} step */
  constructor(step) {
    super(`no finite number at step ${step}`);
    this.step = step;
  }
}

const finite = (/** @type {import("../../js/types.js").Numbers} */ all) => {
  for (let i = 0; i < all.length; i++) if (!Number.isFinite(Number(all[i]))) return false;
  return true;
};

/** One step of Adam uphill, in place. @param {{numbers: Float32Array, first: Float32Array, second: Float32Array}} run @param {ArrayLike<number>} slope @param {number} step  from 1 @param {number} rate */
export function adam({numbers, first, second}, slope, step, rate) {
  const [one, two] = [1 - FIRST ** step, 1 - SECOND ** step];
  for (let i = 0; i < numbers.length; i++) {
    first[i] = FIRST * first[i] + (1 - FIRST) * slope[i];
    second[i] = SECOND * second[i] + (1 - SECOND) * slope[i] ** 2;
    numbers[i] += (rate * (first[i] / one)) / (Math.sqrt(second[i] / two) + LEAST);
  }
}

/** Mean over all pairs of the sum of products; 1 for a picture alone. @param {ArrayLike<number>[]} textures */
export function likeness(textures) {
  const count = textures.length;
  if (count < 2) return 1;
  let sum = 0;
  for (let a = 0; a < count; a++) {
    for (let b = 0; b < a; b++) for (let i = 0; i < textures[a].length; i++) sum += textures[a][i] * textures[b][i];
  }
  return (2 * sum) / (count * (count - 1));
}

export class Climb {
  /** Steps whose pictures are there; the last one is the present. @type {number[]} */
  steps = [];
  /** By kept step, then by run. @type {Uint8Array[][]} */
  pictures = [];
  /** Of every step, by run. @type {number[][]} */
  worths = [];
  /** Of the present, by run. @type {ArrayLike<number>[]} */
  answers = [];
  /** @type {ArrayLike<number>[]} */
  textures = [];
  #every = 1;

  /** @param {Ask} ask @param {Plan} plan @param {number} [room]  bytes of pictures that are kept */
  constructor(ask, plan, room = ROOM) {
    this.room = room;
    this.ask = ask;
    this.plan = plan;
    this.runs = Array.from({length: plan.runs}, (_, run) => {
      const numbers = plan.start(run);
      return {numbers, first: new Float32Array(numbers.length), second: new Float32Array(numbers.length)};
    });
  }

  /** The step that is reached; −1: nothing has been asked yet. */
  get step() {
    return this.worths.length - 1;
  }

  /** @type {Promise<unknown>} */
  #before = Promise.resolve();

  /**
   * Look at the pictures of the next step, then move on from them; one step after the other, whoever asks.
   * Raises: Lost where a number is not finite; what came before stays.
   * @returns {Promise<boolean>} whether the graph answered
   */
  go() {
    const gone = this.#before.then(() => this.#go());
    this.#before = gone.catch(() => {});
    return gone;
  }

  async #go() {
    const {plan, runs} = this;
    const step = this.step + 1;
    /** @type {Tensors[]} */
    const found = [];
    for (let run = 0; run < plan.runs; run++) {
      const goal = await this.#goal(run, step);
      const answer = goal && (await this.ask(this.#feeds(run, step, goal)));
      if (!answer) return false;
      if (!finite(answer.worth.data) || !finite(answer.gradient.data)) throw new Lost(step);
      found.push(answer);
    }
    const data = (/** @type {string} */ name) => found.map((one) => /** @type {Float32Array} */ (one[name].data));
    this.worths.push(data("worth").map(([one]) => one));
    this.answers = data("answer");
    this.textures = data("texture");
    this.#keep(step, data("picture"));
    runs.forEach((run, i) => adam(run, data("gradient")[i], step + 1, plan.rate));
    return true;
  }

  /** One that follows the answer takes that of the step before; the first step asks once more. @param {number} run @param {number} step @returns {Promise<Goal | null>} */
  async #goal(run, step) {
    const {goal, size = 0} = this.plan;
    if (typeof goal !== "function") return goal;
    if (step) return goal(this.answers[run]);
    const first = await this.ask(this.#feeds(run, 0, {direction: new Float32Array(size), energy: 0}));
    return first && goal(/** @type {Float32Array} */ (first.answer.data));
  }

  /** @param {number} run @param {number} step @param {Goal} goal */
  #feeds(run, step, goal) {
    const {parts, apart, smooth, moved} = this.plan;
    return {
      numbers: this.runs[run].numbers,
      ...parts(run),
      ...moved(run, step),
      direction: goal.direction,
      energy: Float32Array.of(goal.energy),
      apart: Float32Array.of(apart),
      smooth: Float32Array.of(smooth),
      others: this.#others(run),
    };
  }

  /** The mean of the other runs' textures a step ago. @param {number} run */
  #others(run) {
    const {plan, textures} = this;
    const out = new Float32Array(plan.channels ** 2);
    textures.forEach((one, k) => {
      if (k !== run) for (let i = 0; i < out.length; i++) out[i] += one[i] / (plan.runs - 1);
    });
    return out;
  }

  /** @param {number} step @param {Float32Array[]} pictures */
  #keep(step, pictures) {
    // The present is always there, also where the history has thinned itself out.
    const last = this.steps.at(-1);
    if (last !== undefined && last % this.#every) {
      this.steps.pop();
      this.pictures.pop();
    }
    this.steps.push(step);
    this.pictures.push(pictures.map((one) => Uint8Array.from(one, (share) => 255 * share + 0.5)));
    const bytes = this.pictures.length * pictures.length * pictures[0].length;
    if (bytes > this.room) this.#thin();
  }

  #thin() {
    this.#every *= 2;
    const stays = (/** @type {unknown} */ _, /** @type {number} */ i) => this.steps[i] % this.#every === 0;
    this.pictures = this.pictures.filter(stays);
    this.steps = this.steps.filter(stays);
  }

  /** Place of the last kept step at or before one. @param {number} step */
  at(step) {
    const after = this.steps.findIndex((one) => one > step);
    return after < 0 ? this.steps.length - 1 : Math.max(0, after - 1);
  }
}
