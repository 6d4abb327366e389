/**
 * Operators that take number by number. Products and quotients of floats are computed as doubles and
 * rounded once, which gives what arithmetic in floats gives.
 *
 * @typedef {import("./types.js").Operator} Operator
 * @typedef {import("./types.js").Data} Data
 * @typedef {(out: Data, o: number, n: number, a: Data, i: number, p: number, b: Data, j: number, q: number) => void} Row
 */
import {BOOL, FLOAT, INT32, INT64, exact} from "./types.js";
import {broadcast, collapsed, rows, stretched, strides} from "./walk.js";

/** A row of one function of two numbers, at places i and j that move by p and q. @param {(a: number, b: number) => number} f @returns {Row} */
const each = (f) => (out, o, n, a, i, p, b, j, q) => {
  for (let end = o + n; o < end; o++, i += p, j += q) out[o] = f(a[i], b[j]);
};

// The four of every network in loops of their own: a call for each number is what takes the time.
/** @type {Row} */
const plus = (out, o, n, a, i, p, b, j, q) => {
  for (let end = o + n; o < end; o++, i += p, j += q) out[o] = a[i] + b[j];
};
/** @type {Row} */
const minus = (out, o, n, a, i, p, b, j, q) => {
  for (let end = o + n; o < end; o++, i += p, j += q) out[o] = a[i] - b[j];
};
/** @type {Row} */
const times = (out, o, n, a, i, p, b, j, q) => {
  for (let end = o + n; o < end; o++, i += p, j += q) out[o] = a[i] * b[j];
};
/** @type {Row} */
const within = (out, o, n, a, i, p, b, j, q) => {
  for (let end = o + n; o < end; o++, i += p, j += q) out[o] = a[i] <= b[j] ? 1 : 0;
};

const larger = each((a, b) => Math.max(a, b));
const smaller = each((a, b) => Math.min(a, b));

/** @param {(a: number, b: number) => number} f  of two doubles, rounded towards zero @returns {Row} */
const whole = (f) =>
  each((a, b) => {
    const value = Math.trunc(f(a, b));
    if (!Number.isFinite(value)) throw new RangeError("an integer is divided by zero");
    return value;
  });

/** Integers of 32 bits wrap around. @type {Record<number, Record<string, Row>>} */
const EXACT = {
  [INT32]: {Mul: each(Math.imul), Div: whole((a, b) => a / b)},
  [INT64]: {Div: whole((a, b) => a / b)},
};

/** The remainder with the divisor's sign. @param {number} a @param {number} b */
function mod(a, b) {
  const rest = a % b;
  return rest && rest < 0 !== b < 0 ? rest + b : rest + 0;
}

/**
 * A function of two stretched tensors.
 * @param {import("./node.js").Node} node @param {import("./types.js").Spec} a @param {import("./types.js").Spec} b
 * @param {number} type  of the answer @param {Row} row
 */
function pair(node, a, b, type, row) {
  const shape = broadcast(a.shape, b.shape);
  const plan = collapsed(shape, [strides(shape), stretched(a.shape, shape), stretched(b.shape, shape)]);
  const [, p, q] = plan.steps.map((own) => /** @type {number} */ (own.at(-1)));
  return {
    outputs: [{type, shape}],
    run: (/** @type {Data[]} */ [x, y], /** @type {Data[]} */ [out]) => {
      rows(plan, (n, o, i, j) => row(out, o, n, x, i, p, y, j, q));
      if (type === INT64) exact(out);
    },
  };
}

/** @param {Row} row @returns {Operator} */
const arithmetic = (row) => (node) => {
  const [a, b] = node.alike(2);
  node.typed(a, FLOAT, INT32, INT64);
  return pair(node, a, b, a.type, EXACT[a.type]?.[node.call.op] ?? row);
};

/** @param {Row} row  of ones and zeros @param {...number} types @returns {Operator} */
const relation = (row, ...types) => (node) => {
  const [a, b] = node.alike(2);
  node.typed(a, ...types);
  return pair(node, a, b, BOOL, row);
};

/** Any number of inputs, taken together two by two. @param {Row} row @returns {Operator} */
const together = (row) => (node) => {
  const all = node.alike();
  node.typed(all[0], FLOAT, INT32, INT64);
  const shape = broadcast(...all.map((one) => one.shape));
  const plans = all.map((one) => collapsed(shape, [strides(shape), strides(shape), stretched(one.shape, shape)]));
  return {
    outputs: [{type: all[0].type, shape}],
    run: (inputs, [out]) => {
      const zero = new Float32Array(1);
      plans.forEach((plan, k) => {
        const step = /** @type {number} */ (plan.steps[2].at(-1));
        const self = /** @type {number} */ (plan.steps[1].at(-1));
        // The first is written, each of the others joined to what is there.
        if (!k) rows(plan, (n, o, _, j) => plus(out, o, n, zero, 0, 0, inputs[0], j, step));
        else rows(plan, (n, o, i, j) => row(out, o, n, out, i, self, inputs[k], j, step));
      });
    },
  };
};

/** @type {Operator} */
function power(node) {
  const [a, b] = [node.input(0), node.input(1)];
  node.typed(a, FLOAT, INT32, INT64);
  node.typed(b, FLOAT, INT32, INT64);
  return pair(node, a, b, a.type, a.type === FLOAT ? each(Math.pow) : whole(Math.pow));
}

/** @type {Operator} */
function remainder(node) {
  const [a, b] = node.alike(2);
  const take = node.int("fmod", 0) === 1 ? (/** @type {number} */ x, /** @type {number} */ y) => x % y : mod;
  node.typed(a, FLOAT, INT32, INT64);
  return pair(node, a, b, a.type, a.type === FLOAT ? each(take) : whole(take));
}


/** @type {Operator} */
function where(node) {
  const [condition, a, b] = [node.input(0), node.input(1), node.input(2)];
  node.typed(condition, BOOL);
  node.must(a.type === b.type);
  const shape = broadcast(condition.shape, a.shape, b.shape);
  const plan = collapsed(shape, [shape, ...[condition, a, b].map((one) => one.shape)].map((one) => stretched(one, shape)));
  const [, r, p, q] = plan.steps.map((own) => /** @type {number} */ (own.at(-1)));
  return {
    outputs: [{type: a.type, shape}],
    run: ([c, x, y], [out]) =>
      rows(plan, (n, o, k, i, j) => {
        for (let end = o + n; o < end; o++, k += r, i += p, j += q) out[o] = c[k] ? x[i] : y[j];
      }),
  };
}

/** @type {Record<string, Operator>} */
export const ELEMENTWISE = {
  Add: arithmetic(plus),
  Sub: arithmetic(minus),
  Mul: arithmetic(times),
  Div: arithmetic(each((a, b) => a / b)),
  Mod: remainder,
  Pow: power,
  Max: together(larger),
  Min: together(smaller),
  Where: where,
  Equal: relation(each((a, b) => Number(a === b)), FLOAT, INT32, INT64, BOOL),
  Less: relation(each((a, b) => Number(a < b)), FLOAT, INT32, INT64),
  LessOrEqual: relation(within, FLOAT, INT32, INT64),
  Greater: relation(each((a, b) => Number(a > b)), FLOAT, INT32, INT64),
  GreaterOrEqual: relation(each((a, b) => Number(a >= b)), FLOAT, INT32, INT64),
  And: relation(each((a, b) => a && b), BOOL),
  Or: relation(each((a, b) => a || b), BOOL),
};
