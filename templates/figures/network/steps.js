/**
 * The parts of an explanation: groups of numbers that a unit reads, and the steps from their sum to
 * its value.
 *
 * @typedef {import("../../js/types.js").Tensor} Tensor
 * @typedef {import("./windows.js").Layer} Layer
 * @typedef {import("./windows.js").Group} Group
 * @typedef {import("./windows.js").Patch} Patch
 * @typedef {import("./windows.js").At} At
 *
 * @typedef {object} Step  one line under the groups; "=" states the result of the lines above
 * @property {"" | "+" | "−" | "×" | "÷" | "="} sign
 * @property {string} label
 * @property {number} value
 *
 * @typedef {{groups: Group[], steps: Step[], value: number}} Explanation
 *
 * @typedef {object} Known
 * @property {(layer: string) => Layer} layer
 * @property {(layer: string) => Tensor} activation  without the batch
 * @property {(layer: Layer, role: string, channel: number) => ArrayLike<number>} weight
 *   what the channel has of a tensor: its filter, or its one number
 */
import {bunches, single, under} from "./windows.js";

export const sum = (/** @type {number[]} */ values) => values.reduce((a, b) => a + b, 0);

/** Follow steps in the order they stand; the last "=" is the value. @param {Step[]} steps */
export function followed(steps) {
  let value = 0;
  for (const step of steps) {
    if (step.sign === "") value = step.value;
    else if (step.sign === "+") value += step.value;
    else if (step.sign === "−") value -= step.value;
    else if (step.sign === "×") value *= step.value;
    else if (step.sign === "÷") value /= step.value;
  }
  return value;
}

/** @param {Group[]} groups @param {Step[]} steps @returns {Explanation} */
export function explained(groups, steps) {
  const value = followed(steps);
  return {groups, steps: [...steps, {sign: "=", label: "", value}], value};
}

/** @param {string} source @param {number} channel @param {Patch} patch @param {Tensor} tensor @returns {Group} */
export function read(source, channel, patch, tensor, beyond = 0) {
  const {inputs, outside} = under(tensor, channel, patch, beyond);
  return {source, channel, reads: "map", patch, inputs, outside, total: sum(inputs)};
}

/** @param {Group} group @param {number[]} weights @returns {Group} */
export function weighed(group, weights) {
  const results = group.inputs.map((input, i) => input * weights[i]);
  return {...group, weights, results, total: sum(results)};
}

/** All units of a layer of single values, in bunches. @param {string} source @param {Tensor} tensor @returns {Group[]} */
export function listed(source, {data, shape}) {
  return bunches(shape[0]).map(({first, units, columns}) => {
    const inputs = Array.from({length: units}, (_, i) => Number(data[first + i]));
    const rows = Math.ceil(units / columns);
    const patch = /** @type {Patch} */ ({top: 0, left: 0, rows, columns, step: [1, 1]});
    const outside = inputs.map(() => false);
    return {source, channel: first, reads: "units", patch, inputs, outside, total: sum(inputs)};
  });
}

/** Groups of single numbers at the same place of each source. @param {Layer} layer @param {At} at @param {Known} known */
export function sameplace(layer, at, known) {
  return layer.inputs.map((source) =>
    read(source, at.channel, single(at.row, at.column), known.activation(source)),
  );
}
