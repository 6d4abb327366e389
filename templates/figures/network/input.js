/**
 * What the network looks at: a drawing, an example, or nothing.
 *
 * @typedef {import("../../js/types.js").Page} Page
 * @typedef {import("../../js/types.js").FigureState} FigureState
 * @typedef {import("./frame.js").Parts} Parts
 * @typedef {import("./session.js").Session} Session
 * @typedef {import("./examples.js").Examples} Examples
 * @typedef {import("./picks.js").Pick} Pick
 *
 * @typedef {object} Choice  what an article chose, see figures/network.py
 * @property {string | null} dataset
 * @property {string} label           the pad's name
 * @property {Pick[]} picks
 * @property {number} start           index of the first example; −1: none
 * @property {(index: number) => Pick} example  what an example is, and what it is taken for
 * @property {import("./drawing.js").Frame} frame
 */
import {drawingPad, rewrite, written} from "./drawing.js";
import {fromBytes} from "./examples.js";
import {called, Picks} from "./picks.js";

/** What the address says of the drawing while there is none; an empty pad is an empty text. */
const NONE = "none";

export class Input {
  /** The example that is marked. @type {number | null | undefined} */
  #marked;
  /** A pad is emptied for an example without showing an empty pad to the network. */
  #quiet = false;
  /** The drawing that the address was told of. @type {string | null} */
  #told = null;

  /**
   * @param {Parts} parts @param {Choice} choice @param {Examples} examples
   * @param {{session: Session, page: Page, state: FigureState, signal: AbortSignal, fail: (cause: unknown) => void}} network
   */
  constructor(parts, choice, examples, {session, page, state, signal, fail}) {
    this.parts = parts;
    this.choice = choice;
    this.examples = examples;
    this.session = session;
    this.page = page;
    this.state = state;
    this.fail = fail;
    this.key = `instance:${choice.dataset}`;
    this.pad = parts.pad && this.#pad(parts.pad, signal);
    this.picks = choice.picks.length ? this.#picks(signal) : null;
    if (choice.dataset) page.watch(this.key, (value) => this.#asked(value));
    state.watch("drawing", () => this.#redrawn());
  }

  /** @param {HTMLCanvasElement} canvas @param {AbortSignal} signal */
  #pad(canvas, signal) {
    const {choice, page, parts, session} = this;
    const {pad, inks} = drawingPad(canvas, choice.frame, {
      signal,
      say: page.say,
      label: choice.label,
      onpicture: (picture, event) => this.#picture(picture, event),
    });
    if (inks) parts.inks.append(inks);
    parts.undo?.addEventListener("click", () => pad.undo(), {signal});
    parts.clear?.addEventListener("click", () => pad.clear(), {signal});
    for (const intent of ["pointerenter", "pointerdown", "focus"]) {
      canvas.addEventListener(intent, () => session.warm(), {signal, once: true});
    }
    return pad;
  }

  /** @param {AbortSignal} signal */
  #picks(signal) {
    const {choice, examples, page, parts} = this;
    parts.luck?.addEventListener("click", () => this.#lucky(), {signal});
    const onpick = (/** @type {number} */ index) => this.#choose(index);
    return new Picks(parts.picks, choice.picks, examples, {signal, palette: page.palette, onpick});
  }

  /** @param {Float32Array | null} picture @param {Event | null} event */
  #picture(picture, event) {
    if (this.#quiet) return;
    this.#mark(null);
    if (picture) this.session.look(picture, event).catch(this.fail);
    else this.session.blank();
    this.page.set(this.key, null);
    this.#tell(this.pad && written(this.pad));
  }

  /** The drawing that the address names, unless the pad has it. True if there is one. */
  #redrawn() {
    const asked = this.state.get("drawing", NONE);
    if (!this.pad || asked === NONE) return false;
    return asked === this.#told || rewrite(this.pad, asked);
  }

  /** @param {string | null} drawing  null: an example is on show */
  #tell(drawing) {
    this.#told = drawing;
    this.state.set("drawing", drawing);
  }

  #lucky() {
    const {indices} = this.examples.shelf;
    this.#choose(indices[Math.floor(Math.random() * indices.length)]);
  }

  /** Through the page, so that other figures follow. @param {number} index */
  #choose(index) {
    if (this.choice.dataset && this.page.get(this.key) !== index) this.page.set(this.key, index);
    else this.show(index);
  }

  /** @param {import("../../js/types.js").Value} value  of the page's key */
  #asked(value) {
    if (typeof value !== "number") return;
    if (this.examples.has(value)) this.show(value);
    else this.page.say(`Example ${value} is not among those that this figure can show.`);
  }

  /** @param {number} index */
  async show(index) {
    this.#quiet = true;
    if (this.pad?.strokes.length) this.pad.clear();
    this.#quiet = false;
    this.#tell(null);
    this.#mark(index);
    try {
      const bytes = await this.examples.bytes(index);
      await this.session.example(index, fromBytes(bytes, this.choice.frame.range));
    } catch (cause) {
      this.fail(cause);
    }
  }

  /** @param {number | null} index */
  #mark(index) {
    if (index === this.#marked) return;
    this.#marked = index;
    this.picks?.mark(index);
    if (!this.parts.shown) return;
    this.parts.shown.textContent = index === null ? "" : `Test example ${index}: ${called(this.choice.example(index))}.`;
    this.parts.pad?.parentElement?.classList.toggle("resting", index !== null);
  }

  /** Show what the address asks for, an example or a drawing, or the first example, or an empty pad. */
  async begin() {
    const asked = this.choice.dataset ? this.page.get(this.key) : null;
    const known = typeof asked === "number" && this.examples.has(asked);
    if (!known && this.#redrawn()) return;
    const index = known ? asked : this.choice.start;
    if (index < 0) return this.session.blank();
    if (index === this.choice.start) return this.show(index);
    // The engine takes its time; what it answers comes when it comes.
    this.show(index);
  }

  redraw() {
    this.pad?.redraw();
    this.picks?.redraw();
  }
}
