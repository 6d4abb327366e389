/**
 * How a picture is changed, in the page. What a strength alone changes is not computed anew: signs of
 * one gradient serve every strength of a single step, and a longer list of raised numbers begins with
 * the shorter one.
 *
 * @typedef {import("./victim.js").Victim} Victim
 * @typedef {import("./guard.js").Guard} Guard
 * @typedef {ArrayLike<number>} Row
 *
 * @typedef {object} Ask
 * @property {Row} picture   shares of the range
 * @property {number} target  the class moved away from, or to
 * @property {boolean} toward
 * @property {number} strength
 * @property {number} steps
 * @property {Guard} guard   what the attacker knows of
 * @property {string} key    of everything but strength and steps
 *
 * @typedef {(share: number) => void} Tick  throws where a newer question replaced this one
 * @typedef {{order: number[], ended: boolean}} Raised  the numbers that a saliency map attack raises
 */
import {pair} from "./pairs.js";

/** How far all steps would lead, in strengths. */
const REACH = 2.5;

const cut = (/** @type {number} */ value, low = 0, high = 1) => Math.min(high, Math.max(low, value));

/** One step along the signs of slopes. @param {Row} picture @param {Row} slopes @param {number} length  below 0: against them */
export function stepped(picture, slopes, length) {
  return Float32Array.from(picture, (one, i) => cut(one + length * Math.sign(slopes[i])));
}

/** What moved too far, cut back. @param {Row} moved @param {Row} picture @param {number} strength */
export function projected(moved, picture, strength) {
  return Float32Array.from(moved, (one, i) => cut(one, cut(picture[i] - strength), cut(picture[i] + strength)));
}

/** How many numbers may change: whole pairs, rounded down. @param {number} strength @param {number} numbers */
export const allowed = (strength, numbers) => 2 * Math.floor((strength * numbers) / 2 + 1e-9);

/** A picture with some numbers raised. @param {Row} picture @param {number[]} places */
export function raised(picture, places) {
  const out = Float32Array.from(picture);
  for (const at of places) out[at] = 1;
  return out;
}

export class Attacks {
  /** @type {Map<string, Row>} */
  #slopes = new Map();
  /** @type {Map<string, Raised>} */
  #raised = new Map();

  /** @param {Victim} victim */
  constructor(victim) {
    this.victim = victim;
  }

  /** @param {string} name @param {Ask} ask @param {Tick} tick */
  async run(name, ask, tick) {
    if (!ask.strength) return Float32Array.from(ask.picture);
    if (name === "fgsm") return this.#once(ask, tick);
    if (name === "iterated") return this.#often(ask, tick);
    return this.#pairs(name === "fast-jsma", ask, tick);
  }

  /** @param {Ask} ask @param {Tick} tick */
  async #once(ask, tick) {
    const {key, picture, target, guard, strength, toward} = ask;
    let slopes = this.#slopes.get(key);
    if (!slopes) {
      slopes = await this.victim.slope(picture, target, guard, 0);
      this.#slopes = kept(this.#slopes, key, slopes);
      tick(1);
    }
    return stepped(picture, slopes, toward ? strength : -strength);
  }

  /** @param {Ask} ask @param {Tick} tick */
  async #often({key, picture, target, guard, strength, toward, steps}, tick) {
    const length = strength * Math.min(1, REACH / steps) * (toward ? 1 : -1);
    let found = Float32Array.from(picture);
    for (let step = 0; step < steps; step++) {
      const known = step ? undefined : this.#slopes.get(key);
      const slopes = known ?? (await this.victim.slope(found, target, guard, step));
      if (!step) this.#slopes = kept(this.#slopes, key, slopes);
      tick((step + 1) / steps);
      found = projected(stepped(found, slopes, length), picture, strength);
    }
    return found;
  }

  /** @param {boolean} fast @param {Ask} ask @param {Tick} tick */
  async #pairs(fast, {key, picture, target, guard, strength, toward}, tick) {
    const name = `${fast} ${key}`;
    const known = this.#raised.get(name) ?? {order: [], ended: false};
    this.#raised = kept(this.#raised, name, known);
    const most = allowed(strength, picture.length);
    while (!known.ended && known.order.length <= most) {
      const now = raised(picture, known.order);
      const answer = await this.victim.probabilities(now, guard);
      const own = answer.indexOf(Math.max(...answer));
      tick(known.order.length / Math.max(2, most));
      if (toward ? own === target : own !== target) {
        known.ended = true;
        break;
      }
      if (known.order.length + 2 > most) break;
      const [slope, others] = await this.victim.two(now, target, guard, known.order.length / 2);
      tick(known.order.length / Math.max(2, most));
      const two = pair(slope, others, (at) => now[at] < 1, toward, fast);
      if (two) known.order.push(...two);
      else known.ended = true;
    }
    return raised(picture, known.order.slice(0, most));
  }
}

/** Answers that are kept; the oldest goes first. */
const KEPT = 40;

/** @template V @param {Map<string, V>} held @param {string} key @param {V} value */
function kept(held, key, value) {
  held.set(key, value);
  if (held.size > KEPT) held.delete(/** @type {string} */ (held.keys().next().value));
  return held;
}
