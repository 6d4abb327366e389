/** Fields of a figure: what a reader sets, with its name and its value beside it. */
import {make} from "./make.js";

/** A picture that is told in words. */
export function canvas() {
  const element = make("canvas", "pixels");
  element.setAttribute("role", "img");
  return element;
}

/**
 * @typedef {{element: HTMLElement, show: (value: any) => void}} Field
 *
 * A slider with its value beside it.
 * @param {string} id @param {string} title
 * @param {{least: number, most: number, step: number, words: (at: number) => string, then: (at: number) => void}} options
 * @returns {Field}
 */
export function slider(id, title, {least, most, step, words, then}) {
  const label = make("label", "", title);
  const input = make("input", "range");
  Object.assign(input, {type: "range", id, min: String(least), max: String(most), step: String(step)});
  label.htmlFor = id;
  const said = make("output", "");
  said.htmlFor.add(id);
  const near = () => Number(input.valueAsNumber.toPrecision(12));
  input.addEventListener("input", () => then(near()));
  return {
    element: make("div", "field", label, input, said),
    show(value) {
      input.value = String(value);
      said.value = words(value);
      input.setAttribute("aria-valuetext", words(value));
    },
  };
}

/**
 * A slider over a few values.
 * @template V @param {string} id @param {string} title @param {V[]} choices @param {(one: V) => string} words
 * @param {(one: V) => void} then @returns {Field}
 */
export function among(id, title, choices, words, then) {
  const field = slider(id, title, {
    least: 0,
    most: Math.max(0, choices.length - 1),
    step: 1,
    words: (at) => words(choices[at]),
    then: (at) => then(choices[at]),
  });
  return {element: field.element, show: (value) => field.show(Math.max(0, choices.indexOf(value)))};
}

/**
 * One of many.
 * @param {string} id @param {string} title @param {[string, string][]} options  value, words
 * @param {(value: string) => void} then @returns {Field & {fill: (options: [string, string][]) => void}}
 */
export function select(id, title, options, then) {
  const label = make("label", "", title);
  const element = make("select", "select");
  element.id = id;
  label.htmlFor = id;
  const fill = (/** @type {[string, string][]} */ all) =>
    element.replaceChildren(...all.map(([value, words]) => new Option(words, value)));
  fill(options);
  element.addEventListener("change", () => then(element.value));
  return {element: make("div", "field", label, element), fill, show: (value) => (element.value = String(value))};
}

/** @param {string} words @param {(on: boolean) => void} then @returns {Field} */
export function check(words, then) {
  const input = make("input", "");
  input.type = "checkbox";
  input.addEventListener("change", () => then(input.checked));
  return {element: make("label", "check", input, words), show: (on) => (input.checked = Boolean(on))};
}
