/** How often the network stays right while an attack grows stronger: measured at build, drawn here. */
import {make, svg} from "../../js/make.js";
import {percent, short} from "../../js/numerals.js";
import {beside, ticks} from "./words.js";

const [WIDTH, HEIGHT, LEFT, BOTTOM, TOP] = [380, 190, 40, 36, 10];
const COLOURS = [0, 1, 5, 3, 2, 6];
const DASHES = ["", "7 3", "2 3", "8 3 2 3", "1 3", "12 3"];

/** @typedef {{name: string, title: string, shares: number[]}} Curve */

export class Curves {
  /** @param {number[]} strengths */
  constructor(strengths) {
    this.strengths = strengths;
    this.title = make("p", "title");
    this.drawing = svg("svg", {viewBox: `0 0 ${WIDTH} ${HEIGHT}`, role: "img"});
    this.legend = make("ul", "keys");
    this.element = make("div", "curves", this.title, this.drawing, this.legend);
  }

  /** @param {string} title @param {Curve[]} curves @param {string[]} chosen  drawn heavier @param {number} strength */
  show(title, curves, chosen, strength) {
    const last = /** @type {number} */ (this.strengths.at(-1));
    const across = (/** @type {number} */ at) => LEFT + (at / last) * (WIDTH - LEFT - 12);
    const down = (/** @type {number} */ share) => TOP + (1 - share) * (HEIGHT - BOTTOM - TOP);
    const parts = [0, 0.5, 1].flatMap((share) => [
      svg("line", {class: "rule", x1: LEFT, x2: WIDTH - 12, y1: down(share), y2: down(share)}),
      svg("text", {class: "muted end", x: LEFT - 5, y: down(share) + 4}, `${100 * share} %`),
    ]);
    for (const at of ticks(last)) parts.push(svg("text", {class: "muted middle", x: across(at), y: HEIGHT - 20}, short(at)));
    parts.push(svg("text", {class: "muted middle", x: (LEFT + WIDTH) / 2, y: HEIGHT - 4}, "strength"));
    if (strength <= last) parts.push(svg("line", {class: "axis", x1: across(strength), x2: across(strength), y1: TOP, y2: down(0)}));
    curves.forEach(({name, shares}, i) => {
      const points = shares.map((share, k) => `${across(this.strengths[k]).toFixed(1)},${down(share).toFixed(1)}`);
      parts.push(svg("polyline", {class: `s-cat-${COLOURS[i]}`, points: points.join(" "), "stroke-dasharray": DASHES[i], "stroke-width": chosen.includes(name) ? 3.5 : 1.5}));
    });
    const at = beside(this.strengths, strength);
    this.title.textContent = title;
    this.drawing.replaceChildren(...parts);
    const said = curves.map((one) => `${one.title} ${percent(one.shares[at])}`);
    this.drawing.setAttribute("aria-label", `${title}. At strength ${short(this.strengths[at])}: ${said.join(", ")}.`);
    this.legend.replaceChildren(
      make("li", "head", make("span", ""), make("span", "", "at strength"), make("span", "at", short(this.strengths[at]))),
      ...curves.map((one, i) => {
        const line = svg("svg", {viewBox: "0 0 26 8", "aria-hidden": "true"});
        line.append(svg("line", {class: `s-cat-${COLOURS[i]}`, x1: 1, x2: 25, y1: 4, y2: 4, "stroke-dasharray": DASHES[i], "stroke-width": 2}));
        const row = make("li", "", line, make("span", "", one.title), make("span", "at", percent(one.shares[at])));
        row.classList.toggle("chosen", chosen.includes(one.name));
        return row;
      }),
    );
  }
}
