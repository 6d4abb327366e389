/** The first run, step by step: what to do next, ticked off as it is done. */
import {button, make} from "../../js/make.js";

/** @typedef {"show" | "teach" | "other" | "try" | "output"} Deed */

/** @param {boolean} draws @returns {[Deed, string][]} */
const steps = (draws) => [
  ["show", draws ? "Show it something: draw, or choose another way above the pad." : "Show it something: choose how under “Show it something”."],
  ["teach", "Hold the button of a class to record what you show."],
  ["other", "Show something else and record it for another class."],
  ["try", "Show something new and watch the bars."],
  ["output", "Under “More”, let a class trigger a picture, a sound or a word."],
];

export class Guide {
  /** @type {Set<Deed>} */
  #done = new Set();

  /** @param {boolean} draws @param {(words: string) => void} say */
  constructor(draws, say) {
    this.say = say;
    this.steps = steps(draws);
    const items = this.steps.map(([, words]) => make("li", "", words));
    // Where only one step is shown the list would count it as the first.
    items.forEach((item, i) => (item.dataset.step = `${i + 1}.`));
    this.list = make("ol", "", ...items);
    const hide = button("button quiet", "", "Hide these steps");
    hide.addEventListener("click", () => {
      this.element.hidden = true;
    });
    this.element = make("div", "guide", this.list, hide);
    this.element.dataset.control = "guide";
    this.element.setAttribute("role", "group");
    this.element.setAttribute("aria-label", "First steps");
    this.#show();
  }

  /** @param {Deed} deed */
  did(deed) {
    const before = this.#next;
    // A drawing that comes after the teaching is something new; one before it is only shown.
    if (this.#done.has(deed) || (deed === "try" && !this.#done.has("other"))) return;
    this.#done.add(deed);
    this.#show();
    if (!this.element.hidden && this.#next !== before) this.say(this.steps[this.#next]?.[1] ?? "All steps are done.");
    if (this.#next === this.steps.length) this.element.hidden = true;
  }

  get #next() {
    const at = this.steps.findIndex(([deed]) => !this.#done.has(deed));
    return at < 0 ? this.steps.length : at;
  }

  #show() {
    this.steps.forEach(([deed], i) => {
      const item = this.list.children[i];
      item.classList.toggle("done", this.#done.has(deed));
      if (i === this.#next) item.setAttribute("aria-current", "step");
      else item.removeAttribute("aria-current");
    });
  }
}
