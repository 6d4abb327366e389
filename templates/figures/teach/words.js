/** What the figure says in words. Pure. */
import {percent, short} from "../../js/numerals.js";
import {ranking} from "../../js/probabilities.js";

/** @typedef {import("./taught.js").Taught} Taught */

/** @type {Record<string, string>} */
export const TITLES = {head: "Trained head", neighbours: "Nearest neighbours"};

/** Bytes, for people. @param {number} bytes */
export const size = (bytes) => (bytes >= 1e6 ? `${(bytes / 1e6).toFixed(1)} MB` : `${Math.ceil(bytes / 1e3)} kB`);

/**
 * What stands in the way of an answer; "": nothing.
 * @param {Taught} taught @param {boolean} ready  captures of two classes are there
 */
export function wanting({classes, captures}, ready) {
  if (ready) return "";
  if (!captures.length) return "Nothing is taught yet. Show something, and hold the button of its class.";
  const having = classes.filter(({id}) => captures.some(({of}) => of === id));
  return having.length === 1
    ? `Only ${having[0].name} has captures. Whoever knows one class alone answers it to everything: record another.`
    : "Everything is kept back to test: record some more.";
}

/** @param {string[]} names @param {number[] | null} shares */
export function verdict(names, shares) {
  if (!shares) return "";
  const [first] = ranking(shares);
  return `${names[first]}, ${percent(shares[first])}`;
}

/** How captures are spread, where that matters. @param {number[]} counts */
export function balance(counts) {
  const having = counts.filter(Boolean);
  if (having.length < 2) return "";
  const [least, most] = [Math.min(...having), Math.max(...having)];
  return most >= 3 * least ? `One class has ${short(most / least)} times as many captures as another. What the machine is not sure of, it will mostly give to the larger.` : "";
}

/** @param {number} captures @param {number} took  milliseconds */
export const trained = (captures, took) => `Trained on ${captures} captures in ${took < 10 ? took.toFixed(1) : Math.round(took)} ms.`;

/** @param {number[][]} counts  a confusion */
export function right(counts) {
  const all = counts.flat().reduce((sum, one) => sum + one, 0);
  return {all, right: counts.reduce((sum, row, i) => sum + row[i], 0)};
}
