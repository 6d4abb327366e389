/** Names of what the figure shows, and numbers as it writes them. */

/** @type {Record<string, string>} */
export const METHODS = {
  tsne: "t-SNE",
  umap: "UMAP",
  pca: "Principal components",
  classical: "Classical MDS",
  smacof: "Metric MDS",
  sammon: "Sammon’s map",
  graph: "Neighbour graph",
};

export const RATES = [1, 2, 5, 10, 20, 50, 100, 200, 500];

/** Steps a second. @type {Record<string, number>} */
export const SPEEDS = {slow: 20, steady: 120, fast: 1000, full: Infinity};

/** @param {number} count */
export const grouped = (count) => count.toLocaleString("en-US").replaceAll(",", "\u202f");

/** @param {number} share */
export const percent = (share) => `${Math.round(100 * share)} %`;

/** A cost in few letters. @param {number} value */
export function short(value) {
  const size = Math.abs(value);
  const text = size >= 1e5 ? value.toExponential(2) : value.toFixed(size < 100 ? 3 : 0);
  return text.replace("-", "−");
}

/** @param {number} width */
export const dimensions = (width) => `${grouped(width)} dimension${width === 1 ? "" : "s"}`;

/** What one of the maps side by side is called. @param {string} key @param {string | number} value */
export function titled(key, value) {
  const words = /** @type {Record<string, string>} */ ({perplexity: "Perplexity", neighbours: "Neighbours", seed: "Start", steps: "Step"});
  return key === "method" ? METHODS[value] : `${words[key]} ${grouped(Number(value))}`;
}

/** @param {import("../../js/reduce/worker.js").Measured} quality */
export function reading({trust, continuity, hit}) {
  const said = `trustworthiness ${trust.toFixed(3)}, continuity ${continuity.toFixed(3)}`;
  return hit === null ? said : `${said}, neighbourhood hit ${percent(hit)}`;
}

/**
 * A chosen point in words.
 * @param {{index: number, name: string, group: string, near: number, kept: number}} point
 */
export function company({index, name, group, near, kept}) {
  const who = [`Point ${index + 1}`, name, group].filter(Boolean).join(", ");
  return `${who}. Of its ${near} nearest in the data, ${kept === near ? "all" : kept || "none"} ${kept === 1 ? "is" : "are"} among its ${near} nearest on the map.`;
}
