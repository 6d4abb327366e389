/**
 * Products of matrices, on which convolutions rest too. Rows of one factor and columns of the other are
 * laid side by side first, so that each number is a sum along two straight lines.
 *
 * @typedef {import("./types.js").Operator} Operator
 * @typedef {import("./types.js").Data} Data
 * @typedef {object} Matrix
 * @property {Data} data
 * @property {number} at    where its first number is
 * @property {number} down  from one row to the next
 * @property {number} along from one column to the next
 */
import {FLOAT} from "./types.js";
import {broadcast, rows, collapsed, strides, stretched} from "./walk.js";

const {fround} = Math;
/** So many products are added up as floats; what is longer is added up from parts. */
const PART = 256;

/** Lay lines of `k` numbers one behind another. @param {Matrix} from @param {number} lines @param {number} k @param {Float32Array} to @param {number} at */
export function lay({data, at: start, down, along}, lines, k, to, at) {
  if (along === 1) {
    for (let i = 0; i < lines; i++, at += k) {
      const from = start + i * down;
      for (let j = 0; j < k; j++) to[at + j] = data[from + j];
    }
    return;
  }
  // By columns: their numbers are neighbours more often than those of a row.
  for (let j = 0; j < k; j++) {
    for (let i = 0, from = start + j * along, o = at + j; i < lines; i++, from += down, o += k) to[o] = data[from];
  }
}

/**
 * c[i][j] += Σ a[i][l] · b[j][l], lines of k floats; four lines of a by two of b at a time.
 * @param {Float32Array} a @param {number} pa @param {number} m
 * @param {Float32Array} b @param {number} pb @param {number} n @param {number} k
 * @param {Matrix} c
 */
export function multiply(a, pa, m, b, pb, n, k, {data: c, at, down, along}) {
  for (let from = 0; from < k; from += PART) {
    const part = Math.min(PART, k - from);
    let i = 0;
    for (; i + 4 <= m; i += 4) {
      const start = pa + i * k + from;
      let j = 0;
      for (; j + 2 <= n; j += 2) eight(a, start, b, pb + j * k + from, k, part, c, at + i * down + j * along, down, along);
      if (j < n) for (let r = 0; r < 4; r++) c[at + (i + r) * down + j * along] += line(a, start + r * k, b, pb + j * k + from, part);
    }
    for (; i < m; i++) {
      for (let j = 0; j < n; j++) c[at + i * down + j * along] += line(a, pa + i * k + from, b, pb + j * k + from, part);
    }
  }
}

/** @param {Float32Array} a @param {number} i @param {Float32Array} b @param {number} j @param {number} part */
function line(a, i, b, j, part) {
  let [even, odd] = [0, 0];
  const end = i + part - 1;
  for (; i < end; i += 2, j += 2) {
    even = fround(even + fround(a[i] * b[j]));
    odd = fround(odd + fround(a[i + 1] * b[j + 1]));
  }
  if (i === end) even = fround(even + fround(a[i] * b[j]));
  return even + odd;
}

/**
 * Two columns of four numbers.
 * @param {Float32Array} a @param {number} i @param {Float32Array} b @param {number} j @param {number} k @param {number} part
 * @param {Data} c @param {number} at @param {number} down @param {number} along
 */
function eight(a, i, b, j, k, part, c, at, down, along) {
  let [s, t, u, v, w, x, y, z] = [0, 0, 0, 0, 0, 0, 0, 0];
  for (const end = i + part; i < end; i++, j++) {
    const p = b[j];
    const q = b[j + k];
    const a0 = a[i];
    const a1 = a[i + k];
    const a2 = a[i + 2 * k];
    const a3 = a[i + 3 * k];
    s = fround(s + fround(a0 * p));
    t = fround(t + fround(a0 * q));
    u = fround(u + fround(a1 * p));
    v = fround(v + fround(a1 * q));
    w = fround(w + fround(a2 * p));
    x = fround(x + fround(a2 * q));
    y = fround(y + fround(a3 * p));
    z = fround(z + fround(a3 * q));
  }
  c[at] += s;
  c[at + along] += t;
  c[at + down] += u;
  c[at + down + along] += v;
  c[at + 2 * down] += w;
  c[at + 2 * down + along] += x;
  c[at + 3 * down] += y;
  c[at + 3 * down + along] += z;
}

