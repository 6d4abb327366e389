/**
 * A picture that climbs to what a part of the network answers most. All that the reader chooses lives in
 * the figure's state; any choice of what is asked, or how, begins a new run. What the still shows is known
 * without the engine.
 *
 * @typedef {import("../js/types.js").Mounting} Mounting
 * @typedef {import("../js/types.js").Tensors} Tensors
 * @typedef {import("./dream/asking.js").Now} Now
 * @typedef {import("./dream/frame.js").History} History
 */
import {OWN, RUN, now, uses, whole} from "./dream/asking.js";
import {Climb, Lost} from "./dream/climb.js";
import {Frame} from "./dream/frame.js";
import {built, present} from "./dream/history.js";
import {Question} from "./dream/question.js";

export const style = new URL("./dream/living.css", import.meta.url).href;

/** A run lasts so many frames of the screen, or as long as its steps take. */
const FRAMES = 160;
/** @param {Mounting} mounting */
export default async function mount(mounting) {
  await new Dream(mounting).start();
}

class Dream {
  /** @type {History} */
  #history;
  /** @type {Climb | null} */
  #climb = null;
  #playing = false;
  #round = 0;
  /** @type {Tensors} */
  #numbers;
  /** All that the run depends on which is shown, or which begins. */
  #for;
  #turn = 0;

  /** @param {Mounting} mounting */
  constructor(mounting) {
    this.mounting = mounting;
    this.#for = whole(first(mounting.values));
    this.#numbers = mounting.arrays;
    this.#history = built(mounting.arrays, mounting.values);
    this.frame = new Frame(mounting, {
      play: () => (this.#playing ? this.#pause() : void this.#play()),
      forward: () => void this.#forward(),
      scrub: (step) => this.#scrub(step),
      brought: () => this.#brought(),
      take: (role) => this.#take(role),
    });
    this.question = new Question(mounting, () => this.frame.own.bytes, this.frame.facets);
    this.instance = `instance:${mounting.values.dataset}`;
  }

  get #now() {
    return now(this.mounting.state, this.mounting.values, this.frame.own.count);
  }

