/**
 * What the colours of vectors stand for: their groups, a column of numbers, the distance to the chosen one.
 *
 * @typedef {import("./vector-points.js").VectorPoints} VectorPoints
 * @typedef {import("../../js/types.js").Palette} Palette
 */
import {ramp} from "../../js/colour.js";
import {STEPS, parts} from "./vector-points.js";
import {colourName, far} from "./vector-words.js";

/** @param {Palette} palette @returns {string[]} steps that stand off the paper, the greatest strongest */
function scale(palette) {
  const table = ramp(palette.sequential, 100);
  return Array.from({length: STEPS}, (_, i) => {
    const at = 4 * Math.round(30 + (69 * i) / (STEPS - 1));
    return `#${Array.from(table.slice(at, at + 3), (one) => one.toString(16).padStart(2, "0")).join("")}`;
  });
}

/**
 * @param {VectorPoints} points @param {{colour: string, metric: "cosine" | "euclidean"}} now @param {Palette} palette
 * @param {import("./vector-space.js").Space | null} space @param {number} chosen @param {Int32Array} some  who is counted
 */
export function coloured(points, {colour, metric}, palette, space, chosen, some) {
  const {values, count} = points;
  const title = colourName(colour);
  const counts = (/** @type {Uint8Array} */ category, /** @type {number} */ of) => {
    const found = Array(of).fill(0);
    for (const i of some) found[category[i]] += 1;
    return found;
  };
  if (colour === "label" && values.classes.length) {
    const category = Uint8Array.from(points.label, Number);
    const found = counts(category, values.classes.length);
    const entries = values.classes.map((/** @type {string} */ name, /** @type {number} */ i) => ({name, count: found[i], colour: palette.categories[i % 10], shape: i}));
    return {title, category, entries};
  }
  const numbers = points.numbers[colour] ?? (colour === "near" && space && chosen >= 0 ? space.distances(chosen, metric) : null);
  if (!numbers) return {title, category: new Uint8Array(count), entries: [{name: "all", count, colour: palette.accent, shape: 0}]};
  const {category, ends} = parts(numbers);
  const found = counts(category, STEPS);
  const near = colour === "near";
  const colours = near ? scale(palette).toReversed() : scale(palette);
  const write = (/** @type {number} */ value) => (near ? far(value) : Number(value.toPrecision(4)).toLocaleString("en"));
  const entries = colours.map((one, i) => ({name: `${write(ends[i])} – ${write(ends[i + 1])}`, count: found[i], colour: one, shape: 0}));
  return {title, category, entries};
}
