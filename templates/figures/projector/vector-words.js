/** What a figure of vectors says. */

/** @type {Record<string, string>} */
export const METHODS = {
  pca: "PCA", tsne: "t-SNE, computed before", axes: "Axes of words", pairs: "Arrows of a relation",
  umap: "UMAP, made here", "tsne-now": "t-SNE, made here", smacof: "MDS, made here", graph: "Neighbour graph, made here",
};

/** Maps that are made in the page, by what the reductions call them. @type {Record<string, string>} */
export const MADE = {umap: "umap", "tsne-now": "tsne", smacof: "smacof", graph: "graph"};

/** At most so many points are mapped in the page: each step looks at every pair. */
export const MOST = 2000;

/** @type {Record<string, string>} */
const COLOURS = {label: "Group", near: "Distance to the chosen", one: "All alike"};

/** @param {string} name */
export const colourName = (name) => COLOURS[name] ?? `${name[0].toUpperCase()}${name.slice(1)}`;

/** A distance with three digits. @param {number} value */
export const far = (value) => (value >= 100 ? value.toFixed(0) : value.toPrecision(3));

/** @param {number} count @param {string} one */
export const counted = (count, one) => `${count.toLocaleString("en")} ${one}${count === 1 ? "" : "s"}`;

/** Names that are not there. @param {string[]} missing @param {number} count */
export function absent(missing, count) {
  if (!missing.length) return "";
  const names = missing.map((name) => `“${name}”`).join(", ");
  return `${names} ${missing.length === 1 ? "is" : "are"} not among these ${count.toLocaleString("en")}.`;
}

/**
 * How far the distances of the map can be trusted.
 * @param {string} method @param {{trust: number, variance?: number, space?: number} | undefined} quality @param {number} dims
 */
export function trusted(method, quality, dims) {
  if (!quality) return method === "axes" ? "Only the two directions are true here: what is far apart in all others may lie together." : "";
  const share = dims === 3 ? quality.space : quality.variance;
  const seen = share === undefined ? "" : ` ${dims === 3 ? "Three" : "Two"} axes show ${(100 * share).toFixed(1)}\u202f% of the variance.`;
  const judged = quality.trust >= 0.95 ? "Close together here nearly always means close in the space"
    : quality.trust >= 0.85 ? "Most that are close together here are close in the space"
      : "Many that are close together here are far apart in the space";
  return `Trustworthiness ${quality.trust.toFixed(3)}: ${judged}.${seen}`;
}
