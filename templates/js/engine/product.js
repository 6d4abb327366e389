/**
 * Products of matrices, on which convolutions rest too.
 *
 * @typedef {import("./types.js").Operator} Operator
 * @typedef {import("./types.js").Data} Data
 * @typedef {object} Matrix
 * @property {Data} data
 * @property {number} at     where its first number is
 * @property {number} down   from one row to the next
 * @property {number} along  from one column to the next
 */
import {kernel} from "./kernel.js";
import {FLOAT} from "./types.js";
import {broadcast, rows, collapsed, strides, stretched} from "./walk.js";

/** A row of sums, as doubles. */
let sums = new Float64Array(0);

/**
 * c += a · b, m by k and k by n; the columns of b and of c are neighbours. In WebAssembly where all three
 * lie in one memory that it reaches.
 * @param {number} m @param {number} n @param {number} k @param {Matrix} a @param {Matrix} b @param {Matrix} c
 */
export function multiply(m, n, k, a, b, c) {
  const fast = kernel(c.data.buffer, a.data.buffer, b.data.buffer);
  const place = (/** @type {Matrix} */ {data, at}) => data.byteOffset + 4 * at;
  if (fast) return fast(place(a), 4 * a.down, 4 * a.along, place(b), 4 * b.down, place(c), 4 * c.down, m, n, k);
  if (sums.length < n) sums = new Float64Array(n);
  const [right, out] = [b.data, c.data];
  for (let i = 0; i < m; i++) {
    sums.fill(0, 0, n);
    for (let l = 0; l < k; l++) {
      const x = a.data[a.at + i * a.down + l * a.along];
      for (let j = 0, at = b.at + l * b.down; j < n; j++) sums[j] += x * right[at + j];
    }
    for (let j = 0, at = c.at + i * c.down; j < n; j++) out[at + j] += sums[j];
  }
}

/** @type {Operator} */
function gemm(node) {
  const [a, b, c] = [node.input(0), node.input(1), node.option(2)];
  const [alpha, beta] = [node.float("alpha", 1), node.float("beta", 1)];
  const [turnA, turnB] = [node.int("transA", 0), node.int("transB", 0)];
  for (const one of [a, b]) {
    node.typed(one, FLOAT);
    node.must(one.shape.length === 2);
  }
  if (c) node.typed(c, FLOAT);
  const [m, k] = turnA ? [a.shape[1], a.shape[0]] : a.shape;
  const [depth, n] = turnB ? [b.shape[1], b.shape[0]] : b.shape;
  node.must(k === depth, `factors of shapes ${a.shape.join("×")} and ${b.shape.join("×")} do not fit`);
  const shape = [m, n];
  if (c) node.must(broadcast(c.shape, shape).join() === shape.join());
  const plan = c && collapsed(shape, [strides(shape), stretched(c.shape, shape)]);
  const step = plan?.steps[1].at(-1) ?? 0;
  return {
    outputs: [{type: FLOAT, shape}],
    scratch: turnB ? n * k : 0,
    cost: m * n * k,
    run: ([left, right, added], [out], scratch) => {
      out.fill(0);
      if (turnB) for (let l = 0, to = 0; l < k; l++) for (let j = 0; j < n; j++) scratch[to++] = right[j * k + l];
      const first = {data: left, at: 0, down: turnA ? 1 : k, along: turnA ? m : 1};
      multiply(m, n, k, first, {data: turnB ? scratch : right, at: 0, down: n, along: 1}, {data: out, at: 0, down: n, along: 1});
      if (alpha !== 1) for (let i = 0; i < out.length; i++) out[i] *= alpha;
      if (plan) rows(plan, (length, o, j) => {
        for (let end = o + length; o < end; o++, j += step) out[o] += beta * added[j];
      });
    },
  };
}

/** @type {Operator} */
function matmul(node) {
  const [a, b] = node.alike(2);
  node.typed(a, FLOAT);
  node.must(a.shape.length > 0 && b.shape.length > 0);
  const left = a.shape.length === 1 ? [1, ...a.shape] : a.shape;
  const right = b.shape.length === 1 ? [...b.shape, 1] : b.shape;
  const [m, k] = left.slice(-2);
  const [depth, n] = right.slice(-2);
  node.must(k === depth, `factors of shapes ${a.shape.join("×")} and ${b.shape.join("×")} do not fit`);
  const batch = broadcast(left.slice(0, -2), right.slice(0, -2));
  const shape = [...batch, ...(a.shape.length === 1 ? [] : [m]), ...(b.shape.length === 1 ? [] : [n])];
  const times = batch.reduce((all, size) => all * size, 1);
  const plan = collapsed([...batch, 1], [[...strides(batch), 0], [...stretched(left.slice(0, -2), batch), 0], [...stretched(right.slice(0, -2), batch), 0]]);
  const [o, p, q] = plan.steps.map((own) => /** @type {number} */ (own.at(-1)));
  return {
    outputs: [{type: FLOAT, shape}],
    cost: times * m * n * k,
    run: ([x, y], [out]) => {
      out.fill(0);
      rows(plan, (length, c, i, j) => {
        for (; length > 0; length--, c += o, i += p, j += q) {
          const first = {data: x, at: i * m * k, down: k, along: 1};
          multiply(m, n, k, first, {data: y, at: j * k * n, down: n, along: 1}, {data: out, at: c * m * n, down: n, along: 1});
        }
      });
    },
  };
}

/** @type {Record<string, Operator>} */
export const PRODUCT = {Gemm: gemm, MatMul: matmul};
