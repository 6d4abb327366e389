/**
 * How a layer's tiles stand in the room there is. The still is laid out by the same rules, written
 * in compute/tiling.py; a test holds the two equal.
 *
 * @typedef {object} Tiling
 * @property {number} width    of a tile, in CSS pixels
 * @property {number} height
 * @property {number} gap
 * @property {number} columns
 * @property {number} rows
 */
import {sizes} from "./windows.js";

/** No map is drawn wider than this. */
const WIDEST = 88;

/** A dense layer's units by their number: the side of a unit. @param {number} count */
function unitSide(count) {
  if (count <= 16) return 28;
  if (count <= 80) return 16;
  return count <= 300 ? 11 : 8;
}

/** @param {number} count @param {number} room @returns {Tiling} */
function units(count, room) {
  const side = unitSide(count);
  const gap = side > 20 ? 4 : 2;
  const most = Math.max(1, Math.floor((room + gap) / (side + gap)));
  const rows = Math.ceil(count / most);
  return {width: side, height: side, gap, columns: Math.ceil(count / rows), rows};
}

/**
 * Whole multiples of a map's own pixels where they fit, and the fewest rows in which a tile is still
 * large enough to be read.
 * @param {number[]} shape  (channels, height, width) or (channels)
 * @param {number} room     width in CSS pixels
 * @returns {Tiling}
 */
export function tiling(shape, room) {
  const {channels, height, width} = sizes(shape);
  if (height * width === 1) return units(channels, room);
  const gap = width < 8 ? 4 : 6;
  const most = Math.max(1, Math.floor(WIDEST / width));
  const wanted = Math.min(40, width * (channels > 100 ? 3 : 6));
  for (let rows = 1; ; rows++) {
    const columns = Math.ceil(channels / rows);
    const free = (room - (columns - 1) * gap) / columns;
    const scale = free >= width ? Math.min(most, Math.floor(free / width)) : free / width;
    if (scale * width >= wanted || columns === 1) {
      const shrunk = Math.min(scale, WIDEST / width);
      return {width: shrunk * width, height: shrunk * height, gap, columns, rows: Math.ceil(channels / columns)};
    }
  }
}

/** Width and height of all tiles together. @param {Tiling} tiles */
export const extent = ({width, height, gap, columns, rows}) => ({
  width: columns * (width + gap) - gap,
  height: rows * (height + gap) - gap,
});

/** Left and top of tile i. @param {Tiling} tiles @param {number} i @returns {[number, number]} */
export const corner = ({width, height, gap, columns}, i) => [
  (i % columns) * (width + gap),
  Math.floor(i / columns) * (height + gap),
];
