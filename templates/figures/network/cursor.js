/**
 * Where the reader stands in the network: a channel of a layer and a position in it, and where keys
 * lead from there. Pure; the page's elements follow.
 *
 * @typedef {{name: string, channels: number, height: number, width: number, columns: number}} Row
 *   a layer as it is drawn: `columns` of its tiles side by side
 * @typedef {{layer: string, channel: number, row: number, column: number}} Place
 */
import {step} from "../../js/input.js";

const clamp = (/** @type {number} */ value, /** @type {number} */ count) =>
  Math.min(Math.max(value, 0), count - 1);

/** Index of the value farthest from zero. @param {ArrayLike<number>} values */
export function strongest(values) {
  let at = 0;
  for (let i = 1; i < values.length; i++) if (Math.abs(values[i]) > Math.abs(values[at])) at = i;
  return at;
}

/**
 * The same share of the way along another layer, where the sizes differ.
 * @param {Place} place @param {Row} from @param {Row} to @returns {Place}
 */
export function carried(place, from, to) {
  const moved = (/** @type {number} */ at, /** @type {number} */ was, /** @type {number} */ is) =>
    clamp(Math.floor(((at + 0.5) * is) / was), is);
  return {
    layer: to.name,
    channel: from.channels === to.channels ? place.channel : moved(place.channel, from.channels, to.channels),
    row: moved(place.row, from.height, to.height),
    column: moved(place.column, from.width, to.width),
  };
}

/**
 * Where a key leads among tiles; null: nowhere. Up and down leave a layer at its edge.
 * @param {string} key @param {Place} place @param {Row[]} rows @returns {Place | null}
 */
export function amongTiles(key, place, rows) {
  const index = rows.findIndex(({name}) => name === place.layer);
  const row = rows[index];
  if (!row) return null;
  const layer = {PageUp: -1, "[": -1, PageDown: 1, "]": 1}[key];
  if (layer) return rows[index + layer] ? carried(place, row, rows[index + layer]) : null;
  const channel = step(key, place.channel, row.channels, row.columns);
  if (channel !== null) return {...place, channel};
  const over = {ArrowUp: -1, ArrowDown: 1}[key];
  return over && rows[index + over] ? carried(place, row, rows[index + over]) : null;
}

/**
 * Where a key leads inside a tile; null: nowhere.
 * @param {string} key @param {Place} place @param {Row} row @returns {Place | null}
 */
export function inTile(key, place, {height, width}) {
  const at = step(key, place.row * width + place.column, height * width, width);
  const sideways = key === "ArrowLeft" || key === "ArrowRight";
  if (at === null) return null;
  const next = {...place, row: Math.floor(at / width), column: at % width};
  return sideways && next.row !== place.row ? null : next;
}
