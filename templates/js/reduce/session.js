/**
 * The page's end of the workers that reduce: orders go out, reports come back at the pace of drawing. One works
 * for the map that is watched, one for those beside it.
 *
 * @typedef {import("./worker.js").Report} Report
 * @typedef {import("./worker.js").Task} Task
 */
import {Trouble} from "../trouble.js";

export class Session {
  #run = 0;
  #busy = false;
  /** @type {((trouble: Trouble) => void) | null} */
  #reject = null;
  /** The last report of this run. @type {Report | null} */
  now = null;

  /** @param {(report: Report) => void} tell @param {(index: number, report: Report) => void} compared @param {AbortSignal} signal */
  constructor(tell, compared, signal) {
    this.tell = tell;
    this.compared = compared;
    /** Kept with the first report. @type {Promise<void>} */
    this.started = new Promise((resolve, reject) => {
      this.begun = resolve;
      this.#reject = reject;
    });
    this.worker = this.#hire((data) => this.#hear(data));
    this.other = this.#hire((data) => this.#beside(data));
    signal.addEventListener("abort", () => {
      this.worker.terminate();
      this.other.terminate();
    });
  }

  /** @param {(data: any) => void} hear */
  #hire(hear) {
    const worker = new Worker(new URL("./worker.js", import.meta.url), {type: "module", name: "reduction"});
    worker.addEventListener("message", ({data}) => hear(data));
    worker.addEventListener("error", (event) => {
      event.preventDefault();
      const trouble = new Trouble("The program that makes the map did not run.", event.message);
      this.#reject?.(trouble);
      // Whoever waits no longer is told by the page, which knows whose error this is.
      if (this.now) reportError(trouble);
    });
    return worker;
  }

  /** @param {Report} report */
  #hear(report) {
    // What an older run still had to say.
    if (report.run !== this.#run) return;
    this.#busy = false;
    this.now = report;
    this.begun?.();
    const before = performance.now();
    this.tell(report);
    // Drawing has at most half of the page's time, so that the page answers.
    const pause = performance.now() - before;
    setTimeout(() => requestAnimationFrame(() => this.worker.postMessage({report: true})), pause > 8 ? pause : 0);
  }

  /** @param {Report & {compared: number}} report */
  #beside({compared, ...report}) {
    if (report.run === this.#run) this.compared(compared, report);
  }

  /** A new run; one that is still being prepared is given up. @param {Task} task @param {number} steps */
  begin(task, steps) {
    this.#run += 1;
    if (this.#busy) {
      this.worker.terminate();
      this.worker = this.#hire((data) => this.#hear(data));
    }
    this.#busy = true;
    this.now = null;
    this.worker.postMessage({run: this.#run, begin: task, steps, report: true});
    this.other.postMessage({run: this.#run, compare: []});
  }

  /** Nothing is to be done, and older runs have nothing to say. */
  rest() {
    this.#run += 1;
    this.now = null;
    this.pause();
    this.other.postMessage({compare: []});
  }

  /** Runs beside this one. @param {{task: Task, at: number}[]} compare */
  compare(compare) {
    this.other.postMessage({run: this.#run, compare});
  }

  /** @param {number} pace  steps a second @param {number} stop */
  play(pace, stop) {
    this.worker.postMessage({pace, stop});
  }

  pause() {
    this.worker.postMessage({pace: 0});
  }

  /** @param {number} [count] */
  step(count = 1) {
    this.worker.postMessage({step: count});
  }
}
