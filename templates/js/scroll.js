/**
 * A figure that stays while pieces of text pass: each sets its states as it passes the middle of the
 * room that the figure leaves. Nothing is animated here, and the wheel is the browser's.
 *
 * @typedef {import("./stops.js").Stop} Stop
 * @typedef {import("./state.js").Store} Store
 */
import {reach} from "./stops.js";

/** Where there is room beside the figure; the style sheet has the same width. */
const WIDE = "(min-width: 64rem)";

/** How long a page may take to settle where the address or the browser puts it, in milliseconds. */
const SETTLING = 2000;

/** Share of a narrow screen that a figure on top may take. */
const TOP = 0.6;

export class Scroll {
  /** @type {Stop | null} */
  #now = null;
  #fresh = true;
  #seen = false;
  /** @type {Set<Element>} */
  #passed = new Set();

  /** @param {HTMLElement} block @param {Stop[]} stops @param {Store} store */
  constructor(block, stops, store) {
    this.block = block;
    this.stops = stops;
    this.store = store;
    this.figure = /** @type {HTMLElement} */ (block.querySelector("figure"));
    this.wide = matchMedia(WIDE);
    block.classList.add("live");
    this.#settle();
    this.#watch();
    new ResizeObserver(() => this.#measure()).observe(this.figure);
    addEventListener("resize", () => this.#measure());
    addEventListener("scroll", () => this.#stick(), {passive: true});
    this.#measure();
  }

  /** What the address says goes before the step that the page happens to open at. */
  #settle() {
    const done = () => (this.#fresh = false);
    setTimeout(done, SETTLING);
    for (const act of ["wheel", "touchmove", "keydown", "pointerdown"]) {
      addEventListener(act, done, {once: true, passive: true, capture: true});
    }
  }

  /** The line that stops pass: the middle of what the figure leaves free. */
  #watch() {
    /** @type {IntersectionObserver | undefined} */
    let observer;
    const begin = () => {
      observer?.disconnect();
      const above = this.wide.matches ? 50 : Math.round(100 * (TOP + (1 - TOP) / 2));
      // Everything above the line counts, or a quick turn of the wheel would leap over a short stop.
      const rootMargin = `100000px 0px -${100 - above}% 0px`;
      observer = new IntersectionObserver((entries) => this.#pass(entries), {rootMargin});
      for (const {element} of this.stops) observer.observe(element);
    };
    this.wide.addEventListener("change", begin);
    begin();
    new IntersectionObserver(([{isIntersecting}]) => {
      this.#seen = isIntersecting;
      this.#follow();
    }).observe(this.block);
  }

  /** @param {IntersectionObserverEntry[]} entries */
  #pass(entries) {
    for (const {isIntersecting, target} of entries) {
      if (isIntersecting) this.#passed.add(target);
      else this.#passed.delete(target);
    }
    this.#follow();
  }

  /** The last stop that has passed the line is the one that counts, as long as any of it is seen. */
  #follow() {
    const stop = this.stops.findLast(({element}) => this.#passed.has(element));
    if (!this.#seen || !stop || stop === this.#now) return;
    this.#now = stop;
    reach(this.store, stop, this.#fresh);
    for (const {element} of this.stops) element.classList.toggle("now", element === stop.element);
  }

  /** How high the figure is, and how much of it is left over below what may stay in view. */
  #measure() {
    const {figure} = this;
    const picture = [".life", ".still"].map((part) => figure.querySelector(`:scope > ${part}`));
    const shown = picture.find((part) => part instanceof HTMLElement && part.offsetHeight > 0);
    const {height, top} = figure.getBoundingClientRect();
    const bottom = shown ? shown.getBoundingClientRect().bottom - top : height;
    const kept = this.wide.matches ? height : Math.min(bottom, TOP * innerHeight);
    this.block.style.setProperty("--tall", `${Math.round(height)}px`);
    this.block.style.setProperty("--left-over", `${Math.round(height - kept)}px`);
    this.#stick();
  }

  /** On a narrow screen the caption gives way to the text, as long as the figure stays. */
  #stick() {
    const stuck = !this.wide.matches && this.figure.getBoundingClientRect().top <= 1;
    this.figure.classList.toggle("stuck", stuck);
  }
}
