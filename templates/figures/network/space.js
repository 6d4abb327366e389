/**
 * The layers as floors above one another, to be walked around: dragged, or turned by three sliders.
 * The same tiles as in the flat view; style sheets do the projection.
 *
 * @typedef {import("../../js/types.js").FigureState} FigureState
 * @typedef {import("./band.js").Band} Band
 * @typedef {import("./angle.js").Angle} Angle
 */
import {html, render} from "../../vendor/lit-html.js";
import {dragged, RANGES, readAngle, writeAngle} from "./angle.js";

/** Distance between two floors, in pixels. */
const FLOOR = 92;

const stop = (/** @type {Event} */ event) => event.stopPropagation();

export class Space {
  /**
   * @param {HTMLElement} place   for the controls
   * @param {HTMLElement} stack
   * @param {HTMLElement} scene
   * @param {Map<string, Band>} bands
   * @param {{state: FigureState, signal: AbortSignal, moved: (turned: boolean, refit: boolean) => void}} options
   */
  constructor(place, stack, scene, bands, options) {
    this.place = place;
    this.stack = stack;
    this.scene = scene;
    this.bands = bands;
    this.options = options;
    const {signal, state} = options;
    this.angle = readAngle(state.get("angle", ""));
    this.deep = /** @type {string} */ (state.get("view", "2d")) === "3d";
    stack.addEventListener("pointerdown", (event) => this.#grab(event), {signal});
    state.watch("view", (value) => this.#switch(value === "3d"));
    this.#controls();
    this.pose();
  }

  #switch(/** @type {boolean} */ deep) {
    if (deep === this.deep) return;
    this.deep = deep;
    this.#controls();
    this.pose();
    this.options.moved(deep, true);
  }

  #controls() {
    const view = (/** @type {string} */ value) => () => this.options.state.set("view", value === "2d" ? null : value);
    const slide = (/** @type {keyof Angle} */ name) => (/** @type {Event} */ {target}) =>
      this.#turn({...this.angle, [name]: /** @type {HTMLInputElement} */ (target).valueAsNumber});
    const slider = (/** @type {keyof Angle} */ name) => html`<label class="field"><span>${name}</span>
      <input class="range" type="range" min=${RANGES[name][0]} max=${RANGES[name][1]} step=${RANGES[name][2]} .value=${String(this.angle[name])} @input=${slide(name)}></label>`;
    render(
      html`<div class="segmented" role="group" aria-label="View">
          ${["2d", "3d"].map((value) => html`<button type="button" aria-pressed=${String(this.deep === (value === "3d"))} @click=${view(value)}>${value.replace("d", "-D")}</button>`)}
        </div>
        ${this.deep ? html`<div class="orbit">${slider("turn")}${slider("tilt")}${slider("zoom")}</div>` : ""}`,
      this.place,
    );
  }

  #turn(/** @type {Angle} */ angle) {
    this.angle = angle;
    this.options.state.set("angle", writeAngle(angle));
    this.#controls();
    this.pose();
    this.options.moved(this.deep, false);
  }

  /** Put every drawn layer where it stands. */
  pose() {
    const {scene, stack, deep} = this;
    const {turn, tilt, zoom} = this.angle;
    stack.classList.toggle("deep", deep);
    const drawn = [...this.bands.values()].filter(({element}) => !element.hidden);
    drawn.forEach(({element}, i) => {
      const up = ((drawn.length - 1) / 2 - i) * FLOOR;
      element.style.transform = deep ? `translate(-50%, -50%) translateZ(${up}px)` : "";
    });
    const upright = Math.sin((tilt * Math.PI) / 180);
    const high = (drawn.length * FLOOR * upright + 200) * zoom;
    stack.style.height = deep ? `${Math.round(Math.max(320, high))}px` : "";
    scene.style.transform = deep ? `scale(${zoom}) rotateX(${tilt}deg) rotateZ(${turn}deg)` : "";
    // Names stand upright and face the reader.
    scene.style.setProperty("--upright", `rotateZ(${-turn}deg) rotateX(${-tilt}deg)`);
  }

  #grab(/** @type {PointerEvent} */ {clientX, clientY, isPrimary}) {
    if (!this.deep || !isPrimary) return;
    const from = this.angle;
    const control = new AbortController();
    const signal = AbortSignal.any([control.signal, this.options.signal]);
    let far = false;
    const move = (/** @type {PointerEvent} */ event) => {
      const [dx, dy] = [event.clientX - clientX, event.clientY - clientY];
      far ||= Math.hypot(dx, dy) > 5;
      if (far) this.#turn(dragged(from, dx, dy, this.stack.clientWidth));
    };
    const end = () => {
      control.abort();
      // The click that ends a drag chooses nothing.
      if (far) this.stack.addEventListener("click", stop, {capture: true, once: true});
      setTimeout(() => this.stack.removeEventListener("click", stop, {capture: true}));
    };
    addEventListener("pointermove", move, {signal});
    addEventListener("pointerup", end, {signal});
    addEventListener("pointercancel", end, {signal});
  }
}
