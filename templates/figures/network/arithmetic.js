/**
 * One unit computed by hand: where its numbers come from, group by group, and the steps from their
 * sum to its value. A twin of what the network does, from the same inputs and weights.
 *
 * @typedef {import("./windows.js").Layer} Layer
 * @typedef {import("./windows.js").Group} Group
 * @typedef {import("./windows.js").At} At
 * @typedef {import("./steps.js").Step} Step
 * @typedef {import("./steps.js").Known} Known
 * @typedef {import("./steps.js").Explanation} Explanation
 */
import {CALLED, FUNCTIONS} from "./functions.js";
import {explained, listed, read, sameplace, sum} from "./steps.js";
import {conv, linear} from "./sums.js";
import {shared, single, sizes, sliding} from "./windows.js";

/** @param {Layer} layer @param {At} at @param {Known} known */
function maxPool(layer, at, known) {
  const [source] = layer.inputs;
  const group = read(source, at.channel, sliding(layer, at), known.activation(source), -Infinity);
  const value = Math.max(...group.inputs);
  const best = group.inputs.indexOf(value);
  return explained([{...group, best, total: value}], [{sign: "", label: "the largest of them", value}]);
}

/** @param {Layer} layer @param {At} at @param {Known} known */
function avgPool(layer, at, known) {
  const [source] = layer.inputs;
  const tensor = known.activation(source);
  const patch = layer.op === "avg_pool" ? sliding(layer, at) : shared(layer, at, tensor.shape);
  const group = read(source, at.channel, patch, tensor);
  return explained([group], [
    {sign: "", label: "sum of them", value: group.total},
    {sign: "÷", label: "how many", value: divisor(layer, group, tensor.shape)},
  ]);
}

/** What an average divides by, zeros in the padding included or not. @param {Layer} layer @param {Group} group @param {number[]} shape */
function divisor({attributes}, {patch, outside}, shape) {
  if (attributes.divisor) return attributes.divisor;
  if (!attributes.count_padding) return outside.filter((out) => !out).length;
  const {height, width} = sizes(shape);
  const [padTop, padLeft] = attributes.padding;
  const rows = Math.min(patch.top + patch.rows, height + padTop) - patch.top;
  return rows * (Math.min(patch.left + patch.columns, width + padLeft) - patch.left);
}

/** @param {Layer} layer @param {At} at @param {Known} known */
function batchNorm(layer, at, known) {
  const groups = sameplace(layer, at, known);
  const own = (/** @type {string} */ role) => known.weight(layer, role, at.channel)[0];
  /** @type {Step[]} */
  const steps = [
    {sign: "", label: "value before", value: groups[0].total},
    {sign: "−", label: "mean in training", value: own("mean")},
    {sign: "÷", label: "spread in training", value: Math.sqrt(own("variance") + layer.attributes.eps)},
  ];
  if (layer.tensors.weight) steps.push({sign: "×", label: "learned scale", value: own("weight")});
  if (layer.tensors.bias) steps.push({sign: "+", label: "learned shift", value: own("bias")});
  return explained(groups, steps);
}

/** @param {Layer} layer @param {At} at @param {Known} known */
function scale(layer, at, known) {
  const groups = sameplace(layer, at, known);
  return explained(groups, [
    {sign: "", label: "value before", value: groups[0].total},
    {sign: "×", label: "fixed factor", value: layer.attributes.factor},
    {sign: "+", label: "fixed shift", value: layer.attributes.shift},
  ]);
}

/** @param {Layer} layer @param {At} at @param {Known} known */
function add(layer, at, known) {
  const groups = sameplace(layer, at, known);
  return explained(groups, [
    {sign: "", label: "sum of both", value: sum(groups.map(({total}) => total))},
  ]);
}

/** @param {Layer} layer @param {At} at @param {Known} known */
function copied(layer, at, known) {
  let {channel, row, column} = at;
  let [source] = layer.inputs;
  if (layer.op === "cat") {
    for (source of layer.inputs) {
      const {channels} = sizes(known.layer(source).shape);
      if (channel < channels) break;
      channel -= channels;
    }
  }
  const tensor = known.activation(source);
  if (layer.op === "flatten") {
    const {height, width} = sizes(tensor.shape);
    [channel, row, column] = [
      Math.floor(at.channel / (height * width)),
      Math.floor(at.channel / width) % height,
      at.channel % width,
    ];
  }
  const group = read(source, channel, single(row, column), tensor);
  return explained([group], [{sign: "", label: "taken over unchanged", value: group.total}]);
}

/** @param {Layer} layer @param {At} at @param {Known} known */
function elementwise(layer, at, known) {
  const groups = sameplace(layer, at, known);
  const {formula, of} = FUNCTIONS[layer.op];
  const x = groups[0].total;
  const label = `${CALLED[layer.op]}(x) = ${formula}`;
  return explained(groups, [{sign: "", label, value: of(x, layer.attributes)}]);
}

/** @param {Layer} layer @param {At} at @param {Known} known */
function softmax(layer, at, known) {
  const tensor = known.activation(layer.inputs[0]);
  const {channels, height, width} = sizes(tensor.shape);
  const here = at.row * width + at.column;
  const column = Array.from({length: channels}, (_, c) => Number(tensor.data[c * height * width + here]));
  const most = Math.max(...column);
  const groups = listed(layer.inputs[0], {data: Float64Array.from(column), shape: [channels]}).map((group) => {
    const results = group.inputs.map((x) => Math.exp(x - most));
    return {...group, results, total: sum(results)};
  });
  const all = sum(groups.map(({total}) => total));
  /** @type {Step[]} */
  const steps =
    layer.op === "softmax"
      ? [
          {sign: "", label: "exp(x − largest) of this unit", value: Math.exp(column[at.channel] - most)},
          {sign: "÷", label: "the same summed over all units", value: all},
        ]
      : [
          {sign: "", label: "x of this unit", value: column[at.channel]},
          {sign: "−", label: "largest of all units", value: most},
          {sign: "−", label: "logarithm of the sum of exp(x − largest)", value: Math.log(all)},
        ];
  return explained(groups, steps);
}

/** @type {Record<string, (layer: Layer, at: At, known: Known) => Explanation>} */
const OPERATIONS = {
  conv,
  linear,
  max_pool: maxPool,
  avg_pool: avgPool,
  adaptive_avg_pool: avgPool,
  batch_norm: batchNorm,
  scale,
  add,
  cat: copied,
  flatten: copied,
  identity: copied,
  softmax,
  log_softmax: softmax,
};

/**
 * Compute one unit by hand. Operations on single numbers share one reader.
 * Raises: RangeError for an operation that is not known here; the build refuses it earlier.
 * @param {Layer} layer @param {At} at @param {Known} known @returns {Explanation}
 */
export function explain(layer, at, known) {
  const how = OPERATIONS[layer.op] ?? (layer.op in FUNCTIONS ? elementwise : null);
  if (!how) throw new RangeError(`the arithmetic of ${layer.op} is not known`);
  return how(layer, at, known);
}
