/**
 * Greatest and mean values of windows.
 *
 * @typedef {import("./types.js").Operator} Operator
 * @typedef {import("./types.js").Data} Data
 * @typedef {import("./window.js").Window} Window
 */
import {FLOAT, INT64, count} from "./types.js";
import {window} from "./window.js";

/** Input, window and planes of a node. @param {import("./node.js").Node} node */
function parts(node) {
  const x = node.input(0);
  node.typed(x, FLOAT);
  const rank = x.shape.length - 2;
  node.must(rank === 1 || rank === 2, `windows over ${rank} axes are not known`);
  const kernel = node.ints("kernel_shape", []);
  node.must(kernel.length === rank);
  const shape = window(node, x.shape.slice(2), kernel, false, node.int("ceil_mode", 0) === 1);
  const planes = x.shape[0] * x.shape[1];
  return {shape, planes, whole: [...x.shape.slice(0, 2), ...shape.outer]};
}

/** Where a window begins and ends along one axis, in taps. @param {Window} shape @param {number} axis @param {number} place @returns {[number, number, number]} */
function taps({sizes, kernel, stride, dilation, pads}, axis, place) {
  const start = place * stride[axis] - pads[axis];
  const first = start < 0 ? Math.ceil(-start / dilation[axis]) : 0;
  const last = Math.min(kernel[axis], Math.ceil((sizes[axis] - start) / dilation[axis]));
  return [start, first, last];
}

/**
 * Calls `each` for every window of every plane.
 * @param {Window} shape @param {number} planes
 * @param {(base: number, y: [number, number, number], x: [number, number, number], at: number) => void} each
 */
function slide(shape, planes, each) {
  const size = count(shape.sizes);
  const [rows, columns] = [0, 1].map((axis) => Array.from({length: shape.out[axis]}, (_, place) => taps(shape, axis, place)));
  let at = 0;
  for (let plane = 0; plane < planes; plane++) {
    for (const y of rows) for (const x of columns) each(plane * size, y, x, at++);
  }
}

/** @type {Operator} */
function maxPool(node) {
  const {shape, planes, whole} = parts(node);
  node.must(node.int("storage_order", 0) === 0, "this storage_order is not known");
  const [down, along] = shape.dilation;
  const outputs = [{type: FLOAT, shape: whole}, {type: INT64, shape: whole}].slice(0, node.wanted);
  return {
    outputs,
    cost: count(whole) * count(shape.kernel),
    run: ([image], [out, places]) =>
      slide(shape, planes, (base, [top, y0, y1], [left, x0, x1], at) => {
        let best = -Infinity;
        let where = -1;
        for (let y = y0; y < y1; y++) {
          const row = base + (top + y * down) * shape.sizes[1] + left;
          for (let x = x0; x < x1; x++) {
            const value = image[row + x * along];
            if (value > best || where < 0) {
              best = value;
              where = row + x * along;
            }
          }
        }
        out[at] = best;
        if (places) places[at] = where;
      }),
  };
}

/** @type {Operator} */
function averagePool(node) {
  const {shape, planes, whole} = parts(node);
  const padded = node.int("count_include_pad", 0) === 1;
  const ends = node.ints("pads", new Array(2 * shape.outer.length).fill(0)).slice(shape.outer.length);
  const last = shape.sizes.map((size, axis) => size + (ends[axis - 2 + ends.length] ?? 0));
  const {sizes, dilation, kernel} = shape;
  /** Taps of an axis that count: within the image, or within its padding too. @param {number} axis @param {[number, number, number]} way */
  const counted = (axis, [start, from, to]) => (padded ? Math.min(kernel[axis], Math.ceil((last[axis] - start) / dilation[axis])) : to - from);
  return {
    outputs: [{type: FLOAT, shape: whole}],
    cost: count(whole) * count(kernel),
    run: ([image], [out]) =>
      slide(shape, planes, (base, wayY, wayX, at) => {
        const [[top, y0, y1], [left, x0, x1]] = [wayY, wayX];
        let sum = 0;
        for (let y = y0; y < y1; y++) {
          const row = base + (top + y * dilation[0]) * sizes[1] + left;
          for (let x = x0; x < x1; x++) sum += image[row + x * dilation[1]];
        }
        out[at] = sum / (counted(0, wayY) * counted(1, wayX));
      }),
  };
}

/** @type {Record<string, Operator>} */
export const POOLING = {
  MaxPool: maxPool,
  AveragePool: averagePool,
};
