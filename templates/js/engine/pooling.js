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
  node.must(rank >= 1 && rank <= 3, `windows over ${rank} axes are not known`);
  const kernel = node.ints("kernel_shape", []);
  node.must(kernel.length === rank, "its kernels do not fit its input");
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
 * Calls `each(plane, place, z, y, x)` for every window of every plane.
 * @param {Window} shape @param {number} planes
 * @param {(base: number, z: [number, number, number], y: [number, number, number], x: [number, number, number], at: number) => void} each
 */
function slide(shape, planes, each) {
  const size = count(shape.sizes);
  const ways = [0, 1, 2].map((axis) => Array.from({length: shape.out[axis]}, (_, place) => taps(shape, axis, place)));
  let at = 0;
  for (let plane = 0; plane < planes; plane++) {
    for (const z of ways[0]) for (const y of ways[1]) for (const x of ways[2]) each(plane * size, z, y, x, at++);
  }
}

/** @type {Operator} */
function maxPool(node) {
  const {shape, planes, whole} = parts(node);
  node.must(node.int("storage_order", 0) === 0, "places counted by columns are not known");
  const {sizes, dilation} = shape;
  const outputs = [{type: FLOAT, shape: whole}, {type: INT64, shape: whole}].slice(0, node.wanted);
  return {
    outputs,
    cost: count(whole) * count(shape.kernel),
    run: ([image], [out, places]) =>
      slide(shape, planes, (base, [front, z0, z1], [top, y0, y1], [left, x0, x1], at) => {
        let best = -Infinity;
        let where = -1;
        for (let z = z0; z < z1; z++) {
          for (let y = y0; y < y1; y++) {
            const row = base + ((front + z * dilation[0]) * sizes[1] + top + y * dilation[1]) * sizes[2] + left;
            for (let x = x0; x < x1; x++) {
              const value = image[row + x * dilation[2]];
              if (value > best || where < 0) {
                best = value;
                where = row + x * dilation[2];
              }
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
  const last = shape.sizes.map((size, axis) => size + (ends[axis - 3 + ends.length] ?? 0));
  const {sizes, dilation, kernel} = shape;
  /** Taps of an axis that count: within the image, or within its padding too. @param {number} axis @param {[number, number, number]} way */
  const counted = (axis, [start, from, to]) => (padded ? Math.min(kernel[axis], Math.ceil((last[axis] - start) / dilation[axis])) : to - from);
  return {
    outputs: [{type: FLOAT, shape: whole}],
    cost: count(whole) * count(kernel),
    run: ([image], [out]) =>
      slide(shape, planes, (base, wayZ, wayY, wayX, at) => {
        const [[front, z0, z1], [top, y0, y1], [left, x0, x1]] = [wayZ, wayY, wayX];
        let sum = 0;
        for (let z = z0; z < z1; z++) {
          for (let y = y0; y < y1; y++) {
            const row = base + ((front + z * dilation[0]) * sizes[1] + top + y * dilation[1]) * sizes[2] + left;
            for (let x = x0; x < x1; x++) sum += image[row + x * dilation[2]];
          }
        }
        out[at] = sum / (counted(0, wayZ) * counted(1, wayY) * counted(2, wayX));
      }),
  };
}


/** @type {Record<string, Operator>} */
export const POOLING = {
  MaxPool: maxPool,
  AveragePool: averagePool,
};
