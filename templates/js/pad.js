/**
 * A drawing pad on a canvas: mouse, finger, pen, and a pen moved by keys.
 *
 * Arrow keys move the pen (with Shift in larger steps), Space puts it down and lifts it, Backspace
 * takes a stroke back, Delete clears, Escape lifts the pen.
 *
 * @typedef {import("./raster.js").Stroke} Stroke
 *
 * @typedef {object} PadOptions
 * @property {AbortSignal} signal
 * @property {string} label          the pad's name, for example "Draw a digit"
 * @property {(strokes: Stroke[], event: Event | null) => void} onchange
 * @property {(text: string) => void} [say]
 * @property {number} [width]        of the line, in units of the pad's side
 * @property {() => string} [ink]    colour of the line
 */
import {paint} from "./inkwell.js";
import {Strokes} from "./strokes.js";

const KEYS = "Arrow keys move the pen, Space puts it down or lifts it, Backspace takes a stroke back, Delete clears.";
const MOVES = /** @type {Record<string, [number, number]>} */ ({
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
});
const FINE = 1 / 28;

/** A pad; `strokes` holds the drawing, `redraw` paints it again (after a change of colours). */
export class Pad {
  #strokes = new Strokes();
  /** The keyboard's pen; null until a key asks for it. @type {[number, number] | null} */
  #pen = null;

  /** @param {HTMLCanvasElement} canvas @param {PadOptions} options */
  constructor(canvas, options) {
    this.canvas = canvas;
    this.options = options;
    canvas.classList.add("pad");
    canvas.tabIndex = 0;
    canvas.setAttribute("role", "application");
    canvas.setAttribute("aria-roledescription", "drawing pad");
    canvas.setAttribute("aria-label", `${options.label}. ${KEYS}`);
    this.#listen();
  }

  /** @returns {Stroke[]} */
  get strokes() {
    return this.#strokes.list;
  }

  /** Show a given drawing. @param {Stroke[]} strokes */
  replace(strokes) {
    this.#strokes.replace(strokes);
    this.#changed(null);
  }

  clear() {
    this.#strokes.clear();
    this.#changed(null);
  }

  undo() {
    this.#strokes.undo();
    this.#changed(null);
  }

  redraw() {
    const {width = 0.07, ink} = this.options;
    const style = getComputedStyle(this.canvas);
    paint(this.canvas, this.strokes, {
      width,
      ink: ink?.() ?? style.color,
      cursor: style.caretColor,
      pen: this.#pen,
      down: this.#strokes.drawing,
    });
  }

  /** @param {Event | null} event */
  #changed(event) {
    this.redraw();
    this.options.onchange(this.strokes, event);
  }

  #listen() {
    const {canvas} = this;
    const {signal} = this.options;
    canvas.addEventListener("pointerdown", (event) => this.#down(event), {signal});
    canvas.addEventListener("pointermove", (event) => this.#move(event), {signal});
    for (const end of ["pointerup", "pointercancel"]) {
      canvas.addEventListener(end, () => this.#strokes.end(), {signal});
    }
    canvas.addEventListener("keydown", (event) => this.#key(event), {signal});
    canvas.addEventListener("blur", () => this.#rest(), {signal});
    // The first time at the next frame, when the page knows every size anyway.
    const resized = new ResizeObserver(() => this.redraw());
    resized.observe(canvas);
    signal.addEventListener("abort", () => resized.disconnect(), {once: true});
  }

  /** @param {PointerEvent} event @returns {[number, number]} */
  #place(event) {
    const box = this.canvas.getBoundingClientRect();
    return [(event.clientX - box.left) / box.width, (event.clientY - box.top) / box.height];
  }

  #down(/** @type {PointerEvent} */ event) {
    if (!event.isPrimary || event.button !== 0) return;
    this.#pen = null;
    if (event.isTrusted) this.canvas.setPointerCapture(event.pointerId);
    this.#strokes.begin(...this.#place(event));
    this.#changed(event);
  }

  #move(/** @type {PointerEvent} */ event) {
    if (!this.#strokes.drawing || !event.isPrimary || this.#pen) return;
    const between = event.getCoalescedEvents?.() ?? [];
    let inked = false;
    for (const point of between.length ? between : [event]) {
      inked = this.#strokes.extend(...this.#place(point)) || inked;
    }
    if (inked) this.#changed(event);
  }

  #key(/** @type {KeyboardEvent} */ event) {
    if (event.altKey || event.metaKey || (event.ctrlKey && event.key !== "z")) return;
    const move = MOVES[event.key];
    if (move) this.#walk(move, event);
    else if (event.key === " ") this.#toggle(event);
    else if (event.key === "Backspace" || event.key === "z") this.#erase("undo", event);
    else if (event.key === "Delete") this.#erase("clear", event);
    else if (event.key === "Escape" && this.#strokes.drawing) this.#toggle(event);
    else return;
    event.preventDefault();
  }

  #walk(/** @type {[number, number]} */ [dx, dy], /** @type {KeyboardEvent} */ event) {
    const far = event.shiftKey ? 4 * FINE : FINE;
    const [x, y] = this.#pen ?? [0.5, 0.5];
    const inside = (/** @type {number} */ v) => Math.min(1 - FINE, Math.max(FINE, v));
    this.#pen = [inside(x + dx * far), inside(y + dy * far)];
    if (this.#strokes.drawing && this.#strokes.extend(...this.#pen)) this.#changed(event);
    else this.redraw();
  }

  #toggle(/** @type {KeyboardEvent} */ event) {
    this.#pen ??= [0.5, 0.5];
    const down = !this.#strokes.drawing;
    if (down) this.#strokes.begin(...this.#pen);
    else this.#strokes.end();
    this.options.say?.(down ? "Pen down" : "Pen up");
    this.#changed(event);
  }

  #erase(/** @type {"undo" | "clear"} */ how, /** @type {KeyboardEvent} */ event) {
    this.#strokes[how]();
    this.options.say?.(how === "undo" ? "Stroke taken back" : "Cleared");
    this.#changed(event);
  }

  #rest() {
    this.#strokes.end();
    this.#pen = null;
    this.redraw();
  }
}
