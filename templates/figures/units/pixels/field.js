/**
 * How far a channel looks: its answer's change as a square slides over what it can see.
 *
 * @typedef {object} Field
 * @property {ArrayLike<number>} map  m × m changes, row by row
 * @property {number} count           m
 * @property {number} side            of the square, in pixels
 * @property {number} whole           pixels across that the map covers
 * @property {number} extent          pixels across that matter
 */
import {ramp as table} from "../../../js/colour.js";

/** @param {ArrayLike<number>} map @param {Uint8ClampedArray} colours  a table @returns {Uint8ClampedArray} RGBA */
export function painted(map, colours) {
  const most = Math.max(...Array.from(map), 0);
  const last = colours.length / 4 - 1;
  const out = new Uint8ClampedArray(4 * map.length);
  for (let i = 0; i < map.length; i++) {
    const at = 4 * Math.round((most > 0 ? map[i] / most : 0) * last);
    out.set(colours.subarray(at, at + 4), 4 * i);
  }
  return out;
}

/** @param {HTMLCanvasElement} canvas @param {Field} field @param {string[]} stops */
export function paintField(canvas, {map, count}, stops) {
  canvas.width = count;
  canvas.height = count;
  const pixels = painted(map, table(stops, 256));
  canvas.getContext("2d")?.putImageData(new ImageData(/** @type {any} */ (pixels), count, count), 0, 0);
}

/** @param {Field} field @param {number} sees */
export function reach({extent, side}, sees) {
  const covered = `A square of ${side} pixel${side === 1 ? "" : "s"} was slid over its two strongest examples; `;
  if (!extent) return `${covered}its answer did not change anywhere.`;
  return `${covered}the stronger the colour of a place, the more the answer changed. The channel can see ${sees} pixels across (frame), and looks at about ${Math.round(extent)}.`;
}
