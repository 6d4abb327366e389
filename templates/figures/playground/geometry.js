/**
 * Where units and links stand in the diagram. Pure.
 *
 * @typedef {object} Geometry
 * @property {number[]} columns  left edge of each column, inputs first
 * @property {number} size       side of a unit
 * @property {number} pitch      from one unit to the next below
 * @property {number} height
 * @property {number[]} counts   units in each column
 * @property {boolean} tight     whether what stands below a column must be narrow
 */

const LARGEST = 44;
const SMALLEST = 24;
/** Room for the names of inputs. */
const NAMES = 46;

/** @param {number} width  of the diagram @param {number[]} counts  units in each column @returns {Geometry} */
export function geometry(width, counts) {
  const gaps = counts.length - 1;
  const wish = (width - NAMES) / (gaps * 1.75 + 1);
  const size = Math.round(Math.min(LARGEST, Math.max(SMALLEST, wish)));
  const gap = (width - NAMES - size - 2) / gaps;
  const pitch = size + Math.max(7, Math.round(size * 0.27));
  return {
    columns: counts.map((_, i) => Math.round(NAMES + i * gap)),
    size,
    pitch,
    height: Math.max(...counts) * pitch,
    counts,
    tight: gap < 100,
  };
}

/** Upper edge of a unit; columns stand in the middle. @param {Geometry} geometry @param {number} column @param {number} unit */
export function top({height, pitch, size, counts}, column, unit) {
  return Math.round((height - counts[column] * pitch) / 2 + unit * pitch + (pitch - size) / 2);
}

/**
 * Ends of the link from a unit to one of the next column.
 * @param {Geometry} geometry @param {number} column @param {number} from @param {number} to
 */
export function ends(geometry, column, from, to) {
  const middle = geometry.size / 2;
  return {
    x0: geometry.columns[column] + geometry.size,
    y0: top(geometry, column, from) + middle,
    x1: geometry.columns[column + 1],
    y1: top(geometry, column + 1, to) + middle,
  };
}

/** @param {{x0: number, y0: number, x1: number, y1: number}} ends */
export function path({x0, y0, x1, y1}) {
  const half = (x0 + x1) / 2;
  return `M${x0} ${y0}C${half} ${y0} ${half} ${y1} ${x1} ${y1}`;
}

/** How far down its way a link is at a share of its width. @param {number} share  0 to 1 */
export function fall(share) {
  let [low, high] = [0, 1];
  for (let i = 0; i < 24; i++) {
    const t = (low + high) / 2;
    // x(t) with both handles in the middle.
    const x = 1.5 * t * (1 - t) ** 2 + 1.5 * t * t * (1 - t) + t ** 3;
    if (x < share) low = t;
    else high = t;
  }
  return low * low * (3 - 2 * low);
}

/**
 * The link nearest to a place, if one is near.
 * @param {Geometry} geometry @param {number} x @param {number} y @param {(column: number, from: number) => boolean} linked
 * @returns {{column: number, from: number, to: number} | null}
 */
export function nearestLink(geometry, x, y, linked) {
  const {columns, size, counts} = geometry;
  const column = columns.findIndex((left, i) => i < columns.length - 1 && x > left + size && x < columns[i + 1]);
  if (column < 0) return null;
  const share = fall((x - columns[column] - size) / (columns[column + 1] - columns[column] - size));
  let found = null;
  let least = 7;
  for (let from = 0; from < counts[column]; from++) {
    if (!linked(column, from)) continue;
    for (let to = 0; to < counts[column + 1]; to++) {
      const {y0, y1} = ends(geometry, column, from, to);
      const away = Math.abs(y0 + share * (y1 - y0) - y);
      if (away < least) [found, least] = [{column, from, to}, away];
    }
  }
  return found;
}

/**
 * Where an arrow key leads from a unit; null: nowhere.
 * @param {string} key @param {number[]} counts @param {number} column @param {number} unit
 * @returns {[number, number] | null}
 */
export function step(key, counts, column, unit) {
  if (key === "ArrowUp" && unit > 0) return [column, unit - 1];
  if (key === "ArrowDown" && unit < counts[column] - 1) return [column, unit + 1];
  const next = column + (key === "ArrowLeft" ? -1 : key === "ArrowRight" ? 1 : NaN);
  if (!(next >= 0 && next < counts.length)) return null;
  // The same height, as near as there is one.
  const middle = unit - (counts[column] - 1) / 2 + (counts[next] - 1) / 2;
  return [next, Math.min(counts[next] - 1, Math.max(0, Math.round(middle)))];
}
