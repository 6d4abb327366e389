/**
 * Normal forms: numbers less their mean, over their spread.
 *
 * @typedef {import("./types.js").Operator} Operator
 * @typedef {import("./types.js").Data} Data
 */
import {FLOAT, count} from "./types.js";


/**
 * Mean and one over the spread of a stretch of numbers.
 * @param {Data} x @param {number} from @param {number} size @param {number} epsilon @returns {[number, number]}
 */
function moments(x, from, size, epsilon) {
  let [sum, squares] = [0, 0];
  for (let i = from; i < from + size; i++) sum += x[i];
  const mean = sum / size;
  for (let i = from; i < from + size; i++) squares += (x[i] - mean) ** 2;
  return [mean, 1 / Math.sqrt(squares / size + epsilon)];
}

/** @type {Operator} */
function layer(node) {
  const [x, scale, bias] = [node.input(0), node.input(1), node.option(2)];
  node.typed(x, FLOAT);
  node.must(node.int("stash_type", 1) === 1, "this type of sums is not known");
  const epsilon = node.float("epsilon", Math.fround(1e-5));
  const axis = node.axis(node.int("axis", -1), x.shape.length);
  const size = count(x.shape.slice(axis));
  for (const one of [scale, bias]) {
    if (!one) continue;
    node.typed(one, FLOAT);
    node.must(count(one.shape) === size);
  }
  const each = {type: FLOAT, shape: x.shape.map((length, i) => (i < axis ? length : 1))};
  return {
    outputs: [{type: FLOAT, shape: x.shape}, each, each].slice(0, node.wanted),
    run: ([a, by, plus], [out, means, spreads]) => {
      for (let at = 0, line = 0; at < out.length; at += size, line++) {
        const [mean, less] = moments(a, at, size, epsilon);
        if (means) means[line] = mean;
        if (spreads) spreads[line] = less;
        for (let i = 0; i < size; i++) out[at + i] = (a[at + i] - mean) * less * by[i] + (plus?.[i] ?? 0);
      }
    },
  };
}

/** @type {Operator} */
function instance(node) {
  const [x, scale, bias] = node.alike(3);
  node.typed(x, FLOAT);
  const epsilon = node.float("epsilon", Math.fround(1e-5));
  const [, channels, ...rest] = x.shape;
  for (const one of [scale, bias]) node.must(one.shape.join() === String(channels));
  const size = count(rest);
  return {
    outputs: [{type: FLOAT, shape: x.shape}],
    run: ([a, by, plus], [out]) => {
      for (let at = 0, plane = 0; at < out.length; at += size, plane++) {
        const [mean, less] = moments(a, at, size, epsilon);
        for (let i = at; i < at + size; i++) out[i] = (a[i] - mean) * less * by[plane % channels] + plus[plane % channels];
      }
    },
  };
}

/** @type {Record<string, Operator>} */
export const NORMAL = {
  LayerNormalization: layer,
  InstanceNormalization: instance,
};
