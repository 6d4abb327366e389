/**
 * The payload's values as the parts of this figure want them; compute/network_page.py wrote them.
 *
 * @typedef {import("../../js/types.js").Tensors} Tensors
 * @typedef {import("./input.js").Choice} Choice
 * @typedef {import("./examples.js").Shelf} Shelf
 * @typedef {import("./picks.js").Pick} Pick
 * @typedef {import("./windows.js").Layer} Layer
 */

/** @typedef {Record<string, any>} Values  of the payload */

/** What the frame has room for. @param {Values} values */
export function asks({input}) {
  return {draws: input.draws, picks: input.picks.length > 0, how: input.frame.how};
}

/** What the session starts from. @param {Values} values */
export function stored({input, look, layers}) {
  const [{shape}] = layers;
  const start = input.picks.length ? input.picks[0] : -1;
  const filter = /** @type {[string, number]} */ ([look.layer, look.channel]);
  /** @type {[string, string][]} */
  const identities = layers
    .filter((/** @type {Layer} */ {op}) => op === "identity")
    .map((/** @type {Layer} */ {name, inputs}) => [name, inputs[0]]);
  return {shape: input.frame.shape.length === 3 ? input.frame.shape : shape, picks: input.picks, start, filter, identities};
}

/** @param {Values} values @param {Tensors} arrays @returns {Shelf} */
export function shelf({input}, arrays) {
  const {shape, range} = input.frame;
  return {indices: Array.from(arrays.indices.data, Number), picks: input.picks, shape, range, columns: input.columns};
}

/** Right ones first, class by class, then those that are misread. @param {string[]} classes */
const byLabel = (classes) => (/** @type {Pick} */ a, /** @type {Pick} */ b) =>
  Number(a.label !== a.guess) - Number(b.label !== b.guess) || classes.indexOf(a.label) - classes.indexOf(b.label);

/** @param {Values} values @param {Tensors} arrays @returns {Choice} */
export function choice({model, input, outputs}, arrays) {
  const indices = Array.from(arrays.indices.data, Number);
  const example = (/** @type {number} */ index) => {
    const at = indices.indexOf(index);
    const [label, guess] = [Number(arrays.labels.data[at]), Number(arrays.guesses.data[at])];
    return {index, label: input.classes[label], guess: outputs.names[guess]};
  };
  return {
    dataset: input.dataset,
    label: `Drawing pad for ${model}`,
    picks: input.picks.map(example).sort(byLabel(input.classes)),
    start: input.picks.length ? input.picks[0] : -1,
    example,
    frame: input.frame,
  };
}
