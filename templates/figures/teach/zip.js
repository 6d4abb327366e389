/** A zip archive of files as they are, nothing compressed, the time fixed. Pure. */

/** Where each entry's time stands: 1 January 1980, the first that the format knows. */
const DATE = 0x21;
const UTF8 = 0x800;

const TABLE = Uint32Array.from({length: 256}, (_, byte) => {
  let value = byte;
  for (let bit = 0; bit < 8; bit++) value = value & 1 ? 0xedb88320 ^ (value >>> 1) : value >>> 1;
  return value >>> 0;
});

/** The check sum of ISO 3309. @param {Uint8Array} bytes */
export function crc(bytes) {
  let value = 0xffffffff;
  for (let i = 0; i < bytes.length; i++) value = TABLE[(value ^ bytes[i]) & 255] ^ (value >>> 8);
  return (value ^ 0xffffffff) >>> 0;
}

/** Numbers of two or four bytes, least first. @param {[number, 2 | 4][]} parts */
function packed(parts) {
  const view = new DataView(new ArrayBuffer(parts.reduce((sum, [, size]) => sum + size, 0)));
  let at = 0;
  for (const [value, size] of parts) {
    if (size === 2) view.setUint16(at, value, true);
    else view.setUint32(at, value, true);
    at += size;
  }
  return new Uint8Array(view.buffer);
}

/** @param {Record<string, Uint8Array>} files  by their paths in the archive @returns {Uint8Array<ArrayBuffer>} */
export function zip(files) {
  const utf8 = new TextEncoder();
  const [parts, index] = [/** @type {Uint8Array[]} */ ([]), /** @type {Uint8Array[]} */ ([])];
  let place = 0;
  for (const [path, bytes] of Object.entries(files)) {
    const name = utf8.encode(path);
    /** @type {[number, 2 | 4][]} */
    const what = [[10, 2], [UTF8, 2], [0, 2], [0, 2], [DATE, 2], [crc(bytes), 4], [bytes.length, 4], [bytes.length, 4], [name.length, 2], [0, 2]];
    index.push(packed([[0x02014b50, 4], [10, 2], ...what, [0, 2], [0, 2], [0, 2], [0, 4], [place, 4]]), name);
    const head = packed([[0x04034b50, 4], ...what]);
    parts.push(head, name, bytes);
    place += head.length + name.length + bytes.length;
  }
  const size = index.reduce((sum, part) => sum + part.length, 0);
  const count = Object.keys(files).length;
  const end = packed([[0x06054b50, 4], [0, 2], [0, 2], [count, 2], [count, 2], [size, 4], [place, 4], [0, 2]]);
  const whole = new Uint8Array(place + size + end.length);
  let at = 0;
  for (const part of [...parts, ...index, end]) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
