/** Play, step, start over, how fast, how the map is made, and how far it is. */
import {act, list, slider} from "../../js/dials.js";
import {make} from "../../js/make.js";
import {METHODS, RATES, SPEEDS, grouped} from "./words.js";

export class Bar {
  /** @param {{play: () => void, step: () => void, restart: () => void, seed: () => void, set: (name: string, value: any) => void}} acts */
  constructor(acts) {
    const {set} = acts;
    this.play = act("play", "Play", acts.play);
    this.play.classList.add("primary", "play");
    this.step = act("step", "Step", acts.step, "Step: one step of the map");
    this.restart = act("restart", "Start over", acts.restart, "Start over from the same start, and play");
    this.seed = act("seed", "Another start", acts.seed);
    this.count = make("output", "");
    const steps = make("div", "dial count", make("span", "", "Step"), this.count);
    steps.dataset.control = "steps";
    const speeds = {slow: "Slow", steady: "Steady", fast: "Fast", full: "Full speed"};
    const rates = RATES.map((rate) => /** @type {[number, string]} */ ([rate, String(rate)]));
    this.dials = {
      method: list("method", "Method", Object.entries(METHODS), (value) => set("method", value)),
      perplexity: slider("perplexity", "Perplexity", {least: 2, most: 100, step: 1}, String, (value) => set("perplexity", value)),
      epsilon: list("epsilon", "Learning rate ε", rates, (value) => set("epsilon", value)),
      neighbours: slider("neighbours", "Neighbours", {least: 2, most: 100, step: 1}, String, (value) => set("neighbours", value)),
      least: slider("least", "Least distance", {least: 0, most: 1, step: 0.05}, (value) => value.toFixed(2), (value) => set("least", value)),
      speed: list("speed", "Speed", Object.keys(SPEEDS).map((name) => [name, speeds[/** @type {"slow"} */ (name)]]), (value) => set("speed", value)),
    };
    const buttons = make("div", "buttons", this.play, this.step, this.restart, this.seed);
    const dials = make("div", "dials", ...Object.values(this.dials).map(({element}) => element));
    this.element = make("div", "bar", buttons, steps, dials);
  }

  /** @param {import("./settings.js").Settings} settings @param {string} speed */
  show(settings, speed) {
    const {method} = settings;
    const {dials} = this;
    for (const name of /** @type {const} */ (["method", "perplexity", "epsilon", "neighbours", "least"])) dials[name].show(settings[name]);
    dials.speed.show(speed);
    const tsne = method === "tsne";
    dials.perplexity.element.hidden = dials.epsilon.element.hidden = !tsne;
    dials.neighbours.element.hidden = method !== "umap" && method !== "graph";
    dials.least.element.hidden = method !== "umap";
  }

  /** @param {boolean} playing */
  run(playing) {
    this.play.textContent = playing ? "Pause" : "Play";
  }

  /** Whether there is anything to play. @param {boolean} able */
  enable(able) {
    for (const one of [this.play, this.step, this.restart]) if (!one.closest("[data-locked]")) one.disabled = !able;
  }

  /** @param {number} step */
  at(step) {
    this.count.value = grouped(step);
  }
}
