/** The seven inputs that may be computed of a point, and which of them a network has. */
import {sin} from "../../js/functions.js";

/** @typedef {{name: string, label: string, of: (x: number, y: number) => number}} Input */

/** @type {Input[]} */
export const INPUTS = [
  {name: "x", label: "x", of: (x) => x},
  {name: "y", label: "y", of: (_, y) => y},
  {name: "xx", label: "x²", of: (x) => x * x},
  {name: "yy", label: "y²", of: (_, y) => y * y},
  {name: "xy", label: "xy", of: (x, y) => x * y},
  {name: "sin-x", label: "sin x", of: (x) => sin(x)},
  {name: "sin-y", label: "sin y", of: (_, y) => sin(y)},
];

/** @param {string[]} names @returns {Input[]} in the order above */
export const chosen = (names) => INPUTS.filter(({name}) => names.includes(name));

/**
 * Inputs of all points, one point after the other, as float32.
 * Shape: (points, inputs).
 * @param {Input[]} inputs @param {ArrayLike<number>} xs @param {ArrayLike<number>} ys
 */
export function features(inputs, xs, ys) {
  const found = new Float32Array(xs.length * inputs.length);
  for (let i = 0, at = 0; i < xs.length; i++) {
    for (const {of} of inputs) found[at++] = of(xs[i], ys[i]);
  }
  return found;
}
