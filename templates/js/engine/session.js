/**
 * A graph that runs, again and again, in memory taken once.
 *
 * @typedef {import("./types.js").Data} Data
 * @typedef {import("../types.js").Tensors} Tensors
 * @typedef {Record<string, import("../types.js").Tensor & {dtype: string}>} Feeds
 * @typedef {import("./plan.js").Value} Value
 */
import {memory} from "./kernel.js";
import {parse} from "./model.js";
import {Plan, blamed} from "./plan.js";
import {FLOAT, count, empty, give, named, take, view} from "./types.js";

/** Milliseconds of work after which messages are looked at. */
const SPELL = 12;

/** Lets whatever waits in the worker have its turn. */
const pause = () =>
  new Promise((resume) => {
    const {port1, port2} = new MessageChannel();
    port1.onmessage = () => (port1.close(), resume(undefined));
    port2.postMessage(0);
  });

export class Session {
  /** @type {import("./plan.js").Plan} */
  #plan;
  /** @type {{name: string, type: number, shape: number[], data: Data}[]} */
  #inputs;
  /** @type {{name: string, type: number, shape: number[], data: Data}[]} */
  #outputs;
  /** @type {{call: import("./types.js").Call, act: () => void}[]} */
  #actions;

  /**
   * Raises: RangeError for a file that cannot be run, with node and operator where it is one of them.
   * @param {Uint8Array} graph @param {Map<string, Uint8Array>} outside  files beside it, by location
   */
  constructor(graph, outside) {
    const plan = (this.#plan = new Plan(parse(graph, outside)));
    const own = new Set(plan.actions.flatMap(({inputs}) => inputs).filter((value) => value?.data && value.type === FLOAT));
    const sizes = [...own].map((value) => Math.ceil(count(/** @type {Value} */ (value).shape) / 2) * 8);
    const whole = memory(plan.memory + sizes.reduce((sum, size) => sum + size, 0));
    const scratch = new Float32Array(whole, plan.memory - 4 * plan.scratch, plan.scratch);
    /** @type {Map<Value | import("./plan.js").Block, Data>} */
    const views = new Map();
    let at = plan.memory;
    [...own].forEach((value, i) => {
      const {shape, data: known} = /** @type {Value} */ (value);
      const copy = view(FLOAT, whole, at, count(shape));
      copy.set(/** @type {Data} */ (known));
      views.set(/** @type {Value} */ (value), copy);
      at += sizes[i];
    });
    const data = (/** @type {Value} */ value) => {
      const key = value.block ?? value;
      const {type, block, data: known} = value;
      const found = views.get(key) ?? known ?? (block?.size ? view(type, whole, block.at, block.size) : empty(type, 0));
      views.set(key, found);
      return found;
    };
    const port = (/** @type {{name: string, value: import("./plan.js").Value}} */ {name, value}) => {
      const {type, shape} = value;
      return {name, type, shape, data: data(value)};
    };
    this.#inputs = plan.inputs.map(port);
    this.#outputs = plan.outputs.map(port);
    this.#actions = plan.actions.map(({call, run, inputs, outputs}) => {
      const [given, made] = [inputs.map((value) => (value ? data(value) : /** @type {any} */ (undefined))), outputs.map(data)];
      return {call, act: () => run(given, made, scratch)};
    });
  }

  /** Bytes that it holds beside the weights. */
  get memory() {
    return this.#plan.memory;
  }

  /** Multiply-adds of a run. */
  get cost() {
    return this.#plan.cost;
  }

  /**
   * Raises: RangeError for feeds that do not fit, and with node and operator where one of them fails;
   * whatever `stopped` throws, between two operators.
   * @param {Feeds} feeds @param {() => void} [stopped] @returns {Promise<Tensors>}
   */
  async run(feeds, stopped = () => {}) {
    for (const {name, type, shape, data} of this.#inputs) {
      const given = feeds[name];
      if (!given) throw new RangeError(`the graph was run without its input ${name}`);
      if (given.shape.join() !== shape.join() || given.data.length !== data.length) {
        throw new RangeError(`input ${name} is ${shape.join(" × ")}, not ${given.shape.join(" × ")}`);
      }
      if (given.dtype !== named(type)) throw new RangeError(`input ${name} is ${named(type)}, not ${given.dtype}`);
      take(type, given.data, data);
    }
    let begun = performance.now();
    for (const {call, act} of this.#actions) {
      if (performance.now() - begun > SPELL) {
        await pause();
        stopped();
        begun = performance.now();
      }
      try {
        act();
      } catch (error) {
        throw blamed(call, error);
      }
    }
    return Object.fromEntries(
      this.#outputs.map(({name, type, shape, data}) => [name, {data: give(type, data), shape: [...shape]}]),
    );
  }
}
