/**
 * One stop at a time, with buttons and arrow keys. The place is a key of the store, so it is in the
 * address, and words elsewhere can set it.
 *
 * @typedef {import("./stops.js").Stop} Stop
 * @typedef {import("./types.js").Page} Page
 * @typedef {import("./state.js").Store} Store
 */
import {reach} from "./stops.js";

/** Where a key leads, or null. @param {string} key @param {number} at @param {number} count @param {boolean} [rtl] */
export function turn(key, at, count, rtl = false) {
  const forward = rtl ? "ArrowLeft" : "ArrowRight";
  const back = rtl ? "ArrowRight" : "ArrowLeft";
  const to = new Map([[forward, at + 1], [back, at - 1], ["Home", 0], ["End", count - 1]]).get(key);
  return to === undefined || to < 0 || to >= count || to === at ? null : to;
}

export class Stepper {
  #at = 0;

  /** @param {HTMLElement} block @param {Stop[]} stops @param {Store} store @param {Page} page */
  constructor(block, stops, store, page) {
    this.stops = stops;
    this.store = store;
    this.page = page;
    this.key = `${block.id}.step`;
    this.count = document.createElement("span");
    this.count.className = "step-count";
    this.back = this.#button("Back", -1);
    this.next = this.#button("Next", 1);
    const bar = document.createElement("div");
    bar.className = "step-bar";
    bar.append(this.back, this.count, this.next);
    stops[0].element.parentElement?.before(bar);
    block.classList.add("live");
    bar.addEventListener("keydown", (event) => this.#key(event, getComputedStyle(block).direction === "rtl"));
    store.watch(this.key, () => {
      this.#show();
      reach(store, stops[this.#at]);
    });
    this.#show();
    // What an address says of the figure itself goes before what its step would set.
    if (store.get(this.key) !== null) reach(store, stops[this.#at], true);
  }

  /** @param {string} words @param {1 | -1} by */
  #button(words, by) {
    const button = document.createElement("button");
    Object.assign(button, {type: "button", className: "button", textContent: words});
    button.addEventListener("click", () => this.#go(this.#at + by));
    return button;
  }

  /** @param {KeyboardEvent} event @param {boolean} rtl */
  #key(event, rtl) {
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    const to = turn(event.key, this.#at, this.stops.length, rtl);
    if (to === null) return;
    event.preventDefault();
    this.#go(to);
  }

  /** @param {number} to */
  #go(to) {
    if (!this.stops[to]) return;
    this.store.set(this.key, this.stops[to].name);
    const {title} = this.stops[to];
    this.page.say(`Step ${to + 1} of ${this.stops.length}: ${title}`);
  }

  #show() {
    const {stops} = this;
    this.#at = Math.max(0, stops.findIndex(({name}) => name === this.store.value(this.key)));
    stops.forEach(({element}, i) => {
      element.classList.toggle("now", i === this.#at);
      element.inert = i !== this.#at;
    });
    this.count.textContent = `${this.#at + 1} of ${stops.length}`;
    // A button that is disabled would lose the focus of whoever has just pressed it.
    this.back.setAttribute("aria-disabled", String(this.#at === 0));
    this.next.setAttribute("aria-disabled", String(this.#at === stops.length - 1));
  }
}
