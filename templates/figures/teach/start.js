/**
 * What the machine knows at first: the captures that the article gave it. A reset of the figure is a step like
 * others: what was taught before can be had back by undoing it.
 *
 * @typedef {import("../../js/types.js").Mounting} Mounting
 * @typedef {import("./taught.js").Taught} Taught
 */
import {History, fresh} from "./taught.js";

/** By the figures' names, as long as the page is open. @type {Map<string, History>} */
const open = new Map();

/** @param {Pick<Mounting, "values" | "arrays">} mounting @returns {Taught} */
export function given({values, arrays}) {
  const {size, small} = values;
  const area = small.reduce((/** @type {number} */ a, /** @type {number} */ b) => a * b, 1);
  const classes = values.classes.map((/** @type {string} */ name) => ({id: fresh(), name, output: {sort: "none"}}));
  const features = /** @type {Float32Array} */ (arrays["captures.features"]?.data ?? new Float32Array(0));
  const pictures = /** @type {Uint8Array} */ (arrays["captures.pictures"]?.data ?? new Uint8Array(0));
  const captures = values.captures.map((/** @type {number} */ place, /** @type {number} */ i) => ({
    id: fresh(),
    of: classes[place].id,
    take: fresh(),
    features: Float32Array.from(features.subarray(i * size, (i + 1) * size)),
    small: Uint8Array.from(pictures.subarray(i * area, (i + 1) * area)),
  }));
  return {classes, captures};
}

/** @param {Mounting} mounting */
export function begun(mounting) {
  const known = open.get(mounting.name);
  const taught = given(mounting);
  if (known) {
    if (known.words) known.step(taught, "the reset");
    else known.amend(taught);
    return known;
  }
  const history = new History(taught);
  open.set(mounting.name, history);
  return history;
}
