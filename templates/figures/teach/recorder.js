/**
 * Captures while a button is held: of the camera, what it sees; of a drawing, the same again a little
 * moved; of a picture, one.
 *
 * @typedef {import("./stage.js").Stage} Stage
 * @typedef {import("./net.js").Net} Net
 * @typedef {import("./taught.js").Capture} Capture
 */
import {FULL, fresh} from "./taught.js";

/** Between two captures, in milliseconds. */
const PACE = 120;

export class Recorder {
  /** A number of the recording that runs; 0: none. */
  #take = 0;

  /**
   * @param {Stage} stage @param {Net} net
   * @param {{keep: (capture: Capture, first: boolean) => number, say: (words: string) => void}} then
   *   keep: takes a capture in and answers how many its class now has
   */
  constructor(stage, net, then) {
    this.stage = stage;
    this.net = net;
    this.then = then;
  }

  release() {
    this.#take = 0;
  }

  /** @param {number} of  the class's id */
  async press(of) {
    const take = (this.#take = fresh());
    const {stage} = this;
    if (!stage.shown) return this.then.say("There is nothing to record: show something first.");
    const again = stage.source === "camera" || stage.source === "draw";
    for (let way = 0; way === 0 || (again && this.#take === take); way++) {
      const capture = await this.#capture(of, take, way);
      if (!capture) break;
      const count = this.then.keep(capture, way === 0);
      if (count >= FULL) return this.then.say(`${FULL} captures are enough for one class.`);
      if (again) await new Promise((then) => setTimeout(then, PACE));
    }
  }

  /** @param {number} of @param {number} take @param {number} way @returns {Promise<Capture | null>} */
  async #capture(of, take, way) {
    const {stage} = this;
    const {shown} = stage;
    if (!shown) return null;
    const shares = stage.source === "draw" && way ? stage.strokesPicture(way) : shown.shares;
    const features = shown.features ?? (shares && (await this.net.features(shares)));
    if (!features) return null;
    return {id: fresh(), of, take, features: Float32Array.from(features), small: shares && shares !== shown.shares ? stage.shrunk(shares) : shown.small};
  }
}
