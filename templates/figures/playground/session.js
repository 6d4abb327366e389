/**
 * The page's end of the worker that trains: orders go out, reports come back at the pace of drawing.
 *
 * @typedef {import("./settings.js").Settings} Settings
 * @typedef {import("./worker.js").Report} Report
 * @typedef {{epoch: number, losses: number[], weights: Float32Array}} Recalled
 */
import {Trouble} from "../../js/trouble.js";

export class Session {
  #run = 0;
  /** The last report of this run. @type {Report | null} */
  now = null;
  /** Whether settings, seed and epoch alone make these weights. */
  pure = true;

  /**
   * @param {(report: Report) => void} tell @param {(then: Recalled) => void} recalled
   * @param {AbortSignal} signal
   */
  constructor(tell, recalled, signal) {
    this.worker = new Worker(new URL("./worker.js", import.meta.url), {type: "module", name: "trainer"});
    signal.addEventListener("abort", () => this.worker.terminate());
    this.worker.addEventListener("message", ({data}) => {
      if (!data.recalled) return this.#hear(data, tell);
      if (data.run === this.#run) recalled(data.recalled);
    });
    /** Kept with the first report. @type {Promise<void>} */
    this.started = new Promise((resolve, reject) => {
      this.worker.addEventListener("message", () => resolve(), {once: true});
      this.worker.addEventListener("error", (event) => {
        event.preventDefault();
        const trouble = new Trouble("The program that trains the network did not run.", event.message);
        reject(trouble);
        // Whoever waits no longer is told by the page, which knows whose error this is.
        if (this.now) reportError(trouble);
      });
    });
  }

  /** @param {Report} report @param {(report: Report) => void} tell */
  #hear(report, tell) {
    // What an older run still had to say.
    if (report.run !== this.#run) return;
    this.now = report;
    const before = performance.now();
    tell(report);
    // Drawing has at most half of the page's time, so that the page answers.
    const pause = performance.now() - before;
    setTimeout(() => requestAnimationFrame(() => this.worker.postMessage({report: true})), pause > 8 ? pause : 0);
  }

  /** A new run. @param {Settings} settings @param {number} epochs @param {Float32Array} [weights]  kept from the one before */
  begin(settings, epochs, weights) {
    this.#run += 1;
    this.pure = !weights;
    this.worker.postMessage({run: this.#run, begin: settings, epochs, weights, report: true});
  }

  /** @param {boolean} weigh  whether reports say what neurons are worth */
  weigh(weigh) {
    this.worker.postMessage({weigh});
  }

  /** @param {Partial<Settings>} change */
  change(change) {
    this.pure &&= !this.now?.epoch;
    this.worker.postMessage({change});
  }

  /** @param {[number, number][]} set  weights by place */
  set(set) {
    this.pure = false;
    this.worker.postMessage({set});
  }

  /** @param {number} pace  epochs a second @param {number} stop */
  play(pace, stop) {
    this.worker.postMessage({pace, stop});
  }

  /** @param {number} epoch  to look back to */
  recall(epoch) {
    this.worker.postMessage({recall: epoch});
  }

  pause() {
    this.worker.postMessage({pace: 0});
  }

  step(epochs = 1) {
    this.worker.postMessage({step: epochs});
  }
}
