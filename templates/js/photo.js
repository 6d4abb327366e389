/** A picture of the reader's, in the size and shape that a model reads. It never leaves the page. */
import {read, remarks} from "./codings.js";

/** Files larger than this are refused before they fill the memory of a phone. */
const LARGEST = 60e6;

/** There is no picture; the message is for the reader. */
export class Unread extends RangeError {}

/**
 * The greatest part in the middle that has the model's proportions.
 * @param {number} wide @param {number} high @param {number} width @param {number} height
 */
export function middle(wide, high, width, height) {
  const scale = Math.min(wide / width, high / height);
  return {x: (wide - scale * width) / 2, y: (high - scale * height) / 2, width: scale * width, height: scale * height};
}

/**
 * Pixels as bytes (channels, height, width). A model of one channel is given brightness, or darkness where
 * its own examples are light on dark, as ink is on paper; of other counts each channel is given the same.
 * @param {ArrayLike<number>} rgba @param {number[]} shape @param {boolean} dark
 */
export function planes(rgba, [count, height, width], dark) {
  const area = height * width;
  const out = new Uint8Array(count * area);
  for (let i = 0; i < area; i++) {
    const [r, g, b] = [rgba[4 * i], rgba[4 * i + 1], rgba[4 * i + 2]];
    const light = Math.round(0.299 * r + 0.587 * g + 0.114 * b);
    for (let c = 0; c < count; c++) out[c * area + i] = count === 3 ? rgba[4 * i + c] : dark ? 255 - light : light;
  }
  return out;
}

/**
 * The middle of a picture, or of a film's frame, in a model's size; what is clear is white.
 * @param {CanvasImageSource} source @param {{width: number, height: number}} size
 * @param {number[]} shape @param {boolean} dark @param {boolean} [mirrored]
 */
export function taken(source, size, shape, dark, mirrored = false) {
  const [, height, width] = shape;
  const canvas = document.createElement("canvas");
  [canvas.width, canvas.height] = [width, height];
  const context = /** @type {CanvasRenderingContext2D} */ (canvas.getContext("2d", {willReadFrequently: true}));
  context.fillStyle = "#fff";
  context.fillRect(0, 0, width, height);
  context.imageSmoothingQuality = "high";
  const part = middle(size.width, size.height, width, height);
  if (mirrored) context.setTransform(-1, 0, 0, 1, width, 0);
  context.drawImage(source, part.x, part.y, part.width, part.height, 0, 0, width, height);
  return planes(context.getImageData(0, 0, width, height).data, shape, dark);
}

/**
 * Read a file as a picture.
 * Raises: Unread, in words for the reader.
 * @param {File} file @param {number[]} shape  channels, height, width @param {boolean} dark  see `planes`
 * @returns {Promise<{bytes: Uint8Array, remark: string}>}
 */
export async function photo(file, shape, dark) {
  const called = file.name || "The file";
  if (!file.size) throw new Unread(`${called} is empty.`);
  if (file.size > LARGEST) throw new Unread(`${called} has ${Math.round(file.size / 1e6)} MB, and a page can take ${LARGEST / 1e6}. Save it smaller.`);
  const coding = read(new Uint8Array(await file.arrayBuffer()));
  if (!coding.whole) throw new Unread(`${called} ends too early: part of this ${coding.name} picture is missing. Copy or save it again.`);
  const bitmap = await createImageBitmap(file).catch(() => {
    throw new Unread(`${called} is no picture that this browser can read. JPEG, PNG, WebP and GIF work everywhere.`);
  });
  const {width, height} = bitmap;
  const bytes = taken(bitmap, {width, height}, shape, dark);
  bitmap.close();
  return {bytes, remark: remarks(coding, {width, height})};
}
