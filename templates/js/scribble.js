/**
 * A drawing as a short text for the address, and back. Pure.
 *
 * Points lie on a grid of 1/1024 of the pad. Each stroke is its ink, then steps from point to point: two
 * numbers each, zigzag (0, −1, 1, −2 …) in base 32, least digit first, a digit that another follows
 * raised by 32. Strokes are joined by full stops.
 *
 * @typedef {import("./raster.js").Stroke} Stroke
 */
const GRID = 1024;
const DIGITS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

/** Longer drawings lose points that lie nearly on a line, since addresses end somewhere. */
export const LONGEST = 1400;

/** Where a pen's place lies on the grid. @param {number} value */
export const snapped = (value) => Math.round(value * GRID) / GRID;

/** @param {number} value @returns {string} */
function number(value) {
  let rest = value < 0 ? -2 * value - 1 : 2 * value;
  let text = "";
  do {
    const digit = rest % 32;
    rest = (rest - digit) / 32;
    text += DIGITS[digit + (rest ? 32 : 0)];
  } while (rest);
  return text;
}

/** @param {Stroke} stroke @param {number} ink */
function written(stroke, ink) {
  let [x, y] = [0, 0];
  let text = DIGITS[ink];
  for (const point of stroke) {
    const [nextX, nextY] = point.map((value) => Math.round(value * GRID));
    text += number(nextX - x) + number(nextY - y);
    [x, y] = [nextX, nextY];
  }
  return text;
}

/** @param {Stroke} stroke @param {number} near  in units of the pad @returns {Stroke} */
function thinned(stroke, near) {
  if (stroke.length < 3) return stroke;
  const [first, last] = [stroke[0], stroke[stroke.length - 1]];
  const [dx, dy] = [last[0] - first[0], last[1] - first[1]];
  const length = Math.hypot(dx, dy);
  const far = stroke.map(([x, y]) => {
    const [ax, ay] = [x - first[0], y - first[1]];
    return length ? Math.abs(ax * dy - ay * dx) / length : Math.hypot(ax, ay);
  });
  const at = far.indexOf(Math.max(...far));
  if (far[at] <= near) return [first, last];
  return [...thinned(stroke.slice(0, at + 1), near).slice(0, -1), ...thinned(stroke.slice(at), near)];
}

/**
 * @param {Stroke[]} strokes @param {number[]} [inks]  of each stroke, 0 to 63
 * @returns {string} "" for an empty pad
 */
export function write(strokes, inks = []) {
  for (let near = 0; ; near = Math.max(0.001, 2 * near)) {
    const kept = near ? strokes.map((stroke) => thinned(stroke, near)) : strokes;
    const text = kept.map((stroke, i) => written(stroke, inks[i] ?? 0)).join(".");
    if (text.length <= LONGEST) return text;
    // Hundreds of dots cannot be thinned: the last ones are left out.
    if (near > 0.5) return text.slice(0, text.lastIndexOf(".", LONGEST));
  }
}

/** @param {string} text @returns {number[] | null} */
function numbers(text) {
  const found = [];
  let [value, place] = [0, 1];
  for (const letter of text) {
    const digit = DIGITS.indexOf(letter);
    if (digit < 0) return null;
    value += (digit % 32) * place;
    place *= 32;
    if (digit >= 32) continue;
    found.push(value % 2 ? -(value + 1) / 2 : value / 2);
    [value, place] = [0, 1];
  }
  return place === 1 && found.length && found.length % 2 === 0 ? found : null;
}

/** @param {string} text @returns {{stroke: Stroke, ink: number} | null} */
function readStroke(text) {
  const steps = numbers(text.slice(1));
  const ink = DIGITS.indexOf(text[0]);
  if (!steps || ink < 0) return null;
  /** @type {Stroke} */
  const stroke = [];
  let [x, y] = [0, 0];
  for (let i = 0; i < steps.length; i += 2) {
    [x, y] = [x + steps[i], y + steps[i + 1]];
    if (x < 0 || y < 0 || x > GRID || y > GRID) return null;
    stroke.push([x / GRID, y / GRID]);
  }
  return {stroke, ink};
}

/** @param {string} text @returns {{strokes: Stroke[], inks: number[]} | null} null: not such a text */
export function read(text) {
  const found = text ? text.split(".").map(readStroke) : [];
  if (found.includes(null)) return null;
  const whole = /** @type {{stroke: Stroke, ink: number}[]} */ (found);
  return {strokes: whole.map(({stroke}) => stroke), inks: whole.map(({ink}) => ink)};
}
