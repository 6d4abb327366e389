/**
 * Both ways of learning from captures, side by side: nearest neighbours and a trained head. Pure but for
 * the pauses that training makes.
 *
 * @typedef {import("./taught.js").Taught} Taught
 * @typedef {import("./taught.js").Held} Held
 * @typedef {import("./head.js").Head} Head
 * @typedef {import("./head.js").Problem} Problem
 * @typedef {"head" | "neighbours"} Method
 * @typedef {{neighbours: number, c: number, held: Held}} Setting
 * @typedef {{id: number, share: number}} Share  a capture, and what it adds to the answer
 */
import {ranking} from "../../js/probabilities.js";
import {answered, fit, shares} from "./head.js";
import {nearest, votes} from "./near.js";
import {held, table} from "./taught.js";

export const METHODS = /** @type {const} */ (["head", "neighbours"]);

/** Milliseconds of training between two breaths. */
const SLICE = 12;

export class Learner {
  /** @type {Head | null} */
  head = null;
  /** How long the training took, in milliseconds, pauses included. */
  took = 0;

  /** @param {Taught} taught @param {Setting} setting */
  constructor(taught, setting) {
    this.setting = setting;
    this.classes = taught.classes.length;
    this.kept = held(taught, setting.held);
    this.train = table(taught, ({id}) => !this.kept.has(id));
    this.test = table(taught, ({id}) => this.kept.has(id));
  }

  /** Whether there is anything to tell apart. */
  get ready() {
    return new Set(this.train.labels).size > 1;
  }

  /** @returns {Problem} */
  get problem() {
    const {rows, labels, size} = this.train;
    return {rows, labels, size, classes: this.classes, c: this.setting.c};
  }

  /** Find the head's weights. @param {() => Promise<void>} breath */
  async learn(breath) {
    if (!this.ready) return;
    const start = performance.now();
    const run = fit(this.problem);
    let rest = start;
    for (;;) {
      const {done, value} = run.next();
      if (done) {
        this.head = /** @type {Head} */ (value);
        break;
      }
      if (performance.now() - rest > SLICE) {
        await breath();
        rest = performance.now();
      }
    }
    this.took = performance.now() - start;
  }

  /** Shares of classes; null: not taught. @param {Method} method @param {Float32Array} features @returns {number[] | null} */
  answer(method, features) {
    const {rows, size, labels} = this.train;
    if (method === "head") return this.head && answered(this.head, features);
    return this.ready ? votes(nearest(rows, size, features, this.setting.neighbours), labels, this.classes) : null;
  }

  /**
   * Captures that decided, the most decisive first: votes of neighbours, or what each adds to the lead
   * of the first answer over the second.
   * @param {Method} method @param {Float32Array} features @returns {Share[]}
   */
  decisive(method, features) {
    const {rows, size, ids} = this.train;
    if (!this.ready) return [];
    if (method === "neighbours") return nearest(rows, size, features, this.setting.neighbours).map(({at, vote}) => ({id: ids[at], share: vote}));
    if (!this.head) return [];
    const [one, other] = ranking(answered(this.head, features));
    return Array.from(shares(this.problem, this.head, features, one, other), (share, at) => ({id: ids[at], share}))
      .sort((a, b) => Math.abs(b.share) - Math.abs(a.share));
  }

  /** Captures that were kept back: how many of each class (rows) were read as which (columns). @param {Method} method */
  confusion(method) {
    const counts = Array.from({length: this.classes}, () => Array(this.classes).fill(0));
    const {rows, size, labels} = this.test;
    if (!this.ready) return counts;
    labels.forEach((label, i) => {
      const said = this.answer(method, rows.subarray(i * size, (i + 1) * size));
      if (said) counts[label][ranking(said)[0]] += 1;
    });
    return counts;
  }
}
