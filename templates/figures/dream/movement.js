/** How a picture is moved before the network sees it: rows · picture · columnsᵀ, as movement.py says. */
import {uniform} from "../../js/noise.js";

/** Row i weighs the pixels seen at place i. @param {number} size @param {number} shift @param {number} grown */
export function resampled(size, shift, grown) {
  const out = new Float32Array(size * size);
  const middle = (size - 1) / 2;
  for (let i = 0; i < size; i++) {
    const place = (i - middle) * grown + middle + shift;
    for (const at of [Math.floor(place), Math.floor(place) + 1]) {
      if (at >= 0 && at < size) out[i * size + at] += 1 - Math.abs(place - at);
    }
  }
  return out;
}

/** Row i weighs what falls into place i where a picture is so many times smaller and repeats. @param {number} size @param {number} small */
export function tiled(size, small) {
  const out = new Float32Array(size * size);
  for (let i = 0; i < size; i++) {
    const start = (i - size / 2) * small + size / 2;
    for (let at = Math.floor(start); at < start + small; at++) {
      const covered = Math.min(start + small, at + 1) - Math.max(start, at);
      out[i * size + (((at % size) + size) % size)] += covered / small;
    }
  }
  return out;
}

/** Gaussian blur along one axis, mirrored at the edges. @param {number} size @param {number} sigma */
export function blurring(size, sigma) {
  const out = new Float32Array(size * size);
  const reach = Math.ceil(3 * sigma);
  const weights = Array.from({length: 2 * reach + 1}, (_, k) => (sigma ? Math.exp(-0.5 * ((k - reach) / sigma) ** 2) : 1));
  const sum = weights.reduce((a, b) => a + b, 0);
  for (let i = 0; i < size; i++) {
    weights.forEach((weight, k) => {
      const at = (((i + k - reach) % (2 * size)) + 2 * size) % (2 * size);
      out[i * size + (at < size ? at : 2 * size - 1 - at)] += weight / sum;
    });
  }
  return out;
}

/** @param {Float32Array} a @param {Float32Array} b @param {number} size */
export function product(a, b, size) {
  const out = new Float32Array(size * size);
  for (let i = 0; i < size; i++) {
    for (let k = 0; k < size; k++) {
      const weight = a[i * size + k];
      if (weight) for (let j = 0; j < size; j++) out[i * size + j] += weight * b[k * size + j];
    }
  }
  return out;
}

/**
 * The matrices of one step.
 * @param {{jitter: number, scale: number, blur: number, octaves: number}} moves @param {number[]} size  height and width
 * @param {number} seed @param {number} step @param {{stream: number, octave: number}} constants
 */
export function moved({jitter, scale, blur, octaves}, [height, width], seed, step, {stream, octave}) {
  const [down, right, stretch] = [0, 1, 2].map((i) => uniform(seed + stream, 3 * step + i));
  const small = octave ** (step % octaves);
  const grown = 1 + scale * (2 * stretch - 1);
  const shift = (/** @type {number} */ share) => Math.floor(share * (2 * jitter + 1)) - jitter;
  const one = (/** @type {number} */ side, /** @type {number} */ share) => {
    const sharp = resampled(side, shift(share), grown);
    const seen = blur ? product(sharp, blurring(side, blur), side) : sharp;
    return small === 1 ? seen : product(tiled(side, small), seen, side);
  };
  return {rows: one(height, down), columns: one(width, right)};
}
