/**
 * Words that set something. Where they speak of a figure they are a link, whose address is the very
 * view, so that it can be copied or opened beside; elsewhere they are a button.
 *
 * @typedef {import("./types.js").Page} Page
 * @typedef {import("./types.js").Value} Value
 */
import {formatFragment} from "./fragment.js";

/** As much of a figure on the screen is in view, 0 to 1. */
const SEEN = 0.6;

/** @param {Element} element */
function inView(element) {
  const {top, bottom, height} = element.getBoundingClientRect();
  const seen = Math.min(bottom, innerHeight) - Math.max(top, 0);
  return seen >= SEEN * Math.min(height, innerHeight);
}

/** @param {HTMLElement} place @returns {HTMLElement} */
function alive(place) {
  if (!(place instanceof HTMLSpanElement)) return place;
  const button = document.createElement("button");
  Object.assign(button, {type: "button", className: place.className, textContent: place.textContent});
  Object.assign(button.dataset, place.dataset);
  place.replaceWith(button);
  return button;
}

/**
 * @param {HTMLElement} place @param {import("./state.js").Store} store @param {Page} page
 * @param {(element: HTMLElement) => void} touch  told before anything is set
 * @param {AbortSignal} signal
 * @returns {HTMLElement} what stands there now
 */
export function follow(place, store, page, touch, signal) {
  /** @type {[string, Value][]} */
  const values = Object.entries(JSON.parse(place.dataset.set ?? "{}"));
  if (!values.every(([key]) => store.rule(key) || key.includes(":"))) return place;
  const element = alive(place);
  const goal = element instanceof HTMLAnchorElement ? element.hash.slice(1) : "";
  if (element instanceof HTMLAnchorElement) {
    element.href = formatFragment(goal, /** @type {any} */ (values));
  }
  const mark = () => {
    const held = String(values.every(([key, value]) => store.value(key) === value));
    element.setAttribute(goal ? "aria-current" : "aria-pressed", held);
  };
  for (const [key] of values) store.watch(key, mark, {signal});
  mark();
  element.addEventListener("click", (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    touch(element);
    for (const [key, value] of values) store.set(key, value);
    const figure = document.getElementById(goal);
    if (!figure) return;
    const number = figure.querySelector(".figure-number")?.textContent?.trim();
    page.say([number, element.textContent].filter(Boolean).join(": "));
    if (!inView(figure.querySelector(".life:not([hidden])") ?? figure)) page.go(goal);
  }, {signal});
  return element;
}
