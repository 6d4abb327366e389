/**
 * Operators that move numbers or only call their shape another name.
 *
 * @typedef {import("./types.js").Operator} Operator
 * @typedef {import("./types.js").Data} Data
 * @typedef {import("./types.js").Spec} Spec
 * @typedef {import("./node.js").Node} Node
 */
import {BOOL, FLOAT, INT64, count, empty} from "./types.js";
import {broadcast, collapsed, copier, rows, stretched, strides} from "./walk.js";

/** The same numbers in another shape. @param {Spec} a @param {number[]} shape */
const same = (a, shape) => ({outputs: [{...a, shape}]});

/** @type {Operator} */
function reshape(node) {
  const a = node.input(0);
  const given = node.known(1);
  const zero = node.int("allowzero", 0) === 1;
  const shape = given.map((size, axis) => (size === 0 && !zero ? (a.shape[axis] ?? -2) : size));
  const open = shape.indexOf(-1);
  if (open >= 0) {
    const rest = count(shape.filter((_, axis) => axis !== open));
    shape[open] = rest ? node.size(a) / rest : 0;
  }
  node.must(shape.every((size) => Number.isInteger(size) && size >= 0) && count(shape) === node.size(a));
  return same(a, shape);
}

/** @type {Operator} */
function flatten(node) {
  const a = node.input(0);
  const axis = node.int("axis", 1);
  const at = axis < 0 ? axis + a.shape.length : axis;
  node.must(at >= 0 && at <= a.shape.length, `axis ${axis} of ${a.shape.length} axes`);
  return same(a, [count(a.shape.slice(0, at)), count(a.shape.slice(at))]);
}

/** @type {Operator} */
function squeeze(node) {
  const a = node.input(0);
  const axes = node.axes(a.shape.length, 1);
  node.must(!axes || axes.every((axis) => a.shape[axis] === 1), "axes longer than one do not go");
  return same(a, a.shape.filter((size, axis) => (axes ? !axes.includes(axis) : size !== 1)));
}

/** @type {Operator} */
function unsqueeze(node) {
  const a = node.input(0);
  const axes = /** @type {number[]} */ (node.axes(a.shape.length + node.input(1).shape.reduce((n, size) => n * size, 1), 1));
  const shape = [...a.shape];
  for (const axis of axes) shape.splice(axis, 0, 1);
  return same(a, shape);
}

/** @type {Operator} */
function transpose(node) {
  const a = node.input(0);
  const rank = a.shape.length;
  const order = node.ints("perm", Array.from({length: rank}, (_, axis) => rank - 1 - axis));
  node.must([...order].sort((x, y) => x - y).join() === [...a.shape.keys()].join(), `an order ${order.join()} of ${rank} axes`);
  const steps = strides(a.shape);
  const shape = order.map((axis) => a.shape[axis]);
  const copy = copier(shape, order.map((axis) => steps[axis]));
  return {outputs: [{type: a.type, shape}], run: ([x], [out]) => copy(x, out)};
}

/** @type {Operator} */
function expand(node) {
  const a = node.input(0);
  const shape = broadcast(a.shape, node.known(1));
  count(shape);
  const copy = copier(shape, stretched(a.shape, shape));
  return {outputs: [{type: a.type, shape}], run: ([x], [out]) => copy(x, out)};
}

/** @type {Operator} */
function tile(node) {
  const a = node.input(0);
  const times = node.known(1);
  node.must(times.length === a.shape.length);
  count(times);
  const steps = strides(a.shape);
  // Each axis as two: the repeats, at no distance, and the axis itself.
  const copy = copier(a.shape.flatMap((size, axis) => [times[axis], size]), steps.flatMap((step) => [0, step]));
  return {outputs: [{type: a.type, shape: a.shape.map((size, axis) => size * times[axis])}], run: ([x], [out]) => copy(x, out)};
}

/** @type {Operator} */
function concat(node) {
  const all = node.alike();
  const rank = all[0].shape.length;
  const axis = node.axis(node.int("axis", 0), rank);
  for (const one of all) {
    node.must(one.shape.length === rank && one.shape.every((size, i) => i === axis || size === all[0].shape[i]));
  }
  const shape = all[0].shape.map((size, i) => (i === axis ? all.reduce((sum, one) => sum + one.shape[axis], 0) : size));
  const [outer, width] = [count(shape.slice(0, axis)), count(shape.slice(axis))];
  const parts = all.map((one) => count(one.shape.slice(axis)));
  return {
    outputs: [{type: all[0].type, shape}],
    run: (inputs, [out]) => {
      let at = 0;
      parts.forEach((part, k) => {
        for (let row = 0; row < outer; row++) out.set(inputs[k].subarray(row * part, (row + 1) * part), row * width + at);
        at += part;
      });
    },
  };
}

