/**
 * Methods that ask about many changed pictures, and need no gradient.
 *
 * @typedef {import("./methods.js").Ask} Ask
 * @typedef {import("./methods.js").Answer} Answer
 * @typedef {import("./methods.js").Tick} Tick
 *
 * @typedef {object} Asking  what they have in common
 * @property {number[]} shape  channels, height, width
 * @property {<V>(all: V[], picture: (one: V) => Float32Array, tick: Tick) => Promise<Float32Array[]>} rows
 *   what the model answers to the picture made of each
 * @property {(row: Float32Array) => number} score  of the target
 */
import {covered, draws, fitted} from "./lime.js";
import {starts, total} from "./numbers.js";
import {counted} from "./superpixels.js";

const ALONE = "All of the picture is one superpixel, and LIME compares several. Ask for more of them, or undo a merge.";

/** Windows half their side apart, each as its pixels. @param {number} height @param {number} width @param {number} side */
export function windows(height, width, side) {
  const stride = Math.max(1, Math.floor(side / 2));
  return starts(height, side, stride).flatMap((top) => starts(width, side, stride).map((left) => {
    const found = [];
    for (let y = top; y < Math.min(height, top + side); y++) {
      for (let x = left; x < Math.min(width, left + side); x++) found.push(y * width + x);
    }
    return found;
  }));
}

/** The mean over the windows that cover a pixel. @param {number[][]} places @param {number[]} numbers  of each window @param {number} area */
export function averaged(places, numbers, area) {
  const [sum, count] = [new Float64Array(area), new Float64Array(area)];
  places.forEach((pixels, i) => {
    for (const at of pixels) {
      sum[at] += numbers[i];
      count[at] += 1;
    }
  });
  return Float32Array.from(sum, (one, i) => one / Math.max(1, count[i]));
}

/** The picture with a window of another one. @param {Float32Array} input @param {ArrayLike<number>} other @param {number[]} pixels @param {number} area */
export function patched(input, other, pixels, area) {
  const picture = input.slice();
  for (const at of pixels) {
    for (let k = at; k < picture.length; k += area) picture[k] = other[k];
  }
  return picture;
}

/** How far the score falls. @param {Ask} ask @param {Asking} asking @param {Tick} tick @returns {Promise<Answer>} */
export async function occluded({patch, baseline, input}, {shape: [, height, width], rows, score}, tick) {
  const area = height * width;
  const places = windows(height, width, patch);
  const [whole] = await rows([input], (one) => one, () => {});
  const found = await rows(places, (pixels) => patched(input, baseline, pixels, area), tick);
  return {map: averaged(places, found.map((row) => score(whole) - score(row)), area)};
}

/** @param {Ask} ask @param {number} seed @param {Asking} asking @param {Tick} tick @returns {Promise<Answer>} */
export async function lime({input, baseline, labels, each}, seed, {shape: [, height, width], rows, score}, tick) {
  const known = /** @type {Int32Array} */ (labels);
  if (counted(known) < 2) return {map: new Float32Array(height * width), said: ALONE};
  const drawn = draws(seed, counted(known), each);
  const found = await rows(drawn, (on) => covered(input, baseline, known, (one) => on[one] === 1), tick);
  const scores = found.map(score);
  const {weights, base, fit} = fitted(drawn, scores);
  const map = Float32Array.from(known, (label) => weights[label]);
  return {map, total: base + total(weights), against: scores[0], fit, asked: drawn.length};
}

/** Log-odds in bits, by Laplace's correction. @param {number} probability @param {number} known @param {number} classes */
export function evidence(probability, known, classes) {
  const q = (probability * known + 1) / (known + classes);
  return Math.log2(q / (1 - q));
}

/**
 * Prediction difference: the evidence of each window, with others' windows in its place.
 * @param {Ask} ask @param {Float32Array[]} fills  other pictures @param {(row: Float32Array) => number} probability
 * @param {(probability: number) => number} weigh @param {Asking} asking @param {Tick} tick @returns {Promise<Answer>}
 */
export async function difference({input, patch}, fills, probability, weigh, {shape: [, height, width], rows}, tick) {
  const area = height * width;
  const places = windows(height, width, patch);
  const [whole] = await rows([input], (one) => one, () => {});
  const pairs = places.flatMap((pixels) => fills.map((fill) => ({pixels, fill})));
  const found = (await rows(pairs, ({pixels, fill}) => patched(input, fill, pixels, area), tick)).map(probability);
  const means = places.map((_, i) => total(found.slice(i * fills.length, (i + 1) * fills.length)) / fills.length);
  return {map: averaged(places, means.map((mean) => weigh(probability(whole)) - weigh(mean)), area)};
}
