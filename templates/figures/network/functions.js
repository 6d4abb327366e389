/**
 * The functions that networks apply to single numbers, as the reader sees them written.
 *
 * @typedef {Record<string, any>} Attributes
 * @typedef {{formula: string, of: (x: number, attributes: Attributes) => number}} Elementwise
 */

/**
 * erf(x) = 2/√π · exp(−x²) · Σ 2ⁿ x²ⁿ⁺¹ / (1·3·5·…·(2n+1)): all terms have one sign, so that the
 * sum is exact to the last digits for every x that a float32 network meets.
 * @param {number} x
 */
export function erf(x) {
  if (Math.abs(x) > 6) return Math.sign(x);
  let [piece, sum] = [x, x];
  for (let n = 1; n < 200 && Math.abs(piece) > 1e-17 * Math.abs(sum); n++) {
    piece *= (2 * x * x) / (2 * n + 1);
    sum += piece;
  }
  return (2 / Math.sqrt(Math.PI)) * Math.exp(-x * x) * sum;
}

const sigmoid = (/** @type {number} */ x) => 1 / (1 + Math.exp(-x));

/** @param {number} x @param {Attributes} attributes */
function gelu(x, {approximate}) {
  if (approximate !== "tanh") return (x * (1 + erf(x / Math.SQRT2))) / 2;
  return (x / 2) * (1 + Math.tanh(Math.sqrt(2 / Math.PI) * (x + 0.044715 * x ** 3)));
}

/** @type {Record<string, Elementwise>} by the name of the operation */
export const FUNCTIONS = {
  relu: {formula: "max(0, x)", of: (x) => Math.max(0, x)},
  leaky_relu: {formula: "x, or x · slope below 0", of: (x, {slope}) => (x < 0 ? x * slope : x)},
  hardtanh: {
    formula: "x, cut off at both ends",
    of: (x, {low, high}) => Math.min(high, Math.max(low, x)),
  },
  gelu: {formula: "x · P(Z ≤ x), Z normal", of: gelu},
  silu: {formula: "x / (1 + exp(−x))", of: (x) => x * sigmoid(x)},
  tanh: {formula: "tanh(x)", of: Math.tanh},
  sigmoid: {formula: "1 / (1 + exp(−x))", of: sigmoid},
};

/** How a function is called in prose. @type {Record<string, string>} */
export const CALLED = {
  relu: "ReLU",
  leaky_relu: "leaky ReLU",
  hardtanh: "hard tanh",
  gelu: "GELU",
  silu: "SiLU",
  tanh: "tanh",
  sigmoid: "sigmoid",
};
