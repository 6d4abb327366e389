/**
 * Choices and sliders. Each knows its control's name, shows a value that it is given, and tells what
 * the reader chose.
 *
 * @typedef {{element: HTMLElement, show: (value: any) => void}} Dial
 */
import {button, make} from "./make.js";

/**
 * One of a few, in a list.
 * @param {string} control @param {string} label @param {[string | number, string][]} choices
 * @param {(value: any) => void} then @returns {Dial}
 */
export function list(control, label, choices, then) {
  const select = make("select", "select");
  select.append(...choices.map(([, words], i) => new Option(words, String(i))));
  select.addEventListener("change", () => then(choices[Number(select.value)][0]));
  const element = make("label", "dial", make("span", "", label), select);
  element.dataset.control = control;
  return {
    element,
    show(value) {
      const at = choices.findIndex(([one]) => one === value);
      if (select.value !== String(at)) select.value = String(at);
    },
  };
}

/**
 * A number on a slider.
 * @param {string} control @param {string} label @param {{least: number, most: number, step: number}} range
 * @param {(value: number) => string} words @param {(value: number) => void} then @returns {Dial}
 */
export function slider(control, label, {least, most, step}, words, then) {
  const input = make("input", "range");
  Object.assign(input, {type: "range", min: String(least), max: String(most), step: String(step)});
  // An output would take the label for itself.
  const said = make("span", "said");
  said.setAttribute("aria-hidden", "true");
  input.addEventListener("input", () => then(input.valueAsNumber));
  const element = make("label", "dial", make("span", "", label, " ", said), input);
  element.dataset.control = control;
  return {
    element,
    show(value) {
      input.value = String(value);
      said.textContent = words(value);
      input.setAttribute("aria-valuetext", words(value));
    },
  };
}

/** @param {string} control @param {string} label @param {(on: boolean) => void} then @returns {Dial} */
export function check(control, label, then) {
  const input = make("input", "");
  input.type = "checkbox";
  input.addEventListener("change", () => then(input.checked));
  const element = make("label", "check", input, make("span", "", label));
  element.dataset.control = control;
  return {element, show: (value) => (input.checked = value)};
}

/** @param {string} control @param {string} words @param {() => void} then @param {string} [spoken] */
export function act(control, words, then, spoken = "") {
  const element = button("button", spoken, words);
  element.dataset.control = control;
  element.addEventListener("click", then);
  return element;
}
