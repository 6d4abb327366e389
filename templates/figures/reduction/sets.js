/**
 * Points whose shape is known, so that it can be seen what a map makes of it: the sets of Wattenberg, Viégas
 * and Johnson 2016, doi:10.23915/distill.00002. generator/compute/reduction/sets.py makes the same points.
 *
 * @typedef {import("../../js/reduce/distances.js").Rows} Rows
 * @typedef {[number, number, number]} Range  least, most, and where it starts
 *
 * @typedef {object} Known
 * @property {string} name
 * @property {string} label
 * @property {string} words     what it is, in a sentence
 * @property {Range} points
 * @property {Range} [dims]     dimensions, where they can be chosen
 * @property {Range} [scale]
 * @property {string} [scaled]  what its scale is called
 *
 * @typedef {object} Sample
 * @property {Rows} rows
 * @property {Int32Array | null} labels  which group each point belongs to
 * @property {Float64Array | null} tones  0 to 1: where on its curve each point lies
 * @property {boolean} ring  whether the curve is closed, and its colours too
 */
import {Draw} from "../../js/draw.js";
import {cos, sin} from "../../js/functions.js";

/** @type {Range} */
const DIMS = [1, 100, 10];

/** @type {Known[]} */
export const SETS = [
  {name: "clusters", label: "Two clusters", words: "Two groups of the same size and spread.", points: [10, 400, 100], dims: [1, 100, 2]},
  {name: "sizes", label: "Two sizes", words: "Two groups, one of them spread more widely.", points: [10, 400, 100], dims: [1, 100, 2], scale: [1, 20, 10], scaled: "times as wide"},
  {name: "three", label: "Three clusters", words: "Two groups side by side, a third one farther away.", points: [15, 400, 150], dims: [1, 100, 2], scale: [1, 20, 5], scaled: "times as far"},
  {name: "inner", label: "Cluster in a cluster", words: "A tight group in the middle of a wide one.", points: [10, 400, 150], dims: [1, 100, 50], scale: [1, 50, 50], scaled: "times as wide"},
  {name: "lines", label: "Two lines", words: "Two long groups that lie side by side.", points: [10, 400, 150]},
  {name: "cloud", label: "Gaussian cloud", words: "One group and no structure.", points: [4, 400, 200], dims: [1, 100, 100]},
  {name: "ellipse", label: "Long cloud", words: "One group; axis n has 1/n of the spread.", points: [4, 400, 100], dims: [1, 100, 50]},
  {name: "cube", label: "Full cube", words: "Points anywhere in a cube.", points: [4, 400, 150], dims: [1, 100, 2]},
  {name: "grid", label: "Grid", words: "A square grid, the same distance everywhere.", points: [4, 400, 100]},
  {name: "circle", label: "Circle", words: "Points evenly around a circle.", points: [4, 400, 60]},
  {name: "random-circle", label: "Uneven circle", words: "Points anywhere on a circle.", points: [4, 400, 100]},
  {name: "trefoil", label: "Trefoil knot", words: "One closed curve with a knot in it.", points: [10, 400, 120]},
  {name: "linked", label: "Linked rings", words: "Two rings, each through the other.", points: [10, 400, 120]},
  {name: "unlinked", label: "Unlinked rings", words: "Two rings side by side.", points: [10, 400, 120]},
  {name: "steps", label: "Orthogonal steps", words: "Each step goes along a new axis.", points: [4, 200, 60]},
  {name: "walk", label: "Random walk", words: "Each point is one random step from the last.", points: [4, 400, 120], dims: DIMS},
  {name: "jump", label: "Random jumps", words: "A random walk, seen through noise.", points: [4, 400, 120], dims: DIMS},
  {name: "simplex", label: "Simplex", words: "All points equally far from all others.", points: [4, 200, 50]},
];
/** What readers bring themselves. */
export const OWN = "own";

/** @param {string} name */
export const known = (name) => SETS.find((set) => set.name === name) ?? SETS[0];

/** @param {number} value @param {Range} range */
export const within = (value, [least, most]) => Math.min(most, Math.max(least, value));

/** @typedef {{n: number, w: number, s: number, draw: Draw}} Asked  points, dimensions, scale */
/** @typedef {{points: ArrayLike<number>[], labels?: number[], tones?: number[], ring?: boolean}} Made */

/** Points one after the other; `at` also says how far through the set it is. @param {number} n @param {(i: number) => ArrayLike<number>} at */
const each = (n, at) => Array.from({length: n}, (_, i) => at(i));

/** Normal points around (right, 0, 0 …). @param {Asked} asked @param {number} spread @param {number} right */
function around({w, draw}, spread, right) {
  const point = draw.normals(w).map((one) => spread * one);
  point[0] += right;
  return point;
}

/** Groups of about the same size, one after the other. @param {Asked} asked @param {[number, number][]} groups  spread and place of each @returns {Made} */
function groups(asked, groups) {
  const labels = Array.from({length: asked.n}, (_, i) => Math.floor((i * groups.length) / asked.n));
  return {points: labels.map((label) => around(asked, ...groups[label])), labels};
}

