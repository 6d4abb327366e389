/**
 * What pictures go through before the network sees them, as generator/compute/perturb/guard.py has it.
 *
 * @typedef {ArrayLike<number>} Row  (channels, height, width), shares of the range
 * @typedef {object} Guard
 * @property {string[]} on
 * @property {number} blur
 * @property {number} levels
 * @property {number} quality
 * @property {number} noise
 * @property {number} copies
 */
import {normal, uniform} from "../../js/noise.js";
import {BLOCK, jpeg, nearest} from "./jpeg.js";

/** Dice of the defence, and of an attacker who does not know them. */
const [SEED, ATTACKER] = [2, 3];

/** Does chance take part? @param {Guard} guard */
export const isRandom = ({on}) => on.includes("slq") || on.includes("noise");

/** Gaussian blur; beyond its edge a picture is its own mirror image. @param {Row} picture @param {number[]} shape @param {number} sigma */
export function blurred(picture, [count, height, width], sigma) {
  const reach = Math.ceil(3 * sigma);
  const bell = Array.from({length: 2 * reach + 1}, (_, i) => (sigma ? Math.exp(-0.5 * ((i - reach) / sigma) ** 2) : 1));
  const whole = bell.reduce((sum, one) => sum + one, 0);
  const mirror = (/** @type {number} */ at, /** @type {number} */ size) => {
    const place = (((at % (2 * size)) + 2 * size) % (2 * size));
    return place < size ? place : 2 * size - 1 - place;
  };
  let out = Float64Array.from(picture);
  for (const [size, step, other, hop] of [[height, width, width, 1], [width, 1, height, width]]) {
    const from = out;
    out = new Float64Array(from.length);
    const places = Array.from({length: size}, (_, i) => bell.map((_, k) => mirror(i + k - reach, size) * step));
    for (let c = 0; c < count; c++) {
      for (let line = 0; line < other; line++) {
        const start = c * height * width + line * hop;
        for (let i = 0; i < size; i++) {
          let sum = 0;
          for (let k = 0; k < bell.length; k++) sum += bell[k] * from[start + places[i][k]];
          out[start + i * step] = sum / whole;
        }
      }
    }
  }
  return out;
}

/** Copy `number` with normal noise. @param {Row} picture @param {number} sigma @param {number} seed @param {number} number */
export function noisy(picture, sigma, seed, number) {
  return Float64Array.from(picture, (one, i) => Math.min(1, Math.max(0, one + sigma * normal(seed, number * picture.length + i))));
}

/** Each block from a version chosen at random. @param {Float64Array[]} kept @param {number[]} shape @param {number} seed @param {number} number */
export function mosaic(kept, [, height, width], seed, number) {
  const [rows, columns] = [Math.ceil(height / BLOCK), Math.ceil(width / BLOCK)];
  const choice = Array.from({length: rows * columns}, (_, i) => Math.floor(uniform(seed, number * rows * columns + i) * kept.length));
  return kept[0].map((_, i) => {
    const [y, x] = [Math.floor((i % (height * width)) / width), i % width];
    return kept[choice[Math.floor(y / BLOCK) * columns + Math.floor(x / BLOCK)]][i];
  });
}

/** @param {Row} picture @param {Guard} guard @param {Record<string, any>} values @param {number} seed @param {number} first @param {number} count */
function copies(picture, {on, blur, levels, quality, noise}, {shape, jpeg: tables}, seed, first, count) {
  let some = Float64Array.from(picture);
  if (on.includes("blur")) some = blurred(some, shape, blur);
  if (on.includes("levels")) some = some.map((one) => nearest(one * (levels - 1)) / (levels - 1));
  if (on.includes("jpeg")) some = jpeg(some, shape, quality, tables);
  const kept = on.includes("slq") ? tables.qualities.map((/** @type {number} */ one) => jpeg(some, shape, one, tables)) : [];
  return Array.from({length: count}, (_, k) => {
    const copy = kept.length ? mosaic(kept, shape, seed, first + k) : some;
    return Float32Array.from(on.includes("noise") ? noisy(copy, noise, seed, first + k) : copy);
  });
}

/** What the network is given: as many versions as vote. @param {Row} picture @param {Guard} guard @param {Record<string, any>} values */
export function voting(picture, guard, values) {
  return copies(picture, guard, values, SEED, 0, isRandom(guard) ? guard.copies : 1);
}

/** What an attacker who knows the defence tries at a step. @param {Row} picture @param {Guard} guard @param {Record<string, any>} values @param {number} draw */
export function drawn(picture, guard, values, draw) {
  const count = isRandom(guard) ? values.draws : 1;
  return copies(picture, guard, values, ATTACKER, draw * count, count);
}

/** A gradient at what the network is given as one at the picture. @param {Float64Array} slopes @param {Guard} guard @param {number[]} shape */
export function back(slopes, guard, shape) {
  return guard.on.includes("blur") ? blurred(slopes, shape, guard.blur) : slopes;
}
