/**
 * Maps made in the page, of what is shown: in a worker, seen while they move, given up when something else is
 * asked for.
 *
 * @typedef {import("../../js/reduce/worker.js").Report} Report
 */
import {Session} from "../../js/reduce/session.js";
import {MOST} from "./vector-words.js";

/** Steps after which a map is called done. @type {Record<string, number>} */
const STEPS = {tsne: 750, umap: 300, smacof: 150, graph: 400};

export class Made {
  /** @type {Session | null} */
  #session = null;
  #key = "";
  /** @type {number[]} */
  some = [];
  steps = 0;

  /** @param {(report: Report) => void} tell @param {AbortSignal} signal */
  constructor(tell, signal) {
    this.tell = tell;
    this.signal = signal;
  }

  /** Who would be mapped: the first of what is shown. @param {ArrayLike<number>} shown */
  static among(shown) {
    return Array.from(shown).sort((a, b) => a - b).slice(0, MOST);
  }

  /** @param {import("./vector-space.js").Space} space @param {string} method @param {number[]} some */
  begin(space, method, some) {
    const key = `${method} ${some.join()}`;
    if (key === this.#key) return;
    this.#key = key;
    this.some = some;
    this.steps = STEPS[method] ?? 1;
    const points = space.rows(some);
    const perplexity = Math.max(2, Math.min(30, Math.floor((some.length - 1) / 3)));
    const neighbours = Math.min(15, some.length - 1);
    this.#session ??= new Session((report) => this.tell(report), () => {}, this.signal);
    this.#session.begin({method, problem: {points, seed: 0, perplexity, epsilon: some.length > 300 ? 100 : 20, neighbours, least: 0.1}, labels: null}, 0);
    this.#session.play(Infinity, this.steps);
  }

  /** Whatever runs is given up. */
  stop() {
    this.#key = "";
    this.#session?.rest();
  }
}
