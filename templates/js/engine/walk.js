/** Strides and shapes: how several tensors are gone through side by side. */
import {count} from "./types.js";

/** Steps between neighbours along each axis of a row-major tensor. @param {number[]} shape */
export function strides(shape) {
  const steps = new Array(shape.length).fill(1);
  for (let i = shape.length - 2; i >= 0; i--) steps[i] = steps[i + 1] * shape[i + 1];
  return steps;
}

/** The shape that several fit into, axes of one stretched. Raises: RangeError where they do not fit. @param {number[][]} shapes */
export function broadcast(...shapes) {
  const rank = Math.max(...shapes.map((shape) => shape.length));
  return Array.from({length: rank}, (_, i) => {
    const sizes = shapes.map((shape) => shape[i - rank + shape.length] ?? 1);
    const size = sizes.find((one) => one !== 1) ?? 1;
    if (sizes.some((one) => one !== 1 && one !== size)) {
      throw new RangeError(`shapes ${shapes.map((shape) => shape.join("×")).join(" and ")} do not fit`);
    }
    return size;
  });
}

/** Strides with which a tensor is read as one of a larger shape: 0 along stretched axes. @param {number[]} shape @param {number[]} target */
export function stretched(shape, target) {
  const steps = strides(shape);
  const missing = target.length - shape.length;
  return target.map((_, i) => (i < missing || shape[i - missing] === 1 ? 0 : steps[i - missing]));
}

/**
 * The fewest axes that go through the same places in the same order, at least one.
 * @param {number[]} shape @param {number[][]} steps  one list of strides per tensor
 * @returns {{shape: number[], steps: number[][]}}
 */
export function collapsed(shape, steps) {
  /** @type {number[]} */
  const sizes = [];
  /** @type {number[][]} */
  const kept = steps.map(() => []);
  shape.forEach((size, axis) => {
    if (size === 1) return;
    const last = sizes.length - 1;
    const joins = last >= 0 && steps.every((own, i) => kept[i][last] === own[axis] * size);
    if (joins) sizes[last] *= size;
    else sizes.push(size);
    steps.forEach((own, i) => (joins ? (kept[i][last] = own[axis]) : kept[i].push(own[axis])));
  });
  if (sizes.length) return {shape: sizes, steps: kept};
  return {shape: [1], steps: steps.map(() => [0])};
}

/**
 * Calls `row(n, a, b, c, d)` for every row along the last axis: its length, and where each tensor is there.
 * @param {{shape: number[], steps: number[][]}} plan @param {(n: number, a: number, b: number, c: number, d: number) => void} row
 */
export function rows({shape, steps}, row) {
  const outer = shape.length - 1;
  const n = shape[outer];
  const total = count(shape);
  if (!total) return;
  const at = [0, 0, 0, 0];
  const place = new Array(outer).fill(0);
  for (let left = total / n; left > 0; left--) {
    row(n, at[0], at[1], at[2], at[3]);
    for (let axis = outer - 1; axis >= 0; axis--) {
      place[axis]++;
      for (let i = 0; i < steps.length; i++) at[i] += steps[i][axis];
      if (place[axis] < shape[axis]) break;
      for (let i = 0; i < steps.length; i++) at[i] -= steps[i][axis] * shape[axis];
      place[axis] = 0;
    }
  }
}

/**
 * A copy of numbers at strides, in row-major order.
 * @param {number[]} shape @param {number[]} steps @returns {(from: import("./types.js").Data, to: import("./types.js").Data, start?: number) => void}
 */
export function copier(shape, steps) {
  const plan = collapsed(shape, [strides(shape), steps]);
  const step = /** @type {number} */ (plan.steps[1].at(-1));
  return (from, to, start = 0) =>
    rows(plan, (n, out, at) => {
      let source = at + start;
      if (step === 1) for (let i = 0; i < n; i++) to[out + i] = from[source + i];
      else for (let i = 0; i < n; i++, source += step) to[out + i] = from[source];
    });
}
