/**
 * Protocol buffers: fields one after the other, each a key (number · 8 + wire type) and a value. Pure.
 *
 * @typedef {object} Field
 * @property {number} number
 * @property {number} wire      0 variable-length integer, 1 eight bytes, 2 bytes of a length, 5 four bytes
 * @property {Uint8Array} whole
 * @property {Uint8Array} body  without key and length
 */

/** A variable-length integer and where it ends. @param {Uint8Array} bytes @param {number} at @returns {[number, number]} */
export function varint(bytes, at) {
  let value = 0;
  for (let place = 1; ; place *= 128) {
    if (at >= bytes.length) throw new RangeError("the graph ends within a field");
    const byte = bytes[at++];
    value += (byte & 127) * place;
    if (byte < 128) return [value, at];
    // Ten bytes hold the longest integer there is.
    if (place > 2 ** 63) throw new RangeError("the graph has an integer without an end");
  }
}

/** @param {Uint8Array} bytes @returns {Field[]} */
export function fields(bytes) {
  const found = [];
  for (let at = 0; at < bytes.length; ) {
    const [key, start] = varint(bytes, at);
    const wire = key % 8;
    const fixed = {1: 8, 5: 4}[wire];
    if (wire > 2 && !fixed) throw new RangeError("the graph has a field of no known sort");
    const [size, body] = wire === 2 ? varint(bytes, start) : [fixed ?? 0, start];
    const end = wire === 0 ? varint(bytes, start)[1] : body + size;
    if (end > bytes.length) throw new RangeError("the graph ends within a field");
    found.push({number: Math.floor(key / 8), wire, whole: bytes.subarray(at, end), body: bytes.subarray(body, end)});
    at = end;
  }
  return found;
}
