/**
 * Safetensors files as typed arrays: eight bytes of header length, a JSON header, raw little-endian
 * tensors. Views share the file's buffer; only what no view can show (odd offsets, half floats) is
 * copied.
 *
 * @typedef {import("./types.js").Tensors} Tensors
 * @typedef {import("./types.js").Numbers} Numbers
 */

/** @type {Record<string, any>} */
const KINDS = {
  F64: Float64Array,
  F32: Float32Array,
  I64: BigInt64Array,
  I32: Int32Array,
  I16: Int16Array,
  I8: Int8Array,
  U8: Uint8Array,
  BOOL: Uint8Array,
};

/** @type {Record<string, (bits: number) => number>} */
const WIDENED = {F16: (bits) => halves()[bits], BF16: brainToFloat};

/** The number that a 16-bit IEEE 754 pattern stands for. @param {number} bits */
export function halfToFloat(bits) {
  const sign = bits & 0x8000 ? -1 : 1;
  const exponent = (bits >> 10) & 0x1f;
  const fraction = bits & 0x3ff;
  if (exponent === 0) return sign * fraction * 2 ** -24;
  if (exponent === 31) return fraction ? NaN : sign * Infinity;
  return sign * (1 + fraction / 1024) * 2 ** (exponent - 15);
}

/** @type {Float32Array | undefined} */
let table;

/** What each of the 65,536 patterns stands for: a look-up is twenty times quicker than the sum. */
export function halves() {
  table ??= Float32Array.from({length: 65536}, (_, bits) => halfToFloat(bits));
  return table;
}

const word = new Uint32Array(1);
const wordAsFloat = new Float32Array(word.buffer);

/** The number that a bfloat16 pattern stands for: the upper half of a float. @param {number} bits */
export function brainToFloat(bits) {
  word[0] = bits << 16;
  return wordAsFloat[0];
}

/**
 * @param {ArrayBuffer} buffer
 * @param {string} dtype
 * @param {number} start
 * @param {number} end
 * @returns {Numbers}
 */
function tensorData(buffer, dtype, start, end) {
  if (dtype in WIDENED) {
    const widen = WIDENED[dtype];
    const bits = new DataView(buffer, start, end - start);
    return Float32Array.from({length: (end - start) / 2}, (_, i) =>
      widen(bits.getUint16(2 * i, true)),
    );
  }
  const Kind = KINDS[dtype];
  if (!Kind) throw new TypeError(`arrays of type ${dtype} are not read here`);
  const size = Kind.BYTES_PER_ELEMENT;
  if (start % size === 0) return new Kind(buffer, start, (end - start) / size);
  return new Kind(buffer.slice(start, end));
}

/** @param {ArrayBuffer} buffer @returns {[Record<string, any>, number]} header, start of the data */
export function header(buffer) {
  if (buffer.byteLength < 8) throw new RangeError("an array file ended before its header");
  const length = Number(new DataView(buffer).getBigUint64(0, true));
  if (8 + length > buffer.byteLength) {
    throw new RangeError("an array file ended inside its header");
  }
  const text = new TextDecoder().decode(new Uint8Array(buffer, 8, length));
  return [JSON.parse(text), 8 + length];
}

/**
 * Every tensor of a safetensors file, by name.
 * Raises: RangeError for a truncated file, TypeError for an element type not read here.
 * @param {ArrayBuffer} buffer
 * @returns {Tensors}
 */
export function parseArrays(buffer) {
  const [entries, base] = header(buffer);
  /** @type {Tensors} */
  const tensors = {};
  for (const [name, entry] of Object.entries(entries)) {
    if (name === "__metadata__") continue;
    const [start, end] = entry.data_offsets;
    if (base + end > buffer.byteLength) throw new RangeError(`array ${name} is truncated`);
    const data = tensorData(buffer, entry.dtype, base + start, base + end);
    const count = entry.shape.reduce((/** @type {number} */ n, /** @type {number} */ d) => n * d, 1);
    if (data.length !== count) throw new RangeError(`array ${name} does not fill its shape`);
    tensors[name] = {data, shape: entry.shape};
  }
  return tensors;
}
