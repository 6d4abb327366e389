/**
 * What the figure says in words: to those who point, and to those who listen.
 *
 * @typedef {object} Maps      quality of one layer
 * @property {number} features  numbers per example
 * @property {number} hit       neighbourhood hit in the layer itself
 * @property {{trust: number, hit: number, variance?: number}} [pca]
 * @property {{trust: number, hit: number}} [tsne]
 *
 * @typedef {object} Point
 * @property {string} label
 * @property {string} guess
 * @property {number} sure   probability of the guess
 */

/** @type {Record<string, string>} */
export const METHODS = {pca: "PCA", tsne: "t-SNE"};

/** "a" or "an", as the name is spoken. @param {string} name */
export function article(name) {
  return /^([aeiou]|8|1[18]\b)/i.test(name) ? "an" : "a";
}

/** 0.934 as "93.4 %". @param {number} share @param {number} [digits] */
export function percent(share, digits = 1) {
  return `${(100 * share).toFixed(digits)}\u202f%`;
}

/** A probability that never claims to be certain. @param {number} sure */
export function surely(sure) {
  if (sure > 0.999) return "more than 99.9\u202f%";
  return percent(sure);
}

/** @param {Point} point */
export function reading({label, guess, sure}) {
  const read = label === guess ? "read correctly" : `read as ${guess}`;
  return `${article(label)} ${label}, ${read}, ${surely(sure)} sure`;
}

/** How many of the neighbours carry the same label. @param {string} label @param {string[]} neighbours */
export function company(label, neighbours) {
  const same = neighbours.filter((name) => name === label).length;
  const all = neighbours.length;
  if (same === all) return `all ${all} nearest neighbours are labelled ${label} too`;
  if (same === 0) return `none of the ${all} nearest neighbours is labelled ${label}`;
  return `${same} of the ${all} nearest neighbours ${same === 1 ? "is" : "are"} labelled ${label}`;
}

/**
 * One plain sentence on what the two measures of a map mean here.
 * @param {Maps} maps @param {"pca" | "tsne"} method @param {number} k
 */
export function verdict(maps, method, k) {
  const map = maps[method];
  if (!map) return "";
  const faith = map.trust >= 0.97 ? "Close together here nearly always means close together in the layer"
    : map.trust >= 0.9 ? "Most points that are close together here are close in the layer too"
      : "Many points that are close together here are far apart in the layer";
  const lost = maps.hit - map.hit;
  const classes = `of the ${k} nearest points on the map, ${percent(map.hit, 0)} have the same label`
    + ` (${percent(maps.hit, 0)} in the layer itself)`;
  const link = lost > 0.1 && map.trust < 0.97 ? ", and neighbours of different classes fall onto one another" : "";
  return `${faith}${link}: ${classes}.`;
}

/** What the plot shows now, for its accessible name. @param {string} layer @param {"pca" | "tsne"} method @param {number} count */
export function plotName(layer, method, count) {
  return `Map of ${count.toLocaleString("en")} pictures by ${METHODS[method]} of ${layer}`;
}

/** A distance with three significant digits. @param {number} value */
export function distance(value) {
  return value === 0 ? "0" : value >= 100 ? value.toFixed(0) : value.toPrecision(3);
}
