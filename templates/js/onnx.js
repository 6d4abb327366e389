/**
 * An ONNX graph whose weights lie in a file beside it as one file that holds them. Pure. Only the
 * fields on the way to a tensor's data are read; all others are passed on as they are.
 */
import {fields} from "./protobuf.js";

/** Field numbers of onnx.proto. */
const GRAPH = 7;
const INITIALIZER = 5;
const RAW = 9;
const EXTERNAL = 13;
const LOCATION = 14;

/** A variable-length integer. @param {number} value @returns {number[]} */
export function written(value) {
  return value < 128 ? [value] : [(value % 128) + 128, ...written(Math.floor(value / 128))];
}

/** @param {Uint8Array[]} parts */
export function joined(parts) {
  const whole = new Uint8Array(parts.reduce((size, part) => size + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

/** A field of bytes. @param {number} number @param {Uint8Array} body */
export const field = (number, body) => joined([Uint8Array.from([...written(number * 8 + 2), ...written(body.length)]), body]);

/** @param {Uint8Array} tensor @param {Uint8Array} weights */
function filled(tensor, weights) {
  const parts = fields(tensor);
  const text = new TextDecoder();
  const entries = parts
    .filter(({number}) => number === EXTERNAL)
    .map(({body}) => fields(body).map((part) => text.decode(part.body)));
  if (!entries.length) return tensor;
  const {offset, length} = Object.fromEntries(entries);
  const [from, size] = [Number(offset ?? 0), Number(length)];
  if (!(from + size <= weights.length)) throw new RangeError("the weights end before a tensor of the graph");
  const kept = parts.filter(({number}) => number !== EXTERNAL && number !== LOCATION).map(({whole}) => whole);
  return joined([...kept, field(RAW, weights.subarray(from, from + size))]);
}

/** Fields of a message, those of one number changed. @param {Uint8Array} message @param {number} number @param {(body: Uint8Array) => Uint8Array} change */
export const changed = (message, number, change) =>
  joined(fields(message).map((part) => (part.number === number ? field(number, change(part.body)) : part.whole)));

/**
 * The graph with the weights inside.
 * Raises: RangeError where either file is cut short.
 * @param {Uint8Array} model @param {Uint8Array} weights  the whole file beside it
 */
export function whole(model, weights) {
  return changed(model, GRAPH, (graph) => changed(graph, INITIALIZER, (tensor) => filled(tensor, weights)));
}
