/** What the figure says in words, as words.py says it of the first goal. */
import {short} from "../../js/numerals.js";
import {ONE_OF, error} from "./goals.js";

/** @type {Record<string, string>} */
export const GOALS = {channel: "Channel", unit: "Unit", class: "Class", layer: "Whole layer", direction: "Direction", code: "Code of an example", guide: "What guides it"};

/** @type {Record<string, string>} */
export const MEASURES = {
  channel: "mean activation",
  unit: "activation",
  class: "output",
  layer: "mean squared activation",
  direction: "mean activation along the direction",
  code: "error of its code",
  guide: "agreement with the guide",
};

/** One channel, unit or class. @param {string} goal @param {{name: string, names: string[], called: string}} layer @param {number} at */
export function called(goal, layer, at) {
  if (goal === "class") return `${layer.called} ${layer.names[at]}`;
  return `${goal === "channel" ? "Channel" : "Unit"} ${at} of ${layer.name}`;
}

const lower = (/** @type {string} */ words) => words[0].toLowerCase() + words.slice(1);

/**
 * What the picture is asked for.
 * @param {{goal: string, unit: number, other: number}} at @param {{name: string, names: string[], called: string}} layer
 * @param {string[]} classes @param {{index: number, label: string} | undefined} pick  none: the reader's own picture
 */
export function title({goal, unit, other}, layer, classes, pick) {
  if (goal === "layer") return `All of ${layer.name}`;
  if (goal === "direction") return `What ${layer.name} has for ${classes[unit]}`;
  const shown = pick ? `example ${pick.index}, ${pick.label}` : "your own picture";
  if (goal === "code") return `What ${layer.name} keeps of ${shown}`;
  if (goal === "guide") return `What ${layer.name} finds in ${shown}`;
  return called(goal, layer, unit) + (other < 0 ? "" : ` and ${lower(called(goal, layer, other))}`);
}

/** A worth as a reader sees it. @param {string} goal @param {number} worth */
export const read = (goal, worth) => (goal === "code" ? error(worth) : worth);

/** The numbers of the first run, and how they compare with the best example. @param {{goal: string, first: number, last: number, step: number, best: number | null}} told */
export function verdict({goal, first, last, step, best}) {
  const measure = MEASURES[goal];
  const [from, to] = [first, last].map((one) => short(read(goal, one)));
  const gone = step ? `${measure} from ${from} at the start to ${to} after ${steps(step)}` : `${measure} ${from}, nothing but noise yet`;
  const said = `${gone[0].toUpperCase()}${gone.slice(1)}.`;
  if (best === null || !step) return said;
  return `${said} The best test example reaches ${short(best)}.`;
}

/** @param {number} count */
export const steps = (count) => `${count} step${count === 1 ? "" : "s"}`;

/** How alike several optima are. @param {number} count @param {number} alike */
export function likeWords(count, alike) {
  return count < 2 ? "" : `${count} optima; their textures are alike to ${(100 * alike).toFixed(1)} %.`;
}

/** Whether the goal may be joined with a second one. @param {string} goal */
export const joins = (goal) => ONE_OF.includes(goal);
