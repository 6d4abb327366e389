/**
 * Pairs in one relation, such as man and woman, king and queen; `generator/compute/relations.py` says
 * the same.
 *
 * @typedef {import("../../js/reduce/distances.js").Rows} Rows
 * @typedef {[number, number][]} Pairs  numbers of rows
 */
import {pca} from "../../js/reduce/pca.js";

/** Differences second − first, each of length 1. @param {Rows} rows @param {Pairs} pairs */
export function steps({values, width}, pairs) {
  return pairs.map(([first, second]) => {
    const apart = Float64Array.from({length: width}, (_, k) => values[second * width + k] - values[first * width + k]);
    const length = Math.hypot(...apart) || 1;
    return apart.map((one) => one / length);
  });
}

/** @param {Float64Array} a @param {Float64Array} b */
const dot = (a, b) => a.reduce((sum, one, k) => sum + one * b[k], 0);

/** @param {Float64Array[]} all @param {number} width */
function total(all, width) {
  return Float64Array.from({length: width}, (_, k) => all.reduce((sum, one) => sum + one[k], 0));
}

/** Cosine between each pair's step and the mean step of all others. @param {Rows} rows @param {Pairs} pairs */
export function parallel(rows, pairs) {
  const each = steps(rows, pairs);
  const sum = total(each, rows.width);
  return each.map((step) => {
    const others = sum.map((one, k) => one - step[k]);
    return dot(step, others) / (Math.hypot(...others) || 1);
  });
}

/** @param {ArrayLike<number>} vector @returns {Float64Array} */
function directed(vector) {
  const found = Float64Array.from(vector);
  const length = Math.hypot(...found) || 1;
  return found.map((one) => one / length);
}

/** Means of the columns. @param {Rows} rows */
function mean({values, count, width}) {
  const found = new Float64Array(width);
  for (let at = 0; at < values.length; at++) found[at % width] += values[at] / count;
  return found;
}

/**
 * Places whose x axis is the mean step, whose y axis is the first principal component of the pairs' middles without
 * what lies along the first.
 * @param {Rows} rows @param {Pairs} pairs
 */
export function related(rows, pairs) {
  const {values, count, width} = rows;
  const axis = directed(total(steps(rows, pairs), width));
  const middles = pairs.map(([a, b]) => Float64Array.from({length: width}, (_, k) => (values[a * width + k] + values[b * width + k]) / 2));
  const middle = mean({values: Float64Array.from(middles.flatMap((one) => [...one])), count: middles.length, width});
  const flat = middles.map((one) => {
    const centred = one.map((value, k) => value - middle[k]);
    const along = dot(centred, axis);
    return centred.map((value, k) => value - along * axis[k]);
  });
  const {places: scores} = pca({values: Float64Array.from(flat.flatMap((one) => [...one])), count: flat.length, width}, 1);
  const up = directed(total(flat.map((one, i) => one.map((value) => value * scores[i])), width));
  const means = mean(rows);
  const places = new Float64Array(2 * count);
  for (let i = 0; i < count; i++) {
    const centred = means.map((value, k) => values[i * width + k] - value);
    places.set([dot(centred, axis), dot(centred, up)], 2 * i);
  }
  return places;
}

/**
 * How wrongly a map shows how far each pair steps in the direction that all share: 0 is true, 1 is none of it.
 * @param {Float64Array} places @param {Rows} rows @param {Pairs} pairs
 */
export function distortion(places, rows, pairs) {
  const difference = (/** @type {Float64Array} */ values, /** @type {number} */ width) => pairs.map(([a, b]) => Float64Array.from({length: width}, (_, k) => values[b * width + k] - values[a * width + k]));
  const [real, shown] = [difference(/** @type {Float64Array} */ (rows.values), rows.width), difference(places, 2)];
  const lengths = real.map((one) => Math.hypot(...one) || 1);
  const way = (/** @type {Float64Array[]} */ all, /** @type {number} */ width) => directed(total(all.map((one, i) => one.map((value) => value / lengths[i])), width));
  const [ahead, seen] = [way(real, rows.width), way(shown, 2)];
  const truth = real.map((one) => dot(one, ahead));
  const told = shown.map((one) => dot(one, seen));
  const scale = told.reduce((sum, one, i) => sum + one * truth[i], 0) / (told.reduce((sum, one) => sum + one * one, 0) || 1);
  const wrong = told.reduce((sum, one, i) => sum + Math.abs(scale * one - truth[i]), 0);
  return wrong / (truth.reduce((sum, one) => sum + Math.abs(one), 0) || 1);
}
