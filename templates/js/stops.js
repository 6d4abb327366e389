/**
 * The stops of a figure: pieces of text, each with what it sets.
 *
 * @typedef {{name: string, title: string, element: HTMLElement}} Stop
 */

/** @param {HTMLElement} block @returns {Stop[]} */
export function stops(block) {
  const found = /** @type {HTMLElement[]} */ ([...block.querySelectorAll(":scope > .steps > .step")]);
  return found.map((element) => ({
    element,
    name: element.dataset.step ?? "",
    title: element.querySelector(".step-title")?.textContent ?? "",
  }));
}

/**
 * Set what a stop sets.
 * @param {import("./state.js").Store} store @param {Stop} stop
 * @param {boolean} [gently]  keep what was set before
 */
export function reach(store, {element}, gently = false) {
  for (const [key, value] of Object.entries(JSON.parse(element.dataset.set ?? "{}"))) {
    if (!gently || store.get(key) === null) store.set(key, value);
  }
}
