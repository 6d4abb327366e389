/**
 * The methods by name. All are begun, stepped and asked for their cost alike.
 *
 * @typedef {object} Problem
 * @property {import("./distances.js").Rows} points
 * @property {number} seed
 * @property {number} perplexity  t-SNE: how many neighbours count, about; below the number of points
 * @property {number} epsilon     t-SNE: learning rate
 * @property {number} neighbours  UMAP and the graph: how many neighbours each point has
 * @property {number} least       UMAP: how close points may lie
 *
 * @typedef {object} Reduction
 * @property {Float64Array} places  (count, 2)
 * @property {string} measure       what its cost is called
 * @property {boolean} [closed]     further steps change nothing
 * @property {() => void} step
 * @property {() => number | null} cost  null: it has none that says anything
 */
import {Force} from "./force.js";
import {Classical, Smacof} from "./mds.js";
import {pca} from "./pca.js";
import {Sammon} from "./sammon.js";
import {Tsne} from "./tsne.js";
import {Umap} from "./umap.js";

/** Principal components have no steps. */
class Pca {
  measure = "variance left out";
  closed = true;

  /** @param {Problem} problem */
  constructor({points}) {
    const {places, explained} = pca(points, 2);
    this.places = places;
    this.left = 1 - explained[0] - explained[1];
  }

  step() {}

  cost() {
    return Math.max(0, this.left);
  }
}

/** @type {Record<string, new (problem: Problem) => Reduction>} */
const METHODS = {tsne: Tsne, umap: Umap, pca: Pca, classical: Classical, smacof: Smacof, sammon: Sammon, graph: Force};

export const NAMES = Object.keys(METHODS);

/**
 * Why a method cannot be applied to so many points, in a sentence; "": it can.
 * @param {string} method @param {number} count @param {number} perplexity
 */
export function refusal(method, count, perplexity) {
  if (count < 3) return `There are ${count} points. A map needs three at least.`;
  if (method === "tsne" && perplexity >= count) {
    return `Perplexity ${perplexity} asks for about ${perplexity} neighbours of each point, and there are only ${count - 1} others. Choose a smaller perplexity or more points.`;
  }
  return "";
}

/** @param {string} method @param {Problem} problem @returns {Reduction} */
export const begin = (method, problem) => new METHODS[method](problem);
