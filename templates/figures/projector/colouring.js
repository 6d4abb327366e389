/**
 * What the colours stand for: the labels, or whether the model is right.
 *
 * @typedef {import("./points.js").Points} Points
 * @typedef {import("../../js/types.js").Palette} Palette
 *
 * @typedef {object} Colouring
 * @property {string} title
 * @property {Uint8Array} category   of every point
 * @property {number[]} order        from bottom to top: what is rare lies above
 * @property {{name: string, count: number, colour: string, shape: number}[]} entries
 * @property {boolean} ring          does the last entry wear a ring?
 */
import {look} from "./shapes.js";

/** Shapes of right and wrong, as `shapes.js` numbers them. */
const OUTCOMES = [0, 5];

/** @param {Points} points @param {Palette} palette @returns {Colouring} */
function byLabel(points, palette) {
  const {classes} = points.values;
  const category = Uint8Array.from({length: points.count}, (_, i) => Number(points.label[i]));
  const entries = classes.map((/** @type {string} */ name, /** @type {number} */ shape) => ({
    name,
    count: 0,
    colour: palette.categories[look(shape).colour],
    shape,
  }));
  return {title: "Label", category, entries, order: [], ring: false};
}

/** @param {Points} points @param {Palette} palette @returns {Colouring} */
function byOutcome(points, palette) {
  const category = Uint8Array.from({length: points.count}, (_, i) => (points.right(i) ? 0 : 1));
  const entries = [
    {name: "read correctly", count: 0, colour: palette.muted, shape: OUTCOMES[0]},
    {name: "misread", count: 0, colour: palette.accent, shape: OUTCOMES[1]},
  ];
  return {title: "Right or wrong", category, entries, order: [], ring: true};
}

/** @param {"label" | "outcome"} by @param {Points} points @param {Palette} palette */
export function colouring(by, points, palette) {
  const made = by === "label" ? byLabel(points, palette) : byOutcome(points, palette);
  for (const category of made.category) made.entries[category].count += 1;
  made.order = Array.from(made.category, (_, i) => i);
  if (by === "outcome") made.order.sort((a, b) => made.category[a] - made.category[b] || a - b);
  return made;
}
