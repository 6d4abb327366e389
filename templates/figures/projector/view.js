/**
 * Geometry of the map, without a DOM. A map's coordinates lie in −1…1, y upwards; the plot's in CSS
 * pixels, y downwards.
 *
 * @typedef {{zoom: number, x: number, y: number}} View  (x, y): what stands in the plot's middle
 * @typedef {{width: number, height: number}} Size
 */

export const FIT = Object.freeze({zoom: 1, x: 0, y: 0});
export const CLOSEST = 24;
/** Room at the plot's edge for half a picture. */
const MARGIN = 0.93;

/** CSS pixels per unit of the map. @param {View} view @param {Size} size */
export function unit(view, size) {
  return (Math.min(size.width, size.height) / 2) * MARGIN * view.zoom;
}

/**
 * Where the points stand in the plot.
 * @param {Float32Array} map  x0 y0 x1 y1 …
 * @param {View} view @param {Size} size
 * @param {Float32Array} into  as long as `map`
 */
export function project(map, view, size, into) {
  const scale = unit(view, size);
  const left = size.width / 2 - view.x * scale;
  const top = size.height / 2 + view.y * scale;
  for (let i = 0; i < map.length; i += 2) {
    into[i] = left + map[i] * scale;
    into[i + 1] = top - map[i + 1] * scale;
  }
  return into;
}

/** Whatever is asked for, some of the map stays in the plot. @param {View} view @returns {View} */
export function clamped({zoom, x, y}) {
  const near = Math.min(CLOSEST, Math.max(1, zoom));
  const reach = 1 - 1 / near;
  const held = (/** @type {number} */ at) => Math.min(reach, Math.max(-reach, at)) || 0;
  return {zoom: near, x: held(x), y: held(y)};
}

/**
 * Closer by `factor`, with the map under (sx, sy) staying there as far as the edges allow.
 * @param {View} view @param {Size} size @param {number} factor @param {number} sx @param {number} sy
 */
export function zoomed(view, size, factor, sx, sy) {
  const zoom = Math.min(CLOSEST, Math.max(1, view.zoom * factor));
  const [before, after] = [unit(view, size), unit({...view, zoom}, size)];
  const [dx, dy] = [sx - size.width / 2, sy - size.height / 2];
  return clamped({
    zoom,
    x: view.x + dx / before - dx / after,
    y: view.y - dy / before + dy / after,
  });
}

/** A view as the address has it; "" shows the whole map. @param {View} view */
export function writeView({zoom, x, y}) {
  return zoom > 1 ? [zoom, x, y].map((value) => Number(value.toFixed(5))).join(",") : "";
}

/** @param {string} text @returns {View} the whole map where it says nothing that could be */
export function readView(text) {
  const [zoom, x, y, more] = text.split(",").map(Number);
  return Number.isFinite(zoom + x + y) && more === undefined ? clamped({zoom, x, y}) : FIT;
}

/** The map follows the hand by (dx, dy) pixels. @param {View} view @param {Size} size @param {number} dx @param {number} dy */
export function panned(view, size, dx, dy) {
  const scale = unit(view, size);
  return clamped({zoom: view.zoom, x: view.x - dx / scale, y: view.y + dy / scale});
}

/** The view moved just enough that map point (x, y) is inside its inner four fifths. @param {View} view @param {Size} size @param {number} x @param {number} y */
export function reaching(view, size, x, y) {
  const scale = unit(view, size);
  const toward = (/** @type {number} */ from, /** @type {number} */ to, /** @type {number} */ side) => {
    const room = (side * 0.4) / scale;
    return Math.min(to + room, Math.max(to - room, from));
  };
  return clamped({
    zoom: view.zoom,
    x: toward(view.x, x, size.width),
    y: toward(view.y, y, size.height),
  });
}

/**
 * The point nearest to (sx, sy) within `reach` pixels, or −1.
 * @param {Float32Array} placed  as `project` gives them
 * @param {number} sx @param {number} sy @param {number} reach
 * @param {(i: number) => boolean} counts  may this point be chosen?
 */
export function nearest(placed, sx, sy, reach, counts) {
  let [best, least] = [-1, reach * reach];
  for (let i = 0; i < placed.length / 2; i++) {
    const distance = (placed[2 * i] - sx) ** 2 + (placed[2 * i + 1] - sy) ** 2;
    if (distance <= least && counts(i)) [best, least] = [i, distance];
  }
  return best;
}

/** @type {Record<string, [number, number]>} */
const ARROWS = {ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1]};

/**
 * The next point from point `from` in an arrow key's direction, or −1 where there is none. It lies
 * in the quarter of the plane that the arrow points into; being off its axis counts double, so that
 * a row of points is walked one by one.
 * @param {Float32Array} placed @param {number} from @param {string} key
 * @param {(i: number) => boolean} counts
 */
export function toward(placed, from, key, counts) {
  const arrow = ARROWS[key];
  if (!arrow) return -1;
  let [best, least] = [-1, Infinity];
  for (let i = 0; i < placed.length / 2; i++) {
    if (i === from || !counts(i)) continue;
    const dx = placed[2 * i] - placed[2 * from];
    const dy = placed[2 * i + 1] - placed[2 * from + 1];
    const along = dx * arrow[0] + dy * arrow[1];
    const across = Math.abs(dx * arrow[1] + dy * arrow[0]);
    if (along <= 0 || across > along) continue;
    const cost = along + 2 * across;
    if (cost < least) [best, least] = [i, cost];
  }
  return best;
}

/**
 * A side of the pictures in pixels: as large as the plot has room for, growing slower than the zoom.
 * @param {number} count @param {Size} size @param {number} zoom
 */
export function pictureSide(count, size, zoom) {
  const room = Math.sqrt((Math.min(size.width, size.height) ** 2) / Math.max(1, count));
  const side = Math.min(40, Math.max(9, room));
  return Math.min(64, side * zoom ** 0.6);
}

/** From one map to another: 0 ≤ t ≤ 1, slow at both ends. @param {Float32Array} from @param {Float32Array} to @param {number} t @param {Float32Array} into */
export function between(from, to, t, into) {
  const eased = t < 0.5 ? 4 * t ** 3 : 1 - (2 - 2 * t) ** 3 / 2;
  for (let i = 0; i < into.length; i++) into[i] = from[i] + eased * (to[i] - from[i]);
  return into;
}

/** 16-bit coordinates, ±32,767 at the edges, as numbers in −1…1. @param {ArrayLike<number>} stored */
export function widened(stored) {
  return Float32Array.from(stored, (value) => value / 32767);
}
