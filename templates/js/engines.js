/**
 * The two engines of a page: a light one for small graphs of operators that it knows, and
 * onnxruntime-web. The build says which one a graph gets, and a page starts only what is asked for.
 *
 * @typedef {import("./types.js").Tensors} Tensors
 * @typedef {import("./types.js").Site} Site
 * @typedef {import("./host.js").Source} Source
 * @typedef {(share: number) => void} Progress  how much of the engine has come, 0 to 1
 */
import {parseArrays} from "./arrays.js";
import {bytes, forget, once} from "./download.js";
import {Queue} from "./queue.js";
import {Trouble, undamaged} from "./trouble.js";
import {replaced, widened} from "./widen.js";

/** A worker seen from the page: numbered questions, answers in any order. */
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
  /** By the graph's address and that of its weights. @type {Map<string, Promise<void>>} */
  #opened = new Map();
  /** @type {{address: string, given: Promise<void>} | undefined} */
  #altered;
  /** @type {Set<Progress>} */
  listeners = new Set();
  /** @type {Map<string, number>} */
  users = new Map();
  /** @type {Queue<Tensors>} */
  queue = new Queue();

  /** @param {Site} site @param {string} script  of the worker, seen from here */
  constructor(site, script) {
    this.site = site;
    this.script = script;
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
    let ready = false;
    const url = new URL(this.script, import.meta.url);
    const worker = new Worker(url, {type: "module", name: "engine"});
    this.#worker = worker;
    worker.addEventListener("message", ({data}) => this.#hear(data));
    worker.addEventListener("error", (event) => {
      event.preventDefault();
      const what = ready ? "stopped working" : "could not be loaded";
      this.#fall(new Trouble(`The engine that runs the network ${what}.`, event.message));
    });
    return this.ask("start", {site: this.site}).then(() => void (ready = true));
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
    this.#opened.clear();
    this.#altered = undefined;
    for (const {reject} of this.#open.values()) reject(error);
    this.#open.clear();
  }

  /** What the worker is told once; what failed may be told again. @param {Map<string, Promise<void>>} told @param {string} key @param {() => Promise<void>} tell */
  #once(told, key, tell) {
    const known = told.get(key);
    if (known) return known;
    const telling = tell();
    told.set(key, telling);
    telling.catch(() => told.delete(key));
    return telling;
  }

  /** Give the worker a model's weights, once. @param {string} url @returns {Promise<void>} */
  provide(url) {
    return this.#once(this.#provided, url, async () => {
      const [{data}] = await Promise.all([weightFile(url), this.start()]);
      await this.ask("provide", {url, data: widened(data)});
    });
  }

  /**
   * Give the worker a model's weights with some tensors replaced; those it had before are forgotten.
   * @param {string} url @param {import("./types.js").Altered} altered @returns {Promise<string>} its address
   */
  async alter(url, {name, tensors}) {
    const address = `${url}#${name}`;
    if (this.#altered?.address !== address) {
      for (const key of this.#opened.keys()) if (key.includes(` ${url}#`)) this.#opened.delete(key);
      const given = Promise.all([weightFile(url), tensors(), this.start()]).then(([{data}, other]) =>
        this.ask("provide", {url: address, data: replaced(widened(data), other)}),
      );
      this.#altered = {address, given};
    }
    await this.#altered.given;
    return address;
  }

  /** Have a graph open in the worker: all that it needs is fetched side by side. @param {Source} source */
  open(source) {
    const {url, weights} = source;
    return this.#once(this.#opened, `${url} ${weights}`, async () => {
      const ready = weights && !weights.includes("#") ? this.provide(weights) : this.start();
      const [graph] = await Promise.all([graphFile(url), ready]);
      await this.ask("open", {source, graph}).catch((error) => {
        forget(`graph ${url}`);
        throw error;
      });
    });
  }

  /** What it consists of, by name, for a copy that runs elsewhere. @returns {Promise<Record<string, Uint8Array>>} */
  async files() {
    const {ort, wasm} = this.site;
    const large = this.script.endsWith("/engine.js");
    const script = new URL(this.script, import.meta.url).href;
    const parts = Object.entries({"engine.js": script, ...(large && {"ort.mjs": ort, "ort.wasm": wasm})});
    const read = parts.map(async ([name, url]) => [name, await once(`file ${url}`, () => bytes(url, () => {}))]);
    return Object.fromEntries(await Promise.all(read));
  }

  /** Forget a graph that no figure holds any longer. @param {string} url */
  release(url) {
    for (const key of this.#opened.keys()) if (key.startsWith(`${url} `)) this.#opened.delete(key);
    if (this.#worker) this.ask("close", {url}).catch(() => {});
  }

  /**
   * @param {string} deed @param {object} message @param {Transferable[]} [transfer]
   * @param {AbortSignal} [signal]  whether somebody still waits for the answer
   * @returns {Promise<any>}
   */
  ask(deed, message, transfer = [], signal) {
    const call = ++this.#calls;
    const stop = () => this.#worker?.postMessage({deed: "stop", which: call});
    const answer = new Promise((resolve, reject) => {
      this.#open.set(call, {resolve, reject});
      this.#worker?.postMessage({call, deed, ...message}, transfer);
    });
    if (!signal) return answer;
    signal.addEventListener("abort", stop, {once: true});
    return answer.finally(() => signal.removeEventListener("abort", stop));
  }
}

/** A graph as its file says it. @param {string} url @returns {Promise<Uint8Array>} */
export const graphFile = (url) => once(`graph ${url}`, () => bytes(url, () => {}));

/** A model's weights as a file for the engine and as tensors; a damaged file is neither. @param {string} url */
export const weightFile = (url) =>
  once(url, async (address) => {
    const data = await bytes(address, () => {});
    return {data, tensors: await undamaged(address, () => parseArrays(data.buffer))};
  });

/** Both, by the names that a graph's card gives them. @param {Site} site */
export const engines = (site) => ({
  light: new Engine(site, "../vendor/light.js"),
  ort: new Engine(site, "./engine.js"),
});

/** @typedef {ReturnType<typeof engines>} Engines */
