/**
 * Small pictures written straight into the pixels of an opaque image, a 32-bit word at a time: two
 * thousand of them take a few milliseconds, with or without a graphics card; as many drawImage()
 * calls do not. Words are read as browsers' machines have them, the lowest byte first: red.
 *
 * @typedef {[number, number, number]} Rgb
 * @typedef {{data: Uint8ClampedArray, width: number, height: number}} Pixels  RGBA
 * @typedef {Pixels} Stamp  RGBA, or only opacity
 * @typedef {{words: Uint32Array, width: number, height: number}} Canvas
 */

const OUTER = 0xff00ff;
const MIDDLE = 0x00ff00;
const OPAQUE = 0xff000000;

/** An opaque colour as one word. @param {Rgb} colour */
export function word([red, green, blue]) {
  return (OPAQUE | (blue << 16) | (green << 8) | red) >>> 0;
}

/** `share` of 256 parts of one colour over another, two channels in one product. @param {number} over @param {number} under @param {number} share */
function mixed(over, under, share) {
  const [outer, middle] = [under & OUTER, under & MIDDLE];
  const red = (outer + (Math.imul((over & OUTER) - outer, share) >>> 8)) & OUTER;
  const green = (middle + (Math.imul((over & MIDDLE) - middle, share) >> 8)) & MIDDLE;
  return OPAQUE | red | green;
}

/** The part of a stamp at (left, top) that lies inside the image. @param {Canvas} image @param {Stamp} stamp @param {number} left @param {number} top */
function inside({width, height}, stamp, left, top) {
  return {
    x0: Math.max(0, -left),
    x1: Math.min(stamp.width, width - left),
    y0: Math.max(0, -top),
    y1: Math.min(stamp.height, height - top),
  };
}

/**
 * Ink of one colour; the stamp holds how opaque it is, one byte a pixel.
 * @param {Canvas} image @param {Stamp} stamp @param {number} left @param {number} top
 * @param {number} colour  a word @param {number} opacity
 */
export function ink({words, width, height}, stamp, left, top, colour, opacity) {
  const {x0, x1, y0, y1} = inside({words, width, height}, stamp, left, top);
  const {data} = stamp;
  const scale = (opacity * 256) / 255;
  for (let y = y0; y < y1; y++) {
    let from = y * stamp.width + x0;
    let to = (top + y) * width + left + x0;
    for (let x = x0; x < x1; x++, from++, to++) {
      const cover = data[from];
      if (cover === 0) continue;
      const share = (cover * scale + 0.5) | 0;
      words[to] = share > 255 ? colour : mixed(colour, words[to], share);
    }
  }
}

/**
 * A picture with colours of its own.
 * @param {Canvas} image @param {Stamp} stamp @param {number} left @param {number} top @param {number} opacity
 */
export function picture({words, width, height}, stamp, left, top, opacity) {
  const {x0, x1, y0, y1} = inside({words, width, height}, stamp, left, top);
  const {data} = stamp;
  const source = new Uint32Array(data.buffer, data.byteOffset, data.length / 4);
  const scale = (opacity * 256) / 255;
  for (let y = y0; y < y1; y++) {
    let from = y * stamp.width + x0;
    let to = (top + y) * width + left + x0;
    for (let x = x0; x < x1; x++, from++, to++) {
      const share = (data[4 * from + 3] * scale + 0.5) | 0;
      if (share === 0) continue;
      words[to] = share > 255 ? source[from] : mixed(source[from], words[to], share);
    }
  }
}

/**
 * How `from` pixels of a row become `to`: means of what each covers where the row shrinks, points
 * between two neighbours where it grows.
 * @param {number} from @param {number} to
 * @returns {{first: Int32Array, weights: Float32Array, taps: number}}
 */
function plan(from, to) {
  const taps = to >= from ? 2 : Math.ceil(from / to) + 1;
  const first = new Int32Array(to);
  const weights = new Float32Array(to * taps);
  for (let i = 0; i < to; i++) {
    const [low, high] = [(i * from) / to, ((i + 1) * from) / to];
    const middle = Math.min(from - 1, Math.max(0, (low + high - 1) / 2));
    first[i] = Math.min(Math.floor(to >= from ? middle : low), Math.max(0, from - taps));
    for (let tap = 0; tap < taps; tap++) {
      const at = first[i] + tap;
      weights[i * taps + tap] = to >= from
        ? Math.max(0, 1 - Math.abs(at - middle))
        : Math.max(0, Math.min(high, at + 1) - Math.max(low, at)) / (high - low);
    }
  }
  return {first, weights, taps};
}

/** @type {Map<string, ReturnType<typeof plan>>} */
const plans = new Map();

/** @param {number} from @param {number} to */
function planned(from, to) {
  const key = `${from} ${to}`;
  const known = plans.get(key) ?? plan(from, to);
  if (plans.size > 200) plans.clear();
  plans.set(key, known);
  return known;
}

/**
 * Part of an image at another size.
 * @param {Pixels} source  RGBA @param {number[]} box  left, top, width, height
 * @param {number} width @param {number} height @param {number} channels  1: red only; 4: all
 * @returns {Stamp}
 */
export function resized(source, [left, top, w, h], width, height, channels) {
  const [across, down] = [planned(w, width), planned(h, height)];
  const rows = new Float32Array(h * width);
  const data = new Uint8ClampedArray(width * height * channels);
  for (let c = 0; c < channels; c++) {
    for (let y = 0; y < h; y++) {
      const row = 4 * ((top + y) * source.width + left) + c;
      for (let x = 0; x < width; x++) {
        let sum = 0;
        for (let tap = 0; tap < across.taps; tap++) {
          const weight = across.weights[x * across.taps + tap];
          if (weight) sum += weight * source.data[row + 4 * (across.first[x] + tap)];
        }
        rows[y * width + x] = sum;
      }
    }
    for (let y = 0; y < height; y++) {
      for (let x = 0; x < width; x++) {
        let sum = 0;
        for (let tap = 0; tap < down.taps; tap++) {
          const weight = down.weights[y * down.taps + tap];
          if (weight) sum += weight * rows[(down.first[y] + tap) * width + x];
        }
        data[channels * (y * width + x) + c] = sum;
      }
    }
  }
  return {width, height, data};
}

/**
 * Only the part of an ink stamp that has ink, and where that lies in the whole.
 * @param {Stamp} stamp @returns {Stamp & {left: number, top: number}}
 */
export function trimmed({width, height, data}) {
  let [left, top, right, bottom] = [width, height, 0, 0];
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      if (!data[y * width + x]) continue;
      left = Math.min(left, x);
      right = Math.max(right, x + 1);
      top = Math.min(top, y);
      bottom = y + 1;
    }
  }
  if (right <= left) return {width: 0, height: 0, data: data.slice(0, 0), left: 0, top: 0};
  const cut = new Uint8ClampedArray((right - left) * (bottom - top));
  for (let y = top; y < bottom; y++) {
    cut.set(data.subarray(y * width + left, y * width + right), (y - top) * (right - left));
  }
  return {width: right - left, height: bottom - top, data: cut, left, top};
}
