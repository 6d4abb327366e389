/** What the network answers to a picture, class by class; two such stand beside each other. */
import {make} from "../../js/make.js";
import {percent} from "../../js/numerals.js";

/** Classes beyond which only the likeliest stand as bars. */
const [ALL, FEW] = [10, 5];

/** Which classes stand as bars, the same for both. @param {number[]} before @param {number[]} after */
export function rows(before, after) {
  const order = before.map((_, i) => i);
  if (order.length <= ALL) return order;
  const most = (/** @type {number} */ i) => Math.max(before[i], after[i]);
  return order.sort((a, b) => most(b) - most(a) || a - b).slice(0, FEW).sort((a, b) => before[b] - before[a] || a - b);
}

export class Bars {
  /** @param {string} title @param {string[]} names */
  constructor(title, names) {
    this.title = title;
    this.names = names;
    this.element = make("ol", "bars");
    this.element.setAttribute("aria-label", title);
  }

  /** @param {number[]} shares @param {number[]} order @param {number} answer */
  show(shares, order, answer) {
    this.element.replaceChildren(...order.map((i) => {
      const fill = make("span", "fill");
      fill.style.setProperty("--share", String(shares[i]));
      const row = make("li", "bar", make("span", "name", this.names[i]), make("span", "track", fill), make("span", "share", percent(shares[i])));
      if (i === answer) row.classList.add("answer");
      return row;
    }));
  }
}
