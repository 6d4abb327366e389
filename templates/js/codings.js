/**
 * What a picture's file says of itself before it is decoded: its coding, what is unusual about it, and
 * whether its end is missing. Browsers decode half a picture without a word, and the rest is grey.
 *
 * @typedef {object} Coding
 * @property {string} name     JPEG, PNG, GIF, WebP; "": none of these
 * @property {boolean} whole   false: the file ends too early
 * @property {number} width    in pixels; 0: unknown
 * @property {number} height
 * @property {number} bits     of one colour; 0: unknown
 * @property {boolean} printed whether its colours are those of print, CMYK
 * @property {boolean} moves   whether there is more than one frame
 */

/** @param {Partial<Coding>} known @returns {Coding} */
const coding = (known) => ({name: "", whole: true, width: 0, height: 0, bits: 8, printed: false, moves: false, ...known});

const big = (/** @type {Uint8Array} */ b, /** @type {number} */ at) => b[at] * 256 + b[at + 1];
const little = (/** @type {Uint8Array} */ b, /** @type {number} */ at) => b[at] + 256 * b[at + 1];
const text = (/** @type {Uint8Array} */ b, /** @type {number} */ at, /** @type {number} */ count) => String.fromCharCode(...b.subarray(at, at + count));

/** Markers of JPEG that begin a frame: C0 to CF but for tables and the like. */
const FRAME = (/** @type {number} */ mark) => mark >= 0xc0 && mark <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(mark);

/** @param {Uint8Array} b */
function jpeg(b) {
  const found = coding({name: "JPEG", whole: false});
  for (let at = 2; at + 4 <= b.length; ) {
    const mark = b[at + 1];
    if (b[at] !== 0xff) return found;
    if (FRAME(mark)) Object.assign(found, {bits: b[at + 4], height: big(b, at + 5), width: big(b, at + 7), printed: b[at + 9] === 4});
    at += 2 + big(b, at + 2);
    // From here on there are pixels, and the end is marked by FF D9.
    if (mark !== 0xda) continue;
    for (let end = b.length - 2; end >= at; end--) if (b[end] === 0xff && b[end + 1] === 0xd9) return {...found, whole: true};
    return found;
  }
  return found;
}

/** @param {Uint8Array} b */
function png(b) {
  const wide = (/** @type {number} */ at) => big(b, at) * 65536 + big(b, at + 2);
  const found = coding({name: "PNG", whole: false, width: wide(16), height: wide(20), bits: b[24]});
  for (let at = 8; at + 12 <= b.length; at += 12 + wide(at)) {
    const part = text(b, at + 4, 4);
    if (part === "acTL") found.moves = wide(at + 8) > 1;
    if (part === "IEND") found.whole = true;
  }
  return found;
}

/** @param {Uint8Array} b */
function gif(b) {
  const table = (/** @type {number} */ flags) => (flags & 0x80 ? 3 * 2 ** ((flags & 7) + 1) : 0);
  const found = coding({name: "GIF", whole: false, width: little(b, 6), height: little(b, 8)});
  const blocks = (/** @type {number} */ at) => {
    while (at < b.length && b[at]) at += 1 + b[at];
    return at + 1;
  };
  let frames = 0;
  for (let at = 13 + table(b[10]); at < b.length; ) {
    if (b[at] === 0x3b) found.whole = true;
    if (b[at] !== 0x21 && b[at] !== 0x2c) break;
    if (b[at] === 0x2c) frames += 1;
    at = blocks(b[at] === 0x21 ? at + 2 : at + 11 + table(b[at + 9]));
  }
  return {...found, moves: frames > 1};
}

/** @param {Uint8Array} b */
function webp(b) {
  const size = little(b, 4) + 65536 * little(b, 6);
  return coding({name: "WebP", whole: b.length >= size + 8, moves: text(b, 12, 4) === "VP8X" && (b[20] & 2) > 0});
}

/** @param {Uint8Array} bytes @returns {Coding} */
export function read(bytes) {
  if (bytes[0] === 0xff && bytes[1] === 0xd8) return jpeg(bytes);
  if (text(bytes, 1, 3) === "PNG") return png(bytes);
  if (text(bytes, 0, 4) === "GIF8") return gif(bytes);
  if (text(bytes, 0, 4) === "RIFF" && text(bytes, 8, 4) === "WEBP") return webp(bytes);
  return coding({bits: 0});
}

/** What a reader should know of a picture that could be read. @param {Coding} of @param {{width: number, height: number}} size */
export function remarks({bits, printed, moves}, {width, height}) {
  const said = [];
  if (moves) said.push("It moves: its first frame was taken.");
  if (printed) said.push("It has the colours of print (CMYK), which the browser turned into those of a screen.");
  if (bits > 8) said.push(`It has ${bits} bits for a colour, of which a page keeps 8.`);
  if (Math.max(width, height) >= 4000) said.push(`All ${width} × ${height} pixels were made into the few that the model reads.`);
  return said.join(" ");
}
