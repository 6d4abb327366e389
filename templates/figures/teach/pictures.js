/**
 * Pictures of any source as the model takes them: (channels, height, width), shares of the range.
 * @typedef {{shape: number[], paper: number[]}} Frame
 */

/**
 * Pixels as shares; one channel is brightness, or darkness where the model's paper is its least value.
 * @param {Uint8ClampedArray} rgba @param {Frame} frame
 */
export function shares(rgba, {shape: [count, height, width], paper}) {
  const area = height * width;
  const out = new Float32Array(count * area);
  const dark = paper[0] < 0.5;
  for (let i = 0; i < area; i++) {
    const at = 4 * i;
    if (count === 3) for (let c = 0; c < 3; c++) out[c * area + i] = rgba[at + c] / 255;
    else {
      const light = (0.299 * rgba[at] + 0.587 * rgba[at + 1] + 0.114 * rgba[at + 2]) / 255;
      out[i] = dark ? 1 - light : light;
    }
  }
  return out;
}

/** The greatest part in the middle that has the shape of `height` by `width`. @param {number} wide @param {number} high @param {number} width @param {number} height */
export function middle(wide, high, width, height) {
  const scale = Math.min(wide / width, high / height);
  const [w, h] = [scale * width, scale * height];
  return {x: (wide - w) / 2, y: (high - h) / 2, width: w, height: h};
}

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
 * A picture or a film's frame, the middle of it, drawn in the model's size.
 * @param {CanvasImageSource} source @param {number} wide @param {number} high @param {Frame} frame @param {boolean} mirrored
 */
export function taken(source, wide, high, frame, mirrored) {
  const [, height, width] = frame.shape;
  const canvas = document.createElement("canvas");
  [canvas.width, canvas.height] = [width, height];
  const context = /** @type {CanvasRenderingContext2D} */ (canvas.getContext("2d", {willReadFrequently: true}));
  const part = middle(wide, high, width, height);
  if (mirrored) context.setTransform(-1, 0, 0, 1, width, 0);
  context.imageSmoothingQuality = "high";
  context.drawImage(source, part.x, part.y, part.width, part.height, 0, 0, width, height);
  return shares(context.getImageData(0, 0, width, height).data, frame);
}

/** A picture that the reader chose. Raises: RangeError for a file that is none. @param {File} file @param {Frame} frame */
export async function opened(file, frame) {
  const bitmap = await createImageBitmap(file).catch(() => {
    throw new RangeError(`${file.name} is no picture that this browser can read.`);
  });
  const found = taken(bitmap, bitmap.width, bitmap.height, frame, false);
  bitmap.close();
  return found;
}
