/**
 * What many numbers come to: sums and extremes along axes, softmax, normal forms. Sums are doubles.
 *
 * @typedef {import("./types.js").Operator} Operator
 * @typedef {import("./types.js").Data} Data
 * @typedef {import("./node.js").Node} Node
 */
import {BOOL, FLOAT, INT32, INT64, count, exact} from "./types.js";
import {collapsed, rows, strides} from "./walk.js";

/**
 * The answer's shape, and a walk over the input beside it.
 * @param {import("./types.js").Spec} a @param {number[]} axes @param {boolean} keep
 */
function along(a, axes, keep) {
  const gone = new Set(axes);
  const kept = a.shape.map((size, axis) => (gone.has(axis) ? 1 : size));
  const steps = strides(kept).map((step, axis) => (gone.has(axis) ? 0 : step));
  return {
    shape: keep ? kept : a.shape.filter((_, axis) => !gone.has(axis)),
    plan: collapsed(a.shape, [strides(a.shape), steps]),
    many: axes.reduce((all, axis) => all * a.shape[axis], 1),
  };
}

/**
 * @param {object} how
 * @param {number} how.start
 * @param {(sum: number, x: number) => number} how.fold
 * @param {(sum: number, many: number) => number} [how.end]
 * @param {number[]} [how.types]
 * @returns {Operator}
 */
const reduce = ({start, fold, end, types = [FLOAT]}) => (node) => {
  const a = node.input(0);
  node.typed(a, ...types);
  const found = wanted(node, a.shape.length);
  if (!found) return {outputs: [a]};
  const {shape, plan, many} = along(a, found.axes, found.keep);
  // Of no booleans at all the greatest is false, the least true.
  const first = a.type === BOOL ? Number(start > 0) : start;
  node.must(many > 0 || Number.isFinite(first) || a.type === FLOAT, "no integer is the extreme of none");
  const step = /** @type {number} */ (plan.steps[1].at(-1));
  const sums = new Float64Array(count(shape));
  return {
    outputs: [{type: a.type, shape}],
    run: ([x], [out]) => {
      sums.fill(first);
      rows(plan, (n, i, o) => {
        if (step) for (let last = i + n; i < last; i++, o += step) sums[o] = fold(sums[o], x[i]);
        else {
          let sum = sums[o];
          for (let last = i + n; i < last; i++) sum = fold(sum, x[i]);
          sums[o] = sum;
        }
      });
      for (let o = 0; o < out.length; o++) out[o] = end ? end(sums[o], many) : sums[o];
      if (a.type === INT64) exact(out);
    },
  };
};

/** Axes to go and whether they stay as ones; null where nothing is to be done. @param {Node} node @param {number} rank */
function wanted(node, rank) {
  const keep = node.int("keepdims", 1) === 1;
  const idle = node.int("noop_with_empty_axes", 0) === 1;
  const given = node.axes(rank, 1);
  if (given?.length) return {axes: given, keep};
  return idle ? null : {axes: Array.from({length: rank}, (_, axis) => axis), keep};
}

const add = (/** @type {number} */ sum, /** @type {number} */ x) => sum + x;
const WHOLE = [FLOAT, INT32, INT64];


/** Lines along an axis: how many before it, how long, how far apart its numbers. @param {number[]} shape @param {number} axis @returns {[number, number, number]} */
const lines = (shape, axis) => [count(shape.slice(0, axis)), shape[axis], count(shape.slice(axis + 1))];

/** Where a line begins. @param {number} line @param {number} n @param {number} gap */
const begin = (line, n, gap) => Math.floor(line / gap) * n * gap + (line % gap);

/** @param {boolean} log @returns {Operator} */
const softmax = (log) => (node) => {
  const a = node.input(0);
  node.typed(a, FLOAT);
  const [outer, n, gap] = lines(a.shape, node.axis(node.int("axis", -1), a.shape.length));
  return {
    outputs: [{type: FLOAT, shape: a.shape}],
    run: ([x], [out]) => {
      for (let line = 0; line < outer * gap; line++) {
        const from = begin(line, n, gap);
        const end = from + n * gap;
        let most = -Infinity;
        for (let i = from; i < end; i += gap) most = Math.max(most, x[i]);
        let sum = 0;
        for (let i = from; i < end; i += gap) sum += Math.exp(x[i] - most);
        const less = log ? most + Math.log(sum) : 0;
        for (let i = from; i < end; i += gap) out[i] = log ? x[i] - less : Math.exp(x[i] - most) / sum;
      }
    },
  };
};

/** @type {Record<string, Operator>} */
export const REDUCTION = {
  ReduceSum: reduce({start: 0, fold: add, types: WHOLE}),
  ReduceMean: reduce({start: 0, fold: add, end: (sum, many) => sum / many}),
  ReduceProd: reduce({start: 1, fold: (sum, x) => sum * x, types: WHOLE}),
  ReduceMax: reduce({start: -Infinity, fold: (sum, x) => Math.max(sum, x), types: [...WHOLE, BOOL]}),
  ReduceMin: reduce({start: Infinity, fold: (sum, x) => Math.min(sum, x), types: [...WHOLE, BOOL]}),
  Softmax: softmax(false),
  LogSoftmax: softmax(true),
};
