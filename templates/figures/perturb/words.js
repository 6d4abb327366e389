/** What the figure says in words. */
import {short} from "../../js/numerals.js";

/** A place of the greatest. @param {ArrayLike<number>} shares */
export const likeliest = (shares) => Array.from(shares).reduce((best, one, i, all) => (one > all[best] ? i : best), 0);

/** How strong an attack may be. @param {number} strength @param {boolean} counts */
export function strong(strength, counts) {
  return counts ? `${short(100 * strength)} % of the numbers` : `${short(strength)} of the range`;
}

/**
 * How much was changed, or may have been.
 * @param {number} strength @param {boolean} counts @param {{changed: number, numbers: number}} difference
 */
export function bound(strength, counts, {changed, numbers}) {
  if (!counts) return `with at most ${short(strength)} of the full range per pixel`;
  return `with ${changed} of ${numbers} numbers changed, each to the most`;
}

/**
 * What came of an attack: the adversary by name.
 * @param {{was: string, now: string, wanted: string | null, strength: number, counts: boolean,
 *   behind: boolean, difference: {changed: number, numbers: number}}} told
 */
export function verdict({was, now, wanted, strength, counts, behind, difference}) {
  const place = behind ? "Behind the defence " : "";
  const said = (/** @type {string} */ words) => (place ? place + words[0].toLowerCase() + words.slice(1) : words);
  if (!difference.changed) return said(`Nothing is changed: read as ${now}.`);
  const read = now === was ? `Still read as ${now}` : `Read as ${now}, was ${was}`;
  const missed = wanted !== null && now !== wanted ? ` and not as ${wanted}` : "";
  return said(`${read}${missed}, ${bound(strength, counts, difference)}.`);
}

/** What an example is, and what it is taken for. @param {{index: number, label: string}} pick @param {string} answer */
export function called({index, label}, answer) {
  return `Example ${index}: ${label}${answer === label ? "" : `, misread as ${answer}`}`;
}

/** @type {Record<string, string>} */
export const STARTS = {example: "the example", noise: "noise", blank: "a blank picture"};

/**
 * What was added to a picture.
 * @param {ArrayLike<number>} before @param {ArrayLike<number>} after
 */
export function compared(before, after) {
  const difference = Float32Array.from(before, (one, i) => after[i] - one);
  let [reach, changed] = [0, 0];
  for (const one of difference) {
    reach = Math.max(reach, Math.abs(one));
    if (one) changed += 1;
  }
  return {difference, reach, changed, numbers: difference.length};
}

/** Round numbers from 0 to the last strength, at most six. @param {number} last */
export function ticks(last) {
  const rough = last / 5;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = ([1, 2, 5, 10].find((one) => one * power >= rough * (1 - 1e-9)) ?? 10) * power;
  return Array.from({length: Math.floor(last / step + 1e-9) + 1}, (_, i) => Number((i * step).toPrecision(6)));
}

/** The measured strength next to one. @param {number[]} strengths @param {number} strength */
export function beside(strengths, strength) {
  return strengths.reduce((best, one, i) => (Math.abs(one - strength) < Math.abs(strengths[best] - strength) ? i : best), 0);
}
