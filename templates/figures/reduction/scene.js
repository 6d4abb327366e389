/**
 * Where points lie on a panel: the data as they can be seen, the map as it is, both fitted into a square.
 *
 * @typedef {import("./sets.js").Sample} Sample
 */
import {pca} from "../../js/reduce/pca.js";

/** Share of a side that stays free at each edge. */
const MARGIN = 0.06;
/** Rounds in which components are found well enough to be looked at. */
const ROUGH = 40;

/**
 * The points themselves in a plane: as they are, turned, or by their two main components.
 * Shape: (count, 2). @param {Sample} points @param {number} turn  degrees @param {number} tilt  degrees
 */
export function view({rows}, turn, tilt) {
  const {values, count, width} = rows;
  if (width === 2) return values;
  if (width > 3) return pca(rows, 2, ROUGH).places;
  const found = new Float64Array(2 * count);
  const [a, b] = [(turn * Math.PI) / 180, (tilt * Math.PI) / 180];
  for (let i = 0; i < count; i++) {
    if (width === 1) {
      found[2 * i] = values[i];
      continue;
    }
    const [x, y, z] = values.subarray(3 * i, 3 * i + 3);
    const away = x * Math.sin(a) + y * Math.cos(a);
    found[2 * i] = x * Math.cos(a) - y * Math.sin(a);
    found[2 * i + 1] = z * Math.cos(b) + away * Math.sin(b);
  }
  return found;
}

/**
 * The same in a square of a given side, upright and not stretched. @param {ArrayLike<number>} places @param {number} side
 */
export function fitted(places, side) {
  const low = [Infinity, Infinity];
  const high = [-Infinity, -Infinity];
  for (let at = 0; at < places.length; at++) {
    const axis = at & 1;
    if (places[at] < low[axis]) low[axis] = places[at];
    if (places[at] > high[axis]) high[axis] = places[at];
  }
  const reach = Math.max(high[0] - low[0], high[1] - low[1]) || 1;
  const scale = (side * (1 - 2 * MARGIN)) / reach;
  const found = new Float64Array(places.length);
  for (let at = 0; at < places.length; at++) {
    const axis = at & 1;
    const from = (places[at] - (low[axis] + high[axis]) / 2) * scale;
    found[at] = side / 2 + (axis ? -from : from);
  }
  return found;
}

/** The point nearest to a place, within a reach; −1: none is. @param {ArrayLike<number>} xy @param {number} x @param {number} y @param {number} reach */
export function under(xy, x, y, reach) {
  let [found, least] = [-1, reach * reach];
  for (let i = 0; 2 * i < xy.length; i++) {
    const far = (xy[2 * i] - x) ** 2 + (xy[2 * i + 1] - y) ** 2;
    if (far < least) [found, least] = [i, far];
  }
  return found;
}

/** @type {Record<string, [number, number]>} */
const AHEAD = {ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1]};

/**
 * Whom an arrow key leads to: the nearest in that direction, what lies aside counting double; −1: nobody.
 * @param {ArrayLike<number>} xy @param {number} from @param {string} key
 */
export function next(xy, from, key) {
  const ahead = AHEAD[key];
  if (!ahead) return -1;
  let [found, least] = [-1, Infinity];
  for (let i = 0; 2 * i < xy.length; i++) {
    const [x, y] = [xy[2 * i] - xy[2 * from], xy[2 * i + 1] - xy[2 * from + 1]];
    const along = x * ahead[0] + y * ahead[1];
    const aside = Math.abs(x * ahead[1]) + Math.abs(y * ahead[0]);
    if (i === from || along <= 0 || aside > 2 * along) continue;
    if (along + 2 * aside < least) [found, least] = [i, along + 2 * aside];
  }
  return found;
}
