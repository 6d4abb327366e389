/**
 * What the reader asks, read from the figure's state.
 *
 * @typedef {import("../../js/types.js").FigureState} FigureState
 * @typedef {import("./guard.js").Guard} Guard
 *
 * @typedef {object} Now
 * @property {number} example   place among the picks
 * @property {"example" | "noise" | "blank"} start  what is changed
 * @property {string} attack
 * @property {number} target    −1: any but the first answer
 * @property {number} strength
 * @property {number} steps
 * @property {Guard} guard
 * @property {boolean} aware
 */
import {uniform} from "../../js/noise.js";

/** @param {FigureState} state @param {Record<string, any>} values @returns {Now} */
export function now(state, values) {
  const {picks, guard} = values;
  const index = state.get("example", picks[0].index);
  const on = state.get("defences", "").split(" ").filter(Boolean);
  return {
    example: Math.max(0, picks.findIndex((/** @type {any} */ one) => one.index === index)),
    start: /** @type {Now["start"]} */ (state.get("start", "example")),
    attack: state.get("attack", values.attack),
    target: state.get("target", values.target),
    strength: state.get("strength", values.strength),
    steps: state.get("steps", values.steps),
    aware: state.get("aware", false),
    guard: {
      on,
      blur: state.get("blur", guard.blur),
      levels: state.get("levels", guard.levels),
      quality: state.get("quality", guard.quality),
      noise: state.get("noise", guard.noise),
      copies: state.get("copies", guard.copies),
    },
  };
}

/** What is changed. @param {Now} at */
export const source = ({start, example}) => (start === "example" ? example : start);

/** Dice of the noise to start from. */
const DICE = 5;

/** A picture that nobody took, shares of the range. @param {Now["start"]} start @param {number} numbers */
export const invented = (start, numbers) => Float32Array.from({length: numbers}, (_, i) => (start === "noise" ? uniform(DICE, i) : 0));

/** No defence. @param {Guard} guard @returns {Guard} */
export const bare = (guard) => ({...guard, on: []});

/** What of a guard its answers depend on. @param {Guard} guard */
export function known({on, ...settings}) {
  /** @type {Record<string, (keyof Omit<Guard, "on">)[]>} */
  const uses = {blur: ["blur"], levels: ["levels"], jpeg: ["quality"], slq: ["copies"], noise: ["noise", "copies"]};
  return JSON.stringify(on.toSorted().map((name) => [name, ...uses[name].map((one) => settings[one])]));
}

/** All that a perturbed picture depends on but its strength. @param {Now} at @param {number} moved  the class moved away from, or to */
export function key(at, moved) {
  return JSON.stringify([source(at), at.target >= 0, moved, at.aware ? known(at.guard) : ""]);
}

/** All that the whole figure shows depends on. @param {Now} at */
export const whole = (at) => JSON.stringify([source(at), at.attack, at.target, at.strength, at.attack === "iterated" ? at.steps : 0, known(at.guard), at.aware && at.guard.on.length > 0]);
