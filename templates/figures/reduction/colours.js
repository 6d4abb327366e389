/**
 * A colour for every point: its group's, or one along its curve. generator/stills/reduction.py gives the same.
 *
 * @typedef {import("../../js/types.js").Palette} Palette
 * @typedef {import("./sets.js").Sample} Sample
 */
import {channels} from "../../js/colour.js";

/** Categories in an order in which neighbours on the wheel are neighbours for the eye. */
const WHEEL = [0, 5, 2, 1, 3, 4];
/** Colours along a curve; dots of one colour are drawn at once. */
const TONES = 48;

/** 0 to 1; a ring's colours end where they began. @param {number} tone @param {boolean} ring @param {Palette} palette */
export function wheel(tone, ring, palette) {
  const stops = WHEEL.map((i) => palette.categories[i]);
  if (ring) stops.push(stops[0]);
  const at = Math.min(1, Math.max(0, tone)) * (stops.length - 1);
  const low = Math.min(Math.floor(at), stops.length - 2);
  const [a, b] = [channels(stops[low]), channels(stops[low + 1])];
  return `#${a.map((from, c) => Math.floor(from + (at - low) * (b[c] - from) + 0.5).toString(16).padStart(2, "0")).join("")}`;
}

/** @param {Sample} points @param {Palette} palette @returns {string[]} */
export function colours({rows, labels, tones, ring}, palette) {
  const {categories} = palette;
  if (labels) return Array.from(labels, (label) => categories[label % categories.length]);
  if (!tones) return new Array(rows.count).fill(categories[0]);
  return Array.from(tones, (tone) => wheel(Math.round(tone * TONES) / TONES, ring, palette));
}
