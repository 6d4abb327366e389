/**
 * The figure's parts in the page, and what each is told.
 *
 * @typedef {import("../../js/types.js").Mounting} Mounting
 * @typedef {import("./asking.js").Now} Now
 *
 * @typedef {object} Seen  one example, before and after
 * @property {ArrayLike<number>} before   shares of the range
 * @property {ArrayLike<number>} after
 * @property {number[]} was     probabilities of the first
 * @property {number[]} now     of the second
 * @property {number[] | null} bare   of the second, without the defence that is on
 * @property {Float32Array[] | null} given  what the network sees of both, where a defence is on
 * @property {string | null} wanted  the class that the attack moves to
 */
import {canvas, select, slider} from "../../js/fields.js";
import {button, make} from "../../js/make.js";
import {percent, short} from "../../js/numerals.js";
import {Shelf} from "../../js/shelf.js";
import {Bars, rows} from "./bars.js";
import {Curves} from "./curves.js";
import {Defences} from "./defences.js";
import {magnified, shown} from "./pixels.js";
import {STARTS, called, compared, likeliest, strong, verdict} from "./words.js";

export class Frame {
  /** @param {Mounting} mounting */
  constructor(mounting) {
    const {name, signal, state, page, values} = mounting;
    this.mounting = mounting;
    this.shelf = new Shelf(values, {
      words: (/** @type {any} */ one) => called(one, one.read),
      pick: (index) => {
        state.set("example", index);
        page.set(`instance:${values.dataset}`, index);
      },
    }, signal);
    values.picks.forEach((/** @type {any} */ one, /** @type {number} */ i) => this.shelf.buttons[i].classList.toggle("wrong", one.read !== one.label));
    this.attacks = values.attacks.map((/** @type {any} */ one) => {
      const choice = button("button", "", one.title);
      choice.addEventListener("click", () => state.set("attack", one.name));
      return choice;
    });
    this.start = select(`${name}-start`, "Start from", Object.entries(STARTS), (one) => state.set("start", one));
    const classes = values.outputs.map((/** @type {string} */ one, /** @type {number} */ i) => [String(i), one]);
    this.target = select(`${name}-target`, "To be read as", [["-1", "anything else"], ...classes], (one) => state.set("target", Number(one)));
    this.strength = slider(`${name}-strength`, "Strength", {
      least: 0, most: values.most, step: values.step, words: (at) => strong(at, this.#counts), then: (at) => state.set("strength", at),
    });
    this.steps = slider(`${name}-steps`, "Steps", {least: 1, most: 40, step: 1, words: String, then: (at) => state.set("steps", at)});
    this.verdict = make("p", "verdict");
    this.columns = ["Original", "Perturbed", "Difference"].map((title) => {
      const parts = {canvas: canvas(), given: canvas(), title: make("p", "title", title), said: make("p", "said"), bars: new Bars(title, values.outputs)};
      const given = make("div", "given", make("p", "title", "What the network is given"), parts.given);
      return {...parts, behind: given};
    });
    this.facts = make("ul", "facts");
    this.defences = new Defences(mounting);
    this.byAttack = new Curves(values.strengths);
    this.byDefence = new Curves(values.strengths);
    this.element = this.#build();
  }

  #counts = false;

  #build() {
    const {values} = this.mounting;
    const attacks = make("div", "attacks", ...this.attacks);
    attacks.setAttribute("role", "group");
    attacks.setAttribute("aria-label", "Attack");
    attacks.dataset.control = "attack";
    this.start.element.dataset.control = "start";
    this.target.element.dataset.control = "target";
    this.strength.element.dataset.control = "strength";
    this.steps.element.dataset.control = "steps";
    this.strength.element.classList.add("strength");
    const [first, second, third] = this.columns.map(({title, said, canvas: picture, behind, bars}, i) =>
      make("div", "column", make("div", "head", title, said), picture, behind, i < 2 ? bars.element : this.facts));
    this.columns[2].behind.remove();
    const curves = make("div", "measured", this.byAttack.element, ...(values.few ? [this.byDefence.element] : []));
    return make("div", "perturb",
      this.shelf.element,
      make("div", "tools", attacks, this.start.element, this.target.element, this.steps.element, this.strength.element),
      this.verdict,
      make("div", "columns-3", first, second, third),
      this.defences.element,
      curves);
  }

