/**
 * Graphs as functions. One worker serves all figures of a page; it starts at the first call.
 *
 * @typedef {import("./types.js").Graph} Graph
 * @typedef {import("./types.js").GraphCard} GraphCard
 * @typedef {import("./types.js").Tensors} Tensors
 * @typedef {import("./types.js").Site} Site
 * @typedef {(share: number) => void} Progress  how much of the engine has come, 0 to 1
 */
import {parseArrays} from "./arrays.js";
import {bytes, once} from "./download.js";
import {checked} from "./feeds.js";
import {Queue} from "./queue.js";
import {Trouble, undamaged} from "./trouble.js";

/** The worker seen from the page: numbered questions, answers in any order. */
export class Engine {
  /** @type {Worker | undefined} */
  #worker;
  /** @type {Promise<void> | undefined} */
  #started;
  #calls = 0;
  /** @type {Map<number, {resolve: (value: any) => void, reject: (reason: unknown) => void}>} */
  #open = new Map();
  /** @type {Map<string, Promise<void>>} */
  #provided = new Map();
  /** @type {{address: string, given: Promise<void>} | undefined} */
  #altered;
  /** @type {Set<Progress>} */
  listeners = new Set();
  /** @type {Map<string, number>} */
  users = new Map();
  /** @type {Queue<Tensors>} */
  queue = new Queue();

  /** @param {Site} site */
  constructor(site) {
    this.site = site;
  }

  /** Fetch and start it, once. @returns {Promise<void>} */
  start() {
    this.#started ??= this.#begin().catch((error) => {
      this.#fall(error);
      throw error;
    });
    return this.#started;
  }

  #begin() {
    const url = new URL("./engine.js", import.meta.url);
    const worker = new Worker(url, {type: "module", name: "engine"});
    this.#worker = worker;
    worker.addEventListener("message", ({data}) => this.#hear(data));
    worker.addEventListener("error", (event) => {
      event.preventDefault();
      this.#fall(new Trouble("The engine that runs the network stopped working.", event.message));
    });
    return this.ask("start", {site: this.site});
  }

  /** @param {any} message */
  #hear({call, value, error, loaded}) {
    if (loaded !== undefined) {
      for (const tell of this.listeners) tell(Math.min(1, loaded / this.site.wasmBytes));
      return;
    }
    const waiting = this.#open.get(call);
    this.#open.delete(call);
    if (error === undefined) waiting?.resolve(value);
    else {
      const trouble = new Trouble(error.said, error.detail);
      waiting?.reject(trouble);
      // A binary that cannot run will not run next time either: a new try fetches it anew.
      if (error.fatal) this.#fall(trouble);
    }
  }

  /** Everybody who waits learns of it, and the next call starts a new worker. @param {Error} error */
  #fall(error) {
    this.#worker?.terminate();
    this.#worker = undefined;
    this.#started = undefined;
    this.#provided.clear();
    this.#altered = undefined;
    for (const {reject} of this.#open.values()) reject(error);
    this.#open.clear();
  }

  /** Give the worker a model's weights, once. @param {string} url @returns {Promise<void>} */
  provide(url) {
    const known = this.#provided.get(url);
    if (known) return known;
    const given = Promise.all([weightFile(url), this.start()]).then(([{data}]) =>
      this.ask("provide", {url, data}),
    );
    this.#provided.set(url, given);
    given.catch(() => this.#provided.delete(url));
    return given;
  }

  /**
   * Give the worker a model's weights with some tensors replaced; those it had before are forgotten.
   * @param {string} url @param {import("./types.js").Altered} altered @returns {Promise<string>} its address
   */
  async alter(url, {name, tensors}) {
    const address = `${url}#${name}`;
    if (this.#altered?.address !== address) {
      const given = tensors().then((data) => this.ask("alter", {url, address, tensors: data}));
      this.#altered = {address, given};
    }
    await this.#altered.given;
    return address;
  }

  /** Forget a graph that no figure holds any longer. @param {string} url */
  release(url) {
    if (this.#worker) this.ask("close", {url}).catch(() => {});
  }

  /**
   * @param {string} deed @param {object} message @param {Transferable[]} [transfer]
   * @returns {Promise<any>}
   */
  ask(deed, message, transfer = []) {
    const call = ++this.#calls;
    return new Promise((resolve, reject) => {
      this.#open.set(call, {resolve, reject});
      this.#worker?.postMessage({call, deed, ...message}, transfer);
    });
  }
}

/** A model's weights as a file for the engine and as tensors; a damaged file is neither. @param {string} url */
const weightFile = (url) =>
  once(url, async (address) => {
    const data = await bytes(address, () => {});
    return {data, tensors: await undamaged(address, () => parseArrays(data.buffer))};
  });

/**
 * One graph for one figure.
 * @param {Engine} engine
 * @param {string} name
 * @param {GraphCard} card  with full addresses
 * @param {{signal: AbortSignal, answered: () => void, failed: (error: unknown) => void}} figure
 * @returns {Graph}
 */
export function graph(engine, name, card, {signal, answered, failed}) {
  const {url, weights, location, inputs, outputs} = card;
  const source = {url, weights, location};
  const key = {};
  holdOpen(engine, url, signal);

  const ready = () => Promise.all([engine.start(), weights ? engine.provide(weights) : null]);

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
      await ready();
      if (altered && weights) message.source = {...source, weights: await engine.alter(weights, altered)};
      return engine.ask("run", message, transfer ? /** @type {Transferable[]} */ (buffers) : []);
    };
    const answer = await engine.queue.run(work, {key, latest, signal});
    signal.throwIfAborted();
    if (answer) answered();
    return answer;
  }

  async function warm() {
    await ready();
    await engine.ask("open", {source});
  }

  async function ownWeights() {
    if (!weights) throw new Error(`graph ${name} has no weights of its own`);
    return (await weightFile(weights)).tensors;
  }

  return {
    inputs,
    outputs,
    run: (feeds, options) => watched(run(feeds, options)),
    warm: () => watched(warm()),
    weights: () => watched(ownWeights()),
  };
}

/** Release the session when the last figure that has this graph is gone. */
function holdOpen(/** @type {Engine} */ engine, /** @type {string} */ url, /** @type {AbortSignal} */ signal) {
  engine.users.set(url, (engine.users.get(url) ?? 0) + 1);
  const leave = () => {
    const left = (engine.users.get(url) ?? 1) - 1;
    engine.users.set(url, left);
    if (!left) engine.release(url);
  };
  signal.addEventListener("abort", leave, {once: true});
}
