/** How many different concepts each network finds, a bar for each category; a button shows those units. */
import {button, make} from "../../../js/make.js";
import {unseen} from "../make.js";
import {byCategory} from "./overlap.js";
import {counted} from "./words.js";

/**
 * @typedef {import("./overlap.js").Tally} Tally
 * @typedef {import("./overlap.js").Concept} Concept
 */

export class Bars {
  /** @type {Map<string, {row: HTMLButtonElement, bars: HTMLElement}>} */
  #rows = new Map();

  /** @param {Concept[]} concepts @param {(category: string) => void} choose */
  constructor(concepts, choose) {
    this.concepts = concepts;
    this.key = make("p", "key");
    const rows = [...new Set(concepts.map(({category}) => category))].map((category) => {
      const bars = make("span", "bars");
      const row = button("row", "", make("span", "category", category), bars);
      row.addEventListener("click", () => choose(category));
      this.#rows.set(category, {row, bars});
      return row;
    });
    const group = make("div", "rows", ...rows);
    group.setAttribute("role", "group");
    group.setAttribute("aria-label", "Different concepts found, by category; a button shows the channels of one");
    this.element = make("div", "tally", this.key, group);
  }

  /** @param {{words: string, tally: Tally}[]} shown @param {string} find */
  show(shown, find) {
    const counts = shown.map(({tally}) => byCategory(tally, this.concepts));
    const sizes = new Map([...this.#rows.keys()].map((name) => [name, this.concepts.filter(({category}) => category === name).length]));
    const most = Math.max(...sizes.values());
    this.key.replaceChildren(
      ...shown.map(({words, tally}, i) => {
        const one = make("span", "version", make("strong", "", words), ` ${tally.detectors} of ${counted(tally.labels.length, "channel")} find ${counted(tally.found.size, "different concept")}`);
        one.dataset.version = String(i);
        return one;
      }),
    );
    for (const [category, {row, bars}] of this.#rows) {
      row.setAttribute("aria-pressed", String(find.split("/")[0] === category));
      const size = sizes.get(category) ?? 0;
      bars.replaceChildren(
        ...shown.map(({words}, i) => {
          const count = counts[i].get(category) ?? 0;
          const bar = make("span", "bar");
          bar.style.setProperty("--share", String(count / most));
          const whole = make("span", "track", bar, make("span", "count", `${count} of ${size}`), unseen(` ${words}; `));
          whole.dataset.version = String(i);
          return whole;
        }),
      );
    }
  }
}