/**
 * c += a · b for any matrices, m by k and k by n. `scratch` has room for `room(m, n, k)` floats.
 * @param {number} m @param {number} n @param {number} k @param {Matrix} a @param {Matrix} b @param {Matrix} c @param {Float32Array} scratch
 */
export function product(m, n, k, a, b, c, scratch) {
  let [left, right] = [scratch, scratch];
  let [pa, pb] = [0, m * k];
  if (a.along === 1 && a.down === k && a.data instanceof Float32Array) [left, pa] = [a.data, a.at];
  else lay(a, m, k, scratch, 0);
  if (b.down === 1 && b.along === k && b.data instanceof Float32Array) [right, pb] = [b.data, b.at];
  else lay({...b, down: b.along, along: b.down}, n, k, scratch, m * k);
  multiply(left, pa, m, right, pb, n, k, c);
}

/** @param {number} m @param {number} n @param {number} k */
export const room = (m, n, k) => (m + n) * k;

/** @type {Operator} */
function gemm(node) {
  const [a, b, c] = [node.input(0), node.input(1), node.option(2)];
  const [alpha, beta] = [node.float("alpha", 1), node.float("beta", 1)];
  const [turnA, turnB] = [node.int("transA", 0), node.int("transB", 0)];
  for (const one of [a, b]) {
    node.typed(one, FLOAT);
    node.must(one.shape.length === 2, "a factor is no matrix");
  }
  if (c) node.typed(c, FLOAT);
  const [m, k] = turnA ? [a.shape[1], a.shape[0]] : a.shape;
  const [depth, n] = turnB ? [b.shape[1], b.shape[0]] : b.shape;
  node.must(k === depth, `factors of shapes ${a.shape.join("×")} and ${b.shape.join("×")} do not fit`);
  const shape = [m, n];
  if (c) node.must(broadcast(c.shape, shape).join() === shape.join(), "what is added has another shape");
  const plan = c && collapsed(shape, [strides(shape), stretched(c.shape, shape)]);
  const step = plan?.steps[1].at(-1) ?? 0;
  return {
    outputs: [{type: FLOAT, shape}],
    scratch: room(m, n, k),
    cost: m * n * k,
    run: ([left, right, added], [out], scratch) => {
      out.fill(0);
      const first = {data: left, at: 0, down: turnA ? 1 : k, along: turnA ? m : 1};
      const second = {data: right, at: 0, down: turnB ? 1 : n, along: turnB ? k : 1};
      product(m, n, k, first, second, {data: out, at: 0, down: n, along: 1}, scratch);
      if (alpha !== 1) for (let i = 0; i < out.length; i++) out[i] *= alpha;
      if (plan) rows(plan, (length, o, j) => {
        for (let end = o + length; o < end; o++, j += step) out[o] += beta * added[j];
      });
    },
  };
}

/** @type {Operator} */
function matmul(node) {
  const [a, b] = node.alike();
  node.typed(a, FLOAT);
  node.must(a.shape.length > 0 && b.shape.length > 0, "a factor is a single number");
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
    scratch: room(m, n, k),
    cost: times * m * n * k,
    run: ([x, y], [out], scratch) => {
      out.fill(0);
      rows(plan, (length, c, i, j) => {
        for (; length > 0; length--, c += o, i += p, j += q) {
          const first = {data: x, at: i * m * k, down: k, along: 1};
          const second = {data: y, at: j * k * n, down: n, along: 1};
          product(m, n, k, first, second, {data: out, at: c * m * n, down: n, along: 1}, scratch);
        }
      });
    },
  };
}

/** @type {Record<string, Operator>} */
export const PRODUCT = {Gemm: gemm, MatMul: matmul};
