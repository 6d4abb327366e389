/** The units of one network as cards: what each finds, how well, and where in its strongest examples. */
import {button, make} from "../../../js/make.js";
import {rove} from "../../../js/roving.js";
import {picture} from "../make.js";
import {listed} from "./overlap.js";
import {counted, iou} from "./words.js";

/**
 * @typedef {import("./overlap.js").Tally} Tally
 * @typedef {import("./overlap.js").Concept} Concept
 * @typedef {import("./now.js").Now} Now
 */

/** Cards that are shown before a reader asks for all, on wide and on narrow screens; pictures on each. */
const FEW = {wide: 12, narrow: 6};
const PICTURES = 2;

export class Cards {
  /** @type {HTMLButtonElement[]} */
  #cards = [];
  /** @type {number[]} */
  #units = [];
  #all = false;

  /** @param {Concept[]} concepts @param {string} opened  id of what a card opens @param {(unit: number) => void} toggle @param {() => void} again @param {AbortSignal} signal */
  constructor(concepts, opened, toggle, again, signal) {
    this.concepts = concepts;
    this.opened = opened;
    this.toggle = toggle;
    this.title = make("p", "label");
    this.sheet = make("div", "cards");
    this.sheet.setAttribute("role", "group");
    this.more = button("button quiet", "");
    this.more.addEventListener("click", () => {
      this.#all = !this.#all;
      again();
    });
    this.element = make("div", "network", this.title, this.sheet, this.more);
    this.stop = rove(this.sheet, {
      items: () => this.#cards,
      columns: () => getComputedStyle(this.sheet).gridTemplateColumns.split(" ").length,
      signal,
    });
  }

  /**
   * @param {string} words  of the network @param {Tally} tally @param {Now} now @param {number} examples
   * @param {(canvas: HTMLCanvasElement, unit: number, i: number) => void} draw
   */
  show(words, tally, now, examples, draw) {
    const all = listed(tally, this.concepts, now.sort, now.find);
    const few = matchMedia("(min-width: 48rem)").matches ? FEW.wide : FEW.narrow;
    const shown = this.#all ? all : all.slice(0, few);
    const focused = this.#units[this.#cards.indexOf(/** @type {any} */ (document.activeElement))];
    this.title.replaceChildren(make("strong", "", words), `, ${counted(all.length, "channel")}`);
    this.sheet.setAttribute("aria-label", `Channels, ${words}`);
    this.more.hidden = all.length <= few;
    this.more.textContent = this.#all ? `Show the first ${few}` : `Show all ${all.length}`;
    this.#units = shown.map(({unit}) => unit);
    this.#cards = shown.map(({unit, best, overlap}) => {
      const {category, name} = this.concepts[best];
      const found = overlap >= now.least;
      const pictures = Array.from({length: Math.min(PICTURES, examples)}, (_, i) => {
        const canvas = picture();
        draw(canvas, unit, i);
        return canvas;
      });
      const card = button(
        "unit", "",
        make("span", "pictures", ...pictures),
        make("span", "concept", found ? make("strong", "", name) : make("span", "", `(${name})`), make("span", "of", ` ${category}`)),
        make("span", "numbers", make("span", "", `channel ${unit}`), make("span", "", `IoU ${iou(overlap)}`)),
      );
      card.classList.toggle("found", found);
      card.setAttribute("aria-controls", this.opened);
      card.setAttribute("aria-expanded", String(unit === now.unit));
      card.addEventListener("click", () => this.toggle(unit));
      return card;
    });
    this.sheet.replaceChildren(...(shown.length ? this.#cards : [make("p", "none", "No channel overlaps it more than any other concept.")]));
    this.stop(Math.max(0, this.#units.indexOf(now.unit)));
    if (focused !== undefined) this.#cards[this.#units.indexOf(focused)]?.focus();
  }

  /** @param {number} unit */
  focus(unit) {
    this.#cards[Math.max(0, this.#units.indexOf(unit))]?.focus();
  }
}
