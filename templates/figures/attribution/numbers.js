/**
 * From what graphs answer to maps, and what can be said of maps in numbers. Maps are rows of pixels.
 *
 * @typedef {ArrayLike<number>} Row
 */

/**
 * Channels to one map: their sum where sign counts, else the largest size.
 * @param {Row} values  (channels, area) @param {number} area @param {boolean} signed
 */
export function reduced(values, area, signed) {
  const map = new Float32Array(area);
  for (let i = 0; i < values.length; i++) {
    const at = i % area;
    map[at] = signed ? map[at] + values[i] : Math.max(map[at], Math.abs(values[i]));
  }
  return map;
}

/** Where along an axis a pixel of the larger picture lies. @param {number} i @param {number} from @param {number} to @returns {[number, number, number]} */
function between(i, from, to) {
  const at = Math.max(0, ((i + 0.5) * from) / to - 0.5);
  const low = Math.min(from - 1, Math.floor(at));
  return [low, Math.min(from - 1, low + 1), at - low];
}

/**
 * A map in another size, straight lines between the centres of its pixels.
 * @param {Row} map @param {number[]} from  height, width @param {number[]} to
 */
export function enlarged(map, [high, wide], [height, width]) {
  const out = new Float32Array(height * width);
  const across = Array.from({length: width}, (_, x) => between(x, wide, width));
  for (let y = 0; y < height; y++) {
    const [above, below, down] = between(y, high, height);
    across.forEach(([left, right, along], x) => {
      const upper = map[above * wide + left] * (1 - along) + map[above * wide + right] * along;
      const lower = map[below * wide + left] * (1 - along) + map[below * wide + right] * along;
      out[y * width + x] = upper * (1 - down) + lower * down;
    });
  }
  return out;
}

/** Sum of products. @param {Row} a @param {Row} b */
export function dot(a, b) {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i] * b[i];
  return sum;
}

/** @param {Row} map */
export function total(map) {
  let sum = 0;
  for (let i = 0; i < map.length; i++) sum += map[i];
  return sum;
}

/** Places from the greatest to the least value; equal ones keep their order. @param {Row} map */
export function descending(map) {
  return Uint32Array.from({length: map.length}, (_, i) => i).sort((a, b) => map[b] - map[a] || a - b);
}

/** Ranks from 1; equal values share the mean of theirs. @param {Row} map */
export function ranks(map) {
  const order = descending(map).reverse();
  const found = new Float64Array(map.length);
  for (let i = 0; i < order.length; ) {
    let end = i;
    while (end < order.length && map[order[end]] === map[order[i]]) end++;
    for (let k = i; k < end; k++) found[order[k]] = (i + end + 1) / 2;
    i = end;
  }
  return found;
}

/** Spearman's rank correlation, −1 to 1; NaN where a map is all of one value. @param {Row} a @param {Row} b */
export function spearman(a, b) {
  const [x, y] = [ranks(a), ranks(b)];
  const mean = (a.length + 1) / 2;
  const [u, v] = [x, y].map((one) => one.map((rank) => rank - mean));
  return dot(u, v) / Math.sqrt(dot(u, u) * dot(v, v));
}

/** Share of a map's size that falls in a mask. @param {Row} map @param {Row} mask */
export function inside(map, mask) {
  let [all, some] = [0, 0];
  for (let i = 0; i < map.length; i++) {
    const size = Math.abs(map[i]);
    all += size;
    if (mask[i]) some += size;
  }
  return all ? some / all : 0;
}

/** Mean of the pixels within `radius` along a line, the ends continued. @param {Float32Array} values @param {number} start @param {number} step @param {number} count @param {number} radius */
function smear(values, start, step, count, radius) {
  const line = Float32Array.from({length: count}, (_, i) => values[start + i * step]);
  for (let i = 0; i < count; i++) {
    let sum = 0;
    for (let k = i - radius; k <= i + radius; k++) sum += line[Math.min(count - 1, Math.max(0, k))];
    values[start + i * step] = sum / (2 * radius + 1);
  }
}

/**
 * The picture without its detail: three times the mean over a square of an eighth of the shorter side.
 * @param {Row} picture @param {number[]} shape  channels, height, width
 */
export function blurred(picture, [channels, height, width]) {
  const out = Float32Array.from(picture);
  const radius = Math.max(1, Math.round(Math.min(height, width) / 16));
  for (let pass = 0; pass < 3; pass++) {
    for (let c = 0; c < channels; c++) {
      const corner = c * height * width;
      for (let y = 0; y < height; y++) smear(out, corner + y * width, 1, width, radius);
      for (let x = 0; x < width; x++) smear(out, corner + x, width, height, radius);
    }
  }
  return out;
}

/** Where patches begin along an axis. @param {number} length @param {number} size @param {number} stride */
export function starts(length, size, stride) {
  const found = [];
  for (let at = 0; at < Math.max(length - size, 0) + stride && at < length; at += stride) found.push(at);
  return found;
}

/** The mean of a curve over its length. @param {Row} curve */
export function area(curve) {
  let sum = 0;
  for (let i = 1; i < curve.length; i++) sum += (curve[i] + curve[i - 1]) / 2;
  return sum / (curve.length - 1);
}
