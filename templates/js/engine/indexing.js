/**
 * Numbers by their places. A place that does not exist is an error, whatever it would hit.
 *
 * @typedef {import("./types.js").Operator} Operator
 * @typedef {import("./types.js").Data} Data
 * @typedef {import("./types.js").Spec} Spec
 */
import {BOOL, FLOAT, INT32, INT64, count, exact} from "./types.js";
import {strides} from "./walk.js";

/** @param {number} at @param {number} size */
function within(at, size) {
  const found = at < 0 ? at + size : at;
  if (!(found >= 0 && found < size)) throw new RangeError(`a place ${at} of ${size} does not exist`);
  return found;
}

/** @type {Operator} */
function gather(node) {
  const [a, places] = [node.input(0), node.input(1)];
  node.typed(places, INT32, INT64);
  const axis = node.axis(node.int("axis", 0), a.shape.length);
  const [outer, size, inner] = [count(a.shape.slice(0, axis)), a.shape[axis], count(a.shape.slice(axis + 1))];
  return {
    outputs: [{type: a.type, shape: [...a.shape.slice(0, axis), ...places.shape, ...a.shape.slice(axis + 1)]}],
    run: ([x, at], [out]) => {
      let o = 0;
      for (let row = 0; row < outer; row++) {
        for (let i = 0; i < at.length; i++) {
          const from = (row * size + within(at[i], size)) * inner;
          for (let k = 0; k < inner; k++) out[o++] = x[from + k];
        }
      }
    },
  };
}

/**
 * For each place of `shape`, where it is in a tensor of `whole` axes but for the one that places replace.
 * @param {number[]} shape @param {number[]} whole @param {number} axis
 */
function bases(shape, whole, axis) {
  const steps = strides(whole);
  const found = new Int32Array(count(shape));
  const place = shape.map(() => 0);
  for (let o = 0; o < found.length; o++) {
    let at = 0;
    for (let i = 0; i < place.length; i++) if (i !== axis) at += place[i] * steps[i];
    found[o] = at;
    for (let i = place.length - 1; i >= 0 && ++place[i] === shape[i]; i--) place[i] = 0;
  }
  return {found, step: steps[axis]};
}

/** Input, places and axis of operators that name a place for every number. @param {import("./node.js").Node} node */
function byElement(node) {
  const [a, places] = [node.input(0), node.input(1)];
  node.typed(places, INT32, INT64);
  const axis = node.axis(node.int("axis", 0), a.shape.length);
  const fits = places.shape.length === a.shape.length && places.shape.every((size, i) => i === axis || size <= a.shape[i]);
  node.must(fits);
  return {a, places, axis, size: a.shape[axis], ...bases(places.shape, a.shape, axis)};
}

/** @type {Operator} */
function gatherElements(node) {
  const {a, places, size, found, step} = byElement(node);
  return {
    outputs: [{type: a.type, shape: places.shape}],
    run: ([x, at], [out]) => {
      for (let o = 0; o < out.length; o++) out[o] = x[found[o] + within(at[o], size) * step];
    },
  };
}

/** @type {Record<string, (old: number, given: number) => number>} */
const JOINED = {
  none: (_, given) => given,
  add: (old, given) => old + given,
  mul: (old, given) => old * given,
  max: Math.max,
  min: Math.min,
};

/** @param {import("./node.js").Node} node @param {Spec} a @param {Spec} updates */
function joined(node, a, updates) {
  const way = node.text("reduction", "none");
  const join = JOINED[way];
  node.must(join !== undefined, "this reduction is not known");
  node.must(updates.type === a.type && (a.type !== BOOL || way === "none"));
  return join;
}

/** @type {Operator} */
function scatterElements(node) {
  const {a, places, size, found, step} = byElement(node);
  const updates = node.input(2);
  const join = joined(node, a, updates);
  node.must(updates.shape.join() === places.shape.join());
  const adds = join === JOINED.add;
  return {
    outputs: [{type: a.type, shape: a.shape}],
    run: ([x, at, given], [out]) => {
      out.set(x);
      for (let i = 0; i < given.length; i++) {
        const o = found[i] + within(at[i], size) * step;
        if (adds) out[o] += given[i];
        else out[o] = join(out[o], given[i]);
      }
      if (a.type === INT64) exact(out);
    },
  };
}

/** What operators that name a place by several numbers have in common. @param {import("./node.js").Node} node @param {number} batch */
function byPlace(node, batch) {
  const [a, places] = [node.input(0), node.input(1)];
  node.typed(places, INT64);
  const depth = places.shape.at(-1) ?? 0;
  node.must(places.shape.length > batch && a.shape.length >= batch + depth && depth > 0);
  node.must(a.shape.slice(0, batch).join() === places.shape.slice(0, batch).join());
  const steps = strides(a.shape);
  const rest = a.shape.slice(batch + depth);
  const [groups, inner] = [count(a.shape.slice(0, batch)), count(rest)];
  const many = count(places.shape.slice(batch, -1));
  const stride = count(a.shape.slice(batch));
  /** Where the numbers of place `i` begin. @param {Data} at @param {number} i */
  const start = (at, i) => {
    let found = groups > 1 ? Math.floor(i / many) * stride : 0;
    for (let d = 0; d < depth; d++) found += within(at[i * depth + d], a.shape[batch + d]) * steps[batch + d];
    return found;
  };
  return {a, places, rest, inner, start, total: groups * many};
}

/** @type {Operator} */
function gatherND(node) {
  const {a, places, rest, inner, start, total} = byPlace(node, node.int("batch_dims", 0));
  return {
    outputs: [{type: a.type, shape: [...places.shape.slice(0, -1), ...rest]}],
    run: ([x, at], [out]) => {
      for (let i = 0; i < total; i++) {
        const from = start(at, i);
        for (let k = 0; k < inner; k++) out[i * inner + k] = x[from + k];
      }
    },
  };
}

/** @type {Operator} */
function scatterND(node) {
  const {a, places, rest, inner, start, total} = byPlace(node, 0);
  const updates = node.input(2);
  const join = joined(node, a, updates);
  node.must(updates.shape.join() === [...places.shape.slice(0, -1), ...rest].join());
  return {
    outputs: [{type: a.type, shape: a.shape}],
    run: ([x, at, given], [out]) => {
      out.set(x);
      for (let i = 0; i < total; i++) {
        const to = start(at, i);
        for (let k = 0; k < inner; k++) out[to + k] = join(out[to + k], given[i * inner + k]);
      }
      if (a.type === INT64) exact(out);
    },
  };
}




/** @type {Record<string, Operator>} */
export const INDEXING = {
  Gather: gather,
  GatherElements: gatherElements,
  GatherND: gatherND,
  ScatterElements: scatterElements,
  ScatterND: scatterND,
};
