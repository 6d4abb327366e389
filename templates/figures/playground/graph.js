/**
 * A trained network as an ONNX file: points (count, 2) in, answers (count, outputs) out. Pure.
 *
 * Protocol buffers are fields one after the other: a key (number · 8 + wire type) and a value.
 *
 * @typedef {import("./network.js").Network} Network
 */

/** Version of the file format, and of the operators. */
const [FORMAT, OPERATORS] = [8, 17];
const [FLOAT, INT64] = [1, 7];
/** @type {Record<string, string>} */
const OPERATOR = {tanh: "Tanh", relu: "Relu", sigmoid: "Sigmoid", linear: "Identity", logistic: "Tanh", softmax: "Softmax"};

/** @param {number} value @returns {number[]} */
const varint = (value) => (value < 128 ? [value] : [(value % 128) + 128, ...varint(Math.floor(value / 128))]);

/** @param {number} number @param {number} value */
const integer = (number, value) => Uint8Array.from([...varint(number * 8), ...varint(value)]);

/** @param {number} number @param {string | Uint8Array | Uint8Array[]} content  a text, bytes, or the fields of a message */
function field(number, content) {
  const parts = typeof content === "string" ? [new TextEncoder().encode(content)] : Array.isArray(content) ? content : [content];
  const length = parts.reduce((sum, part) => sum + part.length, 0);
  return joined([Uint8Array.from([...varint(number * 8 + 2), ...varint(length)]), ...parts]);
}

/** @param {Uint8Array[]} parts */
function joined(parts) {
  const all = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}

/** Little-endian, whatever this machine is. @param {ArrayLike<number>} values @param {number} type */
function raw(values, type) {
  const size = type === FLOAT ? 4 : 8;
  const view = new DataView(new ArrayBuffer(values.length * size));
  for (let i = 0; i < values.length; i++) {
    if (type === FLOAT) view.setFloat32(i * 4, values[i], true);
    else view.setBigInt64(i * 8, BigInt(values[i]), true);
  }
  return new Uint8Array(view.buffer);
}

/** @param {string} name @param {number[]} shape @param {ArrayLike<number>} values @param {number} [type] */
const tensor = (name, shape, values, type = FLOAT) =>
  field(5, [...shape.map((size) => integer(1, size)), integer(2, type), field(8, name), field(9, raw(values, type))]);

/** @param {string} operator @param {string[]} inputs @param {string} output @param {Record<string, number>} [attributes] */
function node(operator, inputs, output, attributes = {}) {
  const given = Object.entries(attributes).map(([name, value]) => field(5, [field(1, name), integer(3, value), integer(20, 2)]));
  return field(1, [...inputs.map((name) => field(1, name)), field(2, output), field(3, output), field(4, operator), ...given]);
}

/** @param {number} number @param {string} name @param {number} columns */
function value(number, name, columns) {
  const shape = field(2, [field(1, field(2, "count")), field(1, integer(1, columns))]);
  return field(number, [field(1, name), field(2, field(1, [integer(1, FLOAT), shape]))]);
}

/** Nodes that compute an input from the columns "x" and "y". @param {string} name */
function input(name) {
  if (name.startsWith("sin-")) return [node("Sin", [name.slice(4)], name)];
  return name.length === 2 ? [node("Mul", [name[0], name[1]], name)] : [];
}

/** @param {Network} network @param {string[]} names  of its inputs, in their order @param {string} told */
export function onnx({sizes, blocks, weights, activation, output}, names, told) {
  const nodes = [
    node("Gather", ["points", "first"], "x", {axis: 1}),
    node("Gather", ["points", "second"], "y", {axis: 1}),
    ...names.flatMap(input),
    node("Concat", names, "layer0", {axis: 1}),
  ];
  const tensors = [tensor("first", [1], [0], INT64), tensor("second", [1], [1], INT64), tensor("half", [], [0.5])];
  blocks.forEach(({inputs, units, weights: first, biases}, i) => {
    const [layer, last] = [i + 1, i === blocks.length - 1];
    tensors.push(tensor(`weight${layer}`, [units, inputs], weights.subarray(first, biases)));
    tensors.push(tensor(`bias${layer}`, [units], weights.subarray(biases, biases + units)));
    nodes.push(node("Gemm", [`layer${i}`, `weight${layer}`, `bias${layer}`], `sums${layer}`, {transB: 1}));
    const name = last ? output : activation;
    const half = name === "logistic";
    if (half) nodes.push(node("Mul", [`sums${layer}`, "half"], "halved"));
    nodes.push(node(OPERATOR[name], [half ? "halved" : `sums${layer}`], last ? "answer" : `layer${layer}`, name === "softmax" ? {axis: 1} : {}));
  });
  const graph = [...nodes, field(2, "playground"), ...tensors, field(10, told), value(11, "points", 2), value(12, "answer", sizes[sizes.length - 1])];
  return joined([integer(1, FORMAT), field(2, "explorable"), field(7, graph), field(8, [field(1, ""), integer(2, OPERATORS)])]);
}
