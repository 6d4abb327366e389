/**
 * Beside the map: the chosen picture, what the model makes of it, and its nearest neighbours.
 *
 * @typedef {import("./points.js").Points} Points
 * @typedef {import("./points.js").Neighbour} Neighbour
 */
import {company, distance, surely} from "./words.js";

/**
 * @template {keyof HTMLElementTagNameMap} T
 * @param {T} tag @param {string} name @param {...(Node | string)} children
 * @returns {HTMLElementTagNameMap[T]}
 */
export function make(tag, name, ...children) {
  const element = document.createElement(tag);
  if (name) element.className = name;
  element.append(...children);
  return element;
}

/** @param {Points} points @param {number} i */
function verdict(points, i) {
  const {label, guess, sure, right} = points.about(i);
  const list = make("dl", "reading");
  const row = (/** @type {string} */ term, /** @type {string} */ said, note = "") => {
    const value = make("dd", "", make("strong", "", said));
    if (note) value.append(make("span", "quiet", note));
    list.append(make("dt", "", term), value);
  };
  row("Labelled", label);
  row("Read as", guess, surely(sure));
  list.append(make("dd", right ? "outcome right" : "outcome wrong", right ? "✓ right" : "✗ wrong"));
  return list;
}

/**
 * @param {Points} points @param {Neighbour[]} near
 * @param {(i: number) => HTMLCanvasElement} picture @param {(i: number) => void} choose
 */
function companions(points, near, picture, choose) {
  const list = make("ol", "near");
  for (const {index, distance: far} of near) {
    const {label} = points.about(index);
    const shown = distance(far);
    const button = make(
      "button", "neighbour",
      picture(index),
      make("span", "name", label),
      make("span", "unseen", ", distance "),
      make("span", "far", shown),
    );
    button.type = "button";
    button.addEventListener("click", () => choose(index));
    list.append(make("li", "", button));
  }
  return list;
}

/** How many misread pictures are offered to begin with. */
const OFFERED = 10;

/**
 * Nothing is chosen: what to do, and pictures worth a look.
 * @param {Points} points @param {boolean} elsewhere  an example that is not here is selected
 * @param {(i: number) => HTMLCanvasElement} picture @param {(i: number) => void} choose
 */
export function invitation(points, elsewhere, picture, choose) {
  const lines = [];
  if (elsewhere) {
    const count = points.count.toLocaleString("en");
    lines.push(make("p", "quiet", `The selected picture is not among these ${count}.`));
  }
  lines.push(make("p", "quiet", "Point at a picture to see it large, with its nearest neighbours. Click or tap to keep it."));
  const wrong = points.misread();
  if (!wrong.length) return lines;
  const list = make("ol", "near");
  for (const i of wrong.slice(0, OFFERED)) {
    const {label, guess} = points.about(i);
    const arrow = make("span", "", " → ");
    arrow.setAttribute("aria-hidden", "true");
    const name = make("span", "name", label, arrow, make("span", "unseen", ", read as "), guess);
    const button = make("button", "neighbour", picture(i), name);
    button.type = "button";
    button.addEventListener("click", () => choose(i));
    list.append(make("li", "", button));
  }
  const all = wrong.length === 1 ? "The one picture that is misread" : `Misread most surely, of ${wrong.length}`;
  return [...lines, make("p", "what", all), list];
}

/**
 * @param {object} shown
 * @param {Points} shown.points
 * @param {number} shown.chosen
 * @param {string} shown.layer
 * @param {Neighbour[]} shown.near
 * @param {(i: number) => HTMLCanvasElement} shown.picture
 * @param {(i: number) => void} shown.choose
 */
export function cardOf({points, chosen, layer, near, picture, choose}) {
  const {label} = points.about(chosen);
  const head = make("div", "head", picture(chosen), verdict(points, chosen));
  if (!near.length) return [head, make("p", "quiet", "Fetching the neighbours …")];
  const names = near.map(({index}) => points.about(index).label);
  const words = company(label, names);
  return [
    head,
    make("p", "what", `Nearest in ${layer}, by Euclidean distance`),
    companions(points, near, picture, choose),
    make("p", "quiet", `${words[0].toUpperCase()}${words.slice(1)}.`),
  ];
}
