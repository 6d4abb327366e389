/**
 * The module worker that trains. It knows nothing of drawing: whoever draws asks for a report, and has
 * it as soon as there is news.
 *
 * @typedef {import("./settings.js").Settings} Settings
 *
 * @typedef {object} Report
 * @property {number} run        which run it tells of
 * @property {number} epoch
 * @property {Float32Array} weights
 * @property {{loss: number, right: number}} train
 * @property {{loss: number, right: number}} test
 * @property {[number, number, number][]} curve  epoch, loss in training and in testing
 * @property {number[][] | null} worth    of hidden neurons, by layer, where it is asked for
 * @property {number[][] | null} typical  size of every layer's values
 * @property {boolean} broken    the numbers are no numbers any more
 * @property {boolean} halted    whether it stood still of its own, at the epoch of `stop` or broken
 *
 * @typedef {object} Order  what may be sent; what is not named stays as it is
 * @property {number} [run]
 * @property {Settings} [begin]         a new run
 * @property {number} [epochs]          with which it starts
 * @property {Float32Array} [weights]   that are kept from the run before
 * @property {boolean} [weigh]          whether reports say what neurons are worth
 * @property {Partial<Settings>} [change]
 * @property {[number, number][]} [set] weights by place
 * @property {number} [pace]            epochs a second; 0: stand still
 * @property {number} [stop]            epoch at which it stands still; 0: none
 * @property {number} [step]            so many epochs, then stand still
 * @property {number} [recall]          an epoch to look back to
 * @property {boolean} [report]
 */
import {Curve} from "./curve.js";
import {importances, typical} from "./importance.js";
import {examples, network, trainer} from "./settings.js";
import {measure} from "./trainer.js";

/** Milliseconds of training between two looks at what was sent. */
const SLICE = 10;
/** Milliseconds between two weighings of all neurons while it trains. */
const WEIGHING = 400;

/** @type {import("./trainer.js").Trainer | null} */
let training = null;
/** @type {Settings} */
let settings;
/** @type {ReturnType<typeof examples>} */
let data;
let curve = new Curve();
let [run, pace, stop, target] = [0, 0, 0, 0];
/** @type {number[][] | null} */
let worth = null;
let [weigh, weighed] = [false, 0];
let [due, last, waiting, news, broken, halted] = [0, 0, false, false, false, false];

const bell = new MessageChannel();
bell.port1.onmessage = () => work();
let rung = false;

function ring() {
  if (rung) return;
  rung = true;
  bell.port2.postMessage(0);
}

/** @param {Settings} asked @param {number} epochs @param {Float32Array} [kept] */
function begin(asked, epochs, kept) {
  settings = asked;
  data = examples(settings);
  training = trainer(settings, kept);
  if (kept) training.epoch = epochs;
  curve = new Curve();
  [target, pace, broken, due, weighed] = [epochs, 0, false, 0, 0];
  note();
}

function note() {
  if (!training) return;
  const {network: net, epoch} = training;
  broken = !net.weights.every(Number.isFinite);
  curve.add(epoch, () => [measure(net, data.train).loss, measure(net, data.test).loss], net.weights);
  news = true;
}

/** @param {Order} order */
function obey(order) {
  if (order.run !== undefined) run = order.run;
  if (order.begin) begin(order.begin, order.epochs ?? 0, order.weights);
  if (!training) return;
  if (order.change) {
    settings = {...settings, ...order.change};
    const before = training;
    data = examples(settings);
    training = trainer(settings, before.network.weights);
    [training.epoch, training.rooms] = [before.epoch, before.rooms];
    news = true;
  }
  for (const [place, value] of order.set ?? []) training.network.weights[place] = value;
  if (order.set) [news, broken] = [true, false];
  if (order.weigh !== undefined) [weigh, news, weighed] = [order.weigh, true, 0];
  if (order.stop !== undefined) stop = order.stop;
  if (order.pace !== undefined) [pace, due, last, news, halted] = [order.pace, 0, performance.now(), true, false];
  if (order.step) [pace, target] = [0, training.epoch + order.step];
  if (order.recall !== undefined) postMessage({run, recalled: curve.recall(order.recall)});
  if (order.report) waiting = true;
}

/** Epochs that may be run now. */
function allowed() {
  const {epoch} = /** @type {import("./trainer.js").Trainer} */ (training);
  if (broken) return 0;
  if (epoch < target) return target - epoch;
  if (!pace) return 0;
  const now = performance.now();
  due = Math.min(due + ((now - last) * pace) / 1000, pace / 10 + 1);
  last = now;
  // Who plays on from where it was to stop wants more.
  const left = stop > epoch ? stop - epoch : Infinity;
  return Math.min(left, pace === Infinity ? Infinity : Math.floor(due));
}

function work() {
  rung = false;
  if (!training) return;
  const until = performance.now() + SLICE;
  let count = allowed();
  const paced = training.epoch >= target;
  while (count > 0 && !broken) {
    training.run();
    if (paced && pace !== Infinity) due -= 1;
    count -= 1;
    note();
    if (paced && training.epoch === stop) [pace, halted] = [0, true];
    if (performance.now() > until) break;
  }
  if (broken) [pace, halted] = [0, true];
  report();
  if (training.epoch < target && !broken) ring();
  else if (pace === Infinity) ring();
  else if (pace) setTimeout(ring, Math.max(1, (1000 * (1 - due)) / pace));
}

function report() {
  if (!waiting || !news || !training) return;
  [waiting, news] = [false, false];
  const net = network(settings, training.network.weights);
  const now = performance.now();
  if (weigh && (now - weighed > WEIGHING || !pace)) [worth, weighed] = [importances(net, data.train), now];
  /** @type {Report} */
  const told = {
    run,
    epoch: training.epoch,
    weights: training.network.weights.slice(),
    train: measure(net, data.train),
    test: measure(net, data.test),
    curve: curve.points,
    worth: weigh ? worth : null,
    typical: weigh ? typical(net, data.train) : null,
    broken,
    halted,
  };
  postMessage(told);
}

addEventListener("message", (/** @type {MessageEvent<Order>} */ {data: order}) => {
  obey(order);
  ring();
});
