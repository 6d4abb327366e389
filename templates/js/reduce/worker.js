/**
 * The module worker that reduces. It knows nothing of drawing: whoever draws asks for a report, and has it as
 * soon as there is news.
 *
 * @typedef {import("./method.js").Problem} Problem
 * @typedef {{k: number, trust: number, continuity: number, hit: number | null}} Measured
 *
 * @typedef {object} Report
 * @property {number} run       which run it tells of
 * @property {number} step
 * @property {Float32Array} places  (count, 2)
 * @property {number | null} cost
 * @property {string} measure   what the cost is called
 * @property {Measured | null} quality  null: not measured since the last step
 * @property {boolean} closed   further steps change nothing
 * @property {boolean} broken   places are no numbers any more
 * @property {boolean} halted   it stands still of its own
 *
 * @typedef {{method: string, problem: Problem, labels: Int32Array | null}} Task
 *
 * @typedef {object} Order  what may be sent; what is not named stays as it is
 * @property {number} [run]
 * @property {Task} [begin]
 * @property {number} [steps]  with which it starts
 * @property {number} [pace]   steps a second; 0: stand still
 * @property {number} [stop]   step at which it stands still
 * @property {number} [step]   so many more, then stand still
 * @property {boolean} [report]
 * @property {{task: Task, at: number}[]} [compare]  further runs, each up to a step; one report each
 */
import {squares} from "./distances.js";
import {begin} from "./method.js";
import {Quality} from "./quality.js";

/** Milliseconds of steps between two looks at what was sent. */
const SLICE = 10;
/** Milliseconds between two measurements of a map that moves. */
const MEASURING = 250;

/** @type {import("./method.js").Reduction | null} */
let reduction = null;
/** @type {Quality | null} */
let quality = null;
let [run, step, pace, stop, target] = [0, 0, 0, Infinity, 0];
let [due, last, measured] = [0, 0, 0];
let [waiting, news, halted] = [false, false, false];
/** @type {{task: Task, at: number}[]} */
let queue = [];
/** How far the run is that the queue compares. @type {{key: string, reduction: import("./method.js").Reduction, quality: Quality, step: number} | null} */
let compared = null;
let number = 0;

const bell = new MessageChannel();
bell.port1.onmessage = () => work();
let rung = false;

function ring() {
  if (rung) return;
  rung = true;
  bell.port2.postMessage(0);
}

/** @param {Task} task */
const measuring = ({problem: {points}, labels}) => new Quality(squares(points), points.count, labels);

/** @param {import("./method.js").Reduction} one */
const broken = ({places}) => !places.every(Number.isFinite);

/** @param {Order} order */
function obey(order) {
  if (order.run !== undefined) run = order.run;
  if (order.begin) {
    reduction = begin(order.begin.method, order.begin.problem);
    quality = measuring(order.begin);
    [step, target, pace, due, measured, news, halted] = [0, order.steps ?? 0, 0, 0, 0, true, false];
  }
  if (order.compare) [queue, number, compared] = [order.compare, 0, null];
  if (order.stop !== undefined) stop = order.stop;
  if (order.pace !== undefined) [pace, due, last, news, halted] = [order.pace, 0, performance.now(), true, false];
  if (order.step) [pace, target] = [0, step + order.step];
  if (order.report) waiting = true;
}

/** Steps that may be taken now. */
function allowed() {
  if (step < target) return target - step;
  if (!pace) return 0;
  const now = performance.now();
  due = Math.min(due + ((now - last) * pace) / 1000, pace / 10 + 1);
  last = now;
  return Math.min(stop > step ? stop - step : Infinity, pace === Infinity ? Infinity : Math.floor(due));
}

function work() {
  rung = false;
  if (queue.length) return compareOne();
  if (!reduction) return;
  const until = performance.now() + SLICE;
  const paced = step >= target;
  for (let count = allowed(); count > 0 && !halted; count--) {
    if (reduction.closed) {
      [target, pace, halted, news] = [step, 0, true, true];
      break;
    }
    reduction.step();
    step += 1;
    news = true;
    if (paced && pace !== Infinity) due -= 1;
    if (paced && step === stop) [pace, halted] = [0, true];
    if (performance.now() > until) break;
  }
  report();
  if (step < target && !halted) ring();
  else if (pace === Infinity) ring();
  else if (pace) setTimeout(ring, Math.max(1, (1000 * (1 - due)) / pace));
}

/** @param {import("./method.js").Reduction} one @param {number} at @param {Measured | null} found @returns {Report} */
function told(one, at, found) {
  return {
    run,
    step: at,
    places: Float32Array.from(one.places),
    cost: one.cost(),
    measure: one.measure,
    quality: found,
    closed: Boolean(one.closed),
    broken: broken(one),
    halted,
  };
}

function report() {
  if (!waiting || !news || !reduction || !quality) return;
  if (broken(reduction)) [pace, target, halted] = [0, step, true];
  [waiting, news] = [false, false];
  const now = performance.now();
  const still = !pace && step >= target;
  const due = !halted || !broken(reduction) ? still || now - measured > MEASURING : false;
  if (due) measured = now;
  postMessage(told(reduction, step, due ? quality.measure(reduction.places) : null));
}

/** A slice of the run that comes next; one of the same task goes on from the one before. */
function compareOne() {
  const {task, at} = queue[0];
  const {points, ...settings} = task.problem;
  const key = JSON.stringify([task.method, settings]);
  if (!compared || compared.key !== key || compared.step > at) {
    const before = compared?.quality;
    compared = {key, reduction: begin(task.method, task.problem), quality: before ?? measuring(task), step: 0};
  }
  const until = performance.now() + SLICE;
  while (compared.step < at && !compared.reduction.closed && performance.now() < until) {
    compared.reduction.step();
    compared.step += 1;
  }
  if (compared.step >= at || compared.reduction.closed) {
    const found = broken(compared.reduction) ? null : compared.quality.measure(compared.reduction.places);
    postMessage({compared: number++, ...told(compared.reduction, compared.step, found)});
    queue.shift();
  }
  ring();
}

addEventListener("message", (/** @type {MessageEvent<Order>} */ {data: order}) => {
  obey(order);
  ring();
});
