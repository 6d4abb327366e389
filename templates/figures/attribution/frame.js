/**
 * The figure's parts in the page, and what each is told.
 *
 * @typedef {import("../../js/types.js").Mounting} Mounting
 * @typedef {import("../../js/types.js").Tensors} Tensors
 * @typedef {import("./asking.js").Now} Now
 * @typedef {import("./methods.js").Answer} Answer
 * @typedef {import("./panel.js").Seen} Seen
 */
import {select, slider} from "../../js/fields.js";
import {button, make} from "../../js/make.js";
import {percent} from "../../js/numerals.js";
import {pictured} from "../../js/painting.js";
import {Curves} from "./curves.js";
import {isSigned} from "./methods.js";
import {weighed} from "./lime.js";
import {spearman} from "./numbers.js";
import {Panel} from "./panel.js";
import {Pieces} from "./pieces.js";
import {Subject} from "./subject.js";
import {BASELINES, cascaded} from "./words.js";

/** Methods that stand side by side. */
const [FEWEST, MOST] = [2, 4];

export class Frame {
  /** @type {Panel[]} */
  #panels = [];
  #last = "";

  /** @param {Mounting} mounting */
  constructor(mounting) {
    const {name, page, signal, state, values} = mounting;
    this.mounting = mounting;
    this.subject = new Subject(name, values, {
      pick: (index) => {
        state.set("example", index);
        page.set(`instance:${values.dataset}`, index);
      },
      target: (at) => state.set("target", at),
      rub: (text) => state.set("rubbed", text),
      say: (words) => page.say(words),
    }, signal);
    this.maps = make("div", "maps");
    this.adder = button("button", "", "Add a method");
    this.adder.addEventListener("click", () => this.#add());
    this.opacity = slider(`${name}-opacity`, "Map over picture", {
      least: 0, most: 1, step: 0.05, words: percent, then: (at) => state.set("opacity", at),
    });
    const baselines = /** @type {[string, string][]} */ (Object.entries(BASELINES));
    this.baseline = select(`${name}-baseline`, "Baseline", baselines, (one) => state.set("baseline", one));
    this.shuffled = slider(`${name}-shuffled`, "Shuffle weights, last layers first", {
      least: 0, most: values.cascade.length, step: 1,
      words: (count) => cascaded(count, values.cascade), then: (count) => state.set("shuffled", count),
    });
    this.graph = new Curves(values.quantity);
    this.fall = make("p", "title");
    this.pieces = new Pieces(name, values, (what, value) => state.set(what, value), signal);
    this.element = this.#build();
  }

  #build() {
    this.opacity.element.dataset.control = "opacity";
    this.baseline.element.dataset.control = "baseline";
    this.shuffled.element.dataset.control = "shuffle";
    this.adder.dataset.control = "add";
    const shuffle = make("div", "check-weights",
      make("p", "title", "Does the map depend on what was learned?"),
      this.shuffled.element,
      make("p", "hint", "A map that stays the same while weights are shuffled explains the picture, not the network."));
    const fall = make("div", "check-pixels", this.fall, this.graph.element,
      make("p", "hint", "Deletes the pixels that a map ranks first. The faster the answer falls, the more of what it rests on is found."));
    const checks = make("div", "checks", shuffle, fall);
    checks.setAttribute("role", "group");
    checks.setAttribute("aria-label", "Checks");
    const tools = make("div", "controls", this.opacity.element, this.baseline.element, this.adder);
    return make("div", "attribution", this.subject.element, make("div", "answers", tools, this.maps, this.pieces.element), checks);
  }

