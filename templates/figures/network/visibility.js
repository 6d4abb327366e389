/**
 * Which layers are drawn: a box for each, kept in the address.
 *
 * @typedef {import("./band.js").Band} Band
 * @typedef {import("../../js/types.js").FigureState} FigureState
 */
import {boxes} from "./frame.js";

export class Visibility {
  /**
   * @param {HTMLElement} place
   * @param {{name: string, title: string}[]} rows
   * @param {Map<string, Band>} bands
   * @param {FigureState} state
   * @param {() => void} onchange
   * @param {AbortSignal} signal
   */
  constructor(place, rows, bands, state, onchange, signal) {
    this.bands = bands;
    this.state = state;
    this.onchange = onchange;
    const hidden = (/** @type {string} */ name) => Boolean(bands.get(name)?.element.hidden);
    this.#read();
    this.follow = boxes(place, rows, hidden, (name, hide) => this.#set(name, hide), signal);
    state.watch("hidden", () => {
      this.#read();
      this.follow();
      this.onchange();
    });
  }

  #read() {
    const names = this.state.get("hidden", "").split(" ");
    for (const {element, row} of this.bands.values()) element.hidden = names.includes(row.title);
  }

  /** @param {string} name @param {boolean} hide */
  #set(name, hide) {
    const band = this.bands.get(name);
    if (!band || band.element.hidden === hide) return;
    band.element.hidden = hide;
    // By the names that the article uses, since sentences set it too.
    const all = [...this.bands.values()].filter(({element}) => element.hidden).map(({row}) => row.title);
    this.state.set("hidden", all.length ? all.join(" ") : null);
  }

  /** Draw a layer that somebody points to. @param {string} name */
  reveal(name) {
    this.#set(name, false);
  }
}
