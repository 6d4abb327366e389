/**
 * What is shown to the machine: a drawing, the camera's picture, a picture from a file, or an example of
 * the dataset.
 *
 * @typedef {import("../../js/types.js").Mounting} Mounting
 * @typedef {import("../network/drawing.js").Frame} Frame
 * @typedef {"draw" | "camera" | "file" | "examples"} Source
 *
 * @typedef {object} Shown
 * @property {Float32Array | null} shares    the picture; null: only its features are known
 * @property {Float32Array | null} features  where they are known already
 * @property {Uint8Array} small
 */
import {putPixels} from "../../js/colour.js";
import {canvas} from "../../js/fields.js";
import {button, make} from "../../js/make.js";
import {pictured} from "../../js/painting.js";
import {drawingPad, rewrite, written} from "../network/drawing.js";
import {Camera, NoCamera, instead} from "./camera.js";
import {Examples} from "./examples.js";
import {picker} from "./picker.js";
import {opened, shrunk} from "./pictures.js";
import {varied} from "./varied.js";

const TITLES = {draw: "Draw", camera: "Camera", file: "Pictures", examples: "Examples"};
/** Between two looks at the camera, in milliseconds; an answer takes the time that it takes. */
const PACE = 60;

export class Stage {
  /** @type {Shown | null} */
  shown = null;
  #quiet = false;
  #looking = false;

  /** @param {Mounting} mounting @param {{see: (shown: Shown | null) => Promise<void> | void, fail: (cause: unknown) => void}} then */
  constructor(mounting, then) {
    const {values, state, page, signal} = mounting;
    this.mounting = mounting;
    this.then = then;
    /** @type {Frame} */
    this.frame = {...values.frame, range: [0, 1]};
    this.tabs = values.sources.map((/** @type {Source} */ source) => {
      const tab = button("button", "", TITLES[source]);
      tab.addEventListener("click", () => this.choose(source));
      return tab;
    });
    this.pad = make("canvas", "");
    this.video = make("video", "seen");
    Object.assign(this.video, {muted: true, playsInline: true});
    this.video.setAttribute("aria-label", "What the camera sees, as in a mirror");
    this.picture = canvas();
    this.picture.classList.add("seen");
    this.note = make("p", "note");
    this.note.setAttribute("role", "status");
    this.camera = new Camera(this.video, this.frame, signal, (why) => this.#without(why));
    this.tools = make("div", "tools");
    this.panes = {draw: make("div", "pane slate"), camera: make("div", "pane"), file: make("div", "pane"), examples: make("div", "pane")};
    this.examples = new Examples(mounting, (picture, small) => this.paint(picture, small), (index) => {
      state.set("example", index);
      page.set(`instance:${values.dataset}`, index);
    });
    this.element = this.#build();
    const made = drawingPad(this.pad, this.frame, {
      signal,
      say: page.say,
      label: "Draw something for the machine",
      onpicture: (picture, event) => this.#drew(picture, event),
    });
    this.drawing = made.pad;
    if (made.inks) this.tools.before(made.inks);
    mounting.element.addEventListener("figure:hide", () => (this.#looking = false), {signal});
    mounting.element.addEventListener("figure:show", () => this.camera.on && void this.#watch(), {signal});
    state.watch("source", () => this.show());
    state.watch("example", () => this.source === "examples" && this.show());
    state.watch("drawing", (text) => text !== written(this.drawing) && this.source === "draw" && this.show());
  }

  #build() {
    const {values} = this.mounting;
    const group = make("div", "tabs", ...this.tabs);
    group.setAttribute("role", "group");
    group.setAttribute("aria-label", "What you show");
    group.dataset.control = "source";
    const undo = button("button", "", "Undo");
    const clear = button("button", "", "Clear");
    undo.addEventListener("click", () => this.drawing.undo());
    clear.addEventListener("click", () => this.drawing.clear());
    this.tools.append(undo, clear);
    this.panes.draw.append(this.pad, this.tools);
    this.panes.camera.append(this.video, make("p", "hint", "Nothing of it is kept but what you record."));
    this.panes.file.append(picker("Open a picture", "image/*", ([file]) => void this.open(file)).element);
    this.panes.examples.append(this.examples.element);
    const element = make("div", "stage", make("p", "title", "Show it something"), ...(values.sources.length > 1 ? [group] : []), this.note, this.picture, ...values.sources.map((/** @type {Source} */ one) => this.panes[one]));
    element.setAttribute("role", "group");
    element.setAttribute("aria-label", "What you show");
    return element;
  }

  /** @returns {Source} */
  get source() {
    const {state, values} = this.mounting;
    return /** @type {Source} */ (state.get("source", values.sources[0]));
  }

  /** @param {Source} source */
  choose(source) {
    const {state} = this.mounting;
    this.note.textContent = "";
    state.set("source", source);
  }

  /** Put on show what the state says. */
  show() {
    const {values, state} = this.mounting;
    const {source} = this;
    values.sources.forEach((/** @type {Source} */ one, /** @type {number} */ i) => {
      this.tabs[i].setAttribute("aria-pressed", String(one === source));
      this.panes[one].hidden = one !== source;
    });
    this.picture.hidden = source !== "file" && source !== "examples";
    if (source !== "camera") this.camera.stop();
    if (source === "camera") void this.#film();
    else if (source === "examples") {
      const {shown, words} = this.examples.show(state.get("example", values.picks[0].index));
      this.#put(shown, words);
    }
    else if (source === "draw") this.#draw();
    else void this.#see(null);
  }

  #draw() {
    const text = this.mounting.state.get("drawing", "");
    this.#quiet = true;
    if (text !== written(this.drawing)) if (!rewrite(this.drawing, text) && this.drawing.strokes.length) this.drawing.clear();
    this.#quiet = false;
    this.drawing.redraw();
    this.#drew(this.strokesPicture(), null);
  }

  /** What is on the pad; null: nothing. @param {number} [way]  a variant of it */
  strokesPicture(way = 0) {
    return varied(this.drawing, this.frame, way);
  }

  /** @param {Float32Array | null} picture @param {Event | null} event */
  #drew(picture, event) {
    if (this.#quiet) return;
    if (event) this.mounting.state.set("drawing", written(this.drawing));
    void this.#see(picture);
  }

  /** A picture of the reader's. @param {File} file */
  async open(file) {
    try {
      const shares = await opened(file, this.frame);
      this.#put({shares, features: null, small: this.shrunk(shares)}, `Your picture ${file.name}`);
      this.note.textContent = "";
    } catch (error) {
      if (!(error instanceof RangeError)) return this.then.fail(error);
      this.note.textContent = error.message;
    }
  }

  /** @param {Shown} shown @param {string} words */
  #put(shown, words) {
    this.paint(this.picture, shown.small);
    this.picture.setAttribute("aria-label", words);
    this.shown = shown;
    void this.then.see(shown);
  }

  /** @param {Float32Array | null} shares */
  #see(shares) {
    this.shown = shares && {shares, features: null, small: this.shrunk(shares)};
    return this.then.see(this.shown);
  }

