/**
 * What the reader asks for, read from the figure's state.
 *
 * @typedef {object} Asked
 * @property {number[]} shapes  numbers in the library, in its order
 * @property {string} net
 * @property {number} epochs
 * @property {number} steps     of a picture
 * @property {string} start     empty, grey or noise
 * @property {number} seed
 */

/** Fewer shapes leave nothing to tell apart. */
export const FEWEST = 2;

/** @param {import("../../js/types.js").FigureState} state @param {Record<string, any>} values @returns {Asked} */
export function now(state, {names, first}) {
  const wanted = state.get("shapes", first.shapes.join(",")).split(",");
  return {
    shapes: names.flatMap((/** @type {string} */ name, /** @type {number} */ i) => (wanted.includes(name) ? [i] : [])),
    net: state.get("net", first.net),
    epochs: state.get("epochs", first.epochs),
    steps: state.get("steps", first.steps),
    start: state.get("start", first.start),
    seed: state.get("seed", first.seed),
  };
}

/** Training steps of an experiment. @param {Asked} asked @param {{each: number, batch: number}} constants */
export const batches = ({epochs, shapes}, {each, batch}) => Math.floor((epochs * shapes.length * each) / batch);

/** A shape in words. @param {string} name */
export const called = (name) => name.replaceAll("-", " ");

/** What an experiment was made of, in words. @param {Asked} asked @param {string[]} names */
export function made({shapes, net, epochs, start, seed}, names) {
  const all = shapes.map((one) => called(names[one])).join(", ");
  return `${all[0].toUpperCase()}${all.slice(1)}: a ${net}, ${epochs} epoch${epochs === 1 ? "" : "s"}, from ${start === "noise" ? "noise" : start === "grey" ? "grey" : "an empty picture"}, seed ${seed}.`;
}
