/**
 * Graphs as functions. One worker for each engine serves all figures of a page; it starts at the first call.
 *
 * @typedef {import("./types.js").Graph} Graph
 * @typedef {import("./types.js").GraphCard} GraphCard
 */
import {graphFile, weightFile} from "./engines.js";
import {checked} from "./feeds.js";
import {whole} from "./onnx.js";
import {widened} from "./widen.js";

/** What may be fetched before anybody asks for it, the light engine apart: bytes. */
const LITTLE = 300_000;

/** Whether the reader has the browser save data. */
const saving = () => /** @type {any} */ (navigator).connection?.saveData === true;

/**
 * One graph for one figure.
 * @param {import("./engines.js").Engines} engines
 * @param {string} name
 * @param {GraphCard} card  with full addresses
 * @param {{signal: AbortSignal, answered: () => void, failed: (error: unknown) => void}} figure
 * @returns {Graph}
 */
export function graph(engines, name, card, {signal, answered, failed}) {
  const {url, weights, location, inputs, outputs} = card;
  const engine = engines[card.engine];
  const source = {url, weights, location};
  const key = {};
  holdOpen(engine, url, signal);

  /** @template T @param {Promise<T>} promise @returns {Promise<T>} */
  function watched(promise) {
    promise.catch((error) => signal.aborted || failed(error));
    return promise;
  }

  /** @type {Graph["run"]} */
  async function run(feeds, {latest, transfer, altered} = {}) {
    const message = {source, feeds: checked(name, inputs, feeds)};
    const buffers = Object.values(message.feeds).map(({data}) => data.buffer);
    const work = async () => {
      if (altered && weights) message.source = {...source, weights: await engine.alter(weights, altered)};
      await engine.open(message.source);
      return engine.ask("run", message, transfer ? /** @type {Transferable[]} */ (buffers) : [], signal);
    };
    const answer = await engine.queue.run(work, {key, latest, signal});
    signal.throwIfAborted();
    if (answer) answered();
    return answer;
  }

  async function ownWeights() {
    if (!weights) throw new Error(`graph ${name} has no weights of its own`);
    return (await weightFile(weights)).tensors;
  }

  async function file() {
    const [model, beside] = await Promise.all([graphFile(url), weights ? weightFile(weights) : null]);
    return beside ? whole(model, widened(beside.data)) : model;
  }

  return {
    inputs,
    outputs,
    engine: card.engine,
    loads: card.loads ?? 0,
    file: () => watched(file()),
    engineFiles: () => watched(engine.files()),
    run: (feeds, options) => watched(run(feeds, options)),
    warm: () => watched(engine.open(source)),
    weights: () => watched(ownWeights()),
  };
}

/**
 * Fetch a graph of the light engine, its weights and that engine before anybody asks for an answer, where
 * that is little.
 * @param {import("./engines.js").Engines} engines
 * @param {{url: string, weights: string | null, location?: string, loads: number}} card
 */
export function ahead(engines, {url, weights, location, loads}) {
  // If it fails, whoever asks for an answer learns why.
  if (loads <= LITTLE && !saving()) engines.light.open({url, weights, location}).catch(() => {});
}

/** Release the session when the last figure that has this graph is gone. */
function holdOpen(/** @type {import("./engines.js").Engine} */ engine, /** @type {string} */ url, /** @type {AbortSignal} */ signal) {
  engine.users.set(url, (engine.users.get(url) ?? 0) + 1);
  const leave = () => {
    const left = (engine.users.get(url) ?? 1) - 1;
    engine.users.set(url, left);
    if (!left) engine.release(url);
  };
  signal.addEventListener("abort", leave, {once: true});
}
