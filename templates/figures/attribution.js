/**
 * Which pixels an answer rests on: methods side by side, and checks of how far to trust them. All that
 * the reader chooses lives in the figure's state; every change asks anew, and a newer question stops
 * the work on an older one. What the still shows is known without the engine.
 *
 * @typedef {import("../js/types.js").Mounting} Mounting
 * @typedef {import("./attribution/asking.js").Now} Now
 * @typedef {import("./attribution/methods.js").Answer} Answer
 * @typedef {import("./attribution/methods.js").Ask} Ask
 */
import {shuffle} from "../js/noise.js";
import {probabilities} from "../js/probabilities.js";
import {Kept, altered, baseline, key, now, picture} from "./attribution/asking.js";
import {touched, without} from "./attribution/brush.js";
import {Frame} from "./attribution/frame.js";
import {Methods} from "./attribution/methods.js";
import {descending, spearman} from "./attribution/numbers.js";
import {Probe} from "./attribution/probe.js";

export const style = new URL("./attribution/living.css", import.meta.url).href;

/** The order in which pixels are deleted at random. */
const CHANCE = 1;

/** A newer question came. */
class Stale extends Error {}

/** @param {Mounting} mounting */
export default async function mount(mounting) {
  await new Attribution(mounting).start();
}

class Attribution {
  #round = 0;
  /** @type {Kept<Answer>} */
  #answers = new Kept();
  /** @type {Kept<number[]>} */
  #rows = new Kept();

  /** @param {Mounting} mounting */
  constructor(mounting) {
    this.mounting = mounting;
    this.methods = new Methods(mounting);
    this.frame = new Frame(mounting);
    this.probe = new Probe(mounting, this.methods, this.frame);
    this.instance = `instance:${mounting.values.dataset}`;
  }

  async start() {
    const {element, images, page, state, values} = this.mounting;
    this.#remember();
    const atlas = await images.thumbnails.load();
    this.frame.subject.shelf.thumb(atlas, page.palette());
    await this.#follow(page.get(this.instance));
    element.append(this.frame.element);
    await this.#ask();
    // Superpixels are one picture's own.
    state.watch("example", () => this.probe.uncut(["cuts", "off", "rubbed"]));
    state.watch("pieces", () => this.probe.uncut(["cuts", "off"]));
    // Names of states; each of them asks anew.
    const names = ["methods", "example", "target", "layer", "counter", "baseline", "steps", "sigma", "copies", "epsilon", "alpha", "patch", "pieces", "each", "seed", "cuts", "off", "fills", "rubbed", "shuffled"];
    for (const name of names) state.watch(name, () => void this.#ask());
    state.watch("opacity", () => this.#redraw?.());
    page.watch(this.instance, (index) => this.#follow(index));
    page.onscheme(() => {
      this.frame.subject.shelf.thumb(atlas, page.palette());
      void this.#ask();
    });
  }

  /** What the build computed is known. */
  #remember() {
    const {arrays, values, state} = this.mounting;
    const at = {...now(state, values), ...START, layer: values.layers[0] ?? "", patch: values.patch, pieces: values.piece, fills: values.fill, example: 0};
    const target = this.#likeliest(values.picks[0].answer);
    for (const name of values.shown) {
      const map = /** @type {Float32Array} */ (arrays[`map/${name}`].data);
      this.#answers.set(key(name, at, target, 0), {map, ...values.first[name]});
      this.#rows.set(this.#curve(key(name, at, target, 0), at), Array.from(arrays[`curve/${name}`].data, Number));
    }
    this.#rows.set(this.#curve(this.#random(at, target), at), Array.from(arrays["curve/random"].data, Number));
  }

  /** @param {string} map @param {Now} at */
  #curve(map, at) {
    return `curve ${at.baseline} ${map}`;
  }

  /** @param {Now} at @param {number} target */
  #random(at, target) {
    return key("random", at, target, at.shuffled);
  }

