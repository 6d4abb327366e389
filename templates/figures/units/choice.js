/**
 * What is shown: the address and the page's linked selection, as far as this figure has it.
 *
 * @typedef {import("../../js/types.js").FigureState} FigureState
 * @typedef {{layer: number, objective: number, unit: number, step: number}} Choice
 *   places in the lists of layers, objectives, channels and steps; unit −1: none is open
 */

/** "conv1/3" as layer and channel; null where it is no unit. @param {unknown} text @returns {[string, number] | null} */
export function unitKey(text) {
  const match = typeof text === "string" ? /^(.+)\/(\d+)$/.exec(text) : null;
  return match ? [match[1], Number(match[2])] : null;
}

/**
 * @param {FigureState} state @param {Record<string, any>} values
 * @returns {Choice}
 */
export function chosen(state, values) {
  const {layers, steps, open} = values;
  const named = layers.findIndex((/** @type {any} */ one) => one.name === state.get("layer", layers[0].name));
  const layer = Math.max(0, named);
  const {channels, objectives} = layers[layer];
  const objective = Math.max(0, objectives.indexOf(state.get("objective", objectives[0])));
  const unit = state.get("unit", open);
  const together = objectives[objective] === "layer";
  const step = steps.indexOf(state.get("step", steps.at(-1)));
  return {
    layer,
    objective,
    // All channels together are one picture, open as long as any channel would be.
    unit: Number.isInteger(unit) && unit >= 0 && unit < channels ? (together ? 0 : unit) : -1,
    step: step < 0 ? steps.length - 1 : step,
  };
}

/**
 * Where the linked selection leads in this figure, or null where it has no such channel.
 * @param {unknown} key @param {any[]} layers @returns {{layer: string, unit: number} | null}
 */
export function linked(key, layers) {
  const found = unitKey(key);
  const layer = found && layers.find(({name}) => name === found[0]);
  return found && layer && found[1] < layer.channels ? {layer: found[0], unit: found[1]} : null;
}

/** How many stand side by side, by name; units.css knows the columns. @param {number} channels */
export function crowd(channels) {
  if (channels <= 6) return "few";
  if (channels <= 10) return channels === 10 ? "ten" : "several";
  return channels <= 18 ? "some" : channels <= 40 ? "many" : "most";
}
