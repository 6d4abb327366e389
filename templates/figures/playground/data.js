/**
 * Points of the plane with what is to be learned of them, drawn from a seed.
 * generator/compute/playground/data.py draws the same points.
 *
 * @typedef {object} Points
 * @property {Float32Array} xs      −6 to 6
 * @property {Float32Array} ys
 * @property {Float32Array} labels  two classes: −1 and 1; more: 0, 1, 2 …; a number: −1 to 1
 *
 * @typedef {{name: string, label: string, classes: number}} Known  classes 0: a number is learned
 */
import {Draw} from "../../js/draw.js";
import {cos, exp, sin} from "../../js/functions.js";

/** Half the side of the square that is drawn. */
export const REACH = 6;
/** Points of a set, for training and testing together. */
export const COUNT = 500;

/** @type {Known[]} */
export const SETS = [
  {name: "circle", label: "Circle", classes: 2},
  {name: "xor", label: "Xor", classes: 2},
  {name: "gauss", label: "Gauss", classes: 2},
  {name: "spiral", label: "Spiral", classes: 2},
  {name: "blobs", label: "Four blobs", classes: 4},
  {name: "arms", label: "Three arms", classes: 3},
  {name: "plane", label: "Plane", classes: 0},
  {name: "hills", label: "Hills", classes: 0},
];
/** What readers bring themselves; how many classes it has, its points say. */
export const OWN = "own";

/** @param {string} name */
export const known = (name) => SETS.find((set) => set.name === name) ?? SETS[0];

/** @typedef {(draw: Draw, i: number) => [number, number, number]} Maker  x, y and label of point i */

/** @type {Maker} */
function circle(draw, i) {
  const radius = i % 2 ? draw.between(0, 2.5) : draw.between(3.5, 5);
  const angle = draw.between(0, 2 * Math.PI);
  return [radius * cos(angle), radius * sin(angle), i % 2 ? 1 : -1];
}

/** @type {Maker} */
function xor(draw) {
  const apart = (/** @type {number} */ at) => at + (at > 0 ? 0.3 : -0.3);
  const [x, y] = [apart(draw.between(-5, 5)), apart(draw.between(-5, 5))];
  return [x, y, x * y >= 0 ? 1 : -1];
}

/** @type {Maker} */
function gauss(draw, i) {
  const middle = i % 2 ? 2 : -2;
  return [middle + 0.8 * draw.normal(), middle + 0.8 * draw.normal(), i % 2 ? 1 : -1];
}

/** One of `arms` that turn around the middle. @param {number} i @param {number} arms */
function arm(i, arms) {
  const along = Math.floor(i / arms) / Math.floor(COUNT / arms);
  const angle = (1.75 * along + (i % arms) / arms) * 2 * Math.PI;
  return [5 * along * sin(angle), 5 * along * cos(angle)];
}

/** @type {Maker} */
function spiral(_, i) {
  const [x, y] = arm(i, 2);
  return [x, y, i % 2 ? -1 : 1];
}

/** @type {Maker} */
function arms(_, i) {
  const [x, y] = arm(i, 3);
  return [x, y, i % 3];
}

/** @type {Maker} */
function blobs(draw, i) {
  const [x, y] = [i & 1 ? 2.5 : -2.5, i & 2 ? 2.5 : -2.5];
  return [x + 0.8 * draw.normal(), y + 0.8 * draw.normal(), i % 4];
}

/** @type {Maker} */
function plane(draw) {
  const [x, y] = [draw.between(-5, 5), draw.between(-5, 5)];
  return [x, y, (x + y) / 10];
}

/** Middle and sign of each hill and hollow. */
const HILLS = [[-3.4, 2.8, 1], [0, 2.8, -1], [3.4, 2.8, 1], [-3.4, -2.8, -1], [0, -2.8, 1], [3.4, -2.8, -1]];

/** @type {Maker} */
function hills(draw) {
  const [x, y] = [draw.between(-5, 5), draw.between(-5, 5)];
  let height = 0;
  for (const [left, up, sign] of HILLS) height += sign * exp(-((x - left) ** 2 + (y - up) ** 2) / 2.4);
  return [x, y, height];
}

/** @type {Record<string, Maker>} */
const MAKERS = {circle, xor, gauss, spiral, blobs, arms, plane, hills};

/**
 * All points of a set in an order that is random already. Noise moves points and never what they
 * are called, so that classes overlap.
 * @param {string} name @param {number} noise  0 to 0.5; the points' standard deviation is three times that
 * @param {number} seed
 * @returns {Points}
 */
export function sample(name, noise, seed) {
  const make = MAKERS[known(name).name];
  const draw = new Draw(seed);
  const made = Array.from({length: COUNT}, (_, i) => {
    const [x, y, label] = make(draw, i);
    // Drawn without noise too, so that a little noise moves every point a little.
    const [right, up] = [draw.normal(), draw.normal()];
    const moved = (/** @type {number} */ at, /** @type {number} */ by) =>
      Math.min(REACH, Math.max(-REACH, at + 3 * noise * by));
    return [moved(x, right), moved(y, up), label];
  });
  mix(made, draw);
  const column = (/** @type {number} */ at) => Float32Array.from(made, (point) => point[at]);
  return {xs: column(0), ys: column(1), labels: column(2)};
}

/**
 * Points that are given, in a random order.
 * @param {[number, number, number][]} given @param {number} seed @returns {Points}
 */
export function shuffled(given, seed) {
  const all = [...given];
  mix(all, new Draw(seed));
  const column = (/** @type {number} */ at) => Float32Array.from(all, (point) => point[at]);
  return {xs: column(0), ys: column(1), labels: column(2)};
}

/** Fisher and Yates. @param {unknown[]} all @param {Draw} draw */
function mix(all, draw) {
  for (let i = all.length - 1; i > 0; i--) {
    const j = Math.floor(draw.between(0, i + 1));
    [all[i], all[j]] = [all[j], all[i]];
  }
}

/** How many of a set's points are for training. @param {number} count @param {number} ratio  per cent */
export const trained = (count, ratio) => Math.round((count * ratio) / 100);
