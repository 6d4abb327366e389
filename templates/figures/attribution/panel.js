/**
 * One method: its choice, its map with the scale, its settings and what its numbers say.
 *
 * @typedef {import("../../js/types.js").Palette} Palette
 * @typedef {import("./asking.js").Now} Now
 * @typedef {import("./methods.js").Answer} Answer
 * @typedef {import("../../js/fields.js").Field} Field
 *
 * @typedef {object} Seen  beside which the map stands
 * @property {Uint8ClampedArray} picture
 * @property {number[]} shape
 * @property {string} target   what the map is about
 * @property {{name: string, shows: string, mask: ArrayLike<number>}[]} masks
 * @property {Int32Array | null} labels  superpixels, where a method is about them
 * @property {Palette} palette
 *
 * @typedef {[what: string, number: string, beside: string]} Fact
 */
import {extent} from "../../js/colour.js";
import {among, canvas, check, select, slider} from "../../js/fields.js";
import {button, make} from "../../js/make.js";
import {percent, short} from "../../js/numerals.js";
import {paint, scale} from "../../js/painting.js";
import {USES} from "./asking.js";
import {isSigned} from "./methods.js";
import {inside, total} from "./numbers.js";
import {counted} from "./superpixels.js";
import {adds, alike, hundredths, where} from "./words.js";

export class Panel {
  /** @type {Map<string, Field>} */
  #fields = new Map();
  #method = "";
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #slow;

  /**
   * @param {string} id @param {number} place @param {Record<string, any>} values
   * @param {{choose: (method: string) => void, remove: () => void, set: (name: string, value: any) => void}} then
   */
  constructor(id, place, values, then) {
    this.id = id;
    this.values = values;
    this.then = then;
    const options = values.methods.map((/** @type {any} */ one) => [one.name, one.title]);
    this.choice = select(`${id}-method`, `Method ${place + 1}`, options, then.choose);
    this.choice.element.dataset.control = "method";
    this.remover = button("button quiet remove", `Take method ${place + 1} away`, "×");
    this.remover.addEventListener("click", then.remove);
    this.canvas = canvas();
    this.progress = make("progress", "");
    this.progress.hidden = true;
    this.progress.max = 1;
    this.progress.setAttribute("aria-label", "Computing");
    this.scale = canvas();
    this.scale.setAttribute("aria-hidden", "true");
    this.ends = make("div", "ends");
    this.what = make("p", "what");
    this.settings = make("div", "settings");
    this.settings.dataset.control = "settings";
    this.facts = make("ul", "facts");
    this.element = make(
      "div",
      "method",
      make("div", "head", this.choice.element, this.remover),
      make("div", "view", this.canvas, this.progress),
      make("div", "scale", this.scale, this.ends),
      this.what,
      this.settings,
      this.facts,
    );
    this.element.setAttribute("role", "group");
  }