  /** Controls as the state has them. @param {Now} at */
  asked(at) {
    const {values} = this.mounting;
    const attack = values.attacks.find((/** @type {any} */ one) => one.name === at.attack);
    this.#counts = attack.counts;
    this.attacks.forEach((/** @type {HTMLElement} */ one, /** @type {number} */ i) => one.setAttribute("aria-pressed", String(values.attacks[i] === attack)));
    this.start.show(at.start);
    this.target.show(at.target);
    this.strength.show(at.strength);
    this.steps.show(at.steps);
    this.steps.element.hidden = at.attack !== "iterated";
    this.shelf.show(at.example);
    this.defences.asked(at);
    this.#curves(at);
  }

  /** @param {Now} at */
  #curves(at) {
    const {values: {attacks, defences, curves, behind, tests, few}} = this.mounting;
    const name = (/** @type {any} */ {name, title}) => ({name, title, shares: curves[name]});
    this.byAttack.show(`Right answers on ${tests} test examples, by attack`, attacks.map(name), [at.attack], at.strength);
    if (!few) return;
    const how = at.aware ? "aware" : "unaware";
    const all = [{name: "none", title: "No defence"}, ...defences].map(({name, title}) => ({name, title, shares: behind[name][how]}));
    const knows = at.aware ? "knows the defence" : "does not know the defence";
    this.byDefence.show(`Right answers on ${few}, behind each defence alone; the iterated attack ${knows}`, all, at.guard.on.length ? at.guard.on : ["none"], at.strength);
  }

  /** @param {Now} at @param {Seen} seen */
  draw(at, {before, after, was, now, bare, given, wanted}) {
    const {page, values} = this.mounting;
    const {outputs, shape, attacks, picks} = values;
    const palette = page.palette();
    const [first, second, third] = this.columns;
    const difference = compared(before, after);
    const answers = [was, now].map(likeliest);
    const order = rows(was, now);
    for (const [i, [column, picture, shares]] of /** @type {[any, any, number[]][]} */ ([[first, before, was], [second, after, now]]).entries()) {
      shown(column.canvas, picture, shape, palette);
      column.said.textContent = `${outputs[answers[i]]}, ${percent(shares[answers[i]])}`;
      column.bars.show(shares, order, answers[i]);
      column.behind.hidden = !given;
      if (given) shown(column.given, given[i], shape, palette);
      column.given.setAttribute("aria-label", "The same picture behind the defence");
    }
    const made = STARTS[at.start];
    const name = at.start === "example" ? called(picks[at.example], picks[at.example].read) : made[0].toUpperCase() + made.slice(1);
    first.canvas.setAttribute("aria-label", name);
    first.title.textContent = name.replace(/^Example (\d+): /, "Original $1: ");
    const {counts, what} = attacks.find((/** @type {any} */ one) => one.name === at.attack);
    const said = verdict({was: outputs[answers[0]], now: outputs[answers[1]], wanted, strength: at.strength, counts, behind: Boolean(given), difference});
    this.verdict.textContent = said;
    second.canvas.setAttribute("aria-label", `Perturbed: ${said}`);
    magnified(third.canvas, difference, shape, palette);
    const factor = difference.reach ? `magnified ${short(1 / difference.reach)} times` : "nothing";
    third.said.textContent = factor;
    third.canvas.setAttribute("aria-label", `Difference, ${factor}`);
    const facts = [what, `${difference.changed} of ${difference.numbers} numbers changed, none by more than ${short(difference.reach)} of the range.`];
    if (bare) facts.push(`Without the defence: ${outputs[likeliest(bare)]}, ${percent(bare[likeliest(bare)])}.`);
    this.facts.replaceChildren(...facts.map((one) => make("li", "", one)));
    return said;
  }

  /** @param {boolean} on */
  busy(on) {
    this.element.setAttribute("aria-busy", String(on));
  }
}
