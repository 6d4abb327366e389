/**
 * The key to colours and shapes. Pointing at an entry lights its points; pressing it keeps them lit,
 * several together if the reader likes.
 *
 * @typedef {{name: string, count: number, colour: string, shape: number}} Entry
 */
import {make} from "./card.js";
import {mark} from "./shapes.js";

const SIDE = 14;

/** @param {Entry} entry */
function swatch({colour, shape}) {
  const canvas = make("canvas", "");
  canvas.width = canvas.height = 2 * SIDE;
  const context = canvas.getContext("2d");
  context?.scale(2, 2);
  if (context) mark(context, shape, SIDE / 2, SIDE / 2, SIDE * 0.36, colour);
  canvas.setAttribute("aria-hidden", "true");
  return canvas;
}

/** The legend of one figure. */
/** Entries that the address lights: "0,3". @param {string} text @param {number} count */
export function litOf(text, count) {
  const named = text.split(",").map(Number);
  return text ? named.filter((entry) => Number.isInteger(entry) && entry >= 0 && entry < count) : [];
}

export class Legend {
  /** Entries that stay lit; none pressed means all. @type {Set<number>} */
  pressed = new Set();
  #pointed = -1;

  /** @param {() => void} changed @param {(pressed: number[]) => void} chosen */
  constructor(changed, chosen) {
    this.changed = changed;
    this.chosen = chosen;
    this.element = make("div", "legend");
    this.element.setAttribute("role", "group");
  }

  /** @param {string} title @param {Entry[]} entries */
  show(title, entries) {
    this.element.setAttribute("aria-label", `${title}: press to light only these`);
    const all = make("button", "button quiet all", "Show all");
    all.type = "button";
    all.addEventListener("click", () => this.clear());
    this.element.replaceChildren(...entries.map((entry, i) => this.#chip(entry, i)), all);
    this.#mark();
  }

  clear() {
    this.pressed.clear();
    this.#press();
  }

  /** Light these, without telling anybody. @param {number[]} entries */
  light(entries) {
    this.pressed = new Set(entries);
    this.#mark();
  }

  #press() {
    this.#pointed = -1;
    this.#mark();
    this.chosen([...this.pressed]);
    this.changed();
  }

  /** @param {number} category */
  lit(category) {
    if (this.#pointed >= 0) return category === this.#pointed;
    return !this.pressed.size || this.pressed.has(category);
  }

  #chip(/** @type {Entry} */ entry, /** @type {number} */ i) {
    const count = make("span", "count", entry.count.toLocaleString("en"));
    const chip = make("button", "button quiet chip", swatch(entry), make("span", "", entry.name), count);
    chip.type = "button";
    chip.addEventListener("click", () => {
      if (!this.pressed.delete(i)) this.pressed.add(i);
      this.#press();
    });
    chip.addEventListener("pointerenter", ({pointerType}) => pointerType === "mouse" && this.#point(i));
    chip.addEventListener("pointerleave", () => this.#point(-1));
    return chip;
  }

  #point(/** @type {number} */ i) {
    if (this.#pointed === i) return;
    this.#pointed = i;
    this.changed();
  }

  #mark() {
    this.element.querySelectorAll(".chip").forEach((chip, i) => {
      chip.setAttribute("aria-pressed", String(this.pressed.has(i)));
    });
    const all = /** @type {HTMLElement | null} */ (this.element.querySelector(".all"));
    if (all) all.hidden = !this.pressed.size;
  }
}
