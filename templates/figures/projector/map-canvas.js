/**
 * A canvas that shows part of a map, with hands and keys: owns what is on screen and nothing of what it means.
 * Whoever extends it paints.
 *
 * @typedef {import("./view.js").View} View
 * @typedef {{context: CanvasRenderingContext2D, image: ImageData, density: number}} Surface
 *
 * @typedef {object} Asking   what it tells its figure
 * @property {(i: number) => boolean} lit  may it be pointed at?
 * @property {(i: number) => void} hover   a point, or −1
 * @property {(i: number) => void} pin     a point, or −1 for empty space and Escape
 * @property {(i: number) => void} walk    the keyboard's next point
 * @property {(view: View) => void} see    the reader has moved the map
 */
import {listen} from "./gestures.js";
import {FIT, between, nearest, panned, project, reaching, toward, zoomed} from "./view.js";

const STEP = 1.6;

/** @template {Asking} A */
export class MapCanvas {
  /** @type {View} */
  view = FIT;
  size = {width: 0, height: 0};
  #since = -Infinity;
  #asked = 0;
  #shown = true;
  /** @type {Surface | null} */
  #surface = null;

  /**
   * @param {HTMLElement} element  takes focus, pointers and keys
   * @param {HTMLCanvasElement} canvas
   * @param {Float32Array} map  x0 y0 x1 y1 …
   * @param {A} asking
   * @param {number} passage  milliseconds that points take to another map
   * @param {AbortSignal} signal
   */
  constructor(element, canvas, map, asking, passage, signal) {
    this.element = element;
    this.canvas = canvas;
    this.asking = asking;
    this.passage = passage;
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

  /** The point that the keyboard starts from, or −1. @returns {number} */
  get index() {
    throw new Error("whoever extends this says it");
  }

  /** How far from a point it still counts as pointed at. @param {boolean} _touch @returns {number} */
  reachOf(_touch) {
    throw new Error("whoever extends this says it");
  }

  /** Everything, with the points at their places. @param {Surface} _surface */
  paint(_surface) {
    throw new Error("whoever extends this does it");
  }

  /** What dragging does. @param {number} dx @param {number} dy */
  drag(dx, dy) {
    this.see(panned(this.view, this.size, dx, dy));
  }

  /** What arrows do with Shift held: nothing of their own. @param {string} _key @returns {boolean} */
  shifted(_key) {
    return false;
  }

  /** Put every point on another map, or let it wander there. @param {Float32Array} map @param {boolean} [smooth] */
  move(map, smooth = true) {
    if (map === this.to) return;
    this.from = new Float32Array(this.at);
    this.to = map;
    this.#since = smooth && !this.calm.matches ? performance.now() : -Infinity;
    this.ask();
  }

  /** Show this part of the map, and say so. @param {View} view */
  see(view) {
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
    this.see(steps ? zoomed(this.view, this.size, STEP ** steps, width / 2, height / 2) : FIT);
  }

  /** Bring a point into view. @param {number} i */
  reach(i) {
    if (this.view.zoom > 1) this.see(reaching(this.view, this.size, this.to[2 * i], this.to[2 * i + 1]));
  }

  /** Off screen nothing moves. @param {boolean} shown */
  visible(shown) {
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
    const t = Math.max(0, Math.min(1, (now - this.#since) / this.passage));
    between(this.from, this.to, t, this.at);
    if (this.size.width && this.size.height) {
      project(this.at, this.view, this.size, this.placed);
      this.paint(this.#made());
    }
    if (t < 1) this.ask();
  }

  /** As many pixels as the screen has; made anew only when that changed. */
  #made() {
    const {canvas, size} = this;
    const density = Math.min(2, devicePixelRatio || 1);
    const [width, height] = [size.width, size.height].map((side) => Math.round(side * density));
    const known = this.#surface;
    if (known?.image.width === width && known.image.height === height) return known;
    Object.assign(canvas, {width, height});
    const context = canvas.getContext("2d", {willReadFrequently: true});
    if (!context) throw new Error("This browser gives no canvas to draw on.");
    context.setTransform(density, 0, 0, density, 0, 0);
    return (this.#surface = {context, image: new ImageData(width, height), density});
  }

  #find(/** @type {number} */ x, /** @type {number} */ y, /** @type {boolean} */ touch) {
    return nearest(this.placed, x, y, this.reachOf(touch), this.asking.lit);
  }

  /** @returns {import("./gestures.js").Hands} */
  #hands() {
    return {
      hover: (x, y, touch) => this.asking.hover(this.#find(x, y, touch)),
      leave: () => this.asking.hover(-1),
      tap: (x, y, touch) => this.asking.pin(this.#find(x, y, touch)),
      zoom: (factor, x, y) => this.see(zoomed(this.view, this.size, factor, x, y)),
      pan: (dx, dy) => this.drag(dx, dy),
    };
  }

  #key(/** @type {KeyboardEvent} */ event) {
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    const {index} = this;
    const {lit, walk, pin} = this.asking;
    const {width, height} = this.size;
    if (event.key.startsWith("Arrow")) {
      if (!event.shiftKey || !this.shifted(event.key)) {
        const next = index < 0
          ? nearest(this.placed, width / 2, height / 2, Infinity, lit)
          : toward(this.placed, index, event.key, lit);
        if (next >= 0) walk(next);
      }
    } else if (event.key === "Enter" || event.key === " ") pin(index);
    else if (event.key === "Escape") pin(-1);
    else if (event.key === "+" || event.key === "=") this.zoom(1);
    else if (event.key === "-") this.zoom(-1);
    else if (event.key === "0") this.zoom(0);
    else return;
    event.preventDefault();
  }
}