  #add() {
    const {state, values} = this.mounting;
    const shown = this.#last.split(",");
    const free = values.methods.map((/** @type {any} */ one) => one.name).filter((/** @type {string} */ one) => !shown.includes(one));
    state.set("methods", [...shown, free[0] ?? shown[0]].join(","));
    this.#panels.at(-1)?.element.querySelector("select")?.focus();
  }

  #method(/** @type {string} */ name) {
    return this.mounting.values.methods.find((/** @type {any} */ one) => one.name === name);
  }

  title(/** @type {string} */ name) {
    return this.#method(name).title;
  }

  /** Do this method's numbers have a sign? @param {string} name @param {Now} now */
  signed(name, now) {
    return name !== "random" && isSigned(this.#method(name), now.counter);
  }

  /** As many panels as methods. @param {Now} now */
  panels(now) {
    const {name, state, values} = this.mounting;
    const chosen = () => this.#last.split(",");
    this.#last = now.methods.join(",");
    while (this.#panels.length > now.methods.length) this.#panels.pop()?.element.remove();
    for (let place = this.#panels.length; place < now.methods.length; place++) {
      const panel = new Panel(`${name}-${place}`, place, values, {
        choose: (method) => state.set("methods", chosen().with(place, method).join(",")),
        remove: () => {
          state.set("methods", chosen().toSpliced(place, 1).join(","));
          this.#panels.at(-1)?.element.querySelector("select")?.focus();
        },
        set: (setting, value) => state.set(setting, value),
      });
      this.#panels.push(panel);
      this.maps.append(panel.element);
    }
    this.maps.dataset.count = String(now.methods.length);
    this.#panels.forEach((panel, i) => panel.ask(now, now.methods[i], now.methods.length > FEWEST));
    this.adder.disabled = now.methods.length >= MOST || now.methods.length >= values.methods.length;
    this.opacity.show(now.opacity);
    this.baseline.show(now.baseline);
    this.shuffled.show(now.shuffled);
  }

  /** @param {Now} now @param {Tensors} parts */
  picture(now, parts) {
    const palette = this.mounting.page.palette();
    this.subject.show(now.example, now.rubbed, pictured(/** @type {any} */ (parts.picture.data), this.mounting.values.shape, palette), palette);
  }

  /** A picture as the model reads it, in the colours in force. @param {Float32Array} input */
  coloured(input) {
    const {range: [low, high], shape} = this.mounting.values;
    return pictured(input.map((one) => (255 * (one - low)) / (high - low)), shape, this.mounting.page.palette());
  }

  /** @param {number[]} shares @param {Now} now @param {number} target @param {number} own */
  answer(shares, now, target, own) {
    this.subject.answer(shares, now.target, target, own, now.rubbed !== "");
  }

  /** What the maps are drawn over, in the colours in force. @param {Now} now @param {Tensors} parts @param {number} target @param {Int32Array | null} labels @returns {() => Seen} */
  seen(now, parts, target, labels) {
    const {page, values} = this.mounting;
    const {shape, outputs, concepts, picks, quantity} = values;
    return () => {
      const palette = page.palette();
      return {
        picture: pictured(/** @type {any} */ (parts.picture.data), shape, palette),
        shape,
        labels,
        palette,
        target: quantity ? quantity.name : outputs[target],
        masks: concepts.map((/** @type {string} */ name) => ({
          name,
          shows: picks[now.example].shows[name],
          mask: parts[`mask/${name}`].data,
        })),
      };
    };
  }

  /** @param {Now} now @param {(Answer | null)[]} answers @param {Seen} seen @param {(number | null)[]} likeness */
  draw(now, answers, seen, likeness) {
    this.opacity.show(now.opacity);
    const seeds = this.#seeds(now, answers, seen.labels);
    this.#panels.forEach((panel, i) => panel.draw(now, answers[i], seen, likeness[i], now.methods[i] === "lime-again" ? seeds : null));
  }

  /** How alike superpixels rank by both seeds of LIME, where both are known. @param {Now} now @param {(Answer | null)[]} answers @param {Int32Array | null} labels */
  #seeds(now, answers, labels) {
    const [first, other] = ["lime", "lime-again"].map((name) => answers[now.methods.indexOf(name)]);
    return labels && first && other ? spearman(weighed(first.map, labels), weighed(other.map, labels)) : null;
  }

  /** @param {{title: string, curve: number[] | null}[]} curves @param {number} target */
  curves(curves, target) {
    const {outputs, quantity} = this.mounting.values;
    const what = quantity ? quantity.name[0].toUpperCase() + quantity.name.slice(1) : `Probability of ${outputs[target]}`;
    this.fall.textContent = `${what} while pixels are deleted`;
    this.graph.show(curves, what);
  }

  work(/** @type {number} */ i, /** @type {number} */ share) {
    this.#panels[i]?.work(share);
  }

  rested(/** @type {number} */ i) {
    this.#panels[i]?.rest();
  }

  /** @param {boolean} on  something is still to be computed */
  busy(on) {
    this.element.setAttribute("aria-busy", String(on));
    if (!on) for (const panel of this.#panels) panel.rest();
  }

  /** For those who listen. @param {Now} now @param {number} target @param {(Answer | null)[]} answers @param {(number | null)[]} likeness @param {string} more */
  tell(now, target, answers, likeness, more) {
    const {outputs, quantity} = this.mounting.values;
    const about = quantity ? quantity.name : outputs[target];
    const parts = now.methods.map((name, i) => {
      const rank = likeness[i];
      return rank === null || !answers[i] ? this.title(name) : `${this.title(name)}, rank correlation ${rank.toFixed(2)}`;
    });
    if (this.told) this.mounting.page.say(`Maps for ${about}: ${parts.join("; ")}.${more && ` ${more}.`}`);
    this.told = true;
  }
}