  /** @param {Now} now @param {string} method @param {boolean} removable */
  ask(now, method, removable) {
    const {title, what} = this.values.methods.find((/** @type {any} */ one) => one.name === method);
    this.element.setAttribute("aria-label", title);
    this.choice.show(method);
    this.remover.hidden = !removable;
    if (method !== this.#method) {
      this.#method = method;
      this.what.textContent = what;
      this.#fields = new Map((USES[method] ?? []).flatMap((name) => {
        const field = this.#field(name);
        return field ? [[name, field]] : [];
      }));
      this.settings.replaceChildren(...[...this.#fields.values()].map(({element}) => element));
    }
    for (const [name, field] of this.#fields) field.show(now[/** @type {keyof Now} */ (name)]);
  }

  /** @param {string} name @returns {Field | null} the baseline is shared and stands elsewhere */
  #field(name) {
    const id = `${this.id}-${name}`;
    const then = (/** @type {any} */ value) => this.then.set(name, value);
    const {layers, patches, epsilons} = this.values;
    switch (name) {
      case "steps":
        return slider(id, "Steps", {least: 4, most: 128, step: 4, words: String, then});
      case "sigma":
        return slider(id, "Noise σ", {least: 0, most: 0.5, step: 0.01, words: (at) => at.toFixed(2), then});
      case "copies":
        return slider(id, "Copies n", {least: 1, most: 64, step: 1, words: String, then});
      case "epsilon":
        return among(id, "ε", epsilons, String, then);
      case "alpha":
        return slider(id, "α", {least: 1, most: 3, step: 0.5, words: (at) => `${at}, β ${at - 1}`, then});
      case "patch":
        return among(id, this.#method === "difference" ? "Window" : "Patch", patches, (side) => `${side} px`, then);
      case "fills":
        return slider(id, "Fills", {least: 1, most: this.values.fills, step: 1, words: String, then});
      case "pieces":
        return among(id, "Superpixels", this.values.pieces, (count) => `about ${count}`, then);
      case "each":
        return slider(id, "Samples", {least: 1, most: 30, step: 1, words: (at) => `${at} for each`, then});
      case "seed":
        return slider(id, "Seed", {least: 2, most: 99, step: 1, words: String, then});
      case "layer":
        // From the picture to the answer.
        return among(id, "Layer", [...layers].reverse(), String, then);
      case "counter":
        return check("counter-evidence", then);
    }
    return null;
  }

  /** @param {number} share  of the work that is done */
  work(share) {
    this.progress.value = share;
    this.element.setAttribute("aria-busy", "true");
    // What is quick should not flicker.
    this.#slow ??= setTimeout(() => (this.progress.hidden = false), 150);
  }

  rest() {
    clearTimeout(this.#slow);
    this.#slow = undefined;
    this.progress.hidden = true;
    this.element.removeAttribute("aria-busy");
  }

  /**
   * @param {Now} now @param {Answer | null} answer  null: the picture alone
   * @param {Seen} seen @param {number | null} rank  likeness to the map of trained weights
   * @param {number | null} seeds  likeness to the weights by the first seed
   */
  draw(now, answer, seen, rank, seeds) {
    const {shape: [, height, width], palette, picture, target} = seen;
    const method = this.values.methods.find((/** @type {any} */ one) => one.name === this.#method);
    const signed = isSigned(method, now.counter);
    const sound = answer && answer.map.every(Number.isFinite);
    paint(this.canvas, picture, sound ? answer.map : null, {signed, opacity: now.opacity, width}, palette);
    scale(this.scale, signed, palette);
    if (!answer) return;
    if (!sound) {
      this.#tell([["With these settings the method gives no finite numbers here; others may.", "", ""]]);
      this.canvas.setAttribute("aria-label", `${method.title}: no finite numbers`);
      return;
    }
    const {map, said} = answer;
    if (said) {
      this.#tell([[said, "", ""]]);
      this.canvas.setAttribute("aria-label", `${method.title}: ${said}`);
      return;
    }
    const limit = map.some(Boolean) ? extent(map) : 0;
    this.ends.replaceChildren(
      make("span", "", signed ? `−${short(limit)}` : "0"),
      ...(signed ? [make("span", "", "0")] : []),
      make("span", "", short(limit)),
    );
    const most = map.reduce((best, one, i) => (Math.abs(one) > Math.abs(map[best]) ? i : best), 0);
    const facts = this.#facts(answer, seen, rank, seeds);
    const place = limit ? `strongest ${where(most, width, height)}` : "zero everywhere";
    const range = `from ${short(Math.min(...map))} to ${short(Math.max(...map))}, ${place}`;
    this.canvas.setAttribute("aria-label", `${method.title} for ${target}: ${range}. ${facts.map((fact) => fact.join(" ").trim()).join(". ")}`);
    this.#tell(limit ? facts : [["The map is zero everywhere.", "", ""], ...facts]);
  }

  /** @param {Answer} answer @param {Seen} seen @param {number | null} rank @param {number | null} seeds @returns {Fact[]} */
  #facts({map, total: sum, against, fit, asked}, {masks, labels}, rank, seeds) {
    /** @type {Fact[]} */
    const facts = [];
    const likeness = (/** @type {number} */ one) => (Number.isFinite(one) ? hundredths(one) : "undefined");
    if (rank !== null) facts.push(["Rank correlation with the map of trained weights", likeness(rank), alike(rank)]);
    if (seeds !== null) facts.push(["Rank correlation with seed 1, over superpixels", likeness(seeds), ""]);
    if (fit !== undefined && labels) facts.push(["R² of the fitted line", hundredths(fit), `${counted(labels)} superpixels, ${asked} pictures asked`]);
    for (const {name, shows, mask} of masks) {
      if (!shows) continue;
      const size = total(mask) / mask.length;
      const words = name === shows ? name : `${name} (${shows})`;
      facts.push([`Share in the ${words}`, percent(inside(map, mask)), `of the pixels: ${percent(size)}`]);
    }
    if (sum !== undefined && against !== undefined) facts.push(...adds(this.#method, sum, against));
    return facts;
  }

  /** @param {Fact[]} facts */
  #tell(facts) {
    this.facts.replaceChildren(...facts.map(([what, number, beside]) =>
      make("li", "", make("span", "name", what), ...(number ? [make("strong", "", number)] : []), ...(beside ? [make("span", "beside", beside)] : []))));
  }
}
