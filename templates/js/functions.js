/**
 * exp, log, sine, tanh and sigmoid from additions, multiplications, divisions and square roots alone,
 * which every browser rounds alike; those of `Math` may differ in the last digit, and training makes
 * such a difference grow. Errors are relative unless it is said otherwise, against exact values.
 */

const [STEPS, BITS] = [1024, 10];
/** 2^(i/1024), from square roots and products. */
export const FRACTIONS = new Float64Array(STEPS);
/** 2^k for k = −1022 … 1023. */
const POWERS = new Float64Array(2046);
const BIAS = 1022;
const LN2 = 0.6931471805599453;
// ln 2 / 1024 in two parts: the first has few enough bits that its multiples are exact.
const HIGH = Math.fround(LN2 / STEPS);
const LOW = LN2 / STEPS - HIGH;

/** 1.5 · 2^52: added and taken away, it leaves the nearest whole number, which Math.round does slowly. */
const WHOLE = 6755399441055744;

FRACTIONS[0] = 1;
for (let half = STEPS / 2, root = Math.SQRT2; half >= 1; half /= 2, root = Math.sqrt(root)) {
  for (let i = 0; i < STEPS; i += 2 * half) FRACTIONS[i + half] = FRACTIONS[i] * root;
}
POWERS[BIAS] = 1;
for (let k = 1; k <= 1023; k++) POWERS[BIAS + k] = POWERS[BIAS + k - 1] * 2;
for (let k = 1; k <= 1022; k++) POWERS[BIAS - k] = POWERS[BIAS - k + 1] / 2;

/** e^x; error below 1e-13; 0 below −708, Infinity above 709. @param {number} x */
export function exp(x) {
  if (!(x > -708)) return x !== x ? x : 0;
  if (x > 709) return Infinity;
  const n = x * (STEPS / LN2) + WHOLE - WHOLE;
  const r = x - n * HIGH - n * LOW;
  return FRACTIONS[n & (STEPS - 1)] * POWERS[BIAS + (n >> BITS)] * (1 + r * (1 + r * (0.5 + r * (1 / 6))));
}

/** Natural logarithm of a positive number; error below 1e-14, near 1 absolute. @param {number} x */
export function log(x) {
  if (!(x > 0)) return x === 0 ? -Infinity : NaN;
  if (x === Infinity) return x;
  let k = 0;
  while (x > Math.SQRT2) (x /= 2), k++;
  while (x < Math.SQRT1_2) (x *= 2), k--;
  const s = (x - 1) / (x + 1);
  const square = s * s;
  let sum = 0;
  for (let power = 21; power > 0; power -= 2) sum = sum * square + 1 / power;
  return 2 * s * sum + k * LN2;
}

/** Sine of radians; absolute error below 1e-14 for |x| < 1000. @param {number} x */
export function sin(x) {
  const quarter = Math.round(x / (Math.PI / 2));
  // π/2 in two parts, as above.
  const high = 1.5707963109016418;
  const r = x - quarter * high - quarter * 1.5893254773528196e-8;
  const turned = quarter & 1 ? cosine(r) : sine(r);
  return quarter & 2 ? -turned : turned;
}

/** Cosine of radians, as exact as the sine. @param {number} x */
export const cos = (x) => sin(x + Math.PI / 2);

/** On |r| ≤ π/4. @param {number} r */
function sine(r) {
  const s = -r * r;
  let sum = 1;
  for (let n = 16; n > 0; n -= 2) sum = 1 + (sum * s) / (n * (n + 1));
  return r * sum;
}

/** On |r| ≤ π/4. @param {number} r */
function cosine(r) {
  const s = -r * r;
  let sum = 1;
  for (let n = 17; n > 0; n -= 2) sum = 1 + (sum * s) / (n * (n + 1));
  return sum;
}

/** (e^2x − 1) / (e^2x + 1), in (−1, 1); absolute error below 1e-13. @param {number} x */
export const tanh = (x) => 1 - 2 / (exp(2 * x) + 1);

/** 1 / (1 + e^−x), in (0, 1); absolute error below 1e-13. @param {number} x */
export const sigmoid = (x) => 1 / (exp(-x) + 1);

/** ln(1 + e^x) for any x; error below 1e-13. @param {number} x */
export const softplus = (x) => Math.max(x, 0) + log(1 + exp(-Math.abs(x)));
