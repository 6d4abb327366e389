/**
 * The figure's parts in the page, and what each is told.
 *
 * @typedef {import("../teach.js").Teach} Teach
 * @typedef {import("./acts.js").Acts} Acts
 * @typedef {import("./taught.js").Taught} Taught
 * @typedef {import("./learner.js").Learner} Learner
 * @typedef {import("./learner.js").Method} Method
 */
import {list, slider} from "../../js/dials.js";
import {button, make} from "../../js/make.js";
import {short} from "../../js/numerals.js";
import {ranking} from "../../js/probabilities.js";
import {Answer} from "./answer.js";
import {Cards} from "./cards.js";
import {Check} from "./check.js";
import {Guide} from "./guide.js";
import {picker} from "./picker.js";
import {Rewards} from "./rewards.js";
import {LEAST, MOST} from "./taught.js";

const PRIVATE = "Everything happens in this page. Nothing that you show, draw or record is sent anywhere, and reloading forgets it.";
const HELD = /** @type {[string, string][]} */ ([["fifth", "every fifth capture"], ["take", "the last take"], ["none", "nothing"]]);

export class Frame {
  /** @param {Teach} teach @param {Acts} acts */
  constructor(teach, acts) {
    const {mounting, stage, net} = teach;
    const {name, state, signal, page, values} = mounting;
    this.acts = acts;
    this.net = net;
    const paint = (/** @type {HTMLCanvasElement} */ canvas, /** @type {Uint8Array} */ small) => stage.paint(canvas, small);
    this.stage = stage;
    this.cards = new Cards(name, acts, paint, signal);
    this.answers = new Answer((method) => state.set("method", method), paint);
    this.check = new Check();
    this.guide = new Guide(values.sources.includes("draw"), page.say);
    this.rewards = new Rewards(this.answers.reward, signal);
    this.facts = make("div", "facts");
    this.message = make("p", "note");
    this.message.setAttribute("role", "status");
    this.fetch = button("button primary", "", "");
    this.fetch.addEventListener("click", acts.fetch);
    this.asks = make("div", "asks", make("p", "", "To look at what you show, the figure needs its network. It is fetched once and then runs here."), this.fetch);
    this.asks.hidden = !net.large;
    this.fetch.textContent = `Fetch the network, ${teach.loads}`;
    this.undo = button("button", "", "Undo");
    this.undo.addEventListener("click", acts.undo);
    this.add = button("button", "", "Add a class");
    this.add.addEventListener("click", acts.add);
    this.empty = button("button", "", "Empty all");
    this.empty.addEventListener("click", acts.emptyAll);
    this.dials = this.#dials(mounting);
    this.element = this.#build();
    this.history = teach.history;
  }

  /** @param {import("../../js/types.js").Mounting} mounting */
  #dials({state, values}) {
    const most = values.most;
    const dials = {
      neighbours: slider("neighbours", "Neighbours that vote", {least: 1, most, step: 1}, String, (at) => state.set("neighbours", at)),
      strength: slider("strength", "Freedom of the weights, C", {least: -2, most: 4, step: 0.5}, (at) => short(10 ** at), (at) => state.set("strength", at)),
      held: list("held", "Kept back to test", HELD, (one) => state.set("held", one)),
    };
    for (const [name, dial] of Object.entries(dials)) {
      dial.show(state.get(name, values[name]));
      state.watch(name, () => dial.show(state.get(name, values[name])));
    }
    return Object.values(dials).map(({element}) => element);
  }

  #build() {
    const {acts} = this;
    const tools = make("div", "tools", this.add, this.undo, this.empty);
    tools.dataset.control = "classes";
    const classes = make("div", "classes", make("p", "title", "Teach it"), this.cards.element, tools, this.facts);
    classes.setAttribute("role", "group");
    classes.setAttribute("aria-label", "Classes and their captures");
    const save = button("button", "", "Save captures");
    save.addEventListener("click", acts.save);
    const open = picker("Open captures", ".safetensors", ([file]) => void acts.open(file));
    const taken = button("button", "", "Export as ONNX with a page");
    taken.addEventListener("click", () => void acts.export());
    const files = make("div", "tools", save, open.element, taken);
    files.dataset.control = "files";
    const test = make("details", "under", make("summary", "", "Test it"), make("div", "dials", ...this.dials), this.check.element);
    test.dataset.control = "test";
    this.showing = make("div", "showing", this.asks, this.stage.element, make("p", "private", PRIVATE));
    return make("div", "teach", this.guide.element, make("div", "bench", this.showing, this.answers.element, classes, this.answers.deciding), this.message, test, files);
  }

  /** @param {string} words */
  note(words) {
    this.message.textContent = words;
  }

  fetching() {
    this.fetch.disabled = true;
    if (!this.asks.hidden) this.fetch.textContent = "Fetching …";
  }

  fetched() {
    const held = this.asks.contains(document.activeElement);
    this.asks.hidden = true;
    if (held) this.stage.tabs[0]?.focus();
  }

  /** Something is shown that cannot be looked at yet. @param {boolean} on */
  waiting(on) {
    if (on && this.net.large) this.note("Fetch the network first: it has to look at what you show.");
  }

  /** How many classes have captures of the reader's. @param {number} classes */
  recorded(classes) {
    this.guide.did("teach");
    if (classes > 1) this.guide.did("other");
  }

  /** @param {Taught} taught @param {Learner} learner @param {string[]} facts */
  taught(taught, learner, facts) {
    this.cards.show(taught, learner.kept);
    this.check.show(taught.classes.map(({name}) => name), learner);
    this.facts.replaceChildren(...facts.filter(Boolean).map((one) => make("p", "", one)));
    this.add.disabled = taught.classes.length >= MOST;
    this.empty.disabled = !taught.captures.length;
    const {words} = this.history;
    this.undo.disabled = !words;
    this.undo.setAttribute("aria-label", words ? `Undo ${words}` : "Undo");
    this.undo.title = words ? `Undo ${words}` : "";
    this.known = taught;
  }

  /** @type {Taught} */
  known = {classes: [], captures: []};

  /**
   * @param {string[]} names @param {Record<Method, number[] | null>} shares @param {Method} method @param {string} words
   * @param {import("./learner.js").Share[]} decisive
   * @returns {number} place of the class that is answered; −1: none
   */
  answer(names, shares, method, words, decisive) {
    const own = shares[method];
    const first = this.answers.show(names, shares, method, words || "Nothing yet");
    const [one, other] = own ? ranking(own) : [0, LEAST - 1];
    this.answers.decide(own ? decisive : [], this.known, method, [names[one], names[other]]);
    this.cards.mark(first);
    return first;
  }

  /** @param {Taught} taught @param {Set<number>} kept */
  redraw(taught, kept) {
    this.answers.redraw();
    this.cards.redraw(taught, kept);
  }
}
