/** Random numbers that the build draws too: generator/compute/noise.py has the same, number for number. */

const STEP = 0x6d2b79f5;

/** Number `at` of the sequence `seed`, in [0, 1): mulberry32 of a running counter. @param {number} seed @param {number} at */
export function uniform(seed, at) {
  let t = (seed + Math.imul(at + 1, STEP)) | 0;
  t = Math.imul(t ^ (t >>> 15), t | 1);
  t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
  return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
}

/** Normal, mean 0 and variance 1: Box and Muller's cosine. @param {number} seed @param {number} at */
export function normal(seed, at) {
  const [u, v] = [uniform(seed, 2 * at), uniform(seed, 2 * at + 1)];
  return Math.sqrt(-2 * Math.log1p(-u)) * Math.cos(2 * Math.PI * v);
}

/** An order of 0 … count − 1, by the size of uniform numbers. @param {number} seed @param {number} count */
export function shuffle(seed, count) {
  const keys = Float64Array.from({length: count}, (_, i) => uniform(seed, i));
  return Uint32Array.from(keys.keys()).sort((a, b) => keys[a] - keys[b] || a - b);
}
