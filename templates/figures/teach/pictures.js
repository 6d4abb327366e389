/**
 * Pictures of any source as the model takes them: (channels, height, width), shares of the range.
 * @typedef {{shape: number[], paper: number[]}} Frame
 */
import {photo, taken as bytesOf} from "../../js/photo.js";

/** Whether what is drawn is light, on paper of the model's least value. @param {Frame} frame */
const dark = ({paper}) => paper[0] < 0.5;

/** @param {Uint8Array} bytes */
const shares = (bytes) => Float32Array.from(bytes, (byte) => byte / 255);

/** Sizes of what overlaps, one row per target pixel: [from, share][]. @param {number} from @param {number} to */
function overlaps(from, to) {
  return Array.from({length: to}, (_, i) => {
    const [start, end] = [(i * from) / to, ((i + 1) * from) / to];
    const parts = [];
    for (let at = Math.floor(start); at < Math.min(from, Math.ceil(end)); at++) {
      parts.push(/** @type {[number, number]} */ ([at, (Math.min(at + 1, end) - Math.max(at, start)) / (end - start)]));
    }
    return parts;
  });
}

/** Means over what each smaller pixel covers, as bytes. @param {ArrayLike<number>} picture @param {number[]} shape @param {number[]} small */
export function shrunk(picture, [count, height, width], [, high, wide]) {
  const out = new Uint8Array(count * high * wide);
  const [rows, columns] = [overlaps(height, high), overlaps(width, wide)];
  for (let c = 0; c < count; c++) {
    for (let y = 0; y < high; y++) {
      for (let x = 0; x < wide; x++) {
        let sum = 0;
        for (const [row, a] of rows[y]) for (const [column, b] of columns[x]) sum += a * b * picture[(c * height + row) * width + column];
        out[(c * high + y) * wide + x] = Math.round(255 * Math.min(1, Math.max(0, sum)));
      }
    }
  }
  return out;
}

/**
 * What is seen in a source, the middle of it.
 * @param {CanvasImageSource} source @param {number} width @param {number} height @param {Frame} frame @param {boolean} mirrored
 */
export const taken = (source, width, height, frame, mirrored) =>
  shares(bytesOf(source, {width, height}, frame.shape, dark(frame), mirrored));

/** A picture that the reader chose. Raises: Unread for a file that is none. @param {File} file @param {Frame} frame */
export const opened = async (file, frame) => shares((await photo(file, frame.shape, dark(frame))).bytes);
