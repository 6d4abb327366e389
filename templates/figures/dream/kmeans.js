/** Points in clusters, by Lloyd's k-means from several seeded beginnings. */
import {uniform} from "../../js/noise.js";

const [BEGINNINGS, ROUNDS] = [12, 60];

/** @param {ArrayLike<number>} a @param {ArrayLike<number>} b */
function squared(a, b) {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += (a[i] - b[i]) ** 2;
  return sum;
}

/** Place of the nearest centre. @param {ArrayLike<number>} point @param {number[][]} centres */
function nearest(point, centres) {
  let [least, at] = [Infinity, 0];
  centres.forEach((one, i) => {
    const far = squared(point, one);
    if (far < least) [least, at] = [far, i];
  });
  return {at, far: least};
}

/** Mean of some points. @param {ArrayLike<number>[]} points */
export const mean = (points) => Array.from(points[0], (_, i) => points.reduce((sum, one) => sum + one[i], 0) / points.length);

/**
 * First centres: each one more likely the farther it is from those before.
 * Source: Arthur and Vassilvitskii 2007, k-means++.
 * @param {ArrayLike<number>[]} points @param {number} count @param {number} seed
 */
function beginning(points, count, seed) {
  const centres = [Array.from(points[Math.floor(uniform(seed, 0) * points.length)])];
  while (centres.length < count) {
    const far = points.map((one) => nearest(one, centres).far);
    let left = uniform(seed, centres.length) * far.reduce((a, b) => a + b, 0);
    const at = far.findIndex((one) => (left -= one) < 0);
    centres.push(Array.from(points[at < 0 ? points.length - 1 : at]));
  }
  return centres;
}

/** @param {ArrayLike<number>[]} points @param {number} count @param {number} seed */
function lloyd(points, count, seed) {
  let centres = beginning(points, count, seed);
  let labels = points.map((one) => nearest(one, centres).at);
  for (let round = 0; round < ROUNDS; round++) {
    centres = centres.map((old, i) => {
      const own = points.filter((_, at) => labels[at] === i);
      return own.length ? mean(own) : old;
    });
    const next = points.map((one) => nearest(one, centres).at);
    if (next.every((one, i) => one === labels[i])) break;
    labels = next;
  }
  return {labels, centres, spread: points.reduce((sum, one, i) => sum + squared(one, centres[labels[i]]), 0)};
}

/**
 * The tightest of some clusterings: places of points by cluster, the largest cluster first and in each the
 * point first that is nearest to its centre. Equal points may leave fewer clusters than were asked for.
 * @param {ArrayLike<number>[]} points @param {number} count @returns {number[][]}
 */
export function clusters(points, count) {
  const most = Math.min(count, points.length);
  const found = Array.from({length: BEGINNINGS}, (_, seed) => lloyd(points, most, seed)).reduce((a, b) => (b.spread < a.spread ? b : a));
  return found.centres
    .map((centre, i) => {
      const own = points.flatMap((_, at) => (found.labels[at] === i ? [at] : []));
      return own.sort((a, b) => squared(points[a], centre) - squared(points[b], centre) || a - b);
    })
    .filter((own) => own.length)
    .sort((a, b) => b.length - a.length || Math.min(...a) - Math.min(...b));
}
