/**
 * Drawing of many points without pictures: dots straight into pixels, and names where there is room.
 *
 * @typedef {{left: number, top: number, right: number, bottom: number}} Box
 */

/**
 * Three dimensions as two: turned about the upright axis, then tilted towards the eye. Depth is −1…1, the
 * nearest greatest.
 * @param {Float32Array} space  x0 y0 z0 x1 … @param {number} turn  degrees @param {number} tilt  degrees
 * @param {Float32Array} into  x0 y0 x1 y1 …
 */
export function turned(space, turn, tilt, into) {
  const [a, b] = [(turn * Math.PI) / 180, (tilt * Math.PI) / 180];
  const [ca, sa, cb, sb] = [Math.cos(a), Math.sin(a), Math.cos(b), Math.sin(b)];
  for (let i = 0, at = 0; i < space.length; i += 3, at += 2) {
    const depth = space[i] * sa + space[i + 2] * ca;
    into[at] = space[i] * ca - space[i + 2] * sa;
    into[at + 1] = space[i + 1] * cb - depth * sb;
  }
  return into;
}

/**
 * Square dots in the words of an image, a 32-bit word at a time: 100,000 in a few milliseconds.
 * @param {{words: Uint32Array, width: number, height: number}} image
 * @param {Float32Array} placed  CSS pixels @param {number} density @param {Int32Array} order  from bottom to top
 * @param {Uint8Array} category @param {Uint32Array} colours  a word each @param {number} side  device pixels
 */
export function dots({words, width, height}, placed, density, order, category, colours, side) {
  const half = (side - 1) / 2;
  for (let at = 0; at < order.length; at++) {
    const i = order[at];
    const x = Math.round(placed[2 * i] * density - half);
    const y = Math.round(placed[2 * i + 1] * density - half);
    if (x < 0 || y < 0 || x + side > width || y + side > height) continue;
    const colour = colours[category[i]];
    for (let row = 0, from = y * width + x; row < side; row++, from += width) {
      for (let k = 0; k < side; k++) words[from + k] = colour;
    }
  }
}

/** @param {Box} a @param {Box} b */
const meet = (a, b) => a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;

/**
 * Names that do not cover one another, the first first: what is written and where its middle stands.
 * @param {Iterable<number>} order  who may have a name, first those who must
 * @param {Float32Array} placed @param {string[]} names
 * @param {{width: number, height: number}} size @param {(name: string) => number} wide  pixels
 * @param {{most?: number, tried?: number, tall?: number}} [limits]
 */
export function labels(order, placed, names, size, wide, {most = 120, tried = 4000, tall = 16} = {}) {
  const found = /** @type {{index: number, x: number, y: number}[]} */ ([]);
  const taken = /** @type {Box[]} */ ([]);
  let looked = 0;
  for (const index of order) {
    const [at, y] = [placed[2 * index], placed[2 * index + 1]];
    if (at < 0 || y < 0 || at > size.width || y > size.height) continue;
    if (found.length >= most || ++looked > tried) break;
    const half = wide(names[index]) / 2 + 3;
    if (2 * half > size.width) continue;
    const x = Math.min(Math.max(at, half), size.width - half);
    const box = {left: x - half, right: x + half, top: y - tall / 2, bottom: y + tall / 2};
    if (box.top < 0 || box.bottom > size.height || taken.some((other) => meet(box, other))) continue;
    taken.push(box);
    found.push({index, x, y});
  }
  return found;
}

/** Is a point within an outline? @param {[number, number][]} outline @param {number} x @param {number} y */
export function within(outline, x, y) {
  let inside = false;
  for (let i = 0, j = outline.length - 1; i < outline.length; j = i++) {
    const [[xi, yi], [xj, yj]] = [outline[i], outline[j]];
    if (yi > y !== yj > y && x < ((xj - xi) * (y - yi)) / (yj - yi) + xi) inside = !inside;
  }
  return inside;
}

/** An outline as the address has it: a few corners, to a thousandth. @param {[number, number][]} outline */
export function written(outline) {
  const every = Math.ceil(outline.length / 24);
  return outline.filter((_, i) => i % every === 0).map((corner) => corner.map((one) => Number(one.toFixed(3))).join(",")).join(";");
}

/** @param {string} text @returns {[number, number][]} */
export function outlined(text) {
  return text.split(";").map((corner) => /** @type {[number, number]} */ (corner.split(",").map(Number))).filter((corner) => corner.length === 2 && corner.every(Number.isFinite));
}
