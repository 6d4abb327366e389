/**
 * Few captures in many dimensions span few of them. With X Xᵀ = L Lᵀ (Cholesky) the rows of L have the
 * lengths and angles of those of X, in as many dimensions as there are captures, and the best weights
 * are sums of captures: what is learned from L is what is learned from X. Pure.
 *
 * @typedef {import("./head.js").Problem} Problem
 * @typedef {import("./head.js").Head} Head
 */

/** What captures that are all alike get on top, so that no root is of nothing. */
const JITTER = 1e-9;

/** Lower triangle of L, row by row in full rows. @param {Problem["rows"]} rows @param {number} size @param {number} count */
function cholesky(rows, size, count) {
  const out = new Float64Array(count * count);
  for (let i = 0; i < count; i++) {
    for (let j = 0; j <= i; j++) {
      let [sum, more] = [i === j ? JITTER : 0, 0];
      let d = 0;
      for (; d + 1 < size; d += 2) {
        sum += rows[i * size + d] * rows[j * size + d];
        more += rows[i * size + d + 1] * rows[j * size + d + 1];
      }
      if (d < size) sum += rows[i * size + d] * rows[j * size + d];
      sum += more;
      for (let k = 0; k < j; k++) sum -= out[i * count + k] * out[j * count + k];
      out[i * count + j] = i === j ? Math.sqrt(Math.max(sum, JITTER)) : sum / out[j * count + j];
    }
  }
  return out;
}

/** The problem in fewer dimensions, and the way back. @param {Problem} problem */
export function reduced({rows, labels, size, classes, c}) {
  const count = labels.length;
  const lower = cholesky(rows, size, count);
  /** @param {Head} head @returns {Head} */
  const back = (head) => {
    const weights = new Float64Array(classes * size);
    for (let k = 0; k < classes; k++) {
      // Shares of captures: what times L gives the weights in few dimensions.
      const share = head.weights.slice(k * count, (k + 1) * count);
      for (let j = count - 1; j >= 0; j--) {
        share[j] /= lower[j * count + j];
        for (let i = 0; i < j; i++) share[i] -= share[j] * lower[j * count + i];
        for (let d = 0; d < size; d++) weights[k * size + d] += share[j] * rows[j * size + d];
      }
    }
    return {...head, weights, size};
  };
  return {problem: {rows: lower, labels, size: count, classes, c}, back};
}
