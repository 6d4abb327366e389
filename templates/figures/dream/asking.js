/**
 * What the reader asks, read from the figure's state.
 *
 * @typedef {import("../../js/types.js").FigureState} FigureState
 *
 * @typedef {object} Now
 * @property {number} layer    place among the layers
 * @property {string} goal     one that the layer has
 * @property {number} unit     channel, unit or class; one that there is
 * @property {number} other    a second one; −1: none
 * @property {number} mix      share of the second one
 * @property {number} example  place among the picks; −1: the reader's own picture
 * @property {number} guide    the same, of the picture that guides
 * @property {number} own      counts the reader's own pictures; 0: there is none
 * @property {"noise" | "example"} start
 * @property {number} jitter
 * @property {number} scale
 * @property {number} blur
 * @property {number} octaves
 * @property {number} smooth
 * @property {boolean} waves
 * @property {boolean} colour
 * @property {number} optima
 * @property {number} apart
 * @property {number} facets   of the best examples; 1: none
 * @property {number} rate
 * @property {number} seed
 * @property {number} steps    of the whole run
 * @property {number} step     the one that is shown
 */
import {joins} from "./words.js";

/** What stands for the reader's own picture among examples, in the state too. */
export const OWN = -1;

/** Goals that name no channel, unit or class. */
export const WHOLE = ["layer", "code", "guide"];

/** States that a run depends on: a change of one begins a new run. */
export const RUN = ["layer", "goal", "unit", "other", "mix", "example", "guide", "start", "jitter", "scale", "blur", "octaves", "smooth", "waves", "colour", "optima", "apart", "facets", "rate", "seed"];

/** How many channels, units or classes a goal of a layer may name. @param {any} layer @param {string} goal @param {string[]} classes */
export const choices = (layer, goal, classes) => (goal === "direction" ? classes.length : layer.shape[0]);

/** Place of a pick; −1 for the reader's own picture, if there is one. @param {any[]} picks @param {any} index @param {number} own */
const pick = (picks, index, own) => (index === OWN && own ? OWN : Math.max(0, picks.findIndex((one) => one.index === index)));

/** @param {FigureState} state @param {Record<string, any>} values @param {number} [own]  how many pictures of their own the reader has brought @returns {Now} */
export function now(state, values, own = 0) {
  const {layers, picks, classes, kept} = values;
  const layer = Math.max(0, layers.findIndex((/** @type {any} */ one) => one.name === state.get("layer", layers[0].name)));
  const asked = state.get("goal", values.goal);
  const {goals} = layers[layer];
  const goal = goals.includes(asked) ? asked : goals[0];
  const count = choices(layers[layer], goal, classes);
  const unit = Math.min(state.get("unit", values.unit), count - 1);
  const other = Math.min(state.get("other", values.other), count - 1);
  const facets = values.faceted && joins(goal) ? state.get("facets", 1) : 1;
  const end = kept.at(-1);
  const steps = state.get("steps", end);
  return {
    layer, goal, unit,
    other: joins(goal) && other !== unit ? other : -1,
    mix: state.get("mix", values.mix),
    example: pick(picks, state.get("example", picks[0].index), own),
    guide: pick(picks, state.get("guide", (picks[1] ?? picks[0]).index), own),
    own,
    start: /** @type {Now["start"]} */ (state.get("start", values.start ?? "noise")),
    jitter: state.get("jitter", values.jitter),
    scale: state.get("scale", values.scale),
    blur: state.get("blur", values.blur),
    octaves: state.get("octaves", values.octaves),
    smooth: state.get("smooth", values.smooth),
    waves: state.get("waves", values.waves),
    colour: state.get("colour", values.colour),
    optima: facets > 1 ? facets : state.get("optima", values.optima),
    facets,
    apart: state.get("apart", values.apart),
    rate: state.get("rate", values.rate),
    seed: state.get("seed", values.seed),
    steps,
    step: Math.min(steps, state.get("step", end)),
  };
}

/** All that a run depends on, and nothing that it does not. @param {Now} at */
export function whole(at) {
  const {step: _step, steps: _steps, ...rest} = at;
  if (at.other < 0) rest.mix = 0;
  if (!uses(at)) rest.example = 0;
  if (at.goal !== "guide") rest.guide = 0;
  if (rest.example !== OWN && rest.guide !== OWN) rest.own = 0;
  if (WHOLE.includes(at.goal)) rest.unit = 0;
  if (at.optima === 1) rest.apart = 0;
  return JSON.stringify(rest);
}

/** Whether an example takes part. @param {Now} at */
export const uses = ({goal, start, facets}) => goal === "code" || (start === "example" && facets < 2);
