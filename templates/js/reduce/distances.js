/**
 * Points of many dimensions, how far apart they are, and who is near whom.
 *
 * @typedef {object} Rows  points, one a row
 * @property {Float64Array} values  (count, width), row by row
 * @property {number} count
 * @property {number} width
 */

/** @param {ArrayLike<ArrayLike<number>>} given @returns {Rows} */
export function rows(given) {
  const [count, width] = [given.length, given[0]?.length ?? 0];
  const values = new Float64Array(count * width);
  for (let i = 0; i < count; i++) values.set(given[i], i * width);
  return {values, count, width};
}

/** Squared Euclidean distances. Shape: (count, count). @param {Rows} points */
export function squares({values, count, width}) {
  const found = new Float64Array(count * count);
  for (let i = 0; i < count; i++) {
    for (let j = 0; j < i; j++) {
      let sum = 0;
      for (let k = 0, a = i * width, b = j * width; k < width; k++) {
        const apart = values[a + k] - values[b + k];
        sum += apart * apart;
      }
      found[i * count + j] = found[j * count + i] = sum;
    }
  }
  return found;
}

/** Euclidean distances. Shape: (count, count). @param {Rows} points */
export const distances = (points) => squares(points).map(Math.sqrt);

/** How far every point lies from one, squared. Shape: (count). @param {Rows} points @param {number} i */
export function squaresTo({values, count, width}, i) {
  const found = new Float64Array(count);
  for (let j = 0; j < count; j++) {
    for (let k = 0; k < width; k++) found[j] += (values[i * width + k] - values[j * width + k]) ** 2;
  }
  return found;
}

/** The k nearest others of one point, nearest first. @param {Float64Array} apart  from every point, (count) @param {number} i @param {number} k */
export function nearestTo(apart, i, k) {
  const others = Array.from(apart.keys()).filter((j) => j !== i);
  return others.sort((a, b) => apart[a] - apart[b] || a - b).slice(0, k);
}

/**
 * The k nearest others of every point, nearest first, the lower index first where equal.
 * Shape: (count, k). Range: k from 1 to count − 1.
 * @param {Float64Array} apart  distances or their squares, (count, count)
 * @param {number} count @param {number} k
 */
export function nearest(apart, count, k) {
  const found = new Int32Array(count * k);
  const held = new Float64Array(k);
  for (let i = 0; i < count; i++) {
    let filled = 0;
    for (let j = 0; j < count; j++) {
      if (j === i) continue;
      const distance = apart[i * count + j];
      if (filled === k && distance >= held[k - 1]) continue;
      let at = filled < k ? filled++ : k - 1;
      for (; at > 0 && held[at - 1] > distance; at--) {
        held[at] = held[at - 1];
        found[i * k + at] = found[i * k + at - 1];
      }
      held[at] = distance;
      found[i * k + at] = j;
    }
  }
  return found;
}
