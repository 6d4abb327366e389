/**
 * The open channel: its picture now, the states on the way, where other starts end, and the real
 * examples that excite it.
 *
 * @typedef {import("./atlas.js").Atlas} Atlas
 * @typedef {import("./atlas.js").Box} Box
 * @typedef {import("./words.js").Objective} Objective
 *
 * @typedef {object} Unit
 * @property {string} name
 * @property {string} layer
 * @property {Objective} objective
 * @property {number} first      its first picture in `sheet`
 * @property {number[]} steps
 * @property {number[]} values   of the objective at these steps, then where other starts end
 * @property {Atlas} sheet
 * @property {Example[]} examples
 * @property {Atlas} pictures
 * @property {number[]} whole    width and height that boxes are measured in
 * @property {boolean} all       the channel sees the whole picture
 *
 * @typedef {{index: number, tile: number, label: string, value: number, box: Box}} Example
 *
 * @typedef {object} Actions
 * @property {() => void} close
 * @property {(place: number) => void} step
 * @property {(index: number) => void} example
 * @property {(() => void) | null} show   where the channel lights up
 */
import {button, make} from "../../js/make.js";
import {scaled} from "./atlas.js";
import {picture, unseen} from "./make.js";
import {QUANTITIES, after, short} from "./words.js";

export class Opened {
  /** @type {Unit | null} */
  #unit = null;
  #now = picture();
  #reading = make("p", "reading");
  /** @type {HTMLButtonElement[]} */
  #strip = [];
  /** @type {HTMLButtonElement[]} */
  #examples = [];

  /** @param {string} id @param {Actions} actions */
  constructor(id, actions) {
    this.actions = actions;
    this.element = make("section", "opened");
    this.element.id = id;
    this.close();
  }

  close() {
    this.#unit = null;
    this.element.setAttribute("aria-label", "No channel is open");
    this.element.replaceChildren(
      make("p", "hint", "Choose a channel to see how its picture came about, and the real examples that excite it most."),
    );
  }

  /** @param {Unit} unit @param {number} step  its place @param {number | null} chosen  index of the page's chosen example */
  show(unit, step, chosen) {
    this.#unit = unit;
    this.element.setAttribute("aria-label", `${unit.name} of ${unit.layer}`);
    const close = button("button quiet close", `Close ${unit.name}`, "×");
    close.addEventListener("click", this.actions.close);
    /** @type {HTMLElement[]} */
    const parts = [
      make("div", "head", make("p", "title", unit.name, make("span", "of", ` of ${unit.layer}`)), close),
      make("div", "now", this.#now, make("div", "said", this.#reading, ...this.#others(unit))),
      make("p", "label", `States of this ascent: step and ${QUANTITIES[unit.objective]}`),
      this.#states(unit),
      make("p", "label", unit.all ? "Test examples that excite it most; it sees all of each" : "Test examples that excite it most, and the part of each that it sees"),
      this.#found(unit),
    ];
    if (this.actions.show && unit.objective !== "layer") {
      const show = button("button primary show", "", `Show where ${unit.name.toLowerCase()} lights up`);
      show.addEventListener("click", this.actions.show);
      parts.push(show);
    }
    this.element.replaceChildren(...parts);
    this.step(step);
    this.mark(chosen);
  }

  /** @param {Unit} unit */
  #states({sheet, first, steps, values, objective}) {
    this.#strip = steps.map((step, place) => {
      const canvas = picture();
      sheet.draw(canvas, first + place);
      const state = button(
        "state", "", canvas,
        make("span", "step", unseen("after "), String(step), unseen(` steps, ${QUANTITIES[objective]}`)),
        make("span", "value", short(values[place])),
      );
      state.addEventListener("click", () => this.actions.step(place));
      return state;
    });
    const strip = make("div", "strip", ...this.#strip);
    strip.setAttribute("role", "group");
    strip.setAttribute("aria-label", "States of one ascent, by step");
    return strip;
  }

  /** Where ascents from other noise end. @param {Unit} unit */
  #others({sheet, first, steps, values}) {
    const ends = values.slice(steps.length);
    if (!ends.length) return [];
    const pictures = ends.map((value, i) => {
      const canvas = picture();
      sheet.draw(canvas, first + steps.length + i);
      return make("span", "other", canvas, make("span", "value", short(value)));
    });
    const where = ends.length === 1 ? "this" : "these";
    return [make("div", "others", make("p", "", `One of many answers; other noise led to ${where}`), ...pictures)];
  }

  /** @param {Unit} unit */
  #found({examples, pictures, whole, all}) {
    this.#examples = examples.map(({index, tile, label, value, box}) => {
      const canvas = picture();
      pictures.draw(canvas, tile);
      const place = make("span", "place", canvas);
      const both = make("span", "pair", place);
      if (!all) {
        const frame = make("span", "box");
        const [top, left, bottom, right] = box;
        frame.style.inset = [top / whole[1], 1 - right / whole[0], 1 - bottom / whole[1], left / whole[0]]
          .map((share) => `${100 * share}%`)
          .join(" ");
        place.append(frame);
        const patch = picture();
        pictures.draw(patch, tile, scaled(box, whole, pictures.cut.size));
        both.append(patch);
      }
      const example = button(
        "example", "", both,
        make("span", "what", make("strong", "", label), ` · ${short(value)}`, unseen(", choose this example")),
      );
      example.addEventListener("click", () => this.actions.example(index));
      return example;
    });
    const list = make("div", "examples", ...this.#examples);
    list.classList.toggle("all", all);
    return list;
  }

  /** @param {number} place */
  step(place) {
    const unit = this.#unit;
    if (!unit) return;
    unit.sheet.draw(this.#now, unit.first + place);
    this.#reading.replaceChildren(
      make("span", "", `${QUANTITIES[unit.objective]} ${after(unit.steps[place])}`),
      make("strong", "", short(unit.values[place])),
    );
    this.#strip.forEach((state, i) => state.setAttribute("aria-pressed", String(i === place)));
  }

  /** Which example the page has chosen. @param {number | null} index */
  mark(index) {
    this.#unit?.examples.forEach((example, i) => {
      this.#examples[i].setAttribute("aria-pressed", String(example.index === index));
    });
  }
}
