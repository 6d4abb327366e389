/**
 * A network that learns a few shapes in the page, and the picture that it would like to see for each.
 * Each experiment stays below the ones that follow it, to be compared.
 *
 * @typedef {import("../js/types.js").Mounting} Mounting
 * @typedef {import("./imagine/asked.js").Asked} Asked
 */
import {FEWEST, called, now} from "./imagine/asked.js";
import {experiment} from "./imagine/experiment.js";
import {Frame} from "./imagine/frame.js";
import {Lost} from "./dream/climb.js";

export const style = new URL("./imagine/living.css", import.meta.url).href;

/** @param {Mounting} mounting */
export default async function mount(mounting) {
  new Imagine(mounting).start();
}

/** Bytes cut into pictures. @param {import("../js/types.js").Tensor} tensor @returns {Uint8Array[]} */
function cut({data, shape: [count]}) {
  const size = data.length / count;
  return Array.from({length: count}, (_, i) => /** @type {Uint8Array} */ (data).subarray(i * size, (i + 1) * size));
}

class Imagine {
  /** Counts what was begun; a newer one makes older ones stale. */
  #round = 0;
  #busy = false;

  /** @param {Mounting} mounting */
  constructor(mounting) {
    const {arrays, graphs, values} = mounting;
    this.mounting = mounting;
    this.masters = cut(arrays.shapes);
    this.lab = {values, masters: this.masters, graphs};
    this.frame = new Frame(mounting, {train: () => (this.#busy ? this.#stop() : void this.#train()), toggle: (shape) => this.#toggle(shape)});
  }

  get #now() {
    return now(this.mounting.state, this.mounting.values);
  }

  start() {
    const {arrays, element, page, signal, state, values} = this.mounting;
    const first = now(/** @type {any} */ ({get: (/** @type {string} */ _, /** @type {any} */ fallback) => fallback}), values);
    const {right, shares, trained} = values.first;
    const order = first.shapes.map((one) => values.first.shapes.indexOf(values.names[one]));
    const pictures = cut(arrays.pictures);
    this.frame.add(first)({
      pictures: order.map((i) => pictures[i]),
      shares: order.map((i) => shares[i]),
      line: `${trained} training steps when the page was built. ${verdict(right, values.constants.tests)}`,
    });
    const draw = () => this.frame.asked(this.#now, this.masters);
    draw();
    element.append(this.frame.element);
    for (const name of ["shapes", "net", "epochs", "steps", "start", "seed"]) state.watch(name, draw);
    page.onscheme(() => {
      draw();
      this.frame.renew();
    });
    element.addEventListener("figure:hide", () => this.#stop(), {signal});
    // An address that asks for another experiment than the first is a link to that one.
    if (JSON.stringify(this.#now) !== JSON.stringify(first)) void this.#train();
  }

  /** @param {number} shape */
  #toggle(shape) {
    const {state, values: {names}} = this.mounting;
    const {shapes} = this.#now;
    const wanted = shapes.includes(shape) ? shapes.filter((one) => one !== shape) : [...shapes, shape].sort((a, b) => a - b);
    if (!wanted.length) return this.frame.tell("One shape stays: choose another one first.");
    this.frame.tell("");
    state.set("shapes", wanted.map((one) => names[one]).join(","));
  }

  #stop() {
    if (!this.#busy) return;
    this.#round += 1;
    this.#busy = false;
    this.frame.drop();
    this.frame.busy(false);
  }

  async #train() {
    const {page, signal, values} = this.mounting;
    const asked = this.#now;
    if (asked.shapes.length < FEWEST) return this.frame.tell("Choose at least two shapes: with one there is nothing to tell apart.");
    const round = ++this.#round;
    const stale = () => signal.aborted || round !== this.#round;
    this.#busy = true;
    this.frame.tell("");
    this.frame.busy(true);
    const show = this.frame.add(asked);
    const blank = asked.shapes.map(() => new Uint8Array(values.side ** 2));
    show({pictures: blank, shares: null, line: ""});
    try {
      const found = await experiment(this.lab, asked, {
        stale,
        training: (done, of) => (this.frame.progress.textContent = `Training: step ${done} of ${of}`),
        climbing: (pictures, step) => {
          this.frame.progress.textContent = `Imagining: step ${step} of ${asked.steps}`;
          if (step % 2 === 0) show({pictures, shares: null, line: ""});
        },
      });
      if (!found || stale()) return;
      const {pictures, shares, right, took, losses} = found;
      const line = `${losses.length} training steps of ${took.toFixed(1)} ms in this page. ${verdict(right, values.constants.tests)}`;
      show({pictures, shares, line});
      this.#busy = false;
      this.frame.busy(false);
      page.say(`${line} It imagined ${asked.shapes.map((one, i) => `${called(values.names[one])}, sure to ${Math.round(100 * shares[i])} %`).join("; ")}.`);
    } catch (error) {
      if (!(error instanceof Lost)) throw error;
      this.#stop();
      this.frame.tell("The numbers grew beyond all bounds, so there is nothing to show. Choose fewer epochs or another seed.");
    }
  }
}

/** @param {number} right @param {number} tests */
const verdict = (right, tests) => `Right on ${Math.round(100 * right)} % of ${tests} new examples.`;
