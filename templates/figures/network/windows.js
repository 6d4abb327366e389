/**
 * Which numbers of the layers before a unit reads: windows of maps, and lists of units.
 *
 * @typedef {import("../../js/types.js").Tensor} Tensor
 *
 * @typedef {object} Layer  one step of the network, as compute/architecture.py describes it
 * @property {string} name
 * @property {string} op
 * @property {string} words                plain words for the operation
 * @property {string[]} inputs
 * @property {number[]} shape              (channels, height, width) or (channels)
 * @property {Record<string, any>} attributes
 * @property {Record<string, string>} tensors  role -> name among the weights
 *
 * @typedef {{channel: number, row: number, column: number}} At
 *
 * @typedef {object} Patch  positions of a map, evenly spaced; they may lie outside it
 * @property {number} top
 * @property {number} left
 * @property {number} rows
 * @property {number} columns
 * @property {[number, number]} step  vertical and horizontal
 *
 * @typedef {object} Group  the part of the arithmetic that one source has
 * @property {string} source       name of the layer it reads
 * @property {number} channel      first channel it reads there
 * @property {"map" | "units"} reads  one patch of a channel, or one unit from each of several
 * @property {Patch} patch         for units: how they are laid out in a rectangle
 * @property {number[]} inputs     row by row
 * @property {boolean[]} outside   beyond the edge of the map
 * @property {number[]} [weights]
 * @property {number[]} [results]  what each entry adds: products, or powers for a softmax
 * @property {number} total
 * @property {number} [best]       which entry a maximum takes
 */

/** Channels, height and width; single values are maps of one by one. @param {number[]} shape */
export const sizes = ([channels, height = 1, width = 1]) => ({channels, height, width});

/** Units of a dense layer shown together as one group. */
const BUNCH = 16;

/**
 * The numbers under a patch of one channel; outside the map they are `beyond`.
 * @param {Tensor} tensor @param {number} channel @param {Patch} patch @param {number} beyond
 */
export function under({data, shape}, channel, {top, left, rows, columns, step}, beyond = 0) {
  const {height, width} = sizes(shape);
  const inputs = [];
  const outside = [];
  for (let i = 0; i < rows * columns; i++) {
    const row = top + Math.floor(i / columns) * step[0];
    const column = left + (i % columns) * step[1];
    const out = row < 0 || column < 0 || row >= height || column >= width;
    outside.push(out);
    inputs.push(out ? beyond : Number(data[(channel * height + row) * width + column]));
  }
  return {inputs, outside};
}

/** The patch that a sliding window covers for one unit. @param {Layer} layer @param {At} at @returns {Patch} */
export function sliding({attributes}, {row, column}) {
  const {kernel, stride, padding, dilation = [1, 1]} = attributes;
  return {
    top: row * stride[0] - padding[0],
    left: column * stride[1] - padding[1],
    rows: kernel[0],
    columns: kernel[1],
    step: dilation,
  };
}

/**
 * The patch that an adaptive pooling averages: shares of the map, rounded outwards.
 * @param {Layer} layer @param {At} at @param {number[]} from  shape of the source @returns {Patch}
 */
export function shared({shape}, {row, column}, from) {
  const [to, source] = [sizes(shape), sizes(from)];
  const start = (/** @type {number} */ i, /** @type {number} */ was, /** @type {number} */ is) =>
    Math.floor((i * was) / is);
  const end = (/** @type {number} */ i, /** @type {number} */ was, /** @type {number} */ is) =>
    Math.ceil(((i + 1) * was) / is);
  const top = start(row, source.height, to.height);
  const left = start(column, source.width, to.width);
  const rows = end(row, source.height, to.height) - top;
  return {top, left, rows, columns: end(column, source.width, to.width) - left, step: [1, 1]};
}

/** A whole map. @param {number[]} shape @returns {Patch} */
export function whole(shape) {
  const {height, width} = sizes(shape);
  return {top: 0, left: 0, rows: height, columns: width, step: [1, 1]};
}

/** One position. @param {number} row @param {number} column @returns {Patch} */
export const single = (row, column) => ({top: row, left: column, rows: 1, columns: 1, step: [1, 1]});

/** `count` units from `first` on, in bunches laid out as rectangles. @param {number} count */
export function bunches(count) {
  const size = count > BUNCH * 1.5 ? BUNCH : count;
  return Array.from({length: Math.ceil(count / size)}, (_, i) => {
    const units = Math.min(size, count - i * size);
    return {first: i * size, units, columns: Math.ceil(Math.sqrt(units))};
  });
}
