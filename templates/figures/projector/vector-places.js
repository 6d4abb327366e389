/**
 * Where vectors stand by each method, and who is shown alone.
 *
 * @typedef {import("./vector-points.js").VectorPoints} VectorPoints
 * @typedef {import("./vector-space.js").Space} Space
 * @typedef {import("./vector-asked.js").Asked} Asked
 */
import {begin} from "../../js/reduce/method.js";
import {pca} from "../../js/reduce/pca.js";
import {outlined, turned, within} from "./vector-drawing.js";
import {distortion, parallel, related} from "./vector-relations.js";
import {ends, listed, pairsOf} from "./vector-search.js";

/** Places as wide as the map, one scale for both axes. @param {ArrayLike<number>} places @returns {Float32Array} */
export function filling(places) {
  const [low, high] = [[Infinity, Infinity], [-Infinity, -Infinity]];
  for (let i = 0; i < places.length; i++) {
    low[i % 2] = Math.min(low[i % 2], places[i]);
    high[i % 2] = Math.max(high[i % 2], places[i]);
  }
  const reach = Math.max(high[0] - low[0], high[1] - low[1]) / 2 || 1;
  return Float32Array.from({length: places.length}, (_, i) => (places[i] - (low[i % 2] + high[i % 2]) / 2) / reach);
}

/** Some points of all, the others where nobody sees them. @param {number} count @param {number[]} some @param {ArrayLike<number>} places  of those */
export function spread(count, some, places) {
  const map = new Float32Array(2 * count).fill(1e6);
  some.forEach((i, row) => map.set([places[2 * row], places[2 * row + 1]], 2 * i));
  return map;
}

/** @param {VectorPoints} points @param {string} method @param {number} dims @param {number} turn @param {number} tilt */
export function precomputed(points, method, dims, turn, tilt) {
  if (method === "tsne" && points.maps.tsne) return points.maps.tsne;
  const into = new Float32Array(2 * points.count);
  return turned(points.maps.pca, dims === 3 ? turn : 0, dims === 3 ? tilt : 0, into);
}

/**
 * Between the ends of two axes, 0 in the middle, as wide as those shown need.
 * @param {VectorPoints} points @param {Space} space @param {Asked} now @param {ArrayLike<number>} shown
 */
export function onAxes(points, space, now, shown) {
  const [across, up] = [ends(now.across, points.called), ends(now.up, points.called)];
  const missing = [...across.missing, ...up.missing];
  const ready = across.low.length && across.high.length;
  const x = ready ? space.along(across.low, across.high) : null;
  const y = up.low.length && up.high.length ? space.along(up.low, up.high) : null;
  const wrong = ready && x ? "" : "Write an axis as two sets of words: he, man > she, woman";
  const map = new Float32Array(2 * points.count);
  let [wide, tall] = [1e-9, 1e-9];
  for (let i = 0; i < points.count; i++) {
    map[2 * i] = x ? x[i] : points.maps.pca[3 * i];
    map[2 * i + 1] = y ? y[i] : points.maps.pca[3 * i];
  }
  for (const i of Array.from(shown)) [wide, tall] = [Math.max(wide, Math.abs(map[2 * i])), Math.max(tall, Math.abs(map[2 * i + 1]))];
  for (let i = 0; i < map.length; i += 2) [map[i], map[i + 1]] = [map[i] / wide, map[i + 1] / tall];
  const named = (/** @type {string} */ text) => /** @type {[string, string]} */ (text.split(">").map((side) => listed(side).slice(0, 3).join(", ")));
  return {map, missing, wrong, ends: {...(x ? {across: named(now.across)} : {}), ...(y ? {up: named(now.up)} : {})}};
}

/** Pairs of the block and of the reader, laid out. @param {VectorPoints} points @param {Space} space @param {Asked} now */
export function relation(points, space, now) {
  const given = points.values.pairs.map((/** @type {[string, string]} */ [a, b]) => `${a} > ${b}`).join(", ");
  const {pairs, missing} = pairsOf(`${given}, ${now.own}`, points.called);
  const some = [...new Set(pairs.flat())];
  const rows = space.rows(some);
  const numbers = /** @type {[number, number][]} */ (pairs.map((pair) => pair.map((i) => some.indexOf(i))));
  const ways = {relation: related(rows, numbers), pca: pca(rows, 2).places, tsne: neighbourly(rows)};
  return {
    map: spread(points.count, some, filling(ways[/** @type {"pca"} */ (now.flat)])),
    some, pairs, missing,
    cosines: parallel(rows, numbers),
    ways: [["relation", "the relation"], ["pca", "PCA"], ["tsne", "t-SNE"]].map(([way, name]) => ({name, distortion: distortion(ways[/** @type {"pca"} */ (way)], rows, numbers)})),
  };
}

/** @param {import("../../js/reduce/distances.js").Rows} points */
function neighbourly(points) {
  if (points.count < 4) return pca(points, 2).places;
  const run = begin("tsne", {points, seed: 0, perplexity: Math.max(2, Math.min(8, (points.count - 1) / 3)), epsilon: 10, neighbours: 5, least: 0.1});
  for (let step = 0; step < 400; step++) run.step();
  return run.places;
}

/**
 * Who is shown: all, or what the address names alone.
 * @param {VectorPoints} points @param {Asked} now @param {Space | null} space @param {number[]} hits @param {Float32Array} map
 * @returns {{some: Int32Array, missing: string[]}}
 */
export function shownAlone(points, now, space, hits, map) {
  const all = () => Int32Array.from({length: points.count}, (_, i) => i);
  const [how, rest = ""] = [now.only.split(":")[0], now.only.slice(now.only.indexOf(":") + 1)];
  if (how === "names") {
    const missing = /** @type {string[]} */ ([]);
    const some = listed(rest).flatMap((name) => points.called.get(name) ?? (missing.push(name), []));
    return {some: Int32Array.from(some), missing};
  }
  if (how === "near" && space) {
    const [instance, k] = rest.split(":").map(Number);
    const centre = points.at(instance);
    if (centre >= 0) return {some: Int32Array.from([centre, ...space.nearest(centre, Math.min(k, points.count - 1), now.metric).map(({index}) => index)]), missing: []};
  }
  if (how === "found" && hits.length) return {some: Int32Array.from(hits), missing: []};
  if (how === "outline") {
    const corners = outlined(rest);
    return {some: all().filter((i) => within(corners, map[2 * i], map[2 * i + 1])), missing: []};
  }
  return {some: all(), missing: []};
}
