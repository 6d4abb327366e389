/**
 * Units and their sources in words, and whether what is shown is true.
 *
 * @typedef {import("./windows.js").Layer} Layer
 * @typedef {import("./windows.js").Group} Group
 * @typedef {import("./cursor.js").Place} Place
 */
import {exact, parsed} from "./numbers.js";

/** How far a shown sum may lie from the network's own answer. */
const TOLERANCE = 1e-4;

/** Where a unit is, in words. @param {Layer} layer @param {Place} place @param {string} title */
export function whereabouts(layer, {channel, row, column}, title) {
  const unit = layer.shape.length === 1 ? `unit ${channel}` : `channel ${channel}`;
  return layer.shape.length === 1 ? `${title}, ${unit}` : `${title}, ${unit}, row ${row}, column ${column}`;
}

/** Which part of its layer a group reads, in words. @param {Group} group @param {number[]} shape */
export function part({source, channel, reads, inputs}, shape) {
  const last = channel + inputs.length - 1;
  if (reads === "units" && last > channel) return `${channel}–${last}`;
  if (source !== "input" || reads === "units") return String(channel);
  return shape[0] === 1 ? "" : shape[0] === 3 ? ["red", "green", "blue"][channel] : String(channel);
}

/** Does the arithmetic as printed give the network's value as printed? @param {number} ours @param {number} theirs */
export function agrees(ours, theirs) {
  const difference = Math.abs(parsed(exact(ours)) - parsed(exact(theirs)));
  return difference <= TOLERANCE * Math.max(1, Math.abs(theirs));
}