  /** @param {Float32Array} shares */
  shrunk(shares) {
    const {shape, small} = this.mounting.values;
    return shrunk(shares, shape, small);
  }

  async #film() {
    if (this.camera.on) return this.#watch();
    try {
      this.note.textContent = "Waiting for the camera …";
      await this.camera.start();
      this.note.textContent = "";
      await this.#watch();
    } catch (error) {
      if (!(error instanceof NoCamera)) return this.then.fail(error);
      this.#without(error.message);
    }
  }

  /** Another source, and why. @param {string} why */
  #without(why) {
    if (this.source !== "camera" || this.mounting.signal.aborted) return;
    const {sources} = this.mounting.values;
    const draws = sources.includes("draw");
    this.choose(draws ? "draw" : sources.includes("file") ? "file" : "examples");
    this.note.textContent = instead(why, draws);
  }

  /** Look at the camera again and again, one answer at a time. */
  async #watch() {
    if (this.#looking) return;
    this.#looking = true;
    try {
      while (this.#looking && this.camera.on && this.source === "camera" && !this.mounting.signal.aborted) {
        const shares = this.camera.look();
        if (shares) await this.#see(shares);
        await new Promise((then) => setTimeout(then, PACE));
      }
    } catch (cause) {
      if (!this.mounting.signal.aborted) this.then.fail(cause);
    } finally {
      this.#looking = false;
    }
  }

  /** @param {HTMLCanvasElement} canvas @param {Uint8Array} small */
  paint(canvas, small) {
    const {values, page} = this.mounting;
    putPixels(canvas, pictured(small, values.small, page.palette()), values.small[2]);
  }

  /** In the colours of the page. */
  redraw() {
    this.examples.redraw();
    if (this.shown && !this.picture.hidden) this.paint(this.picture, this.shown.small);
    this.drawing.redraw();
  }
}
