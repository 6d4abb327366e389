/**
 * What a picture is asked for: direction · answer + energy · mean(answer²), as goals.py says.
 *
 * @typedef {{direction: Float32Array, energy: number}} Goal
 * @typedef {(answer: ArrayLike<number>) => Goal} Following  a goal that depends on the answer of the step before
 */

/** Goals that name one channel, and may name a second one. */
export const ONE_OF = ["channel", "unit", "class"];

const count = (/** @type {number[]} */ shape) => shape.reduce((a, b) => a * b, 1);

/** One channel alone counts. @param {string} name @param {number[]} shape @param {number} channel @returns {Goal} */
export function oneOf(name, shape, channel) {
  const direction = new Float32Array(count(shape));
  const [, height = 1, width = 1] = shape;
  const area = height * width;
  const from = channel * area;
  if (name === "channel") direction.fill(1 / area, from, from + area);
  else direction[from + Math.floor(height / 2) * width + Math.floor(width / 2)] = 1;
  return {direction, energy: 0};
}

/** Both at once. @param {Goal} one @param {Goal} other @param {number} mix @returns {Goal} */
export function between(one, other, mix) {
  return {direction: one.direction.map((value, i) => (1 - mix) * value + mix * other.direction[i]), energy: 0};
}

/** Whatever the layer says. @param {number[]} shape @returns {Goal} */
export const whole = (shape) => ({direction: new Float32Array(count(shape)), energy: 1});

/** Along one axis, everywhere. @param {number[]} shape @param {ArrayLike<number>} axis @returns {Goal} */
export function along(shape, axis) {
  const area = count(shape.slice(1));
  return {direction: Float32Array.from({length: count(shape)}, (_, i) => axis[Math.floor(i / area)] / area), energy: 0};
}

/** 1 − |a − code|² / |code|²; null for a code of zeros alone. @param {ArrayLike<number>} code @returns {Goal | null} */
export function near(code) {
  let square = 0;
  for (let i = 0; i < code.length; i++) square += code[i] ** 2;
  if (!square) return null;
  return {direction: Float32Array.from(code, (one) => (2 * one) / square), energy: -code.length / square};
}

/** |a − code| / |code|. @param {number} worth */
export const error = (worth) => Math.sqrt(Math.max(0, 1 - worth));

/**
 * A picture that guides: each place of the answer goes towards the place of the guide that is most like it.
 * Worth 1 is as much as the guide's places have to do with themselves, on average.
 *
 * @param {ArrayLike<number>} guide  what the layer answers to the guide @param {number[]} shape  channels, height, width
 * @returns {Following | null}  null for a guide that is answered with zeros alone
 */
export function guided(guide, [channels, height, width]) {
  const area = height * width;
  let square = 0;
  for (let i = 0; i < guide.length; i++) square += guide[i] ** 2;
  if (!square) return null;
  return (answer) => {
    const direction = new Float32Array(guide.length);
    for (let p = 0; p < area; p++) {
      let [most, at] = [-Infinity, 0];
      for (let q = 0; q < area; q++) {
        let sum = 0;
        for (let c = 0; c < channels; c++) sum += answer[c * area + p] * guide[c * area + q];
        if (sum > most) [most, at] = [sum, q];
      }
      for (let c = 0; c < channels; c++) direction[c * area + p] = guide[c * area + at] / square;
    }
    return {direction, energy: 0};
  };
}
