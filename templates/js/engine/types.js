/**
 * Tensors as the engine holds them. Long integers are kept as doubles, which are exact up to 2^53: what
 * would leave that range is refused and never rounded.
 *
 * @typedef {Float32Array | Float64Array | Int32Array | Uint8Array} Data
 * @typedef {{type: number, shape: number[], data: Data}} Constant
 * @typedef {{float?: number, int?: number, text?: string, tensor?: Constant,
 *   ints?: number[]}} Attribute
 * @typedef {object} Call  one node of the graph, as it is written
 * @property {string} op
 * @property {number} place  counted from one
 * @property {string[]} inputs
 * @property {string[]} outputs
 * @property {Map<string, Attribute>} attributes
 * @property {string} domain
 * @typedef {{name: string, type: number, shape: number[]}} Port
 * @typedef {{calls: Call[], constants: Map<string, Constant>, inputs: Port[], outputs: Port[]}} Model
 *
 * @typedef {{type: number, shape: number[], data?: Data}} Spec  with data where it is known before a run
 * @typedef {object} Step  what an operator makes of its inputs' types and shapes
 * @property {Spec[]} outputs
 * @property {(inputs: Data[], outputs: Data[], scratch: Float32Array) => void} [run]  none: the same numbers in another shape
 * @property {number} [scratch]  floats of room that a run needs beside its outputs
 * @property {number} [cost]     multiply-adds, or what takes as long
 * @typedef {(node: import("./node.js").Node) => Step} Operator
 */

export const FLOAT = 1;
export const INT32 = 6;
export const INT64 = 7;
export const BOOL = 9;

/** @type {Record<number, {name: string, make: any, raw: number}>} */
const KINDS = {
  [FLOAT]: {name: "float32", make: Float32Array, raw: 4},
  [INT32]: {name: "int32", make: Int32Array, raw: 4},
  [INT64]: {name: "int64", make: Float64Array, raw: 8},
  [BOOL]: {name: "bool", make: Uint8Array, raw: 1},
};

/** @param {number} type */
function kind(type) {
  const found = KINDS[type];
  if (!found) throw new RangeError(`numbers of type ${type} are not known`);
  return found;
}

/** What the page calls a type. @param {number} type */
export const named = (type) => kind(type).name;

/** Bytes of one number. @param {number} type @returns {number} */
export const width = (type) => kind(type).make.BYTES_PER_ELEMENT;

/** Numbers of a type in a part of a buffer. @param {number} type @param {ArrayBuffer} buffer @param {number} at @param {number} size @returns {Data} */
export const view = (type, buffer, at, size) => new (kind(type).make)(buffer, at, size);

/** @param {number} type @param {number} size @returns {Data} */
export const empty = (type, size) => new (kind(type).make)(size);

/** Bytes that one graph may need. */
export const LIMIT = 256 * 2 ** 20;

/** How many numbers a shape holds. Raises: RangeError for a negative or open axis, and for too many. @param {number[]} shape @returns {number} */
export function count(shape) {
  for (const size of shape) {
    if (!(Number.isInteger(size) && size >= 0)) throw new RangeError(`a shape has an axis of size ${size}`);
  }
  const size = shape.reduce((product, one) => product * one, 1);
  if (size > LIMIT / 4) throw new RangeError(`a tensor of shape ${shape.join("×")} needs more than 256 MB`);
  return size;
}

/** No integer left the range in which doubles are exact. @param {Data} data */
export function exact(data) {
  for (let i = 0; i < data.length; i++) {
    if (!(Math.abs(data[i]) <= 2 ** 53)) throw new RangeError("an integer is too large or divided by zero");
  }
}

/**
 * A constant from raw bytes or from a list.
 * Raises: RangeError where they do not fill the shape.
 * @param {number} type @param {number[]} shape @param {Uint8Array | undefined} raw @param {number[]} listed @returns {Constant}
 */
export function read(type, shape, raw, listed) {
  const {make, raw: bytes} = kind(type);
  const size = count(shape);
  if ((raw ? raw.length / bytes : listed.length) !== size) throw new RangeError("a tensor does not fill its shape");
  if (!raw) return {type, shape, data: make.from(listed)};
  // Views must start at a multiple of their width, which bytes within a file need not.
  const {buffer, byteOffset} = raw.byteOffset % bytes ? raw.slice() : raw;
  if (type !== INT64) return {type, shape, data: new make(buffer, byteOffset, size)};
  return {type, shape, data: Float64Array.from(new BigInt64Array(buffer, byteOffset, size), Number)};
}

/** What the page gave, as the engine holds it. @param {number} type @param {ArrayLike<number | bigint>} given @param {Data} into */
export function take(type, given, into) {
  if (type === INT64) for (let i = 0; i < into.length; i++) into[i] = Number(given[i]);
  else into.set(/** @type {ArrayLike<number>} */ (given));
  if (type === INT64) exact(into);
}

/** A copy as the page wants it. @param {number} type @param {Data} data */
export function give(type, data) {
  return type === INT64 ? BigInt64Array.from(/** @type {any} */ (data), BigInt) : data.slice();
}
