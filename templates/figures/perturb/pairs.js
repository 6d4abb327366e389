/**
 * The pair of numbers that a saliency map attack raises next, as generator/compute/perturb/attacks.py
 * finds it.
 *
 * @typedef {ArrayLike<number>} Row
 */

/** Share of numbers among which the fast form looks for the first of a pair. */
const FAST = 0.1;

/** Those greater than all before them, and the rest. @param {number[]} order @param {Row} loss @returns {[number[], number[]]} */
function rising(order, loss) {
  let best = -Infinity;
  /** @type {[number[], number[]]} */
  const parts = [[], []];
  for (const at of order) {
    parts[loss[at] > best ? 0 : 1].push(at);
    best = Math.max(best, loss[at]);
  }
  return parts;
}

/** Of places in falling order of one number, those that at most one beats in the other too. @param {number[]} order @param {Row} loss */
function foremost(order, loss) {
  const [first, rest] = rising(order, loss);
  return [...first, ...rising(rest, loss)[0]];
}

/**
 * The two free numbers whose gain times loss is greatest; null: none has both.
 * @param {Row} own  slopes of the class's logit @param {Row} others  of the sum of all others
 * @param {(at: number) => boolean} free @param {boolean} toward @param {boolean} fast
 * @returns {[number, number] | null}
 */
export function pair(own, others, free, toward, fast) {
  const gain = toward ? Array.from(own) : Array.from(others);
  const loss = toward ? Array.from(others, (one) => -one) : Array.from(own, (one) => -one);
  const order = [];
  for (let i = 0; i < gain.length; i++) if (free(i)) order.push(i);
  if (order.length < 2) return null;
  order.sort((a, b) => gain[b] - gain[a] || loss[b] - loss[a] || a - b);
  const seconds = foremost(order, loss);
  const firsts = fast ? foremost(order.slice(0, Math.max(1, Math.floor(FAST * own.length))), loss) : seconds;
  /** @type {[number, number] | null} */
  let found = null;
  let best = 0;
  for (const p of firsts) {
    for (const q of seconds) {
      const [more, less] = [gain[p] + gain[q], loss[p] + loss[q]];
      if (p === q || more <= 0 || less <= 0 || more * less <= best) continue;
      best = more * less;
      found = [p, q];
    }
  }
  return found;
}
