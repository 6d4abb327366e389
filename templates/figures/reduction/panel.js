/**
 * One square of points: the data or their map. It draws, and says which point is pointed at or chosen.
 *
 * @typedef {object} Look
 * @property {string[]} colours
 * @property {number} chosen     −1: none
 * @property {ArrayLike<number>} near  its nearest in the data, to which lines lead
 * @property {import("../../js/types.js").Palette} palette
 */
import {make} from "../../js/make.js";
import {fitted, next, under} from "./scene.js";

/** Pixels that a pointer may miss a point by, and a click may move. */
const [REACH, STILL] = [16, 4];
/** Radius of a dot in a square of 400 pixels. */
const DOT = 4;

/**
 * Dots on a canvas of its own size; lines to neighbours below them, the chosen one ringed.
 * @param {HTMLCanvasElement} canvas @param {ArrayLike<number>} xy  in pixels of a square of `side`
 * @param {number} side @param {Look} look @param {number} [dot]
 */
export function paint(canvas, xy, side, {colours, chosen, near, palette}, dot = DOT) {
  const density = Math.min(3, globalThis.devicePixelRatio || 1);
  const size = Math.round(side * density);
  if (canvas.width !== size) canvas.width = canvas.height = size;
  const context = /** @type {CanvasRenderingContext2D} */ (canvas.getContext("2d"));
  context.setTransform(density, 0, 0, density, 0, 0);
  context.clearRect(0, 0, side, side);
  const radius = colours.length > 600 ? dot * 0.65 : dot;
  if (chosen >= 0) {
    context.beginPath();
    for (let at = 0; at < near.length; at++) {
      context.moveTo(xy[2 * chosen], xy[2 * chosen + 1]);
      context.lineTo(xy[2 * near[at]], xy[2 * near[at] + 1]);
    }
    context.strokeStyle = palette.muted;
    context.lineWidth = 1.25;
    context.stroke();
  }
  context.globalAlpha = 0.85;
  /** @type {Map<string, number[]>} */
  const sorted = new Map();
  colours.forEach((colour, i) => {
    const held = sorted.get(colour);
    if (held) held.push(i);
    else sorted.set(colour, [i]);
  });
  for (const [colour, all] of sorted) {
    context.beginPath();
    for (const i of all) {
      context.moveTo(xy[2 * i] + radius, xy[2 * i + 1]);
      context.arc(xy[2 * i], xy[2 * i + 1], radius, 0, 2 * Math.PI);
    }
    context.fillStyle = colour;
    context.fill();
  }
  context.globalAlpha = 1;
  if (chosen >= 0) {
    context.beginPath();
    context.arc(xy[2 * chosen], xy[2 * chosen + 1], radius + 4, 0, 2 * Math.PI);
    context.strokeStyle = palette.ink;
    context.lineWidth = 2;
    context.stroke();
  }
}

export class Panel {
  #xy = new Float64Array();
  /** @type {{x: number, y: number, moved: boolean} | null} */
  #held = null;

  /**
   * @param {string} control
   * @param {{look: (index: number) => void, choose: (index: number) => void, chosen: () => number,
   *   turn?: (right: number, up: number) => boolean}} acts  turn: whether it can be turned
   * @param {AbortSignal} signal
   */
  constructor(control, acts, signal) {
    this.acts = acts;
    this.title = make("p", "title");
    this.canvas = make("canvas", "");
    this.canvas.setAttribute("aria-hidden", "true");
    this.message = make("p", "message");
    this.message.hidden = true;
    this.square = make("div", "square", this.canvas, this.message);
    this.square.tabIndex = 0;
    this.square.setAttribute("role", "application");
    this.element = make("div", "panel", this.title, this.square);
    this.element.dataset.control = control;
    const {square} = this;
    square.addEventListener("pointerdown", (event) => this.#down(event), {signal});
    square.addEventListener("pointermove", (event) => this.#move(event), {signal});
    square.addEventListener("pointerup", (event) => this.#up(event), {signal});
    square.addEventListener("pointercancel", () => (this.#held = null), {signal});
    square.addEventListener("pointerleave", () => acts.look(-1), {signal});
    square.addEventListener("keydown", (event) => this.#key(event), {signal});
    const observer = new ResizeObserver(() => this.redraw());
    observer.observe(square);
    signal.addEventListener("abort", () => observer.disconnect());
  }

  /** @param {MouseEvent} event */
  #under(event) {
    const {left, top} = this.square.getBoundingClientRect();
    return under(this.#xy, event.clientX - left, event.clientY - top, REACH);
  }

  /** @param {PointerEvent} event */
  #down(event) {
    this.#held = {x: event.clientX, y: event.clientY, moved: false};
    if (this.turnable) this.square.setPointerCapture(event.pointerId);
  }

  /** @param {PointerEvent} event */
  #move(event) {
    const held = this.#held;
    if (!held) return event.pointerType === "mouse" && this.acts.look(this.#under(event));
    const [right, down] = [event.clientX - held.x, event.clientY - held.y];
    if (!held.moved && Math.hypot(right, down) < STILL) return;
    held.moved = true;
    if (this.turnable && this.acts.turn?.(right, -down)) [held.x, held.y] = [event.clientX, event.clientY];
  }

  /** @param {PointerEvent} event */
  #up(event) {
    if (this.#held && !this.#held.moved) this.acts.choose(this.#under(event));
    this.#held = null;
  }

  /** Whether dragging turns the points. */
  get turnable() {
    return this.square.classList.contains("turnable");
  }

  /** @param {KeyboardEvent} event */
  #key(event) {
    if (event.key === "Escape") return this.acts.choose(-1);
    if (!event.key.startsWith("Arrow") || !this.#xy.length) return;
    event.preventDefault();
    const chosen = this.acts.chosen();
    const found = chosen < 0 ? 0 : next(this.#xy, chosen, event.key);
    if (found >= 0) this.acts.choose(found);
  }

  /** What it shows. @param {string} words @param {string} more */
  head(words, more) {
    this.title.replaceChildren(`${words} `, make("span", "", more));
  }

  /** Words in place of points. @param {string} words */
  say(words) {
    this.message.textContent = words;
    this.message.hidden = !words;
    this.canvas.hidden = Boolean(words);
    if (words) this.#xy = new Float64Array();
  }

  /** @param {ArrayLike<number>} places @param {Look} look */
  draw(places, look) {
    this.last = {places, look};
    this.say("");
    this.redraw();
  }

  redraw() {
    const side = this.square.clientWidth;
    if (!side || !this.last || this.canvas.hidden) return;
    this.#xy = fitted(this.last.places, side);
    paint(this.canvas, this.#xy, side, this.last.look, Math.max(2.4, (DOT * side) / 400));
  }

  /** What it is called for those who do not see it. @param {string} words */
  name(words) {
    if (this.square.ariaLabel !== words) this.square.ariaLabel = words;
  }
}
