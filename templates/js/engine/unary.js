/**
 * Functions of one number.
 *
 * @typedef {import("./types.js").Operator} Operator
 * @typedef {import("./types.js").Data} Data
 */
import {BOOL, FLOAT, INT32, INT64, exact} from "./types.js";

/**
 * The error function, by its series below 3 and by a continued fraction above.
 * Error:  below 1e-15.
 * @param {number} x
 */
export function erf(x) {
  const size = Math.abs(x);
  if (!(size < 6)) return Number.isNaN(x) ? NaN : Math.sign(x);
  let [sum, term] = [0, 1];
  if (size < 3) {
    // x · exp(-x²) · Σ (2x²)ⁿ / (1·3·5…): every term is positive, so that nothing cancels.
    for (let n = 0; sum + term !== sum; n++, term *= (2 * x * x) / (2 * n + 1)) sum += term;
    return (2 / Math.sqrt(Math.PI)) * x * Math.exp(-x * x) * sum;
  }
  for (let n = 60; n > 0; n--) sum = n / 2 / (size + sum);
  return Math.sign(x) * (1 - Math.exp(-x * x) / Math.sqrt(Math.PI) / (size + sum));
}

/** To the nearest integer, halves to the even one. @param {number} x */
function round(x) {
  const low = Math.floor(x);
  if (x - low !== 0.5) return Math.round(x);
  return low % 2 ? low + 1 : low;
}

const sigmoid = (/** @type {number} */ x) => 1 / (1 + Math.exp(-x));

/** @param {(x: number) => number} f @param {number} type  of the answer @returns {(inputs: Data[], outputs: Data[]) => void} */
const every = (f, type) => ([a], [out]) => {
  for (let i = 0; i < out.length; i++) out[i] = f(a[i]);
  if (type === INT64) exact(out);
};

/** @param {(node: import("./node.js").Node) => (x: number) => number} make  a function by attributes @param {...number} types @returns {Operator} */
const shaped = (make, ...types) => (node) => {
  const a = node.input(0);
  node.typed(a, ...(types.length ? types : [FLOAT]));
  return {outputs: [{type: a.type, shape: a.shape}], run: every(make(node), a.type)};
};

/** @param {(x: number) => number} f @param {...number} types @returns {Operator} */
const plain = (f, ...types) => shaped(() => f, ...types);

/** @param {import("./node.js").Node} node */
function gelu(node) {
  const way = node.text("approximate", "none");
  node.must(way === "none" || way === "tanh", "this approximation is not known");
  if (way === "none") return (/** @type {number} */ x) => (x / 2) * (1 + erf(x / Math.SQRT2));
  return (/** @type {number} */ x) => (x / 2) * (1 + Math.tanh(Math.sqrt(2 / Math.PI) * (x + 0.044715 * x ** 3)));
}

/** @type {Operator} */
function clip(node) {
  const a = node.input(0);
  node.typed(a, FLOAT, INT32, INT64);
  const limits = [1, 2].map((index) => node.option(index));
  for (const limit of limits) if (limit) node.must(limit.type === a.type && node.size(limit) === 1);
  const [low, high] = limits.map(Boolean);
  return {
    outputs: [{type: a.type, shape: a.shape}],
    run: ([x, bottom, top], [out]) => {
      const least = low ? bottom[0] : -Infinity;
      const most = high ? top[0] : Infinity;
      for (let i = 0; i < out.length; i++) out[i] = Math.min(Math.max(x[i], least), most);
    },
  };
}

/** @param {import("./node.js").Node} node @param {number} type  to change into */
function converted(node, type) {
  const a = node.input(0);
  node.must([FLOAT, INT32, INT64, BOOL].includes(type), "this type is not known");
  const whole = type === INT32 || type === INT64;
  /** @param {number} x */
  const one = (x) => {
    if (!whole) return type === BOOL ? Number(x !== 0) : x;
    if (a.type === FLOAT && !(Math.abs(x) < (type === INT32 ? 2 ** 31 : 2 ** 53))) {
      throw new RangeError("a number does not fit an integer");
    }
    return Math.trunc(x);
  };
  node.int("saturate", 1);
  return {outputs: [{type, shape: a.shape}], run: every(one, FLOAT)};
}

/** In a loop of its own, for it stands behind every layer. @type {Operator} */
function relu(node) {
  const a = node.input(0);
  node.typed(a, FLOAT, INT32);
  return {
    outputs: [{type: a.type, shape: a.shape}],
    run: ([x], [out]) => {
      for (let i = 0; i < out.length; i++) out[i] = x[i] <= 0 ? 0 : x[i];
    },
  };
}

/** @type {Record<string, Operator>} */
export const UNARY = {
  Relu: relu,
  Sigmoid: plain(sigmoid),
  Tanh: plain(Math.tanh),
  Exp: plain(Math.exp),
  Log: plain(Math.log),
  Sqrt: plain(Math.sqrt),
  Reciprocal: plain((x) => 1 / x),
  Neg: plain((x) => -x, FLOAT, INT32, INT64),
  Abs: plain(Math.abs, FLOAT, INT32, INT64),
  Sign: plain(Math.sign, FLOAT, INT32, INT64),
  Floor: plain(Math.floor),
  Ceil: plain(Math.ceil),
  Round: plain(round),
  Erf: plain(erf),
  Sin: plain(Math.sin),
  Cos: plain(Math.cos),
  Gelu: shaped(gelu),
  LeakyRelu: shaped((node) => {
    const slope = node.float("alpha", 0.01);
    return (x) => (x < 0 ? slope * x : x);
  }),
  Elu: shaped((node) => {
    const scale = node.float("alpha", 1);
    return (x) => (x < 0 ? scale * Math.expm1(x) : x);
  }),
  Not: plain((x) => Number(!x), BOOL),
  Clip: clip,
  Cast: (node) => converted(node, node.int("to", 0)),
  CastLike: (node) => converted(node, node.input(1).type),
};
