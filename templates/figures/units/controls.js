/**
 * Which layer, which objective, which step: each control tells what the reader chose, and is told
 * what to show.
 */
import {button, make} from "../../js/make.js";
import {after} from "./words.js";

/** Milliseconds that each kept state stands while the ascent plays. */
const PACE = 650;

/**
 * One of a few.
 * @param {string} group  unique in the page @param {string} title @param {string[]} words
 * @param {(place: number) => void} then
 */
export function segments(group, title, words, then) {
  const set = make("fieldset", "segmented");
  set.setAttribute("aria-label", title);
  const inputs = words.map((text, place) => {
    const input = make("input", "");
    Object.assign(input, {type: "radio", name: group, value: String(place)});
    input.addEventListener("change", () => then(place));
    set.append(make("label", "", input, make("span", "", text)));
    return input;
  });
  const name = make("span", "", title);
  name.setAttribute("aria-hidden", "true");
  return {
    element: make("div", "field", name, set),
    show(/** @type {number} */ place) {
      inputs.forEach((input, i) => (input.checked = i === place));
    },
  };
}

/** The steps of the ascent, to be scrubbed or played. */
export class Steps {
  /** @type {ReturnType<typeof setInterval> | undefined} */
  #timer;
  #place = 0;

  /** @param {string} id @param {number[]} steps @param {(place: number) => void} then @param {AbortSignal} signal */
  constructor(id, steps, then, signal) {
    this.steps = steps;
    this.then = then;
    this.slider = make("input", "range");
    Object.assign(this.slider, {type: "range", id, min: "0", max: String(steps.length - 1), step: "1"});
    this.said = make("output", "");
    this.said.htmlFor.add(id);
    const label = make("label", "", "Steps ");
    label.htmlFor = id;
    this.player = button("button play", "");
    this.player.addEventListener("click", () => (this.#timer ? this.pause() : this.play()));
    this.slider.addEventListener("input", () => {
      this.pause();
      then(this.slider.valueAsNumber);
    });
    signal.addEventListener("abort", () => this.pause());
    this.element = make("div", "field steps", this.player, label, this.slider, this.said);
    this.pause();
  }

  play() {
    if (this.#place === this.steps.length - 1) this.then(0);
    this.#timer = setInterval(() => {
      this.then(this.#place + 1);
      if (this.#place === this.steps.length - 1) this.pause();
    }, PACE);
    this.#label("Pause");
  }

  pause() {
    clearInterval(this.#timer);
    this.#timer = undefined;
    this.#label("Play");
  }

  show(/** @type {number} */ place) {
    this.#place = place;
    this.slider.value = String(place);
    this.slider.setAttribute("aria-valuetext", after(this.steps[place]));
    this.said.value = String(this.steps[place]);
  }

  #label(/** @type {string} */ words) {
    this.player.textContent = words;
    this.player.setAttribute("aria-label", `${words} the ascent`);
  }
}
