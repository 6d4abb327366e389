/**
 * The stops of a figure: pieces of text, each with what it sets.
 *
 * @typedef {import("./types.js").Value} Value
 * @typedef {{name: string, title: string, element: HTMLElement, values: [string, Value][]}} Stop
 */

/** @param {HTMLElement} block @returns {Stop[]} */
export function stops(block) {
  const found = /** @type {HTMLElement[]} */ ([...block.querySelectorAll(":scope > .steps > .step")]);
  return found.map((element) => ({
    element,
    name: element.dataset.step ?? "",
    title: element.querySelector(".step-title")?.textContent ?? "",
    values: Object.entries(JSON.parse(element.dataset.set ?? "{}")),
  }));
}

/**
 * Set what a stop sets.
 * @param {import("./state.js").Store} store @param {Stop} stop
 * @param {boolean} [gently]  keep what was set before
 */
export function reach(store, {values}, gently = false) {
  for (const [key, value] of values) {
    if (!gently || store.get(key) === null) store.set(key, value);
  }
}
