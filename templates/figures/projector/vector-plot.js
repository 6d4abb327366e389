/**
 * The canvas of a map of vectors: dots into pixels, names over them, hands and keys; owns what is on screen and
 * nothing of what it means.
 *
 * @typedef {import("./view.js").View} View
 * @typedef {[number, number][]} Outline  corners in the map's coordinates
 *
 * @typedef {object} Scene
 * @property {Float32Array} map         x0 y0 x1 y1 …
 * @property {Int32Array} order         who is drawn, from bottom to top
 * @property {Uint8Array} category @property {string[]} colours  of the categories
 * @property {boolean} names            are names written?
 * @property {number} chosen @property {number} kept
 * @property {number[]} near @property {number[]} hits  of a search
 * @property {[number, number][]} arrows
 * @property {{across?: [string, string], up?: [string, string]}} ends  what axes lead to
 *
 * @typedef {object} Asking
 * @property {(i: number) => boolean} counts  may it be pointed at?
 * @property {(i: number) => void} hover
 * @property {(i: number) => void} walk
 * @property {(i: number) => void} pin
 * @property {(view: View) => void} see
 * @property {(outline: Outline) => void} outline
 * @property {(dx: number, dy: number) => boolean} turn  false: dragging moves the map
 * @property {() => boolean} selecting
 * @property {string[]} names
 */
import {channels} from "../../js/colour.js";
import {listen} from "./gestures.js";
import {word} from "./splat.js";
import {FIT, between, nearest, panned, project, reaching, toward, unit, zoomed} from "./view.js";
import {dots} from "./vector-drawing.js";
import {axes, over} from "./vector-lines.js";

const PASSAGE = 700;
const STEP = 1.6;
const FACE = "600 13px";

export class VectorPlot {
  /** @type {View} */
  view = FIT;
  size = {width: 0, height: 0};
  #since = -Infinity;
  #asked = 0;
  #shown = true;
  /** @type {Outline} */
  #outline = [];
  /** @type {{context: CanvasRenderingContext2D, image: ImageData, density: number} | null} */
  #made = null;
  /** @type {Map<string, number>} */
  #wide = new Map();

