/**
 * What the figure says in words.
 *
 * @typedef {"channel" | "neuron" | "class" | "layer"} Objective
 */

/** @type {Record<Objective, string>} */
export const OBJECTIVES = {
  channel: "Whole channel",
  neuron: "Neuron in the middle",
  class: "Class",
  layer: "Whole layer",
};

/** @type {Record<Objective, string>} */
export const QUANTITIES = {
  channel: "mean activation",
  neuron: "activation",
  class: "output",
  layer: "mean squared activation",
};

/** Three figures, a real minus, no exponents for what readers meet. @param {number} value */
export function short(value) {
  const size = Math.abs(value);
  const text = size >= 1000 ? String(Math.round(value)) : String(Number(value.toPrecision(3)));
  return text.replace("-", "−");
}

/** What stands for all of a layer, beside the names of its channels. */
export const TOGETHER = "All channels";

/**
 * Name of a channel of maps, of a single unit, or of the class that a unit of the last layer is for.
 * @param {number} channel @param {{maps: boolean, objectives: string[]}} layer @param {string[]} outputs
 */
export function called(channel, {maps, objectives}, outputs) {
  if (objectives[0] === "class" && outputs[channel] !== undefined) return `Class ${outputs[channel]}`;
  return `${maps ? "Channel" : "Unit"} ${channel}`;
}

/** "7, 7 and 2". @param {string[]} names */
export function listed(names) {
  return names.length < 2 ? names.join("") : `${names.slice(0, -1).join(", ")} and ${names.at(-1)}`;
}

/** @param {number} step */
export const after = (step) => (step === 0 ? "before the first step" : `after ${step} step${step === 1 ? "" : "s"}`);

/**
 * What is read when a channel opens.
 * @param {{name: string, layer: string, objective: Objective, first: number, last: number,
 *   steps: number, labels: string[], top: number}} unit
 */
export function opening({name, layer, objective, first, last, steps, labels, top}) {
  return (
    `${name} of ${layer}. In ${steps} steps its ${QUANTITIES[objective]} went from ${short(first)} ` +
    `to ${short(last)}. The test examples that excite it most are ${listed(labels)}, the first with ${short(top)}.`
  );
}
