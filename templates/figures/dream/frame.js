/**
 * The figure's parts in the page, and what each is told.
 *
 * @typedef {import("../../js/types.js").Mounting} Mounting
 * @typedef {import("../../js/types.js").Tensors} Tensors
 * @typedef {import("./asking.js").Now} Now
 *
 * @typedef {object} History  states of one run
 * @property {number[]} steps           whose pictures are there
 * @property {Uint8Array[][]} pictures  by kept step, then by optimum
 * @property {number[][]} worths        of every step
 * @property {number} alike             of the textures at the end
 */
import {putPixels} from "../../js/colour.js";
import {canvas} from "../../js/fields.js";
import {button, make} from "../../js/make.js";
import {short} from "../../js/numerals.js";
import {pictured} from "../../js/painting.js";
import {Shelf} from "../../js/shelf.js";
import {OWN, uses} from "./asking.js";
import {Curve} from "./curve.js";
import {Examples, best} from "./examples.js";
import {Facets} from "./facets.js";
import {GoalPanel} from "./goal.js";
import {Knobs} from "./knobs.js";
import {Own} from "./own.js";
import {Player} from "./player.js";
import {MEASURES, joins, likeWords, read, title, verdict} from "./words.js";

const MOST = 6;

export class Frame {
  /**
   * @param {Mounting} mounting
   * @param {{play: () => void, forward: () => void, scrub: (step: number) => void, brought: () => void, take: (role: string) => void}} then
   */
  constructor(mounting, then) {
    const {name, signal, state, page, values} = mounting;
    this.mounting = mounting;
    this.goal = new GoalPanel(mounting);
    this.knobs = new Knobs(mounting);
    this.player = new Player(name, then);
    this.shelf = new Shelf(values, {
      words: ({index, label}) => `Example ${index}: ${label}`,
      pick: (index) => {
        state.set("example", index);
        page.set(`instance:${values.dataset}`, index);
      },
    }, signal);
    this.guide = new Shelf(values, {
      words: ({index, label}) => `Guided by example ${index}: ${label}`,
      pick: (index) => state.set("guide", index),
    }, signal);
    this.guide.element.setAttribute("aria-label", "The picture that guides");
    this.guide.element.dataset.control = "guide";
    this.own = new Own(mounting, then.brought);
    this.roles = ["example", "guide"].map((key) => {
      const made = button("button", "", key === "guide" ? "Let it guide" : "");
      made.addEventListener("click", () => then.take(key));
      return made;
    });
    this.own.element.firstElementChild?.append(...this.roles);
    const titled = (/** @type {HTMLElement} */ shelf) => make("div", "shelved", make("p", "title"), shelf);
    this.shelves = [titled(this.shelf.element), titled(this.guide.element)];
    this.given = make("div", "given", ...this.shelves, this.own.element);
    this.title = make("p", "asks");
    this.optima = Array.from({length: MOST}, () => {
      const [picture, worth] = [canvas(), make("span", "worth")];
      return {picture, worth, element: make("li", "", picture, worth)};
    });
    this.stage = make("ul", "optima", ...this.optima.map(({element}) => element));
    this.stage.setAttribute("aria-label", "Pictures that climb");
    this.verdict = make("p", "verdict");
    this.alike = make("p", "alike");
    this.lost = make("p", "lost");
    this.lost.setAttribute("role", "alert");
    this.curve = new Curve();
    this.examples = new Examples(mounting);
    this.facets = new Facets(mounting);
    this.strip = make("div", "strip");
    this.strip.setAttribute("role", "group");
    this.strip.setAttribute("aria-label", "Steps of the first optimum");
    this.then = then;
    this.lost.hidden = true;
    const facts = make("div", "facts", this.verdict, this.alike, this.curve.element);
    this.element = make("div", "dream",
      this.goal.element, this.given, this.title,
      make("div", "stage", this.stage, facts),
      this.lost, this.player.element, this.facets.element,
      make("div", "compared", make("div", "", make("p", "title", "The first optimum on its way"), this.strip), this.examples.element),
      make("div", "settings", this.knobs.kept, this.knobs.run));
  }