/** @type {Operator} */
function split(node) {
  const a = node.input(0);
  const axis = node.axis(node.int("axis", 0), a.shape.length);
  const whole = a.shape[axis];
  const parts = node.int("num_outputs", node.wanted);
  const even = Math.ceil(whole / parts);
  const sizes = node.option(1) ? node.known(1) : Array.from({length: parts}, (_, i) => Math.min(even, whole - i * even));
  node.must(sizes.reduce((sum, size) => sum + size, 0) === whole && sizes.length >= node.wanted, `an axis of ${whole} is not split into ${sizes.join()}`);
  const shapes = sizes.map((size) => a.shape.map((old, i) => (i === axis ? size : old)));
  shapes.forEach(count);
  const steps = strides(a.shape);
  const copies = shapes.map((shape) => copier(shape, steps));
  return {
    outputs: shapes.slice(0, node.wanted).map((shape) => ({type: a.type, shape})),
    run: ([x], outs) => {
      let at = 0;
      copies.forEach((copy, i) => {
        if (outs[i]) copy(x, outs[i], at);
        at += sizes[i] * steps[axis];
      });
    },
  };
}

/** @type {Operator} */
function slice(node) {
  const a = node.input(0);
  const rank = a.shape.length;
  const [starts, ends] = [node.known(1), node.known(2)];
  const axes = node.option(3) ? node.known(3) : [...starts.keys()];
  const by = node.option(4) ? node.known(4) : starts.map(() => 1);
  node.must([ends, axes, by].every((list) => list.length === starts.length));
  const [shape, steps] = [[...a.shape], strides(a.shape)];
  let first = 0;
  const seen = new Set();
  axes.forEach((given, i) => {
    const axis = node.axis(given, rank);
    node.must(by[i] !== 0 && !seen.has(axis), "a step is zero or an axis named twice");
    seen.add(axis);
    const size = a.shape[axis];
    const [low, high] = by[i] > 0 ? [0, size] : [-1, size - 1];
    const bound = (/** @type {number} */ at) => Math.max(low, Math.min(high, at < 0 ? at + size : at));
    const start = by[i] > 0 ? bound(starts[i]) : Math.max(0, bound(starts[i]));
    shape[axis] = Math.max(0, Math.ceil((bound(ends[i]) - start) / by[i]));
    first += start * steps[axis];
    steps[axis] *= by[i];
  });
  const copy = copier(shape, steps);
  return {outputs: [{type: a.type, shape}], run: ([x], [out]) => copy(x, out, first)};
}

/** @type {Operator} */
function pad(node) {
  const a = node.input(0);
  const rank = a.shape.length;
  node.must(node.text("mode", "constant") === "constant", "this padding is not known");
  const given = node.known(1);
  const axes = node.option(3) ? node.known(3).map((axis) => node.axis(axis, rank)) : [...a.shape.keys()];
  node.must(given.length === 2 * axes.length && new Set(axes).size === axes.length);
  const [before, shape] = [new Array(rank).fill(0), [...a.shape]];
  axes.forEach((axis, i) => {
    before[axis] = given[i];
    shape[axis] += given[i] + given[i + axes.length];
  });
  count(shape);
  const value = node.option(2);
  if (value) node.must(value.type === a.type && node.size(value) === 1);
  // What is left of the input where a padding is negative, and where that is in both.
  const kept = a.shape.map((size, axis) => Math.max(0, Math.min(size, shape[axis] - before[axis]) - Math.max(0, -before[axis])));
  const [from, to] = [strides(a.shape), strides(shape)];
  const start = before.reduce((sum, pads, axis) => sum + Math.max(0, -pads) * from[axis], 0);
  const target = before.reduce((sum, pads, axis) => sum + Math.max(0, pads) * to[axis], 0);
  const plan = collapsed(kept, [from, to]);
  const [p, q] = plan.steps.map((own) => /** @type {number} */ (own.at(-1)));
  return {
    outputs: [{type: a.type, shape}],
    run: ([x, , fill], [out]) => {
      out.fill(fill?.[0] ?? 0);
      rows(plan, (n, i, o) => {
        for (i += start, o += target; n > 0; n--, i += p, o += q) out[o] = x[i];
      });
    },
  };
}

/** Numbers that are known before the graph runs. @param {number} type @param {number[]} shape @param {(i: number) => number} value @param {Node} node */
function constant(type, shape, value, node) {
  node.must(count(shape) <= 1 << 24, "it makes too many numbers");
  const data = empty(type, count(shape));
  for (let i = 0; i < data.length; i++) data[i] = value(i);
  return {outputs: [{type, shape, data}]};
}

/** @type {Operator} */
function made(node) {
  const {type, data} = node.tensor("value") ?? {type: FLOAT, data: [0]};
  return constant(type, node.known(0), () => data[0], node);
}



/** @type {Operator} */
function shapeOf(node) {
  const {shape} = node.input(0);
  const clamp = (/** @type {number} */ at) => Math.max(0, Math.min(shape.length, at < 0 ? at + shape.length : at));
  const part = shape.slice(clamp(node.int("start", 0)), clamp(node.int("end", shape.length)));
  return constant(INT64, [part.length], (i) => part[i], node);
}

/** @type {Record<string, Operator>} */
export const SHAPING = {
  Reshape: reshape,
  Flatten: flatten,
  Squeeze: squeeze,
  Unsqueeze: unsqueeze,
  Identity: (node) => ({outputs: [node.input(0)]}),
  Transpose: transpose,
  Expand: expand,
  Tile: tile,
  Concat: concat,
  Split: split,
  Slice: slice,
  Pad: pad,
  ConstantOfShape: made,
  Shape: shapeOf,
};
