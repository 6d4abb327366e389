/**
 * Principal components: the directions along which points spread most.
 *
 * @typedef {import("./distances.js").Rows} Rows
 */
import {leading} from "./eigen.js";

/** @param {Rows} points @returns {Rows} the same, with mean zero in every column */
export function centred({values, count, width}) {
  const means = new Float64Array(width);
  for (let i = 0; i < count; i++) for (let k = 0; k < width; k++) means[k] += values[i * width + k] / count;
  return {values: values.map((value, at) => value - means[at % width]), count, width};
}

/**
 * (values − mean) V, where the columns of V are the directions of greatest variance; each has the sign
 * that makes its greatest loading positive. Axes that the points lack are zero.
 * Shape: places (count, axes). Range: explained: shares of the variance, at most 1 together.
 * Source: Hotelling 1933, doi:10.1037/h0071325.
 * @param {Rows} points @param {number} axes @param {number} [rounds]  fewer are quicker, for a picture
 */
export function pca(points, axes, rounds) {
  const {values, count, width} = centred(points);
  const total = values.reduce((sum, one) => sum + one * one, 0);
  const places = new Float64Array(count * axes);
  const explained = new Float64Array(axes);
  if (!total) return {places, explained};
  // Products with the covariance, times count: it is never made itself.
  const found = leading((direction) => gathered(values, count, width, scores(values, count, width, direction)), width, Math.min(axes, width), rounds);
  found.vectors.forEach((direction, axis) => {
    let greatest = 0;
    for (const loading of direction) if (Math.abs(loading) > Math.abs(greatest)) greatest = loading;
    if (!greatest || found.values[axis] <= 1e-14 * total) return;
    const along = scores(values, count, width, direction);
    for (let i = 0; i < count; i++) places[i * axes + axis] = Math.sign(greatest) * along[i];
    explained[axis] = found.values[axis] / total;
  });
  return {places, explained};
}

/** How far along a direction each point lies. @param {Float64Array} values @param {number} count @param {number} width @param {Float64Array} direction */
function scores(values, count, width, direction) {
  const found = new Float64Array(count);
  for (let i = 0; i < count; i++) {
    let sum = 0;
    for (let k = 0, at = i * width; k < width; k++) sum += values[at + k] * direction[k];
    found[i] = sum;
  }
  return found;
}

/** Points added up by their scores. @param {Float64Array} values @param {number} count @param {number} width @param {Float64Array} shares */
function gathered(values, count, width, shares) {
  const found = new Float64Array(width);
  for (let i = 0; i < count; i++) for (let k = 0, at = i * width; k < width; k++) found[k] += shares[i] * values[at + k];
  return found;
}
