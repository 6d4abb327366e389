/**
 * Weights as links: colour for the sign, width for the size. An unused input has none.
 *
 * @typedef {import("./geometry.js").Geometry} Geometry
 */
import {ends, path} from "./geometry.js";

const SVG = "http://www.w3.org/2000/svg";

/** Width of a link in pixels, 0.4 to 7. @param {number} weight */
export const thickness = (weight) => Math.min(7, 0.4 + 2.6 * Math.sqrt(Math.abs(weight)));

/** What is as it was costs nothing. @param {Element} element @param {string} name @param {string} value */
function set(element, name, value) {
  if (element.getAttribute(name) !== value) element.setAttribute(name, value);
}

export class Links {
  /** By column, unit that it comes from, and unit that it leads to. @type {SVGPathElement[][][]} */
  #paths = [];
  /** Which of all inputs are used. @type {boolean[]} */
  #active = [];
  /** @type {SVGPathElement | undefined} */
  #marked;

  constructor() {
    this.element = document.createElementNS(SVG, "svg");
    this.element.setAttribute("class", "links");
    this.element.setAttribute("aria-hidden", "true");
  }

  /** @param {number[]} counts @param {boolean[]} active */
  build(counts, active) {
    this.#active = active;
    this.#paths = counts.slice(1).map((count, column) =>
      Array.from({length: counts[column]}, (_, from) =>
        Array.from({length: column || active[from] ? count : 0}, () => document.createElementNS(SVG, "path")),
      ),
    );
    this.element.replaceChildren(...this.#paths.flat(2));
  }

  /** @param {number} column @param {number} from */
  linked(column, from) {
    return column > 0 || this.#active[from];
  }

  /** @param {Geometry} geometry @param {number} width */
  place(geometry, width) {
    this.element.setAttribute("viewBox", `0 0 ${width} ${geometry.height}`);
    this.element.setAttribute("width", String(width));
    this.element.setAttribute("height", String(geometry.height));
    this.#paths.forEach((all, column) =>
      all.forEach((some, from) => some.forEach((one, to) => one.setAttribute("d", path(ends(geometry, column, from, to))))),
    );
  }

  /** @param {import("./network.js").Network} network @param {number[][] | null} flow  usual values that widths are multiplied by */
  draw({blocks, weights}, flow) {
    this.#paths.forEach((all, column) => {
      const {inputs, weights: first} = blocks[column];
      const used = all.filter((some) => some.length);
      used.forEach((some, from) =>
        some.forEach((one, to) => {
          const weight = weights[first + to * inputs + from];
          const width = thickness(weight * (flow?.[column]?.[from] ?? 1)).toFixed(1);
          set(one, "class", weight < 0 ? "less" : "more");
          set(one, "stroke-width", width);
        }),
      );
    });
  }

  /** @param {{layer: number, from: number, to: number} | null} link */
  mark(link) {
    this.#marked?.removeAttribute("data-marked");
    this.#marked = link ? this.#paths[link.layer]?.[link.from]?.[link.to] : undefined;
    this.#marked?.setAttribute("data-marked", "");
  }
}