  /** @param {ArrayLike<number>} answer */
  #likeliest(answer) {
    return Array.from(answer).reduce((best, one, i, all) => (one > all[best] ? i : best), 0);
  }

  /** Another figure picked an example; this one shows it if it has it. @param {unknown} index */
  #follow(index) {
    const {state, values} = this.mounting;
    const known = values.picks.some((/** @type {any} */ one) => one.index === index);
    if (known && state.get("example", values.picks[0].index) !== index) state.set("example", /** @type {number} */ (index));
  }

  /** Paints again what is known, at another opacity. @type {(() => void) | undefined} */
  #redraw;

  /** Ask everything that is on show; what is known already is not computed. */
  async #ask() {
    const {signal} = this.mounting;
    const round = ++this.#round;
    this.frame.busy(true);
    const tick = () => {
      if (signal.aborted || round !== this.#round) throw new Stale();
    };
    try {
      await this.#answer(tick);
    } catch (error) {
      if (!(error instanceof Stale) && !signal.aborted) throw error;
    } finally {
      if (round === this.#round) this.frame.busy(false);
    }
  }

  /** @param {() => void} tick */
  async #answer(tick) {
    const {state, values, graphs} = this.mounting;
    const at = now(state, values);
    const parts = this.#rubbed(at, await this.#example(at.example));
    tick();
    const weights = altered(at.shuffled, values.cascade, Object.values(graphs)[0]);
    const input = this.#input(parts.picture.data);
    this.frame.panels(at);
    this.frame.picture(at, parts);
    const answer = at.shuffled || at.rubbed ? await this.#scored(at, input, weights, tick) : values.picks[at.example].answer;
    const own = this.#likeliest(values.picks[at.example].answer);
    const target = at.target < 0 ? own : at.target;
    this.frame.answer(probabilities(answer, values.reading), at, target, own);
    /** @type {Ask} */
    const ask = {...at, input, baseline: baseline(at.baseline, input, values), target, altered: weights, labels: this.probe.labels(at, parts)};
    /** @type {{title: string, curve: number[] | null}[]} */
    const curves = [...at.methods.map((name) => ({title: this.frame.title(name), curve: null})), {title: "Random order", curve: null}];
    const seen = this.frame.seen(at, parts, target, ask.labels);
    const answers = at.methods.map((name) => this.#answers.get(key(name, at, target, at.shuffled)) ?? null);
    /** @type {(number | null)[]} */
    const likeness = at.methods.map(() => null);
    this.#redraw = () => {
      const opacity = state.get("opacity", 0.85);
      this.frame.draw({...at, opacity}, answers, seen(), likeness);
    };
    this.#redraw();
    const off = await this.probe.off(at, ask, Array.from(answer), answers, tick);
    for (const [i, name] of at.methods.entries()) {
      const told = (/** @type {number} */ share) => {
        tick();
        this.frame.work(i, share);
      };
      answers[i] = await this.#map(name, at, ask, told);
      if (at.shuffled) {
        const trained = await this.#map(name, {...at, shuffled: 0}, {...ask, altered: undefined}, told);
        likeness[i] = spearman(trained.map, answers[i].map);
      }
      this.frame.rested(i);
      this.#redraw();
      off();
    }
    this.frame.curves(curves, target);
    for (const [i, name] of [...at.methods, "random"].entries()) {
      curves[i].curve = await this.#fall(name, answers[i]?.map, at, ask, tick);
      this.frame.curves(curves, target);
    }
    this.frame.tell(at, target, answers, likeness, this.probe.said);
  }

  /** @param {number} place  among the picks */
  async #example(place) {
    const {arrays, more, values} = this.mounting;
    return place ? more(`example-${values.picks[place].index}`) : arrays;
  }

  /** The example with nothing where the brush has passed. @param {Now} at @param {import("../js/types.js").Tensors} parts */
  #rubbed(at, parts) {
    if (!at.rubbed) return parts;
    const {range: [low, high], shape} = this.mounting.values;
    const {data} = parts.picture;
    const nothing = baseline(at.baseline, this.#input(data), this.mounting.values).map((one) => (255 * (one - low)) / (high - low));
    const left = without(/** @type {Uint8Array} */ (data), nothing, touched(at.rubbed, shape));
    return {...parts, picture: {...parts.picture, data: left}};
  }

  /** @param {ArrayLike<any>} bytes */
  #input(bytes) {
    const [low, high] = this.mounting.values.range;
    return Float32Array.from(bytes, (byte) => low + ((high - low) * byte) / 255);
  }

  /** @param {Now} at @param {Float32Array} input @param {Ask["altered"]} weights @param {() => void} tick */
  async #scored(at, input, weights, tick) {
    const name = `scores ${picture(at)} ${at.shuffled}`;
    const known = this.#rows.get(name);
    if (known) return known;
    const [row] = await this.methods.scores([input], weights, tick);
    this.#rows.set(name, Array.from(row));
    return Array.from(row);
  }

  /** @param {string} name @param {Now} at @param {Ask} ask @param {(share: number) => void} tick */
  async #map(name, at, ask, tick) {
    const known = this.#answers.get(key(name, at, ask.target, at.shuffled));
    if (known) return known;
    tick(0);
    const answer = await this.methods.ask(name, ask, tick);
    this.#answers.set(key(name, at, ask.target, at.shuffled), answer);
    return answer;
  }

  /** @param {string} name @param {Float32Array | undefined} map @param {Now} at @param {Ask} ask @param {() => void} tick */
  async #fall(name, map, at, ask, tick) {
    const {values} = this.mounting;
    const known = name === "random" ? this.#random(at, ask.target) : key(name, at, ask.target, at.shuffled);
    const held = this.#rows.get(this.#curve(known, at));
    if (held) return held;
    // What speaks for a negative quantity has numbers below zero.
    const negative = values.quantity && values.picks[at.example].answer[0] < 0 && this.frame.signed(name, at);
    const order = map ? descending(negative ? map.map((one) => -one) : map) : shuffle(CHANCE, ask.input.length / values.shape[0]);
    const rows = await this.methods.flips(ask, order, tick);
    const curve = rows.map((row) => probabilities(row, values.reading)[ask.target]);
    this.#rows.set(this.#curve(known, at), curve);
    return curve;
  }
}

/** Settings as the build had them. */
const START = {
  target: -1,
  counter: false,
  baseline: /** @type {const} */ ("least"),
  steps: 32,
  sigma: 0.15,
  copies: 16,
  epsilon: 0.01,
  alpha: 2,
  each: 10,
  seed: 2,
  cuts: "",
  rubbed: "",
  shuffled: 0,
};
