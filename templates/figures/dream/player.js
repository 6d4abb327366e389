/** Play, one step forward, and the history as a slider. */
import {slider} from "../../js/fields.js";
import {button, make} from "../../js/make.js";

export class Player {
  /** @param {string} name @param {{play: () => void, forward: () => void, scrub: (step: number) => void}} then */
  constructor(name, then) {
    this.play = button("button primary", "");
    this.play.addEventListener("click", then.play);
    this.forward = button("button", "", "One step");
    this.forward.addEventListener("click", then.forward);
    this.history = slider(`${name}-step`, "History", {least: 0, most: 1, step: 1, words: (at) => `step ${at}`, then: then.scrub});
    this.history.element.classList.add("history");
    this.input = /** @type {HTMLInputElement} */ (this.history.element.querySelector("input"));
    this.element = make("div", "player", this.play, this.forward, this.history.element);
    this.element.dataset.control = "player";
    this.playing(false);
  }

  /** @param {number} step @param {number} steps */
  show(step, steps) {
    this.input.max = String(steps);
    this.history.show(step);
  }

  /** @param {boolean} on */
  playing(on) {
    this.play.textContent = on ? "Pause" : "Play";
    this.play.setAttribute("aria-label", `${on ? "Pause" : "Play"} the ascent`);
    this.forward.disabled = on;
  }
}
