/** Where a reader gives points of his own: pasted, from a file, or drawn on the map. */
import {make} from "../../js/make.js";
import {act, list} from "../../js/dials.js";
import {MOST_POINTS, Refused, decode, encode, read} from "./own.js";

/** Classes that can be drawn. */
const DRAWN = 4;

export class OwnPanel {
  /** The next point's class; null: a click on the map chooses a place as always. @type {number | null} */
  drawing = null;
  #text = "";

  /** @param {(text: string) => void} give  points as the address holds them @param {AbortSignal} signal */
  constructor(give, signal) {
    this.give = give;
    this.rows = make("textarea", "rows");
    Object.assign(this.rows, {rows: 4, spellcheck: false, placeholder: "x, y, label\n1.5, −2, red\n−3, 0.5, blue"});
    const file = make("input", "file");
    Object.assign(file, {type: "file", accept: ".csv,.tsv,.txt,text/csv,text/plain"});
    file.addEventListener("change", () => void this.#open(file.files?.[0]));
    this.said = make("p", "hint");
    this.said.setAttribute("role", "status");
    const brushes = Array.from({length: DRAWN}, (_, i) => /** @type {[number, string]} */ ([i, `Class ${i + 1}`]));
    this.brush = list("brush", "A click on the map", [[-1, "reads numbers"], ...brushes.map(([i, words]) => /** @type {[number, string]} */ ([i, `adds ${words.toLowerCase()}`]))], (value) => {
      this.drawing = value < 0 ? null : value;
    });
    this.brush.show(-1);
    const use = act("rows", "Use these rows", () => this.#use(this.rows.value));
    const undo = act("undo", "Undo", () => this.#drop(1));
    const clear = act("clear", "Clear", () => this.#drop(MOST_POINTS));
    const pasted = make("label", "dial", make("span", "", "Rows of x, y and label"), this.rows);
    const opened = make("label", "dial", make("span", "", "or a file"), file);
    this.element = make("div", "own", pasted, use, opened, this.brush.element, make("div", "acts-of-training", undo, clear), this.said);
    this.element.hidden = true;
    this.element.dataset.control = "own";
    this.element.addEventListener("dragover", (event) => event.preventDefault(), {signal});
    this.element.addEventListener("drop", (event) => {
      event.preventDefault();
      void this.#open(event.dataTransfer?.files[0]);
    }, {signal});
  }

  /** @param {File | undefined} file */
  async #open(file) {
    if (file) this.#use(file.size > 20_000_000 ? "x".repeat(20_000_001) : await file.text());
  }

  /** @param {string} text */
  #use(text) {
    try {
      const {classes, points, names, notes} = read(text);
      const what = classes ? `${classes} classes: ${names.join(", ")}` : "a number to learn";
      this.said.textContent = `${points.length} points, ${what}. ${notes.join(" ")}`;
      this.give(encode(classes, points));
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      this.said.textContent = error.message;
    }
  }

  /** One more point of the chosen class. @param {number} x @param {number} y */
  add(x, y) {
    const {classes, points} = decode(this.#text);
    const index = this.drawing ?? 0;
    // A number is no class: what is drawn begins a set of its own.
    const held = classes ? points.map(([left, up, label]) => /** @type {[number, number, number]} */ ([left, up, classes > 2 ? label : Number(label > 0)])) : [];
    if (held.length >= MOST_POINTS) {
      this.said.textContent = `There are ${MOST_POINTS} points, and no room for more.`;
      return;
    }
    const count = Math.max(2, classes, index + 1);
    const all = [...held, /** @type {[number, number, number]} */ ([x, y, index])];
    this.said.textContent = `${all.length} points.`;
    this.give(encode(count, all.map(([left, up, label]) => [left, up, count > 2 ? label : label ? 1 : -1])));
  }

  /** The last ones go. @param {number} count */
  #drop(count) {
    const {classes, points} = decode(this.#text);
    const left = points.slice(0, Math.max(0, points.length - count));
    this.said.textContent = `${left.length} points.`;
    this.give(left.length ? encode(classes, left) : "2");
  }

  /** @param {boolean} chosen  whether these are the points in use @param {string} text */
  show(chosen, text) {
    this.#text = text;
    this.element.hidden = !chosen;
    if (!chosen) {
      this.drawing = null;
      this.brush.show(-1);
    }
  }
}