/** @param {number} n @param {(t: number) => number[]} curve  t in radians @param {(i: number) => number} at  0 to 1 @returns {Made} */
function closed(n, curve, at) {
  const tones = Array.from({length: n}, (_, i) => at(i));
  return {points: tones.map((tone) => curve(2 * Math.PI * tone)), tones, ring: true};
}

/** @param {Asked} asked @param {number} apart @param {number} tilt @returns {Made} */
function rings({n}, apart, tilt) {
  const half = Math.ceil(n / 2);
  const labels = Array.from({length: n}, (_, i) => Number(i >= half));
  const points = labels.map((label, i) => {
    const t = (2 * Math.PI * (label ? (i - half) / (n - half) : i / half));
    return label ? [apart + cos(t), sin(tilt) * sin(t), cos(tilt) * sin(t)] : [cos(t), sin(t), 0];
  });
  return {points, labels};
}

/** @param {Asked} asked @param {number} noise  on what is seen of the walk @returns {Made} */
function walk({n, w, draw}, noise) {
  const now = new Float64Array(w);
  const points = each(n, () => {
    const step = draw.normals(w);
    for (let k = 0; k < w; k++) now[k] += step[k];
    return noise ? now.map((one) => one + noise * draw.normal()) : now.slice();
  });
  return {points, tones: Array.from({length: n}, (_, i) => i / (n - 1))};
}

/** @type {Record<string, (asked: Asked) => Made>} */
const MAKERS = {
  clusters: (asked) => groups(asked, [[1, 0], [1, 10]]),
  sizes: (asked) => groups(asked, [[1, 0], [1 / asked.s, 20]]),
  three: (asked) => groups(asked, [[1, 0], [1, 10], [1, 10 + 10 * asked.s]]),
  inner: (asked) => groups(asked, [[1, 0], [asked.s, 0]]),
  lines({n, draw}) {
    const half = Math.ceil(n / 2);
    const labels = Array.from({length: n}, (_, i) => Number(i >= half));
    const points = labels.map((label, i) => {
      const along = (100 * (i - label * half)) / half;
      const aside = label ? 10 : -10;
      return [along + aside + 2 * draw.normal(), along - aside + 2 * draw.normal()];
    });
    return {points, labels};
  },
  cloud: (asked) => ({points: each(asked.n, () => around(asked, 1, 0))}),
  ellipse: ({n, w, draw}) => ({points: each(n, () => draw.normals(w).map((one, k) => one / (k + 1)))}),
  cube: ({n, w, draw}) => ({points: each(n, () => Float64Array.from({length: w}, () => draw.between(0, 1)))}),
  grid({n}) {
    const side = Math.floor(Math.sqrt(n));
    const middle = (side - 1) / 2;
    const points = Array.from({length: side * side}, (_, i) => [i % side, Math.floor(i / side)]);
    return {points, tones: points.map(([x, y]) => Math.atan2(y - middle, x - middle) / (2 * Math.PI) + 0.5), ring: true};
  },
  circle: ({n}) => closed(n, (t) => [cos(t), sin(t)], (i) => i / n),
  "random-circle": ({n, draw}) => closed(n, (t) => [cos(t), sin(t)], () => draw.between(0, 1)),
  trefoil: ({n}) => closed(n, (t) => [sin(t) + 2 * sin(2 * t), cos(t) - 2 * cos(2 * t), -sin(3 * t)], (i) => i / n),
  linked: (asked) => rings(asked, 1, 0.4),
  unlinked: (asked) => rings(asked, 3, 0.4),
  steps: ({n}) => ({
    points: each(n, (i) => Float64Array.from({length: n}, (_, k) => Number(k < i))),
    tones: Array.from({length: n}, (_, i) => i / (n - 1)),
  }),
  walk: (asked) => walk(asked, 0),
  jump: (asked) => walk(asked, Math.sqrt(asked.w)),
  simplex: ({n}) => ({points: each(n, (i) => Float64Array.from({length: n}, (_, k) => Number(k === i)))}),
};

/**
 * The points of a set. What a set does not let choose is taken as it has it; what it does, kept in its range.
 * @param {string} name @param {{points: number, dims: number, scale: number}} asked @param {number} seed
 * @returns {Sample}
 */
export function sample(name, {points, dims, scale}, seed) {
  const set = known(name);
  const w = set.dims ? within(dims, set.dims) : 0;
  const made = MAKERS[set.name]({n: within(points, set.points), w, s: set.scale ? within(scale, set.scale) : 1, draw: new Draw(seed)});
  const [count, width] = [made.points.length, made.points[0].length];
  const values = new Float64Array(count * width);
  made.points.forEach((point, i) => values.set(point, i * width));
  return {
    rows: {values, count, width},
    labels: made.labels ? Int32Array.from(made.labels) : null,
    tones: made.tones ? Float64Array.from(made.tones) : null,
    ring: made.ring ?? false,
  };
}
