/**
 * The canvas with its view, its hands and keys: owns what is on screen and nothing of what it means.
 *
 * @typedef {import("./view.js").View} View
 * @typedef {import("./scene.js").Frame} Frame
 *
 * @typedef {object} Asking   what the plot tells its figure
 * @property {(i: number) => void} hover   a point, or −1
 * @property {(i: number) => void} pin     a point, or −1 for empty space and Escape
 * @property {(i: number) => void} walk    the keyboard's next point
 * @property {(view: View) => void} see     the reader has moved the map
 * @property {(i: number) => boolean} lit
 *
 * @typedef {Omit<Frame, "placed" | "size" | "density" | "side" | "stamps" | "chosen" | "kept" | "near">
 *   & {entries: {colour: string, shape: number}[]}} Look
 */
import {listen} from "./gestures.js";
import {paint} from "./scene.js";
import {Stamps} from "./shapes.js";
import {FIT, between, nearest, panned, pictureSide, project, reaching, toward, zoomed} from "./view.js";

const PASSAGE = 900;
const STEP = 1.6;
/** Radius of a mark. */
const MARK = 3.4;

/** The plot of one figure. */
export class Plot {
  /** @type {View} */
  view = FIT;
  size = {width: 0, height: 0};
  chosen = {index: -1, kept: -1, near: /** @type {number[]} */ ([])};
  #since = 0;
  #asked = 0;
  #shown = true;
  /** @type {{context: CanvasRenderingContext2D, image: ImageData, density: number, stamps: Stamps,
   *   entries: {colour: string, shape: number}[]} | null} */
  #made = null;

  /**
   * @param {HTMLElement} element  takes focus, pointers and keys
   * @param {HTMLCanvasElement} canvas
   * @param {Float32Array} map
   * @param {Look} look
   * @param {Asking} asking
   * @param {AbortSignal} signal
   */
  constructor(element, canvas, map, look, asking, signal) {
    this.element = element;
    this.canvas = canvas;
    this.look = look;
    this.asking = asking;
    this.from = this.to = map;
    this.at = new Float32Array(map);
    this.placed = new Float32Array(map.length);
    this.calm = matchMedia("(prefers-reduced-motion: reduce)");
    listen(element, this.#hands(), signal);
    element.addEventListener("keydown", (event) => this.#key(event), {signal});
    const watch = new ResizeObserver(() => this.#measure());
    watch.observe(element);
    signal.addEventListener("abort", () => {
      watch.disconnect();
      cancelAnimationFrame(this.#asked);
    });
    this.#measure();
  }

  get side() {
    return pictureSide(this.at.length / 2, this.size, this.view.zoom);
  }

  /** @param {Partial<Look>} look */
  change(look) {
    Object.assign(this.look, look);
    this.ask();
  }

  /** @param {number} index @param {number} kept @param {number[]} near */
  choose(index, kept, near) {
    this.chosen = {index, kept, near};
    this.ask();
  }

  /** Let every point wander to its place on another map. @param {Float32Array} map */
  move(map) {
    if (map === this.to) return;
    this.from = new Float32Array(this.at);
    this.to = map;
    this.#since = this.calm.matches ? -Infinity : performance.now();
    this.ask();
  }

  /** @param {View} view */
  #see(view) {
    this.turn(view);
    this.asking.see(view);
  }

  /** Show this part of the map, without telling anybody. @param {View} view */
  turn(view) {
    this.view = view;
    this.element.classList.toggle("near", view.zoom > 1);
    this.ask();
  }

  /** Closer or farther about the middle, or 0: the whole map. @param {number} steps */
  zoom(steps) {
    const {width, height} = this.size;
    this.#see(steps ? zoomed(this.view, this.size, STEP ** steps, width / 2, height / 2) : FIT);
  }

  /** Bring a point into view. @param {number} i */
  reach(i) {
    if (this.view.zoom > 1) this.#see(reaching(this.view, this.size, this.to[2 * i], this.to[2 * i + 1]));
  }

  /** Off screen nothing moves. @param {boolean} shown */
  show(shown) {
    this.#shown = shown;
    if (shown) this.ask();
  }

  /** One frame, soon. */
  ask() {
    if (!this.#asked && this.#shown) this.#asked = requestAnimationFrame((now) => this.#draw(now));
  }

  #measure() {
    const {clientWidth: width, clientHeight: height} = this.element;
    this.size = {width, height};
    this.ask();
  }

  #draw(/** @type {number} */ now) {
    this.#asked = 0;
    const t = Math.max(0, Math.min(1, (now - this.#since) / PASSAGE));
    between(this.from, this.to, t, this.at);
    const {size, view, look, side, chosen: {index, kept, near}} = this;
    if (size.width && size.height) {
      const placed = project(this.at, view, size, this.placed);
      const {context, image, density, stamps} = this.#surface();
      paint(context, image, {...look, placed, size, density, stamps, side, chosen: index, kept, near});
    }
    if (t < 1) this.ask();
  }

  /** As many pixels as the screen has, and marks to match; made anew only when something changed. */
  #surface() {
    const {canvas, look: {entries, palette}, size} = this;
    const density = Math.min(2, devicePixelRatio || 1);
    const [width, height] = [size.width, size.height].map((side) => Math.round(side * density));
    const known = this.#made;
    if (known?.image.width === width && known.image.height === height && known.entries === entries) {
      return known;
    }
    Object.assign(canvas, {width, height});
    const context = canvas.getContext("2d", {willReadFrequently: true});
    if (!context) throw new Error("This browser gives no canvas to draw on.");
    context.setTransform(density, 0, 0, density, 0, 0);
    const stamps = new Stamps(entries, MARK, density, palette.paper);
    return (this.#made = {context, image: new ImageData(width, height), density, stamps, entries});
  }

  #find(/** @type {number} */ x, /** @type {number} */ y, /** @type {boolean} */ touch) {
    const reach = Math.max(touch ? 24 : 12, this.side * 0.75);
    return nearest(this.placed, x, y, reach, this.asking.lit);
  }

  /** @returns {import("./gestures.js").Hands} */
  #hands() {
    return {
      hover: (x, y, touch) => this.asking.hover(this.#find(x, y, touch)),
      leave: () => this.asking.hover(-1),
      tap: (x, y, touch) => this.asking.pin(this.#find(x, y, touch)),
      zoom: (factor, x, y) => this.#see(zoomed(this.view, this.size, factor, x, y)),
      pan: (dx, dy) => this.#see(panned(this.view, this.size, dx, dy)),
    };
  }

  #key(/** @type {KeyboardEvent} */ event) {
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    const {index} = this.chosen;
    const {lit, walk, pin} = this.asking;
    const {width, height} = this.size;
    if (event.key.startsWith("Arrow")) {
      const next = index < 0
        ? nearest(this.placed, width / 2, height / 2, Infinity, lit)
        : toward(this.placed, index, event.key, lit);
      if (next >= 0) walk(next);
    } else if (event.key === "Enter" || event.key === " ") pin(index);
    else if (event.key === "Escape") pin(-1);
    else if (event.key === "+" || event.key === "=") this.zoom(1);
    else if (event.key === "-") this.zoom(-1);
    else if (event.key === "0") this.zoom(0);
    else return;
    event.preventDefault();
  }
}
