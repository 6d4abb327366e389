/**
 * The map of a dataset's vectors: dots into pixels, names over them, and an outline that a reader draws.
 *
 * @typedef {import("./map-canvas.js").Surface} Surface
 * @typedef {[number, number][]} Outline  corners in the map's coordinates
 *
 * @typedef {object} Scene
 * @property {Int32Array} order         who is drawn, from bottom to top
 * @property {Uint8Array} category @property {string[]} colours  of the categories
 * @property {boolean} names            are names written?
 * @property {number} chosen @property {number} kept
 * @property {number[]} near @property {number[]} hits  of a search
 * @property {[number, number][]} arrows
 * @property {{across?: [string, string], up?: [string, string]}} ends  what axes lead to
 *
 * @typedef {import("./map-canvas.js").Asking & {outline: (outline: Outline) => void,
 *   turn: (dx: number, dy: number) => boolean, selecting: () => boolean, names: string[]}} Asking
 *   `turn` says whether there was something to turn; else dragging moves the map
 */
import {channels} from "../../js/colour.js";
import {MapCanvas} from "./map-canvas.js";
import {word} from "./splat.js";
import {unit} from "./view.js";
import {dots} from "./vector-drawing.js";
import {axes, over} from "./vector-lines.js";

const PASSAGE = 700;
const FACE = "600 13px";
/** How far an arrow turns the map, as if dragged by so many pixels. @type {Record<string, [number, number]>} */
const TURNS = {ArrowLeft: [-20, 0], ArrowRight: [20, 0], ArrowUp: [0, -20], ArrowDown: [0, 20]};

/** Nobody is drawn yet. @param {number} count  of vectors @returns {Scene} */
export const blank = (count) => ({
  order: new Int32Array(0), category: new Uint8Array(count), colours: ["#888888"], names: true,
  chosen: -1, kept: -1, near: [], hits: [], arrows: [], ends: {},
});

/** @extends {MapCanvas<Asking>} */
export class VectorPlot extends MapCanvas {
  /** @type {Outline} */
  #outline = [];
  /** Where the pointer is, on the element. @type {[number, number] | null} */
  #hand = null;
  /** @type {Map<string, number>} */
  #wide = new Map();

  /**
   * @param {HTMLElement} element @param {HTMLCanvasElement} canvas @param {Float32Array} map @param {Scene} scene
   * @param {() => import("../../js/types.js").Palette} palette @param {Asking} asking @param {AbortSignal} signal
   */
  constructor(element, canvas, map, scene, palette, asking, signal) {
    super(element, canvas, map, asking, PASSAGE, signal);
    this.scene = scene;
    this.palette = palette;
    this.face = `${FACE} ${getComputedStyle(element).getPropertyValue("--face-label") || "sans-serif"}`;
    element.addEventListener("pointerdown", ({clientX, clientY}) => {
      const box = element.getBoundingClientRect();
      this.#hand = [clientX - box.left, clientY - box.top];
      this.#outline = [];
    }, {signal});
    element.addEventListener("pointerup", () => {
      if (this.#outline.length > 2) asking.outline(this.#outline);
      this.#outline = [];
      this.ask();
    }, {signal});
  }

  get index() {
    return this.scene.chosen;
  }

  /** @param {boolean} touch */
  reachOf(touch) {
    return touch ? 26 : 14;
  }

  /** @param {Partial<Scene>} scene */
  show(scene) {
    Object.assign(this.scene, scene);
    this.ask();
  }

  /** Draw an outline, turn three dimensions, or move the map. @param {number} dx @param {number} dy */
  drag(dx, dy) {
    if (this.#hand && this.asking.selecting()) {
      if (!this.#outline.length) this.#outline.push(this.#mapped(...this.#hand));
      this.#hand = [this.#hand[0] + dx, this.#hand[1] + dy];
      this.#outline.push(this.#mapped(...this.#hand));
      this.ask();
    } else if (!this.asking.turn(dx, dy)) super.drag(dx, dy);
  }

  /** @param {string} key */
  shifted(key) {
    this.asking.turn(...(TURNS[key] ?? [0, 0]));
    return true;
  }

  /** @param {Surface} surface */
  paint({context, image, density}) {
    const {order, category, colours} = this.scene;
    const words = new Uint32Array(image.data.buffer);
    const palette = this.palette();
    words.fill(word(channels(palette.paper)));
    const side = Math.round(density * (order.length > 5000 ? 2 : order.length > 400 ? 3 : 5) * Math.min(2, this.view.zoom ** 0.4));
    dots({words, width: image.width, height: image.height}, this.placed, density, order, category, Uint32Array.from(colours, (one) => word(channels(one))), side);
    context.putImageData(image, 0, 0);
    this.#over(context, palette);
  }

  /** Lines, names and the reader's outline. @param {CanvasRenderingContext2D} context @param {import("../../js/types.js").Palette} palette */
  #over(context, palette) {
    const {scene, placed, size, face} = this;
    axes(context, this.view, size, scene.ends, palette, face);
    over(context, {scene, placed, size, face, palette, names: this.asking.names, wide: this.#wide, lit: this.asking.lit});
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
}
