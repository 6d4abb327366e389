/**
 * A picture of which only what lies in a mask is bright, with a line around it.
 *
 * @typedef {[number, number, number]} Colour
 */

/** How bright the rest of the picture stays. */
const DIM = 0.28;

/**
 * @param {Uint8ClampedArray} source  RGBA of the whole atlas @param {number} stride  its width
 * @param {[number, number]} corner  left and top of the picture in it
 * @param {[number, number]} size  height and width of the picture
 * @param {ArrayLike<number>} wide  activation of every pixel @param {number} threshold
 * @param {number} scale  pixels of the answer to one of the picture @param {Colour} line
 * @returns {Uint8ClampedArray} RGBA, scale·height × scale·width
 */
export function masked(source, stride, [left, top], [height, width], wide, threshold, scale, line) {
  const out = new Uint8ClampedArray(4 * height * width * scale * scale);
  const inside = (/** @type {number} */ y, /** @type {number} */ x) =>
    y >= 0 && x >= 0 && y < height && x < width && wide[y * width + x] > threshold;
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const from = 4 * ((top + y) * stride + left + x);
      const lit = inside(y, x);
      const edges = lit && [!inside(y - 1, x), !inside(y + 1, x), !inside(y, x - 1), !inside(y, x + 1)];
      for (let i = 0; i < scale; i++) {
        for (let j = 0; j < scale; j++) {
          const to = 4 * ((y * scale + i) * width * scale + x * scale + j);
          const edge =
            edges && ((edges[0] && i === 0) || (edges[1] && i === scale - 1) || (edges[2] && j === 0) || (edges[3] && j === scale - 1));
          for (let c = 0; c < 3; c++) out[to + c] = edge ? line[c] : source[from + c] * (lit ? 1 : DIM);
          out[to + 3] = 255;
        }
      }
    }
  }
  return out;
}
