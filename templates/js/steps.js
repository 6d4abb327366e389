/**
 * Rows of steps that lead a figure through named states: one shown at a time with buttons (stepper),
 * or all beside a figure that stays while they pass (scroll). Without this script they are a list.
 */
import {Scroll} from "./scroll.js";
import {Stepper} from "./stepper.js";
import {stops} from "./stops.js";

/** @param {import("./state.js").Store} store @param {import("./types.js").Page} page */
export function openSteps(store, page) {
  for (const block of /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll(":is(.stepper, .scroll):not(.live)"))) {
    if (block.classList.contains("stepper")) new Stepper(block, stops(block), store, page);
    else new Scroll(block, stops(block), store);
  }
}
