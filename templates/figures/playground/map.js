/**
 * The large map: one unit's answers over the plane, the points, and a place whose numbers are shown.
 *
 * @typedef {import("./data.js").Points} Points
 * @typedef {import("../../js/types.js").Palette} Palette
 */
import {divergingColour, putPixels} from "../../js/colour.js";
import {make} from "../../js/make.js";
import {REACH} from "./data.js";
import {WIDE, classColour} from "./field.js";

/** Pixels of the canvas with the points. */
const DRAWN = 720;
const STEP = 0.1;

/** @param {number} at */
const kept = (at) => Math.min(REACH, Math.max(-REACH, Math.round(at * 100) / 100));

export class PlaneMap {
  /** @type {[number, number]} */
  #place = [0, 0];

  /**
   * @param {{look: (x: number, y: number) => void, choose: (x: number, y: number) => void, add: () => void,
   *   leave: () => void}} acts
   * @param {AbortSignal} signal
   */
  constructor(acts, signal) {
    this.acts = acts;
    this.title = make("p", "title");
    this.answers = make("canvas", "answers");
    this.dots = make("canvas", "dots");
    this.cross = make("span", "cross");
    for (const one of [this.answers, this.dots, this.cross]) one.setAttribute("aria-hidden", "true");
    this.plane = make("div", "plane", this.answers, this.dots, this.cross);
    this.plane.tabIndex = 0;
    this.plane.setAttribute("role", "application");
    this.said = make("p", "reading");
    this.element = make("div", "map", this.title, this.plane, this.said);
    this.element.dataset.control = "map";
    const {plane} = this;
    plane.addEventListener("pointermove", (event) => event.pointerType === "mouse" && acts.look(...this.#under(event)), {signal});
    plane.addEventListener("pointerleave", () => acts.leave(), {signal});
    plane.addEventListener("click", (event) => acts.choose(...this.#under(event)), {signal});
    plane.addEventListener("keydown", (event) => this.#key(event), {signal});
  }

  /** @param {MouseEvent} event @returns {[number, number]} */
  #under(event) {
    const {left, top, width, height} = this.plane.getBoundingClientRect();
    return [
      kept(-REACH + (2 * REACH * (event.clientX - left)) / width),
      kept(REACH - (2 * REACH * (event.clientY - top)) / height),
    ];
  }

  /** @param {KeyboardEvent} event */
  #key(event) {
    if (event.key === "Enter") this.acts.add();
    const by = event.shiftKey ? 10 * STEP : STEP;
    const move = {ArrowLeft: [-by, 0], ArrowRight: [by, 0], ArrowUp: [0, by], ArrowDown: [0, -by]}[event.key];
    if (!move) return;
    event.preventDefault();
    this.acts.choose(kept(this.#place[0] + move[0]), kept(this.#place[1] + move[1]));
  }

  /** What it is called for those who do not see it. @param {string} words */
  name(words) {
    if (this.plane.ariaLabel !== words) this.plane.ariaLabel = words;
  }

  /** @param {string} words @param {Uint8ClampedArray} pixels */
  draw(words, pixels) {
    if (this.title.firstChild?.textContent !== words) this.title.replaceChildren(words, make("span", "", " x and y from −6 to 6"));
    putPixels(this.answers, pixels, WIDE);
  }

  /**
   * Points for training are discs, those for testing rings.
   * @param {Points} points @param {number} count  for training @param {boolean} testing  whether the others are shown
   * @param {number} classes @param {Palette} palette
   */
  points({xs, ys, labels}, count, testing, classes, palette) {
    Object.assign(this.dots, {width: DRAWN, height: DRAWN});
    const context = /** @type {CanvasRenderingContext2D} */ (this.dots.getContext("2d"));
    const colour = (/** @type {number} */ label) =>
      classes > 2 ? classColour(label, palette)
        : classes ? (label > 0 ? palette.positive : palette.negative)
          : divergingColour(label, 1, palette);
    const edge = classes ? palette.paper : palette.muted;
    for (let i = testing ? labels.length - 1 : count - 1; i >= 0; i--) {
      const x = ((xs[i] + REACH) / (2 * REACH)) * DRAWN;
      const y = ((REACH - ys[i]) / (2 * REACH)) * DRAWN;
      context.beginPath();
      context.arc(x, y, i < count ? 7.5 : 7, 0, 2 * Math.PI);
      if (i < count) {
        context.fillStyle = colour(labels[i]);
        context.fill();
        context.lineWidth = 2;
        context.strokeStyle = edge;
        context.stroke();
      } else {
        context.lineWidth = 6;
        context.strokeStyle = palette.paper;
        context.stroke();
        context.lineWidth = 3.5;
        context.strokeStyle = colour(labels[i]);
        context.stroke();
      }
    }
  }

  /** @param {number} x @param {number} y @param {string} words @param {boolean} shown  whether the cross is drawn */
  at(x, y, words, shown) {
    this.#place = [x, y];
    this.cross.style.left = `${((x + REACH) / (2 * REACH)) * 100}%`;
    this.cross.style.top = `${((REACH - y) / (2 * REACH)) * 100}%`;
    this.cross.hidden = !shown;
    if (this.said.textContent !== words) this.said.textContent = words;
  }
}
