/**
 * Colours of the page for scripts: read from css/tokens.css, the only place that names them in the
 * browser, and laid out as look-up tables that turn numbers into pixels.
 *
 * @typedef {object} Palette
 * @property {"light" | "dark"} scheme
 * @property {string} ink
 * @property {string} muted
 * @property {string} rule
 * @property {string} paper
 * @property {string} panel
 * @property {string} accent
 * @property {string} negative
 * @property {string} zero
 * @property {string} positive
 * @property {string[]} categories  ten, told apart by the colour-blind
 * @property {string[]} diverging   stops from −1 to 1
 * @property {string[]} sequential  stops from 0 to 1
 */

/** Entries of a look-up table; odd, so that zero has one of its own. */
const STEPS = 511;
const NAMES = /** @type {const} */ (["ink", "muted", "rule", "paper", "panel", "accent", "negative", "zero", "positive"]);

/** @param {string} hex "#rrggbb" @returns {[number, number, number]} */
export function channels(hex) {
  const value = Number.parseInt(hex.slice(1), 16);
  return [value >> 16, (value >> 8) & 255, value & 255];
}

/**
 * A look-up table of `steps` colours, RGBA, straight lines between evenly spaced stops.
 * @param {string[]} stops
 */
export function ramp(stops, steps = STEPS) {
  const colours = stops.map(channels);
  const table = new Uint8ClampedArray(steps * 4);
  for (let i = 0; i < steps; i++) {
    const at = (i / (steps - 1)) * (stops.length - 1);
    const low = Math.min(Math.floor(at), stops.length - 2);
    for (let c = 0; c < 3; c++) {
      const value = colours[low][c] + (at - low) * (colours[low + 1][c] - colours[low][c]);
      table[4 * i + c] = Math.floor(value + 0.5);
    }
    table[4 * i + 3] = 255;
  }
  return table;
}

/** @type {Map<string, Uint8ClampedArray>} */
const tables = new Map();

/** @param {string[]} stops */
function table(stops) {
  const key = stops.join();
  const known = tables.get(key);
  if (known) return known;
  const made = ramp(stops);
  tables.set(key, made);
  return made;
}

/**
 * RGBA pixels of `values`, from `low` (first stop) to `high` (last stop); beyond them, the ends.
 * @param {ArrayLike<number>} values
 * @param {string[]} stops
 * @param {number} low
 * @param {number} high
 * @param {Uint8ClampedArray} [into]
 */
function pixels(values, stops, low, high, into) {
  const lookup = table(stops);
  const out = into ?? new Uint8ClampedArray(values.length * 4);
  const scale = high > low ? (STEPS - 1) / (high - low) : 0;
  const offset = high > low ? 0.5 : (STEPS - 1) / 2;
  for (let i = 0; i < values.length; i++) {
    const at = Math.floor((values[i] - low) * scale + offset);
    const from = 4 * Math.min(STEPS - 1, Math.max(0, at));
    out[4 * i] = lookup[from];
    out[4 * i + 1] = lookup[from + 1];
    out[4 * i + 2] = lookup[from + 2];
    out[4 * i + 3] = 255;
  }
  return out;
}

/** Largest absolute value, never 0, so that it can scale. @param {ArrayLike<number>} values */
export function extent(values) {
  let most = 0;
  for (let i = 0; i < values.length; i++) most = Math.max(most, Math.abs(values[i]));
  return most || 1;
}

/**
 * Signed numbers as RGBA pixels, ±limit at the ends of the diverging scale.
 * @param {ArrayLike<number>} values @param {number} limit @param {Palette} palette
 * @param {Uint8ClampedArray} [into]
 */
export function divergingPixels(values, limit, palette, into) {
  return pixels(values, palette.diverging, -limit, limit, into);
}

/**
 * Numbers from 0 to `most` as RGBA pixels of the sequential scale.
 * @param {ArrayLike<number>} values @param {number} most @param {Palette} palette
 * @param {Uint8ClampedArray} [into]
 */
export function sequentialPixels(values, most, palette, into) {
  return pixels(values, palette.sequential, 0, most, into);
}

/** One signed number as a CSS colour. @param {number} value @param {number} limit @param {Palette} palette */
export function divergingColour(value, limit, palette) {
  const [r, g, b] = divergingPixels([value], limit, palette);
  return `rgb(${r} ${g} ${b})`;
}

/** Black or white, whichever reads better on `background`. @param {string} background "rgb(r g b)" or hex */
export function readableOn(background) {
  const [r, g, b] = background.startsWith("#")
    ? channels(background)
    : (background.match(/\d+/g) ?? []).map(Number);
  const linear = [r, g, b].map((v) => (v / 255 <= 0.04045 ? v / 3294.6 : ((v / 255 + 0.055) / 1.055) ** 2.4));
  return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2] > 0.179 ? "#000000" : "#ffffff";
}

/**
 * Put pixels on a canvas, one canvas pixel each; CSS enlarges it.
 * @param {HTMLCanvasElement} canvas @param {Uint8ClampedArray} rgba @param {number} width
 */
export function putPixels(canvas, rgba, width) {
  const height = rgba.length / 4 / width;
  if (canvas.width !== width) canvas.width = width;
  if (canvas.height !== height) canvas.height = height;
  const image = new ImageData(/** @type {any} */ (rgba), width, height);
  canvas.getContext("2d")?.putImageData(image, 0, 0);
}

/**
 * The palette in force on an element, from its custom properties.
 * @param {{getPropertyValue: (name: string) => string}} style  a computed style
 * @returns {Palette}
 */
export function readPalette(style) {
  const read = (/** @type {string} */ name) => style.getPropertyValue(`--${name}`).trim();
  const list = (/** @type {string} */ name, /** @type {number} */ count) =>
    Array.from({length: count}, (_, i) => read(`${name}-${i}`));
  const single = Object.fromEntries(NAMES.map((name) => [name, read(name)]));
  return /** @type {Palette} */ ({
    scheme: read("scheme"),
    ...single,
    categories: list("category", 10),
    diverging: list("diverging", 11),
    sequential: list("sequential", 7),
  });
}
