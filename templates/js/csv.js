/**
 * Arrays as CSV (RFC 4180): the last axis runs along the row, the others are counted in columns before
 * it, so that a file read back is the array again. Pure.
 *
 * @typedef {import("./types.js").Tensor} Tensor
 */

/** Float32 numbers have at most nine digits that matter. */
const DIGITS = [6, 7, 8, 9];

/** The shortest decimal that is this float32 again. @param {number} value */
export function shortest(value) {
  if (!Number.isFinite(value) || Number.isInteger(value)) return Object.is(value, -0) ? "-0" : String(value);
  for (const digits of DIGITS) {
    const near = Number(value.toPrecision(digits));
    if (Math.fround(near) === value) return String(near);
  }
  return String(value);
}

/** How one element is written. @param {Tensor["data"]} data @returns {(at: number) => string} */
function writer(data) {
  return data instanceof Float32Array ? (at) => shortest(data[at]) : (at) => String(data[at]);
}

/** Bytes that `csv` will need, about. @param {Tensor} tensor */
export function estimate({data}) {
  const digits = data instanceof Float32Array || data instanceof Float64Array ? 10 : 4;
  return data.length * digits;
}

/**
 * Shape: () gives a column "value"; (n) an index and "value"; (…, n) indices, then columns 0 … n−1.
 * @param {Tensor} tensor
 */
export function csv({data, shape}) {
  const write = writer(data);
  const outer = shape.length > 1 ? shape.slice(0, -1) : shape;
  const along = shape.length > 1 ? shape[shape.length - 1] : 1;
  const columns = shape.length > 1 ? Array.from({length: along}, (_, i) => String(i)) : ["value"];
  const lines = [[...outer.map((_, axis) => `axis ${axis}`), ...columns].join(",")];
  const rows = outer.reduce((count, size) => count * size, 1);
  const place = outer.map(() => 0);
  for (let row = 0; row < rows; row++) {
    const numbers = Array.from({length: along}, (_, i) => write(row * along + i));
    lines.push([...place, ...numbers].join(","));
    for (let axis = outer.length - 1; axis >= 0 && ++place[axis] === outer[axis]; axis--) place[axis] = 0;
  }
  return `${lines.join("\r\n")}\r\n`;
}