  /** Controls as the state has them. @param {Now} at */
  asked(at) {
    const {values} = this.mounting;
    this.goal.asked(at);
    this.knobs.asked(at);
    const guides = at.goal === "guide";
    const [first, second] = this.shelves;
    first.hidden = !uses(at);
    second.hidden = !guides;
    /** @type {HTMLElement} */ (first.firstElementChild).textContent = at.goal === "code" ? "Whose code is sought" : "Where it starts";
    /** @type {HTMLElement} */ (second.firstElementChild).textContent = "What guides it";
    this.shelf.show(at.example);
    this.guide.show(at.guide);
    const [taken, guiding] = this.roles;
    taken.hidden = !this.own.bytes;
    taken.textContent = at.goal === "code" ? "Seek its code" : "Start from it";
    taken.setAttribute("aria-pressed", String(uses(at) && at.example === OWN));
    guiding.hidden = !this.own.bytes || !guides;
    guiding.setAttribute("aria-pressed", String(at.guide === OWN));
    this.title.textContent = title(at, values.layers[at.layer], values.classes, values.picks[guides ? at.guide : at.example]);
    this.stage.dataset.count = String(at.optima);
  }

  /**
   * One state of a run. @param {Now} at @param {History} history @param {number} step @param {Tensors} numbers
   * @returns {string} what came of it, in words
   */
  draw(at, history, step, numbers) {
    const {page, values: {shape, kept}} = this.mounting;
    const palette = page.palette();
    const place = history.steps.findLastIndex((one) => one <= step);
    const shown = history.steps[place];
    const pictures = history.pictures[place];
    const worths = history.worths[shown];
    this.optima.forEach(({picture, worth, element}, run) => {
      element.hidden = run >= pictures.length;
      if (element.hidden) return;
      putPixels(picture, pictured(pictures[run], shape, palette), shape[2]);
      const said = short(read(at.goal, worths[run]));
      worth.textContent = at.facets > 1 ? `facet ${run + 1}: ${said}` : said;
      picture.setAttribute("aria-label", `${at.facets > 1 ? "Facet" : "Optimum"} ${run + 1} at step ${shown}: ${MEASURES[at.goal]} ${said}`);
    });
    const row = at.goal === "layer" ? 0 : at.unit;
    const alone = at.other < 0 && (joins(at.goal) || ["layer", "direction"].includes(at.goal));
    const reach = alone ? best(numbers, at.goal, row)[0]?.value ?? null : null;
    const said = verdict({goal: at.goal, first: history.worths[0][0], last: worths[0], step: shown, best: reach});
    this.verdict.textContent = said;
    this.alike.textContent = shown === history.worths.length - 1 ? likeWords(pictures.length, history.alike) : "";
    const rows = history.worths.slice(0, at.steps + 1).map((all) => all.map((one) => read(at.goal, one)));
    const measure = MEASURES[at.goal];
    this.curve.show(measure[0].toUpperCase() + measure.slice(1), rows, {steps: at.steps, step: shown, best: reach});
    this.player.show(shown, at.steps);
    this.#strip(history, [...kept.filter((/** @type {number} */ one) => one < at.steps), at.steps], shown, at.goal);
    return said;
  }

  /** @param {History} history @param {number[]} marks @param {number} shown @param {string} goal */
  #strip(history, marks, shown, goal) {
    const {page, values: {shape}} = this.mounting;
    const there = marks.filter((one) => history.steps.includes(one));
    if (this.strip.childElementCount !== there.length || this.#history !== history) {
      this.#history = history;
      this.strip.replaceChildren(...there.map((step) => {
        const picture = make("canvas", "pixels");
        const made = button("state", "", picture, make("span", "", `step ${step}`), " ", make("span", "worth", short(read(goal, history.worths[step][0]))));
        putPixels(picture, pictured(history.pictures[history.steps.indexOf(step)][0], shape, page.palette()), shape[2]);
        made.addEventListener("click", () => this.then.scrub(step));
        return made;
      }));
    }
    [...this.strip.children].forEach((one, i) => one.setAttribute("aria-pressed", String(there[i] === shown)));
  }

  /** @type {History | null} */
  #history = null;

  /** Colours have changed: what is drawn once is drawn again. */
  renew() {
    this.own.paint();
    this.#history = null;
  }

  /** What went wrong, in words; none: nothing did. @param {string} words */
  tell(words) {
    this.lost.hidden = !words;
    this.lost.textContent = words;
  }

  /** @param {boolean} on */
  busy(on) {
    this.element.setAttribute("aria-busy", String(on));
    this.player.playing(on);
  }
}
