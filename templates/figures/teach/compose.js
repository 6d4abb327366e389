/**
 * A graph that answers features, and a trained head behind it, as one ONNX file. Pure.
 *
 *     features (1, D) ──Gemm──▶ scores (1, K) ──Softmax──▶ probabilities (1, K)
 *
 * @typedef {import("./head.js").Head} Head
 */
import {changed, field, joined, written} from "../../js/onnx.js";
import {fields} from "../../js/protobuf.js";

/** Field numbers of onnx.proto. */
const MODEL = {graph: 7, metadata: 14};
const GRAPH = {node: 1, initializer: 5, input: 11, output: 12};
const NODE = {input: 1, output: 2, name: 3, op: 4, attribute: 5};
const ATTRIBUTE = {name: 1, int: 3, type: 20};
const TENSOR = {dims: 1, type: 2, name: 8, raw: 9};
const FLOAT = 1;
const INT = 2;

const utf8 = new TextEncoder();
const text = (/** @type {number} */ number, /** @type {string} */ words) => field(number, utf8.encode(words));
const int = (/** @type {number} */ number, /** @type {number} */ value) => Uint8Array.from([...written(number * 8), ...written(value)]);
const message = (/** @type {number} */ number, /** @type {Uint8Array[]} */ ...parts) => field(number, joined(parts));

/** @param {string} name @param {number} value */
const attribute = (name, value) => message(NODE.attribute, text(ATTRIBUTE.name, name), int(ATTRIBUTE.int, value), int(ATTRIBUTE.type, INT));

/** @param {string} op @param {string[]} inputs @param {string} output @param {Uint8Array} set */
const node = (op, inputs, output, set) =>
  message(GRAPH.node, ...inputs.map((name) => text(NODE.input, name)), text(NODE.output, output), text(NODE.name, `head/${op}`), text(NODE.op, op), set);

/** @param {string} name @param {number[]} shape @param {ArrayLike<number>} values */
function tensor(name, shape, values) {
  const raw = new DataView(new ArrayBuffer(4 * values.length));
  for (let i = 0; i < values.length; i++) raw.setFloat32(4 * i, values[i], true);
  return message(GRAPH.initializer, ...shape.map((size) => int(TENSOR.dims, size)), int(TENSOR.type, FLOAT), text(TENSOR.name, name), field(TENSOR.raw, new Uint8Array(raw.buffer)));
}

/** A port of floats. @param {string} name @param {number[]} shape */
function output(name, shape) {
  const sizes = shape.map((size) => message(1, int(1, size)));
  return message(GRAPH.output, text(1, name), message(2, message(1, int(1, FLOAT), message(2, ...sizes))));
}

/** Every name that a graph gives to a value. @param {Uint8Array} graph */
function named(graph) {
  const utf8 = new TextDecoder();
  const kinds = new Map([[GRAPH.node, NODE.output], [GRAPH.initializer, TENSOR.name], [GRAPH.input, 1]]);
  const names = fields(graph).flatMap(({number, body}) => {
    const place = kinds.get(number);
    return place === undefined ? [] : fields(body).filter((part) => part.number === place).map((part) => utf8.decode(part.body));
  });
  return new Set(names);
}

/** A name that nothing has. @param {string} wanted @param {Set<string>} taken */
function free(wanted, taken) {
  let name = wanted;
  for (let i = 2; taken.has(name); i++) name = `${wanted}_${i}`;
  return name;
}

/**
 * The graph with the head behind its output `features`; what it answers is `probabilities`, and the
 * names of classes are in its metadata as `classes`, a JSON list. A name that the graph has already, as
 * a layer called “head” may, gets a number.
 * Raises: RangeError for a file that is no graph.
 * @param {Uint8Array} model  with its weights inside @param {Head} head @param {string[]} classes
 */
export function composed(model, {weights, bias, size}, classes) {
  const count = classes.length;
  const whole = changed(model, MODEL.graph, (graph) => {
    const taken = named(graph);
    const [matrix, shift, scores, said] = ["head.weight", "head.bias", "scores", "probabilities"].map((name) => free(name, taken));
    return joined([
      ...fields(graph).filter(({number}) => number !== GRAPH.output).map((part) => part.whole),
      node("Gemm", ["features", matrix, shift], scores, attribute("transB", 1)),
      node("Softmax", [scores], said, attribute("axis", 1)),
      tensor(matrix, [count, size], weights),
      tensor(shift, [count], bias),
      output(said, [1, count]),
    ]);
  });
  return joined([whole, message(MODEL.metadata, text(1, "classes"), text(2, JSON.stringify(classes)))]);
}
