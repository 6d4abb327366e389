/**
 * Weights that came as half floats, as the floats that graphs point at. What comes out is, byte for
 * byte, what `widened` in generator/export/weights.py makes: the header as it is, then each tensor.
 */
import {halves, header} from "./arrays.js";

/**
 * The same file where no tensor is of half floats.
 * Raises: RangeError for a truncated file.
 * @param {Uint8Array} file  a safetensors file that fills its buffer
 * @returns {Uint8Array}
 */
export function widened(file) {
  const buffer = /** @type {ArrayBuffer} */ (file.buffer);
  const [entries, start] = header(buffer);
  delete entries.__metadata__;
  const tensors = Object.values(entries).sort(
    (a, b) => a.data_offsets[0] - b.data_offsets[0] || a.data_offsets[1] - b.data_offsets[1],
  );
  if (!tensors.some(({dtype}) => dtype === "F16")) return file;
  const sizes = tensors.map(({dtype, data_offsets: [first, last]}) => (last - first) * (dtype === "F16" ? 2 : 1));
  const wide = new Uint8Array(start + sizes.reduce((sum, size) => sum + size, 0));
  wide.set(file.subarray(0, start));
  let place = start;
  tensors.forEach(({dtype, data_offsets: [first, last]}, i) => {
    const data = file.subarray(start + first, start + last);
    if (data.length !== last - first) throw new RangeError("the weights file is truncated");
    if (dtype === "F16") spread(data, new DataView(wide.buffer, place, sizes[i]));
    else wide.set(data, place);
    place += sizes[i];
  });
  return wide;
}

/**
 * A widened file with some of its tensors replaced by as many other numbers.
 * Raises: RangeError for a tensor that the file does not have in this size.
 * @param {Uint8Array} wide  what `widened` made @param {Record<string, Float32Array>} tensors
 */
export function replaced(wide, tensors) {
  const copy = wide.slice();
  const [entries, start] = header(/** @type {ArrayBuffer} */ (copy.buffer));
  delete entries.__metadata__;
  const left = new Set(Object.keys(tensors));
  let place = start;
  const inOrder = Object.entries(entries).sort(
    ([, a], [, b]) => a.data_offsets[0] - b.data_offsets[0] || a.data_offsets[1] - b.data_offsets[1],
  );
  for (const [name, {dtype, data_offsets: [first, last]}] of inOrder) {
    const length = (last - first) * (dtype === "F16" ? 2 : 1);
    if (left.delete(name)) {
      const {buffer, byteOffset, byteLength} = tensors[name];
      if (byteLength !== length) throw new RangeError(`${name} has ${length} bytes, not ${byteLength}`);
      copy.set(new Uint8Array(buffer, byteOffset, byteLength), place);
    }
    place += length;
  }
  if (left.size) throw new RangeError(`the file has no ${[...left].join(", ")}`);
  return copy;
}

/** @param {Uint8Array} data  pairs of bytes @param {DataView} into  four for each pair */
function spread(data, into) {
  const known = halves();
  for (let i = 0; i < data.length; i += 2) {
    into.setFloat32(2 * i, known[data[i] | (data[i + 1] << 8)], true);
  }
}
