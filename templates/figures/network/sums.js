/**
 * Weighted sums: convolutions and dense layers, grouped by the channel that the numbers come from.
 *
 * @typedef {import("./windows.js").Layer} Layer
 * @typedef {import("./windows.js").Group} Group
 * @typedef {import("./windows.js").At} At
 * @typedef {import("./steps.js").Step} Step
 * @typedef {import("./steps.js").Known} Known
 */
import {explained, listed, read, sum, weighed} from "./steps.js";
import {sizes, sliding, whole} from "./windows.js";

/** @param {Layer} layer @param {At} at @param {Known} known @param {Group[]} groups */
function biased(layer, at, known, groups) {
  const many = groups.length > 1;
  /** @type {Step[]} */
  const steps = [
    {sign: "", label: many ? "sum of all groups" : "sum of the products", value: sum(groups.map((g) => g.total))},
  ];
  if (layer.tensors.bias) {
    steps.push({sign: "+", label: "bias", value: known.weight(layer, "bias", at.channel)[0]});
  }
  return explained(groups, steps);
}

/** @param {Layer} layer @param {At} at @param {Known} known */
export function conv(layer, at, known) {
  const [source] = layer.inputs;
  const tensor = known.activation(source);
  const each = sizes(tensor.shape).channels / layer.attributes.groups;
  const first = Math.floor(at.channel / (layer.shape[0] / layer.attributes.groups)) * each;
  const filter = Array.from(known.weight(layer, "weight", at.channel));
  const patch = sliding(layer, at);
  const area = patch.rows * patch.columns;
  const groups = Array.from({length: each}, (_, i) =>
    weighed(read(source, first + i, patch, tensor), filter.slice(i * area, (i + 1) * area)),
  );
  return biased(layer, at, known, groups);
}

/** The layer whose maps a dense layer reads, behind flattening and what changes nothing. */
export function unflattened(/** @type {string} */ name, /** @type {Known["layer"]} */ find) {
  let layer = find(name);
  while (layer.op === "flatten" || layer.op === "identity") layer = find(layer.inputs[0]);
  return layer;
}

/** @param {Layer} layer @param {At} at @param {Known} known */
export function linear(layer, at, known) {
  const source = unflattened(layer.inputs[0], known.layer);
  const weights = Array.from(known.weight(layer, "weight", at.channel));
  const tensor = known.activation(source.name);
  if (source.shape.length === 3) {
    const patch = whole(source.shape);
    const area = patch.rows * patch.columns;
    const groups = Array.from({length: source.shape[0]}, (_, channel) =>
      weighed(read(source.name, channel, patch, tensor), weights.slice(channel * area, (channel + 1) * area)),
    );
    return biased(layer, at, known, groups);
  }
  return biased(layer, at, known, listed(source.name, tensor).map((group) =>
    weighed(group, weights.slice(group.channel, group.channel + group.inputs.length)),
  ));
}
