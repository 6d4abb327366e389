/**
 * Small changes that turn an answer. All that the reader chooses lives in the figure's state. While the
 * strength is dragged, what is asked last is answered next; any other change gives up what it replaces.
 * What the still shows is known without the engine.
 *
 * @typedef {import("../js/types.js").Mounting} Mounting
 * @typedef {import("./perturb/asking.js").Now} Now
 * @typedef {import("./perturb/frame.js").Seen} Seen
 */
import {probabilities} from "../js/probabilities.js";
import {bare, invented, key, known, now, source, whole} from "./perturb/asking.js";
import {Attacks} from "./perturb/attacks.js";
import {Frame} from "./perturb/frame.js";
import {voting} from "./perturb/guard.js";
import {Victim} from "./perturb/victim.js";
import {likeliest} from "./perturb/words.js";

export const style = new URL("./perturb/living.css", import.meta.url).href;

/** A newer question came. */
class Stale extends Error {}

/** @param {Mounting} mounting */
export default async function mount(mounting) {
  await new Perturb(mounting).start();
}

class Perturb {
  #round = 0;
  #running = false;
  #again = false;
  /** What was said last, so that only news is told. */
  #told = "";
  /** @type {() => void} */
  #redraw = () => {};
  /** @type {Map<string, number[]>} */
  #before = new Map();

  /** @param {Mounting} mounting */
  constructor(mounting) {
    this.mounting = mounting;
    this.victim = new Victim(mounting);
    this.attacks = new Attacks(this.victim);
    this.frame = new Frame(mounting);
    this.instance = `instance:${mounting.values.dataset}`;
  }

  async start() {
    const {element, images, page, signal, state} = this.mounting;
    const atlas = await images.thumbnails.load();
    this.frame.shelf.thumb(atlas, page.palette());
    this.#follow(page.get(this.instance));
    element.append(this.frame.element);
    await this.#ask();
    for (const name of ["example", "start", "attack", "target", "steps", "defences", "blur", "levels", "quality", "noise", "copies", "aware"]) {
      state.watch(name, () => void this.#ask());
    }
    state.watch("strength", () => void this.#drag());
    page.watch(this.instance, (index) => this.#follow(index));
    page.onscheme(() => {
      this.frame.shelf.thumb(atlas, page.palette());
      this.#redraw();
    });
    // The engine comes while the hand is on its way to the slider.
    const warm = () => void this.victim.warm().catch(() => {});
    for (const event of ["pointerenter", "focusin"]) this.frame.element.addEventListener(event, warm, {signal, once: true});
  }

  /** Another figure picked an example; this one shows it if it has it. @param {unknown} index */
  #follow(index) {
    const {state, values} = this.mounting;
    const has = values.picks.some((/** @type {any} */ one) => one.index === index);
    if (has && state.get("example", values.picks[0].index) !== index) state.set("example", /** @type {number} */ (index));
  }

  /** A new strength: what runs already comes to its end, so that something is seen on the way. */
  async #drag() {
    this.#again = this.#running;
    if (!this.#running) return this.#ask();
    this.frame.asked(now(this.mounting.state, this.mounting.values));
  }

  async #ask() {
    const {signal} = this.mounting;
    const round = ++this.#round;
    this.#running = true;
    this.frame.busy(true);
    const tick = () => {
      if (signal.aborted || round !== this.#round) throw new Stale();
    };
    try {
      do {
        this.#again = false;
        await this.#answer(tick);
      } while (this.#again);
    } catch (error) {
      if (!(error instanceof Stale) && !signal.aborted) throw error;
    } finally {
      if (round === this.#round) {
        this.#running = false;
        this.frame.busy(false);
      }
    }
  }

  /** @param {() => void} tick */
  async #answer(tick) {
    const {arrays, more, page, state, values} = this.mounting;
    const at = now(state, values);
    this.frame.asked(at);
    const {index, answer} = values.picks[at.example];
    const parts = at.example ? await more(`example-${index}`) : arrays;
    tick();
    const taken = at.start === "example";
    const before = taken
      ? Float32Array.from(/** @type {any} */ (parts.picture.data), (byte) => byte / 255)
      : invented(at.start, parts.picture.data.length);
    const own = taken ? probabilities(answer, values.reading) : await this.#answered({...at, guard: bare(at.guard)}, before);
    const guarded = at.guard.on.length > 0;
    const was = guarded ? await this.#answered(at, before) : own;
    tick();
    const moved = at.target < 0 ? likeliest(at.aware ? was : own) : at.target;
    const wanted = at.target < 0 ? null : values.outputs[at.target];
    const draw = (/** @type {Seen} */ seen) => {
      this.#redraw = () => this.frame.draw(at, seen);
      return this.frame.draw(at, seen);
    };
    if (whole(at) === whole(this.#first())) {
      draw({before, after: /** @type {any} */ (arrays.perturbed.data), was, now: values.first, bare: null, given: null, wanted});
      return;
    }
    const knows = at.aware ? at.guard : bare(at.guard);
    const ask = {picture: before, target: moved, toward: at.target >= 0, strength: at.strength, steps: at.steps, guard: knows, key: key(at, moved)};
    const after = await this.attacks.run(at.attack, ask, tick);
    tick();
    const said = await this.victim.probabilities(after, at.guard);
    const without = guarded ? await this.victim.probabilities(after, bare(at.guard)) : null;
    tick();
    const given = guarded ? [before, after].map((one) => voting(one, {...at.guard, copies: 1}, values)[0]) : null;
    const words = draw({before, after, was, now: said, bare: without, given, wanted});
    if (words !== this.#told) page.say(words);
    this.#told = words;
  }

  /** What the still shows. @returns {Now} */
  #first() {
    const {values} = this.mounting;
    return now(/** @type {any} */ ({get: (/** @type {string} */ _, /** @type {any} */ fallback) => fallback}), values);
  }

  /** What the network behind the defence says of a picture that nobody changed. @param {Now} at @param {Float32Array} picture */
  async #answered(at, picture) {
    const name = `${source(at)} ${known(at.guard)}`;
    const held = this.#before.get(name);
    if (held) return held;
    const found = await this.victim.probabilities(picture, at.guard);
    this.#before.set(name, found);
    return found;
  }
}
