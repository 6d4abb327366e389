/**
 * A graph made ready: every shape known, what can be computed ahead computed, and a place in one stretch of
 * memory for every tensor that a run makes, shared by those that are never needed together.
 *
 * @typedef {import("./types.js").Data} Data
 * @typedef {import("./types.js").Spec} Spec
 * @typedef {import("./types.js").Call} Call
 * @typedef {import("./types.js").Model} Model
 * @typedef {import("./types.js").Step} Step
 * @typedef {{type: number, shape: number[], data?: Data, block?: Block}} Value  known, or in a block of memory
 * @typedef {{type: number, size: number, born: number, dies: number, at: number}} Block
 * @typedef {{call: Call, run: NonNullable<Step["run"]>, inputs: (Value | null)[], outputs: Value[]}} Action
 */
import {Node} from "./node.js";
import {OPERATORS} from "./operators.js";
import {LIMIT, count, empty, width} from "./types.js";

/** Multiply-adds of one run that a page can wait for. */
const PATIENCE = 2e9;

/** An error of one node, which it names. @param {Call} call @param {unknown} error */
export function blamed({op, place, outputs}, error) {
  if (!(error instanceof RangeError)) return error;
  const makes = outputs.find((name) => name);
  return new RangeError(`node ${place}, ${op}${makes ? `, which makes ${makes}` : ""}: ${error.message}`);
}

export class Plan {
  /** @type {Map<string, Value>} */
  #values = new Map();
  /** @type {Block[]} */
  #blocks = [];
  /** @type {Action[]} */
  actions = [];
  /** Floats of room that the actions share. */
  scratch = 0;
  /** Bytes that a run needs beside the constants. */
  memory = 0;
  /** Multiply-adds of a run. */
  cost = 0;
  #held = 0;

  /**
   * Raises: RangeError that names node and operator, for whatever cannot be run.
   * @param {Model} model
   */
  constructor(model) {
    for (const [name, constant] of model.constants) {
      this.#values.set(name, constant);
      this.#hold(constant.data.byteLength);
    }
    const fed = model.inputs.filter(({name}) => !this.#values.has(name));
    this.inputs = fed.map(({name, type, shape}) => {
      const value = this.#room({type, shape}, 0);
      this.#values.set(name, value);
      return {name, value};
    });
    for (const call of model.calls) {
      try {
        this.#add(call);
      } catch (error) {
        throw blamed(call, error);
      }
    }
    this.outputs = model.outputs.map(({name}) => {
      const value = this.#values.get(name);
      if (!value) throw new RangeError(`nothing makes the output ${name}`);
      this.#used(value);
      return {name, value};
    });
    this.scratch = 2 * Math.ceil(this.scratch / 2);
    this.memory = settle(this.#blocks) + 4 * this.scratch;
    this.#hold(this.memory);
  }

  /** @param {number} bytes */
  #hold(bytes) {
    this.#held += bytes;
    if (this.#held > LIMIT) throw new RangeError("it needs more than 256 MB");
  }

  /** @param {Spec} spec @param {number} [born] @returns {Value} */
  #room({type, shape}, born = this.actions.length + 1) {
    const size = count(shape);
    const block = {type, size, born, dies: born, at: 0};
    this.#blocks.push(block);
    return {type, shape, block};
  }

  /** @param {Value} value */
  #used({block}) {
    if (block) block.dies = this.actions.length + 1;
  }

  /** @param {Call} call */
  #add(call) {
    const operator = call.domain === "" ? OPERATORS.get(call.op) : undefined;
    if (!operator) throw new RangeError("this operator is not known");
    const inputs = call.inputs.map((name) => {
      const value = name ? this.#values.get(name) : null;
      if (value === undefined) throw new RangeError(`nothing before it makes its input ${name}`);
      return value;
    });
    const node = new Node(call, inputs);
    const step = operator(node);
    const [unknown] = node.unread;
    if (unknown) throw new RangeError(`its attribute ${unknown} is not known`);
    if (node.wanted > step.outputs.length) throw new RangeError(`it has ${step.outputs.length} outputs, not ${node.wanted}`);
    this.cost += (step.cost ?? 0) + step.outputs.reduce((sum, {shape}) => sum + count(shape), 0);
    if (this.cost > PATIENCE) throw new RangeError("it takes too long to compute");
    const outputs = this.#outputs(call, step, inputs);
    call.outputs.forEach((name, i) => {
      if (!name) return;
      if (this.#values.has(name)) throw new RangeError(`${name} is made twice`);
      this.#values.set(name, outputs[i]);
    });
  }

  /** @param {Call} call @param {Step} step @param {(Value | null)[]} inputs @returns {Value[]} */
  #outputs(call, {outputs, run, scratch = 0}, inputs) {
    if (!run) return outputs.map((spec) => ({...spec, block: spec.data ? undefined : inputs[0]?.block}));
    if (inputs.every((value) => !value || value.data)) {
      for (const {type, shape} of outputs) this.#hold(count(shape) * width(type));
      const made = outputs.map(({type, shape}) => ({type, shape, data: empty(type, count(shape))}));
      const given = inputs.map((value) => /** @type {Data} */ (value?.data));
      run(given, made.map(({data}) => data), new Float32Array(scratch));
      return made;
    }
    const made = outputs.map((spec) => this.#room(spec));
    for (const value of inputs) if (value) this.#used(value);
    this.scratch = Math.max(this.scratch, scratch);
    this.actions.push({call, run, inputs, outputs: made});
    return made;
  }
}

/** Eight bytes hold the widest number. @param {number} bytes */
const rounded = (bytes) => Math.ceil(bytes / 8) * 8;

/**
 * Gives every block a place beside all that live at the same time, large ones first.
 * @param {Block[]} blocks @returns {number} bytes of the whole
 */
function settle(blocks) {
  const bytes = (/** @type {Block} */ {type, size}) => rounded(size * width(type));
  /** @type {Block[]} */
  const placed = [];
  for (const block of blocks.toSorted((a, b) => bytes(b) - bytes(a))) {
    const beside = placed.filter(({born, dies}) => born <= block.dies && block.born <= dies).sort((a, b) => a.at - b.at);
    block.at = 0;
    for (const other of beside) {
      if (other.at - block.at >= bytes(block)) break;
      block.at = Math.max(block.at, other.at + bytes(other));
    }
    placed.push(block);
  }
  return blocks.reduce((most, block) => Math.max(most, block.at + bytes(block)), 0);
}
