/** Play, step, start over, how fast, and how far training is. */
import {make} from "../../js/make.js";
import {act, list} from "../../js/dials.js";
import {SPEEDS, grouped} from "./words.js";

export class Bar {
  /**
   * @param {{play: () => void, step: () => void, restart: () => void,
   *   set: (name: string, value: any) => void}} acts
   */
  constructor(acts) {
    this.play = act("play", "Play", acts.play);
    this.play.classList.add("primary", "play");
    this.step = act("step", "Step", acts.step, "Step: train for one epoch");
    this.restart = act("restart", "Start over", acts.restart, "Start over with the same first weights");
    this.epoch = make("output", "");
    const count = make("div", "dial epoch", make("span", "", "Epoch"), this.epoch);
    count.dataset.control = "epoch";
    const speeds = Object.keys(SPEEDS).map((name) => [name, {slow: "Slow", steady: "Steady", fast: "Fast", full: "Full speed"}[name]]);
    this.speed = list("speed", "Speed", /** @type {any} */ (speeds), (value) => acts.set("speed", value));
    this.stop = list(
      "stop",
      "Stop at epoch",
      [[0, "Never"], ...[10, 50, 100, 200, 500, 1000, 2000, 5000].map((at) => /** @type {[number, string]} */ ([at, grouped(at)]))],
      (value) => acts.set("stop", value),
    );
    const buttons = make("div", "acts-of-training", this.play, this.step, this.restart);
    this.element = make("div", "bar", buttons, count, this.speed.element, this.stop.element);
  }

  /** @param {boolean} playing */
  run(playing) {
    this.play.textContent = playing ? "Pause" : "Play";
  }

  /** @param {number} epoch */
  show(epoch) {
    this.epoch.value = grouped(epoch);
  }
}