  async start() {
    const {element, images, page, signal, state, values} = this.mounting;
    const atlas = await images.thumbnails.load();
    const thumb = () => [this.frame.shelf, this.frame.guide].forEach((one) => one.thumb(atlas, page.palette()));
    thumb();
    this.frame.own.listen(this.frame.element, signal);
    this.#follow(page.get(this.instance));
    const at = this.#now;
    this.frame.asked(at);
    element.append(this.frame.element);
    this.frame.busy(false);
    await this.#beside(at);
    if (whole(at) !== this.#for) void this.#renew();
    else if (at.steps !== values.kept.at(-1)) void this.#play();
    else this.#draw();
    for (const name of RUN) state.watch(name, () => void this.#renew());
    state.watch("steps", () => this.#lengthen());
    state.watch("step", () => this.#draw());
    page.watch(this.instance, (index) => this.#follow(index));
    page.onscheme(() => {
      thumb();
      this.frame.renew();
      this.#draw();
      void this.#beside(this.#now);
    });
    element.addEventListener("figure:hide", () => this.#pause(), {signal});
    const warm = () => void this.question.graph(this.#now).warm().catch(() => {});
    for (const event of ["pointerenter", "focusin"]) this.frame.element.addEventListener(event, warm, {signal, once: true});
  }

  /** Another figure picked an example; this one takes it if it has it. @param {unknown} index */
  #follow(index) {
    const {state, values} = this.mounting;
    const has = values.picks.some((/** @type {any} */ one) => one.index === index);
    if (has && state.get("example", values.picks[0].index) !== index) state.set("example", /** @type {number} */ (index));
  }

  /** The reader has a picture of their own: it is the start, unless it has a part already. */
  #brought() {
    const {state, values} = this.mounting;
    const guides = this.#now.guide === OWN && this.#now.goal === "guide";
    if (!guides && state.get("example", values.picks[0].index) !== OWN) return this.#take("example");
    void this.#renew();
  }

  /** @param {string} role  "example" or "guide" */
  #take(role) {
    const {state} = this.mounting;
    state.set(role, OWN);
    if (role === "example" && !uses(this.#now)) state.set("start", "example");
    void this.#renew();
  }

  /** Numbers and examples of the layer that is asked. @param {Now} at */
  async #beside(at, stale = () => false) {
    const {arrays, more, values} = this.mounting;
    const group = values.layers[at.layer].more;
    const numbers = group ? await more(group) : arrays;
    if (stale()) return;
    this.#numbers = numbers;
    await this.frame.examples.show(at, numbers);
    if (!stale()) await this.frame.facets.show(at);
  }

  /** Something that the run depends on has changed; what does not matter begins no new one. */
  async #renew() {
    const turn = ++this.#turn;
    this.frame.asked(this.#now);
    // A sentence may set many things at once: they begin one run.
    await null;
    const at = this.#now;
    if (turn !== this.#turn || this.#for === whole(at)) return;
    this.#for = whole(at);
    this.#climb = null;
    await this.#play();
  }

  /** A run may have become longer, or shorter than it is. */
  #lengthen() {
    const at = this.#now;
    this.frame.asked(at);
    if (this.#climb && !this.#playing && this.#climb.step < at.steps) void this.#play();
    else this.#draw();
  }

  async #play() {
    const at = this.#now;
    if (this.#climb && this.#climb.step >= at.steps) this.#climb = null;
    await this.#run(at, Infinity);
  }

  async #forward() {
    await this.#run(this.#now, 1);
  }

  /** Climb on, so many steps at most. @param {Now} at @param {number} most */
  async #run(at, most) {
    const {page, signal, state} = this.mounting;
    const round = ++this.#round;
    const stale = () => signal.aborted || round !== this.#round;
    this.#playing = true;
    this.frame.busy(true);
    this.frame.tell("");
    try {
      const climb = this.#climb ?? (await this.#begin(at, stale));
      if (stale() || !climb) return;
      const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
      for (let left = most; left > 0 && this.#playing && climb.step < this.#now.steps; left--) {
        if (!(await climb.go()) || stale()) return;
        this.#history = present(climb);
        const many = Math.max(1, Math.round(this.#now.steps / FRAMES));
        if (climb.step % many || (still && climb.step < this.#now.steps && left > 1)) continue;
        this.#draw(climb.step);
        await new Promise((then) => requestAnimationFrame(then));
        if (stale()) return;
      }
      this.#stop();
      state.set("step", climb.step);
      page.say(this.#draw(climb.step));
    } catch (error) {
      if (!(error instanceof Lost)) throw error;
      if (!stale()) this.#lose(error.step);
    }
  }

  /** The objective is no number: the last good picture stays. @param {number} step */
  #lose(step) {
    this.#stop();
    this.#climb = null;
    const before = step ? ` The picture of step ${step - 1} stays.` : "";
    this.frame.tell(`At step ${step} the objective is not a number any more, so there is nothing to climb.${before} Take shorter steps, or make something else large.`);
    if (step) this.#draw(step - 1);
  }

  #stop() {
    this.#playing = false;
    this.frame.busy(false);
  }

  #pause() {
    if (!this.#playing) return;
    this.#round += 1;
    this.#stop();
    if (this.#climb && this.#climb.step >= 0) this.mounting.state.set("step", this.#climb.step);
  }

  /** @param {number} step */
  #scrub(step) {
    this.#pause();
    this.mounting.state.set("step", Math.min(step, this.#history.worths.length - 1));
    this.#draw();
  }

  /** @param {number} [step] @returns {string} */
  #draw(step) {
    const at = this.#now;
    const reached = this.#history.worths.length - 1;
    return this.frame.draw(at, this.#history, Math.min(reached, step ?? at.step), this.#numbers);
  }

  /** A new run; null: there is none, or another one was asked for meanwhile. @param {Now} at @param {() => boolean} stale */
  async #begin(at, stale) {
    await this.#beside(at, stale);
    const plan = stale() ? null : await this.question.plan(at, this.#numbers);
    if (stale()) return null;
    if (!plan) {
      this.#stop();
      this.frame.tell(`${this.mounting.values.layers[at.layer].name} answers this picture with zeros alone, so there is nothing to come near to. Choose another picture or layer.`);
      return null;
    }
    const graph = this.question.graph(at);
    this.#climb = new Climb((feeds) => graph.run(feeds), plan);
    return this.#climb;
  }
}

/** What the still shows. @param {Record<string, any>} values */
const first = (values) => now(/** @type {any} */ ({get: (/** @type {string} */ _, /** @type {any} */ fallback) => fallback}), values);
