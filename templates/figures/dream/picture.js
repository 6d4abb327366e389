/** From the numbers that climb to a picture: the matrices that a graph is given, as picture.py makes them. */
import {normal} from "../../js/noise.js";

/** Waves along one axis, one a column: constant, then cosine and sine of 1, 2 … periods. @param {number} size */
export function waves(size) {
  const out = new Float32Array(size * size);
  for (let i = 0; i < size; i++) {
    out[i * size] = 1;
    for (let k = 1; k < size; k++) {
      const angle = 2 * Math.PI * Math.ceil(k / 2) * ((i + 0.5) / size);
      out[i * size + k] = Math.SQRT2 * (k % 2 ? Math.cos(angle) : Math.sin(angle));
    }
    // Half-way between pixels the fastest cosine is 0 everywhere; the sine is +1, −1, +1 …
    if (size % 2 === 0) out[i * size + size - 1] = i % 2 ? -1 : 1;
  }
  return out;
}

/** @param {number} size */
export function identity(size) {
  return Float32Array.from({length: size * size}, (_, i) => Number(i % (size + 1) === 0));
}

/** How much each wave counts. @param {number} height @param {number} width @param {{amplitude: number, decay: number}} constants */
export function shares(height, width, {amplitude, decay}) {
  const side = Math.max(height, width);
  const periods = (/** @type {number} */ k) => Math.ceil(k / 2);
  return Float32Array.from({length: height * width}, (_, i) => {
    const count = side * Math.hypot(periods(Math.floor(i / width)) / height, periods(i % width) / width);
    return Math.SQRT2 * amplitude * Math.max(count, 1) ** -decay;
  });
}

/** Logits of a picture of shares, away from 0 and 1. @param {ArrayLike<number>} picture @param {number} room */
export function logits(picture, room) {
  return Float32Array.from(picture, (one) => {
    const clear = Math.min(1 - room, Math.max(room, one));
    return Math.log(clear / (1 - clear));
  });
}

/** The numbers that a run starts from. @param {number} count @param {number} seed @param {number} size */
export function noise(count, seed, size) {
  return Float32Array.from({length: count}, (_, i) => size * normal(seed, i));
}

/**
 * What makes numbers a picture, as a graph is given it.
 * @param {Record<string, any>} values @param {{waves: boolean, colour: boolean}} at
 * @param {Float32Array | null} from  the picture to start from, shares; null: the examples' mean brightness
 */
export function parts({shape: [channels, height, width], base, colours, constants}, at, from) {
  const level = () => Float32Array.from({length: channels * height * width}, (_, i) => base[Math.floor(i / (height * width))]);
  return {
    base: from ? logits(from, constants.room) : level(),
    down: at.waves ? waves(height) : identity(height),
    across: at.waves ? waves(width) : identity(width),
    shares: at.waves ? shares(height, width, constants) : new Float32Array(height * width).fill(1),
    colours: at.colour ? Float32Array.from(colours.flat()) : identity(channels),
  };
}
