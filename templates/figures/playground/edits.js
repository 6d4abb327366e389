/** What becomes of a network that a reader changes. Pure. */
import {without} from "./importance.js";
import {INPUTS} from "./inputs.js";
import {sizes, writeLayers} from "./settings.js";

/** Inputs with one more or one less; "": none would be left. @param {string[]} inputs @param {string} input */
export function toggled(inputs, input) {
  return INPUTS.map(({name}) => name).filter((name) => inputs.includes(name) !== (name === input)).join(",");
}

/**
 * The layers and weights that are left without one hidden neuron; null where its layer would be empty.
 * @param {import("./settings.js").Settings} settings @param {{epoch: number, weights: Float32Array}} now
 * @param {import("./diagram.js").Unit} unit
 */
export function removed(settings, {epoch, weights}, {layer, unit}) {
  if (layer > settings.layers.length) return null;
  const left = settings.layers.map((count, i) => count - Number(i === layer - 1));
  if (left.includes(0)) return null;
  return {epoch, layers: writeLayers(left), weights: without(sizes(settings), weights, layer, unit)};
}
