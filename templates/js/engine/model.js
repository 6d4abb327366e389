/**
 * An ONNX file as nodes, constants and ports. Only what the engine runs is read; every other field is
 * passed over, and a graph that needs one of them is refused.
 *
 * @typedef {import("./types.js").Constant} Constant
 * @typedef {import("./types.js").Attribute} Attribute
 * @typedef {import("./types.js").Call} Call
 * @typedef {import("./types.js").Model} Model
 */
import {fields, varint} from "../protobuf.js";
import {read} from "./types.js";

/** The operator set that is read here; others give the same names other meanings. */
export const OPSET = 20;

const text = (/** @type {Uint8Array} */ body) => new TextDecoder().decode(body);

/** A signed integer of up to 64 bits; exact up to 2^53, beyond that rounded. @param {Uint8Array} bytes @param {number} at @returns {[number, number]} */
function signed(bytes, at) {
  const [value, end] = varint(bytes, at);
  if (value < 2 ** 53) return [value, end];
  let whole = 0n;
  for (let i = at, shift = 0n; i < end; i++, shift += 7n) whole |= BigInt(bytes[i] & 127) << shift;
  return [Number(BigInt.asIntN(64, whole)), end];
}

/** Numbers of a repeated field, packed or one by one. @param {import("../protobuf.js").Field} field @param {"int" | "float"} kind */
function numbers({wire, body}, kind) {
  const found = [];
  if (kind === "int") {
    for (let at = 0; at < body.length; ) {
      const [value, end] = signed(body, at);
      found.push(value);
      at = end;
    }
    return found;
  }
  if (body.length % 4 || wire === 0) throw new RangeError("the graph holds a broken number");
  const view = new DataView(body.buffer, body.byteOffset, body.length);
  for (let at = 0; at < body.length; at += 4) found.push(view.getFloat32(at, true));
  return found;
}

/** @param {Uint8Array} body  a message of a key and a value */
const entry = (body) => fields(body).map((field) => text(field.body));

/**
 * A tensor; `outside` are the files beside the graph.
 * @param {Uint8Array} message @param {Map<string, Uint8Array>} outside @returns {Constant & {name: string}}
 */
function tensor(message, outside) {
  let [type, name, external] = [0, "", false];
  /** @type {Uint8Array | undefined} */
  let raw;
  /** @type {number[]} */
  const shape = [];
  /** @type {number[]} */
  const listed = [];
  /** @type {Record<string, string>} */
  const place = {};
  for (const field of fields(message)) {
    if (field.number === 1) shape.push(...numbers(field, "int"));
    else if (field.number === 2) [type] = numbers(field, "int");
    else if (field.number === 4) listed.push(...numbers(field, "float"));
    else if (field.number === 5 || field.number === 7) listed.push(...numbers(field, "int"));
    else if (field.number === 8) name = text(field.body);
    else if (field.number === 9) raw = field.body;
    else if (field.number === 13) Object.assign(place, Object.fromEntries([entry(field.body)]));
    else if (field.number === 14) external = numbers(field, "int")[0] === 1;
  }
  if (external) raw = beside(place, outside);
  return {name, ...read(type, shape, raw, listed)};
}

/** @param {Record<string, string>} place @param {Map<string, Uint8Array>} outside */
function beside({location, offset = "0", length}, outside) {
  const file = outside.get(location);
  if (!file) throw new RangeError(`the graph's weights in ${location} are not there`);
  const [from, size] = [Number(offset), Number(length)];
  if (!(from >= 0 && size >= 0 && from + size <= file.length)) {
    throw new RangeError("the weights end before a tensor of the graph");
  }
  return file.subarray(from, from + size);
}

/** @param {Uint8Array} message @returns {[string, Attribute]} */
function attribute(message) {
  let name = "";
  /** @type {Attribute} */
  const value = {};
  for (const field of fields(message)) {
    if (field.number === 1) name = text(field.body);
    else if (field.number === 2) [value.float] = numbers(field, "float");
    else if (field.number === 3) [value.int] = numbers(field, "int");
    else if (field.number === 4) value.text = text(field.body);
    else if (field.number === 5) value.tensor = tensor(field.body, new Map());
    else if (field.number === 8) (value.ints ??= []).push(...numbers(field, "int"));
  }
  return [name, value];
}

/** @param {Uint8Array} message @param {number} place @returns {Call} */
function call(message, place) {
  /** @type {Call} */
  const found = {op: "", place, inputs: [], outputs: [], attributes: new Map(), domain: ""};
  for (const {number, body} of fields(message)) {
    if (number === 1) found.inputs.push(text(body));
    else if (number === 2) found.outputs.push(text(body));
    else if (number === 4) found.op = text(body);
    else if (number === 7) found.domain = text(body);
    else if (number === 5) {
      const [name, value] = attribute(body);
      found.attributes.set(name, value);
    }
  }
  return found;
}

/** One axis; -1 where its size is open. @param {Uint8Array} message */
function axis(message) {
  const size = fields(message).find(({number}) => number === 1);
  return size ? numbers(size, "int")[0] : -1;
}

/** The field of a number inside a message, or an empty one. @param {Uint8Array} message @param {number} number */
const inside = (message, number) => fields(message).find((field) => field.number === number)?.body ?? new Uint8Array(0);

/** An input or output: a name, and a type of a tensor. @param {Uint8Array} message */
function port(message) {
  const type = inside(inside(message, 2), 1);
  const kind = fields(type).find(({number}) => number === 1);
  const shape = fields(inside(type, 2)).filter(({number}) => number === 1);
  return {
    name: text(inside(message, 1)),
    type: kind ? numbers(kind, "int")[0] : 0,
    shape: shape.map(({body}) => axis(body)),
  };
}

/**
 * Raises: RangeError for a file that is cut short, altered, of another operator set, or without weights.
 * @param {Uint8Array} bytes @param {Map<string, Uint8Array>} outside  files beside it, by location
 * @returns {Model}
 */
export function parse(bytes, outside) {
  /** @type {Model} */
  const model = {calls: [], constants: new Map(), inputs: [], outputs: []};
  let opset = 0;
  for (const {number, body} of fields(bytes)) {
    if (number === 8 && !inside(body, 1).length) {
      const version = fields(body).find((field) => field.number === 2);
      if (version) [opset] = numbers(version, "int");
    }
    if (number !== 7) continue;
    for (const field of fields(body)) {
      if (field.number === 1) model.calls.push(call(field.body, model.calls.length + 1));
      else if (field.number === 5) {
        const {name, ...constant} = tensor(field.body, outside);
        model.constants.set(name, constant);
      } else if (field.number === 11) model.inputs.push(port(field.body));
      else if (field.number === 12) model.outputs.push(port(field.body));
    }
  }
  if (!model.outputs.length) throw new RangeError("the graph has no outputs");
  if (opset !== OPSET) throw new RangeError(`the graph is of operator set ${opset}, not ${OPSET}`);
  return model;
}
