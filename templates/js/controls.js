/**
 * A slider or a choice in a line of text. Both are the browser's own, so keys, touch and screen
 * readers work as everywhere.
 *
 * @typedef {import("./types.js").Value} Value
 * @typedef {import("./rules.js").Rule} Rule
 *
 * @typedef {object} Asked
 * @property {Rule} rule
 * @property {string} label                      its name
 * @property {(value: Value) => string} words    how prose calls a value
 * @property {(value: Value) => void} then       what a reader's move does
 *
 * @typedef {{element: HTMLElement, show: (value: Value) => void}} Control
 */

/** Where a slider stands for a value, and back. @param {Rule} rule */
export function positions({choices, least = 0, most = 1, step}) {
  if (choices) {
    return {
      least: 0,
      most: choices.length - 1,
      step: 1,
      place: (/** @type {Value} */ value) => choices.findIndex((one) => one === value),
      value: (/** @type {number} */ at) => choices[at],
    };
  }
  // Ends and steps are decimal fractions; what a browser hands back may miss them by the last bit.
  const near = (/** @type {number} */ at) => Number(at.toPrecision(12));
  return {least, most, step: step || "any", place: Number, value: near};
}

/** @param {Asked} asked @returns {Control} */
export function slider({rule, label, words, then}) {
  const {least, most, step, place, value} = positions(rule);
  const element = document.createElement("span");
  element.className = "slider";
  const now = document.createElement("span");
  now.className = "now";
  now.setAttribute("aria-hidden", "true"); // the slider says its value itself
  const input = document.createElement("input");
  Object.assign(input, {type: "range", min: least, max: most, step});
  input.setAttribute("aria-label", label);
  input.title = label;
  input.addEventListener("input", () => then(value(input.valueAsNumber)));
  // A sentence that grew and shrank would move the slider from under the finger.
  const ends = [least, (least + most) / 2, most].map((at) => words(value(at)).length);
  now.style.minWidth = `${Math.max(...(rule.choices ? rule.choices.map((one) => words(one).length) : ends))}ch`;
  element.append(now, input);
  return {
    element,
    show(held) {
      input.value = String(place(held));
      now.textContent = words(held);
      input.setAttribute("aria-valuetext", words(held));
    },
  };
}

/** @param {Asked} asked @returns {Control} */
export function choice({rule, label, words, then}) {
  const element = document.createElement("select");
  const choices = rule.choices ?? [];
  element.append(...choices.map((one, i) => new Option(words(one), String(i))));
  element.setAttribute("aria-label", label);
  element.title = label;
  element.addEventListener("change", () => then(choices[Number(element.value)]));
  return {
    element,
    show(held) {
      element.value = String(choices.findIndex((one) => one === held));
    },
  };
}
