/**
 * From a network's last layer to what it would say: probabilities and their order.
 *
 * @typedef {"softmax" | "exp" | "as they are"} Reading
 *   how answers become probabilities: logits, log-probabilities, or probabilities already
 */

/**
 * softmax(x)_i = exp(x_i − max x) / Σ_j exp(x_j − max x); sums to 1.
 * @param {ArrayLike<number>} logits
 */
export function softmax(logits) {
  const most = Math.max(...Array.from(logits));
  const powers = Array.from(logits, (x) => Math.exp(x - most));
  const sum = powers.reduce((a, b) => a + b, 0);
  return powers.map((power) => power / sum);
}

/** @param {ArrayLike<number>} answers @param {Reading} reading */
export function probabilities(answers, reading) {
  if (reading === "softmax") return softmax(answers);
  return Array.from(answers, reading === "exp" ? Math.exp : Number);
}

/** Indices from the most to the least likely; ties keep their order. @param {number[]} shares */
export function ranking(shares) {
  return shares.map((_, i) => i).sort((a, b) => shares[b] - shares[a] || a - b);
}
