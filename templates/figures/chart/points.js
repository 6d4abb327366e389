/**
 * The points of a drawn chart that answer to a pointer, in an order that arrow keys can walk.
 *
 * @typedef {object} Item  an item of Vega's scene graph
 * @property {any} [tooltip]
 * @property {any} [fill]
 * @property {any} [stroke]
 * @property {boolean} [isVoronoi]
 * @property {any} [datum]
 * @property {Element} [_svg]
 * @property {Mark[]} [items]
 *
 * @typedef {object} Mark
 * @property {string} role
 * @property {string} marktype
 * @property {Item[]} items
 *
 * @typedef {{item: Item, series: string, x: number, y: number}} Point  in pixels of the plot
 */

/** Marks whose items share one element answer through the points laid over them. */
const SHARED = ["line", "area", "trail", "group"];

/**
 * All items with a tooltip and an element of their own. A layer for the nearest point wins over
 * everything, as it does under a pointer.
 * @param {Mark} root  of Vega's scene graph @returns {Item[]}
 */
export function answering(root) {
  /** @type {Item[]} */
  const found = [];
  const walk = (/** @type {Item} */ group) => {
    for (const mark of group.items ?? []) {
      if (mark.role?.startsWith("axis") || mark.role?.startsWith("legend")) continue;
      if (mark.marktype === "group") mark.items.forEach(walk);
      else if (!SHARED.includes(mark.marktype)) {
        found.push(...mark.items.filter((item) => item.tooltip && item._svg));
      }
    }
  };
  root.items.forEach(walk);
  const nearest = found.filter((item) => item.isVoronoi);
  return nearest.length ? nearest : found;
}

/**
 * Series after series, each from left to right; a chart of one colour is one series.
 * @param {Item[]} items
 * @param {(item: Item) => {x: number, y: number}} middle
 * @returns {Point[]}
 */
export function ordered(items, middle) {
  const colours = new Set(items.map(colour));
  const many = colours.size > 10;
  const points = items.map((item) => ({item, series: many ? "" : colour(item), ...middle(item)}));
  const rank = [...colours];
  return points.sort(
    (a, b) => rank.indexOf(a.series) - rank.indexOf(b.series) || a.x - b.x || a.y - b.y,
  );
}

/** @param {Item} item */
const colour = ({isVoronoi, stroke, fill}) =>
  isVoronoi ? "" : String(stroke && stroke !== "transparent" ? stroke : fill);

/**
 * Where a key leads from point `at`; −1 is before the first. Left and right stay in the series, up
 * and down go to the nearest point of the series above or below.
 * @param {string} key @param {Point[]} points @param {number} at
 */
export function next(key, points, at) {
  if (!points.length) return null;
  if (at < 0) return ["ArrowRight", "ArrowLeft", "ArrowUp", "ArrowDown", "Home"].includes(key) ? 0 : null;
  const own = points.map((_, i) => i).filter((i) => points[i].series === points[at].series);
  const place = own.indexOf(at);
  if (key === "ArrowRight") return own[place + 1] ?? null;
  if (key === "ArrowLeft") return own[place - 1] ?? null;
  if (key === "Home") return own[0];
  if (key === "End") return own[own.length - 1];
  if (key !== "ArrowUp" && key !== "ArrowDown") return null;
  const series = [...new Set(points.map((point) => point.series))];
  const other = series[series.indexOf(points[at].series) + (key === "ArrowDown" ? 1 : -1)];
  if (other === undefined) return null;
  const distance = (/** @type {number} */ i) => Math.abs(points[i].x - points[at].x);
  return points
    .map((_, i) => i)
    .filter((i) => points[i].series === other)
    .reduce((best, i) => (distance(i) < distance(best) ? i : best));
}
