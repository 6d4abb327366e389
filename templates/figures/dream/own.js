/**
 * A picture of the reader's own: a file, one dropped on the figure, or a drawing. It stays in the page.
 *
 * @typedef {import("../../js/types.js").Mounting} Mounting
 */
import {putPixels} from "../../js/colour.js";
import {canvas} from "../../js/fields.js";
import {button, make} from "../../js/make.js";
import {pictured} from "../../js/painting.js";
import {Unread, photo} from "../../js/photo.js";
import {drawingPad} from "../network/drawing.js";

const HELD = "It stays in this page and is sent to nobody.";

export class Own {
  /** (channels, height, width); null: there is none. @type {Uint8Array | null} */
  bytes = null;
  /** Counts the pictures that there have been. */
  count = 0;

  /** @param {Mounting} mounting @param {() => void} then  a picture has come */
  constructor({name, page, signal, values}, then) {
    this.values = values;
    this.page = page;
    this.then = then;
    // Where examples are ink on paper, so is a photograph.
    this.dark = values.shape[0] !== 3 && values.base[0] < 0;
    const file = make("input", "unseen");
    Object.assign(file, {type: "file", accept: "image/*", id: `${name}-own`});
    file.addEventListener("change", () => {
      void this.open(file.files?.[0]);
      // The same file once more is a change again.
      file.value = "";
    });
    const opener = make("label", "button", "Open a picture", file);
    this.picture = canvas();
    this.picture.setAttribute("aria-label", "Your picture as the model is given it");
    this.said = make("p", "hint", `Or drop one here. ${HELD}`);
    this.said.setAttribute("role", "status");
    this.slate = make("div", "slate");
    this.slate.hidden = true;
    const draws = button("button", "", "Draw one");
    draws.setAttribute("aria-expanded", "false");
    draws.addEventListener("click", () => {
      this.slate.hidden = !this.slate.hidden;
      draws.setAttribute("aria-expanded", String(!this.slate.hidden));
      if (!this.slate.childElementCount) this.#pad(signal);
    });
    this.element = make("div", "own", make("div", "tools", opener, draws), this.picture, this.said, this.slate);
    this.element.setAttribute("role", "group");
    this.element.setAttribute("aria-label", "A picture of your own");
    this.element.dataset.control = "own-picture";
    this.picture.hidden = true;
  }

  /** Take what is dropped on the figure. @param {HTMLElement} figure @param {AbortSignal} signal */
  listen(figure, signal) {
    figure.addEventListener("dragover", (event) => event.preventDefault(), {signal});
    figure.addEventListener("drop", (event) => {
      event.preventDefault();
      void this.open(event.dataTransfer?.files[0]);
    }, {signal});
  }

  /** @param {File | undefined} file */
  async open(file) {
    if (!file) return;
    try {
      const {bytes, remark} = await photo(file, this.values.shape, this.dark);
      this.#take(bytes, `${file.name}, as the model is given it. ${remark} ${HELD}`.replace("  ", " "));
    } catch (error) {
      if (!(error instanceof Unread)) throw error;
      this.said.textContent = error.message;
    }
  }

  /** @param {AbortSignal} signal */
  #pad(signal) {
    const {values: {shape, base}, page} = this;
    const place = make("canvas", "");
    const paper = base.map((/** @type {number} */ one) => (shape[0] === 3 ? 1 / (1 + Math.exp(-one)) : 0));
    /** @type {ReturnType<typeof setTimeout> | undefined} */
    let resting;
    const {pad, inks} = drawingPad(place, {shape, range: [0, 1], drawing: null, paper}, {
      signal,
      say: page.say,
      label: "Draw a picture to start from",
      onpicture: (shares) => {
        clearTimeout(resting);
        // A run begins when the pen rests, not with every point of a line.
        if (shares) resting = setTimeout(() => this.#take(Uint8Array.from(shares, (share) => 255 * share + 0.5), `Your drawing, as the model is given it. ${HELD}`), 400);
      },
    });
    signal.addEventListener("abort", () => clearTimeout(resting), {once: true});
    const clear = button("button", "", "Clear");
    clear.addEventListener("click", () => pad.clear());
    this.slate.append(place, ...(inks ? [inks] : []), clear);
    page.onscheme(() => pad.redraw());
    pad.redraw();
  }

  /** @param {Uint8Array} bytes @param {string} words */
  #take(bytes, words) {
    this.bytes = bytes;
    this.count += 1;
    this.said.textContent = words;
    this.paint();
    this.then();
  }

  paint() {
    const {shape} = this.values;
    this.picture.hidden = !this.bytes;
    if (this.bytes) putPixels(this.picture, pictured(this.bytes, shape, this.page.palette()), shape[2]);
  }
}