  /**
   * @param {HTMLElement} element @param {HTMLCanvasElement} canvas @param {Scene} scene
   * @param {() => import("../../js/types.js").Palette} palette @param {Asking} asking @param {AbortSignal} signal
   */
  constructor(element, canvas, scene, palette, asking, signal) {
    this.element = element;
    this.canvas = canvas;
    this.scene = scene;
    this.palette = palette;
    this.asking = asking;
    this.from = this.to = scene.map;
    this.at = new Float32Array(scene.map);
    this.placed = new Float32Array(scene.map.length);
    this.face = `${FACE} ${getComputedStyle(element).getPropertyValue("--face-label") || "sans-serif"}`;
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

  /** @param {Partial<Scene>} scene @param {boolean} [smooth]  let points wander to their places */
  show(scene, smooth = false) {
    Object.assign(this.scene, scene);
    if (scene.map && scene.map !== this.to) {
      this.from = new Float32Array(this.at);
      this.to = scene.map;
      this.#since = smooth && !this.calm.matches ? performance.now() : -Infinity;
    }
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

  /** @param {number} steps  0: the whole map */
  zoom(steps) {
    const {width, height} = this.size;
    this.#see(steps ? zoomed(this.view, this.size, STEP ** steps, width / 2, height / 2) : FIT);
  }

  /** @param {number} i */
  reach(i) {
    if (this.view.zoom > 1) this.#see(reaching(this.view, this.size, this.to[2 * i], this.to[2 * i + 1]));
  }

  /** @param {boolean} shown */
  visible(shown) {
    this.#shown = shown;
    if (shown) this.ask();
  }

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
    const {size, view} = this;
    const t = Math.max(0, Math.min(1, (now - this.#since) / PASSAGE));
    between(this.from, this.to, t, this.at);
    if (!size.width || !size.height) return;
    project(this.at, view, size, this.placed);
    const {context, image, density} = this.#surface();
    const {order, category, colours} = this.scene;
    const words = new Uint32Array(image.data.buffer);
    const palette = this.palette();
    words.fill(word(channels(palette.paper)));
    const side = Math.round(density * (order.length > 5000 ? 2 : order.length > 400 ? 3 : 5) * Math.min(2, view.zoom ** 0.4));
    dots({words, width: image.width, height: image.height}, this.placed, density, order, category, Uint32Array.from(colours, (one) => word(channels(one))), side);
    context.putImageData(image, 0, 0);
    this.#over(context, palette);
    if (t < 1) this.ask();
  }

  /** Lines, names and the reader's outline. @param {CanvasRenderingContext2D} context @param {import("../../js/types.js").Palette} palette */
  #over(context, palette) {
    const {scene, placed, size, face} = this;
    axes(context, this.view, size, scene.ends, palette, face);
    over(context, {scene, placed, size, face, palette, names: this.asking.names, wide: this.#wide, counts: this.asking.counts});
    if (this.#outline.length < 2) return;
    context.beginPath();
    for (const [x, y] of this.#outline) context.lineTo(...this.#screen(x, y));
    context.closePath();
    context.strokeStyle = palette.accent;
    context.lineWidth = 2;
    context.stroke();
  }

  /** @param {number} x @param {number} y @returns {[number, number]} */
  #screen(x, y) {
    const scale = unit(this.view, this.size);
    return [this.size.width / 2 + (x - this.view.x) * scale, this.size.height / 2 - (y - this.view.y) * scale];
  }

  /** @param {number} sx @param {number} sy @returns {[number, number]} */
  #mapped(sx, sy) {
    const scale = unit(this.view, this.size);
    return [this.view.x + (sx - this.size.width / 2) / scale, this.view.y - (sy - this.size.height / 2) / scale];
  }

  #surface() {
    const {canvas, size} = this;
    const density = Math.min(2, devicePixelRatio || 1);
    const [width, height] = [size.width, size.height].map((side) => Math.round(side * density));
    if (this.#made?.image.width === width && this.#made.image.height === height) return this.#made;
    Object.assign(canvas, {width, height});
    const context = canvas.getContext("2d", {willReadFrequently: true});
    if (!context) throw new Error("This browser gives no canvas to draw on.");
    context.setTransform(density, 0, 0, density, 0, 0);
    return (this.#made = {context, image: new ImageData(width, height), density});
  }

  #find(/** @type {number} */ x, /** @type {number} */ y, /** @type {boolean} */ touch) {
    return nearest(this.placed, x, y, touch ? 26 : 14, this.asking.counts);
  }

  #hands() {
    /** @type {[number, number] | null} */
    let hand = null;
    this.element.addEventListener("pointerdown", (event) => {
      const box = this.element.getBoundingClientRect();
      hand = [event.clientX - box.left, event.clientY - box.top];
      this.#outline = [];
    });
    this.element.addEventListener("pointerup", () => {
      if (this.#outline.length > 2) this.asking.outline(this.#outline);
      this.#outline = [];
      this.ask();
    });
    return /** @type {import("./gestures.js").Hands} */ ({
      hover: (x, y, touch) => this.asking.hover(this.#find(x, y, touch)),
      leave: () => this.asking.hover(-1),
      tap: (x, y, touch) => this.asking.pin(this.#find(x, y, touch)),
      zoom: (factor, x, y) => this.#see(zoomed(this.view, this.size, factor, x, y)),
      pan: (dx, dy) => {
        if (hand && this.asking.selecting()) {
          if (!this.#outline.length) this.#outline.push(this.#mapped(...hand));
          hand = [hand[0] + dx, hand[1] + dy];
          this.#outline.push(this.#mapped(...hand));
          this.ask();
        } else if (!this.asking.turn(dx, dy)) this.#see(panned(this.view, this.size, dx, dy));
      },
    });
  }

  #key(/** @type {KeyboardEvent} */ event) {
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    const {chosen} = this.scene;
    const {counts, walk, pin} = this.asking;
    const {width, height} = this.size;
    if (event.key.startsWith("Arrow")) {
      if (event.shiftKey) {
        const [dx, dy] = {ArrowLeft: [-20, 0], ArrowRight: [20, 0], ArrowUp: [0, -20], ArrowDown: [0, 20]}[event.key] ?? [0, 0];
        this.asking.turn(dx, dy);
      } else {
        const next = chosen < 0 ? nearest(this.placed, width / 2, height / 2, Infinity, counts) : toward(this.placed, chosen, event.key, counts);
        if (next >= 0) walk(next);
      }
    } else if (event.key === "Enter" || event.key === " ") pin(chosen);
    else if (event.key === "Escape") pin(-1);
    else if (event.key === "+" || event.key === "=") this.zoom(1);
    else if (event.key === "-") this.zoom(-1);
    else if (event.key === "0") this.zoom(0);
    else return;
    event.preventDefault();
  }
}
