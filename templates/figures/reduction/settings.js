/**
 * What a reader sets, by name: each is a state of the figure and so part of the address. A reader's own rows
 * are not: no address could hold them, and they are nobody else's business.
 *
 * @typedef {import("../../js/types.js").FigureState} FigureState
 * @typedef {import("../../js/reduce/worker.js").Task} Task
 * @typedef {import("./sets.js").Sample} Sample
 *
 * @typedef {object} Settings
 * @property {string} data
 * @property {number} points
 * @property {number} dims
 * @property {number} scale
 * @property {number} draw        seed of the points
 * @property {string} method
 * @property {number} perplexity
 * @property {number} epsilon
 * @property {number} neighbours
 * @property {number} least
 * @property {number} seed        of where points start
 */
import {refusal} from "../../js/reduce/method.js";
import {OWN, sample} from "./sets.js";

/** What makes other points. */
export const POINTS = ["data", "points", "dims", "scale", "draw"];
/** What makes another map of them. */
export const MAP = ["method", "perplexity", "epsilon", "neighbours", "least", "seed"];

export const LONGEST = 5000;
const SEEDS = 1000;

export const PERPLEXITIES = [2, 5, 30, 50, 100];
export const STEPS = [10, 20, 60, 120, 1000];
const STARTS = 5;
/** Steps after which maps are compared, at least. */
const LEAST = 500;

/** Methods whose steps make a difference, and those with a number of neighbours to choose. */
export const MOVING = ["tsne", "umap", "smacof", "sammon", "graph"];
const SURE = ["pca", "classical"];

/** @param {FigureState} state @param {Record<string, any>} start @returns {Settings} */
export function read(state, start) {
  return /** @type {any} */ (Object.fromEntries([...POINTS, ...MAP].map((name) => [name, state.get(name, start[name])])));
}

/** Points of a set, or the reader's; null: there are none yet. @param {Settings} settings @param {import("./own.js").Own | null} own @returns {Sample | null} */
export function pointsOf(settings, own) {
  if (settings.data !== OWN) return sample(settings.data, settings, settings.draw);
  return own && {rows: own.rows, labels: own.labels && Int32Array.from(own.labels), tones: null, ring: false};
}

/** Why there is no map, in a sentence; "": there is one. @param {Settings} settings @param {Sample | null} points */
export function refused({method, perplexity}, points) {
  if (!points) return "Give rows of your own, or choose one of the sets.";
  return refusal(method, points.rows.count, perplexity);
}

/** @param {Settings} settings @param {Sample} points @returns {Task} */
export function task(settings, {rows, labels}) {
  const {method, perplexity, epsilon, neighbours, least, seed} = settings;
  return {method, labels, problem: {points: rows, perplexity, epsilon, neighbours, least, seed}};
}

/**
 * @typedef {object} Beside  one map beside the others
 * @property {string} key      what differs
 * @property {string | number} value
 * @property {Settings} settings
 * @property {number} at       its step
 */

/**
 * The maps that stand beside the one that is watched; none where the method has nothing to vary.
 * @param {string} compare @param {Settings} settings @param {number} steps  of those that differ in something else
 * @returns {Beside[]}
 */
export function beside(compare, settings, steps) {
  const {method} = settings;
  const made = (/** @type {string} */ key, /** @type {(string | number)[]} */ all, /** @type {(value: any) => number} */ at) =>
    all.map((value) => ({key, value, settings: {...settings, ...(key === "steps" ? {} : {[key]: value})}, at: at(value)}));
  const long = Math.max(steps, LEAST);
  if (compare === "methods") return made("method", ["tsne", "umap", "pca", "smacof", "sammon", "graph"], () => long);
  if (compare === "none" || SURE.includes(method)) return [];
  if (compare === "steps") return made("steps", STEPS, Number);
  if (compare === "seeds") return made("seed", Array.from({length: STARTS}, (_, i) => (settings.seed + i) % SEEDS), () => long);
  if (method === "tsne") return made("perplexity", PERPLEXITIES, () => long);
  if (method === "umap" || method === "graph") return made("neighbours", PERPLEXITIES, () => long);
  return [];
}

/** A perplexity that so many points allow. @param {number} count */
export const fitting = (count) => Math.max(2, Math.min(30, Math.floor((count - 1) / 3)));
