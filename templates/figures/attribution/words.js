/** What the figure says in words. */

import {exact} from "../../js/numerals.js";

/** Third of the picture in which a pixel lies. @param {number} at @param {number} width @param {number} height */
export function where(at, width, height) {
  const third = (/** @type {number} */ share) => Math.min(2, Math.floor(3 * share));
  const down = ["upper", "middle", "lower"][third(Math.floor(at / width) / height)];
  const across = ["left", "centre", "right"][third((at % width) / width)];
  return down === "middle" && across === "centre" ? "in the middle" : `in the ${down} ${across}`;
}

/** @param {number} one */
export const hundredths = (one) => one.toFixed(2).replace("-", "−");

/** How alike two maps are. @param {number} rank  Spearman's */
export function alike(rank) {
  if (!Number.isFinite(rank)) return "one map is the same everywhere";
  if (rank >= 0.7) return "hardly changes";
  return rank >= 0.4 ? "changes in part" : "changes";
}

const LINE = ["The line’s answer to the whole picture", "Score"];

/**
 * What a method's numbers add up to, and what they should.
 * @param {string} method @param {number} total @param {number} against @returns {[string, string, string][]}
 */
export function adds(method, total, against) {
  const [sum, score] = {
    integrated: ["Sum of the map", "Score less the baseline’s"],
    cam: ["Mean of the map, and the bias", "Score"],
    lime: LINE,
    "lime-again": LINE,
  }[method] ?? ["Sum of the relevance", "Score"];
  return [[sum, exact(total), ""], [score, exact(against), ""]];
}

/** @type {Record<string, string>} */
export const BASELINES = {least: "Darkest", grey: "Grey", blurred: "Blurred"};

/** @param {number} count @param {{layer: string}[]} cascade */
export function cascaded(count, cascade) {
  if (!count) return "none: as trained";
  const names = cascade.slice(0, count).map(({layer}) => layer);
  return names.length > 2 ? `${names[0]} to ${names.at(-1)}` : names.join(", ");
}
