/** How fast the answer goes while pixels are deleted: one curve a method, and one in random order. */
import {make, svg} from "../../js/make.js";
import {amount, short} from "../../js/numerals.js";
import {area} from "./numbers.js";

const [WIDTH, HEIGHT, LEFT, BOTTOM] = [340, 150, 34, 22];
const DASHES = ["", "6 3", "2 3", "8 3 2 3"];

/** @typedef {{title: string, curve: number[] | null}} Curve  null: not known yet */

export class Curves {
  /** @param {any} quantity */
  constructor(quantity) {
    this.quantity = quantity;
    this.drawing = svg("svg", {viewBox: `0 0 ${WIDTH} ${HEIGHT}`, role: "img"});
    this.legend = make("ul", "keys");
    this.element = make("div", "curves", this.drawing, this.legend);
  }

  /** @param {Curve[]} curves  the last one in random order @param {string} target */
  show(curves, target) {
    const known = curves.flatMap(({curve}) => curve ?? []);
    const [low, high] = this.quantity ? [Math.min(...known, 0), Math.max(...known, 0)] : [0, 1];
    const span = high - low || 1;
    const across = (/** @type {number} */ share) => LEFT + share * (WIDTH - LEFT - 8);
    const down = (/** @type {number} */ value) => 8 + ((high - value) / span) * (HEIGHT - BOTTOM - 8);
    const parts = [low, high].flatMap((at) => [
      svg("line", {class: "rule", x1: LEFT, x2: WIDTH - 8, y1: down(at), y2: down(at)}),
      svg("text", {class: "muted end", x: LEFT - 5, y: down(at) + 4}, this.quantity ? short(at) : amount(at, null).replace(".0", "")),
    ]);
    for (const [share, name] of /** @type {[number, string][]} */ ([[0, "start"], [0.5, "middle"], [1, "end"]])) {
      const words = share === 0.5 ? "pixels deleted" : amount(share, null).replace(".0", "");
      parts.push(svg("text", {class: `muted ${name}`, x: across(share), y: HEIGHT - 4}, words));
    }
    curves.forEach(({curve}, i) => {
      if (!curve) return;
      const points = curve.map((value, k) => `${across(k / (curve.length - 1)).toFixed(1)},${down(value).toFixed(1)}`);
      parts.push(svg("polyline", {class: this.#colour(i, curves), points: points.join(" "), "stroke-dasharray": this.#dash(i, curves)}));
    });
    this.drawing.replaceChildren(...parts);
    const said = curves.map(({title, curve}) => `${title} ${curve ? short(area(curve)) : "…"}`);
    this.drawing.setAttribute("aria-label", `${target} while pixels are deleted. Mean on the way: ${said.join(", ")}.`);
    this.legend.replaceChildren(...curves.map(({title, curve}, i) => {
      const line = svg("svg", {viewBox: "0 0 26 8", "aria-hidden": "true"});
      line.append(svg("line", {class: this.#colour(i, curves), x1: 1, x2: 25, y1: 4, y2: 4, "stroke-dasharray": this.#dash(i, curves)}));
      return make("li", "", line, make("span", "title", title), make("span", "mean", curve ? short(area(curve)) : "…"));
    }));
  }

  /** @param {number} i @param {Curve[]} all */
  #colour(i, all) {
    return i === all.length - 1 ? "s-muted" : `s-cat-${[0, 1, 5, 3][i]}`;
  }

  /** @param {number} i @param {Curve[]} all */
  #dash(i, all) {
    return i === all.length - 1 ? "1 3" : DASHES[i];
  }
}
