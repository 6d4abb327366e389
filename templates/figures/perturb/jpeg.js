/**
 * What JPEG leaves of a picture, number for number as generator/compute/perturb/jpeg.py has it.
 *
 * @typedef {ArrayLike<number>} Row  (channels, height, width)
 * @typedef {{brightness: number[][], colour: number[][], qualities: number[]}} Tables
 */

/** Side of a block. */
export const BLOCK = 8;
/** Halves are common here, and which side they fall on must not hang on the last bit. */
const NUDGE = 1e-9;

/** Whole numbers; halves go up, also those that miss the half by a last bit. @param {number} value */
export const nearest = (value) => Math.floor(value + (0.5 + NUDGE));

/** Steps of the cosines at a quality. @param {number[][]} base @param {number} quality */
export function steps(base, quality) {
  const scale = quality < 50 ? Math.floor(5000 / quality) : 200 - 2 * quality;
  return base.flat().map((one) => Math.min(255, Math.max(1, Math.floor((one * scale + 50) / 100))));
}

/** The orthonormal cosine transform of eight numbers, (frequency, place). */
const WAVES = Array.from({length: BLOCK}, (_, k) =>
  Float64Array.from({length: BLOCK}, (_, i) => Math.sqrt((k ? 2 : 1) / BLOCK) * Math.cos(((2 * i + 1) * k * Math.PI) / (2 * BLOCK))));

/**
 * A block, transformed along both axes, rounded to multiples of its steps, and back; in place.
 * @param {Float64Array} block @param {number[]} table @param {Float64Array} room  for what lies between
 */
function rounded(block, table, room) {
  for (let k = 0; k < BLOCK; k++) {
    for (let x = 0; x < BLOCK; x++) {
      let sum = 0;
      for (let y = 0; y < BLOCK; y++) sum += WAVES[k][y] * block[y * BLOCK + x];
      room[k * BLOCK + x] = sum;
    }
  }
  for (let k = 0; k < BLOCK; k++) {
    for (let m = 0; m < BLOCK; m++) {
      let sum = 0;
      for (let x = 0; x < BLOCK; x++) sum += room[k * BLOCK + x] * WAVES[m][x];
      const step = table[k * BLOCK + m];
      block[k * BLOCK + m] = nearest(sum / step) * step;
    }
  }
  for (let y = 0; y < BLOCK; y++) {
    for (let m = 0; m < BLOCK; m++) {
      let sum = 0;
      for (let k = 0; k < BLOCK; k++) sum += WAVES[k][y] * block[k * BLOCK + m];
      room[y * BLOCK + m] = sum;
    }
  }
  for (let y = 0; y < BLOCK; y++) {
    for (let x = 0; x < BLOCK; x++) {
      let sum = 0;
      for (let m = 0; m < BLOCK; m++) sum += room[y * BLOCK + m] * WAVES[m][x];
      block[y * BLOCK + x] = sum;
    }
  }
}

/** One channel, block by block; edges are continued. @param {Float64Array} plane @param {number} height @param {number} width @param {number[]} table */
function channel(plane, height, width, table) {
  const out = new Float64Array(plane.length);
  const [block, room] = [new Float64Array(BLOCK * BLOCK), new Float64Array(BLOCK * BLOCK)];
  for (let top = 0; top < height; top += BLOCK) {
    for (let left = 0; left < width; left += BLOCK) {
      for (let i = 0; i < block.length; i++) {
        const [y, x] = [Math.min(height - 1, top + (i >> 3)), Math.min(width - 1, left + (i & 7))];
        block[i] = plane[y * width + x];
      }
      rounded(block, table, room);
      for (let i = 0; i < block.length; i++) {
        const [y, x] = [top + (i >> 3), left + (i & 7)];
        if (y < height && x < width) out[y * width + x] = block[i];
      }
    }
  }
  return out;
}

/** @param {Float64Array[]} planes @param {number[][]} matrix */
const mixed = (planes, matrix) =>
  matrix.map((row) => planes[0].map((_, i) => row[0] * planes[0][i] + row[1] * planes[1][i] + row[2] * planes[2][i]));

const TO_YCC = [[0.299, 0.587, 0.114], [-0.168736, -0.331264, 0.5], [0.5, -0.418688, -0.081312]];
const FROM_YCC = [[1, 0, 1.402], [1, -0.344136, -0.714136], [1, 1.772, 0]];

/**
 * A picture after a JPEG of this quality; three channels are red, green and blue.
 * @param {Row} picture  shares of the range @param {number[]} shape @param {number} quality @param {Tables} tables
 */
export function jpeg(picture, [count, height, width], quality, tables) {
  const area = height * width;
  let planes = Array.from({length: count}, (_, c) => Float64Array.from({length: area}, (_, i) => nearest(255 * picture[c * area + i]) - 128));
  const colour = count === 3;
  if (colour) planes = mixed(planes, TO_YCC).map((plane) => plane.map(nearest));
  planes = planes.map((plane, c) => channel(plane, height, width, steps(colour && c ? tables.colour : tables.brightness, quality)));
  planes = planes.map((plane) => plane.map((one) => Math.min(127, Math.max(-128, nearest(one)))));
  if (colour) planes = mixed(planes, FROM_YCC);
  const out = new Float64Array(count * area);
  planes.forEach((plane, c) => plane.forEach((one, i) => (out[c * area + i] = Math.min(255, Math.max(0, nearest(one + 128))) / 255)));
  return out;
}
