/** What comes from seeds: examples to learn from and first weights, as library.py and nets.py draw them. */
import {normal, uniform} from "../../js/noise.js";

/**
 * The picture `k` of a seed: a shape moved, fainter and under noise of its own.
 * @param {ArrayLike<number>} master  bytes @param {number} side @param {number} k @param {number} seed @param {Record<string, any>} constants
 */
export function example(master, side, k, seed, {draws, many, shift, faintest, rough}) {
  const stream = draws + many * seed + k;
  const [down, right, share] = [0, 1, 2].map((i) => uniform(stream, i));
  const [low, left] = [down, right].map((one) => Math.floor(one * (2 * shift + 1)) - shift);
  const ink = faintest + (1 - faintest) * share;
  const out = new Float32Array(side * side);
  for (let y = 0; y < side; y++) {
    for (let x = 0; x < side; x++) {
      const [row, column] = [y - low, x - left];
      const inside = row >= 0 && row < side && column >= 0 && column < side;
      const at = y * side + x;
      const covered = inside ? master[row * side + column] / 255 : 0;
      out[at] = Math.min(1, Math.max(0, ink * covered + rough * normal(stream, 8 + at)));
    }
  }
  return out;
}

/**
 * Examples `first` and so on, classes in turn.
 * @param {ArrayLike<number>[]} masters @param {number[]} shapes @param {number} first @param {number} count @param {number} seed @param {number} side @param {Record<string, any>} constants
 */
export function examples(masters, shapes, first, count, seed, side, constants) {
  const input = new Float32Array(count * side * side);
  const labels = Array.from({length: count}, (_, i) => shapes[(first + i) % shapes.length]);
  labels.forEach((label, i) => input.set(example(masters[label], side, first + i, seed, constants), i * side * side));
  return {input, labels};
}

/** By name; what is only added begins at 0. @param {[string, number[]][]} shapes @param {number} seed @param {number} stream */
export function firstWeights(shapes, seed, stream) {
  let at = 0;
  return Object.fromEntries(shapes.map(([name, shape]) => {
    const count = shape.reduce((a, b) => a * b, 1);
    const made = new Float32Array(count);
    if (shape.length > 1) {
      const scale = Math.sqrt(2 / (count / shape[0]));
      for (let i = 0; i < count; i++) made[i] = scale * normal(stream + seed, at + i);
      at += count;
    }
    return [name, made];
  }));
}

/** 0 for shapes that take part. @param {number[]} shapes @param {number} count @param {number} absent */
export const mask = (shapes, count, absent) => Float32Array.from({length: count}, (_, i) => (shapes.includes(i) ? 0 : absent));
