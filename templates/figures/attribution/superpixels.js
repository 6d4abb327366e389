/**
 * A picture in superpixels: neighbouring pixels of like colour. generator/compute/attribution/
 * superpixels.py makes the same, pixel for pixel; what a reader splits and merges is done here alone.
 *
 * @typedef {ArrayLike<number>} Bytes  (channels, height, width), 0 to 255
 */

const ROUNDS = 8;
/** How much place counts against colour. */
const COMPACT = 0.04;

/** Rows and columns of about `count` cells that are nearly square. @param {number[]} shape  ends in height, width @param {number} count */
export function grid(shape, count) {
  const [height, width] = shape.slice(-2);
  const side = Math.sqrt((height * width) / count);
  return [height, width].map((length) => Math.max(1, Math.floor(length / side + 0.5)));
}

/**
 * Number of the superpixel of each pixel, from 0 as they begin in reading order.
 * @param {Bytes} bytes @param {number[]} shape @param {number} count  about so many
 */
export function superpixels(bytes, shape, count) {
  const [, height, width] = shape;
  const [rows, columns] = grid(shape, count);
  const label = new Int32Array(height * width);
  for (let at = 0; at < label.length; at++) {
    const [y, x] = [Math.floor(at / width), at % width];
    label[at] = Math.floor((y * rows) / height) * columns + Math.floor((x * columns) / width);
  }
  const all = Array.from(label.keys());
  const area = label.length / (rows * columns);
  gathered(bytes, shape, label, all, rows * columns, area);
  return connected(label, width, area / 4);
}

/**
 * Rounds of k-means over colour and place, from the labels that there are.
 * @param {Bytes} bytes @param {number[]} shape @param {Int32Array} label  changed in place
 * @param {number[]} pixels  those in question @param {number} count  of centres @param {number} area  of a cell
 */
function gathered(bytes, [channels, height, width], label, pixels, count, area) {
  const size = height * width;
  const features = channels + 2;
  const centres = new Float64Array(count * features);
  /** @param {number} at @param {number} f */
  const feature = (at, f) => (f < channels ? bytes[f * size + at] : f === channels ? Math.floor(at / width) : at % width);
  for (let round = 0; round < ROUNDS; round++) {
    const [members, sums] = [new Float64Array(count), new Float64Array(count * features)];
    for (const at of pixels) {
      members[label[at]]++;
      for (let f = 0; f < features; f++) sums[label[at] * features + f] += feature(at, f);
    }
    sums.forEach((sum, i) => {
      const of = members[Math.floor(i / features)];
      if (of) centres[i] = sum / of;
    });
    for (const at of pixels) {
      let best = Infinity;
      for (let k = 0; k < count; k++) {
        const start = k * features;
        let colour = 0;
        for (let f = 0; f < channels; f++) {
          const away = bytes[f * size + at] - centres[start + f];
          colour += away * away;
        }
        const down = Math.floor(at / width) - centres[start + channels];
        const across = (at % width) - centres[start + channels + 1];
        const distance = colour / (channels * 65025) + (COMPACT * (down * down + across * across)) / area;
        if (distance < best) {
          best = distance;
          label[at] = k;
        }
      }
    }
  }
}

/** Numbers of connected pieces in reading order; one below `least` pixels joins what precedes it. @param {Int32Array} kind @param {number} width @param {number} least */
function connected(kind, width, least) {
  const found = new Int32Array(kind.length).fill(-1);
  let number = 0;
  for (let first = 0; first < kind.length; first++) {
    if (found[first] >= 0) continue;
    const piece = [first];
    found[first] = -2; // seen, not numbered yet
    for (const at of piece) {
      const near = [at - width, at + width];
      if (at % width) near.push(at - 1);
      if ((at + 1) % width) near.push(at + 1);
      for (const one of near) {
        if (found[one] !== -1 || kind[one] !== kind[first]) continue;
        found[one] = -2;
        piece.push(one);
      }
    }
    const before = first % width ? found[first - 1] : found[first - width];
    const own = piece.length >= least || first === 0 ? number++ : before;
    for (const at of piece) found[at] = own;
  }
  return found;
}

/** How many there are. @param {Int32Array} labels */
export const counted = (labels) => labels.reduce((most, one) => Math.max(most, one), -1) + 1;

/**
 * Superpixels after a reader's cuts: `s130` splits the one of pixel 130, `m12-40` merges two.
 * @param {Int32Array} labels @param {string} cuts @param {Bytes} bytes @param {number[]} shape
 */
export function cut(labels, cuts, bytes, shape) {
  const found = labels.slice();
  for (const one of cuts.split(",")) {
    const [at, other] = one.slice(1).split("-").map(Number);
    if (one[0] === "s" && at < found.length) split(found, found[at], bytes, shape);
    if (one[0] === "m" && at < found.length && other < found.length) {
      const gone = found[other];
      found.forEach((label, i) => label === gone && (found[i] = found[at]));
    }
  }
  /** @type {Map<number, number>} */
  const numbers = new Map();
  return found.map((label) => {
    if (!numbers.has(label)) numbers.set(label, numbers.size);
    return /** @type {number} */ (numbers.get(label));
  });
}

/** In two along its longer side, and then as colours have it. @param {Int32Array} labels @param {number} which @param {Bytes} bytes @param {number[]} shape */
function split(labels, which, bytes, shape) {
  const width = shape[2];
  const members = Array.from(labels.keys()).filter((at) => labels[at] === which);
  const axes = [members.map((at) => Math.floor(at / width)), members.map((at) => at % width)];
  const spans = axes.map((places) => Math.max(...places) - Math.min(...places));
  const places = axes[spans[1] > spans[0] ? 1 : 0];
  const middle = (Math.max(...places) + Math.min(...places)) / 2;
  const parts = new Int32Array(labels.length);
  members.forEach((at, i) => (parts[at] = Number(places[i] > middle)));
  gathered(bytes, shape, parts, members, 2, members.length / 2);
  const next = counted(labels);
  for (const at of members) if (parts[at]) labels[at] = next;
}

/** The lines between superpixels, as a path over the picture's pixels. @param {Int32Array} labels @param {number} width */
export function borders(labels, width) {
  let path = "";
  labels.forEach((label, at) => {
    const [y, x] = [Math.floor(at / width), at % width];
    if (x + 1 < width && labels[at + 1] !== label) path += `M${x + 1} ${y}v1`;
    if (at + width < labels.length && labels[at + width] !== label) path += `M${x} ${y + 1}h1`;
  });
  return path;
}

/** Each superpixel as a path, with its edge, its first pixel and its centre. @param {Int32Array} labels @param {number} width */
export function pieces(labels, width) {
  const found = Array.from({length: counted(labels)}, () => ({path: "", edge: "", pixel: -1, x: 0, y: 0, size: 0}));
  for (let at = 0; at < labels.length; at++) {
    const one = found[labels[at]];
    const [y, x] = [Math.floor(at / width), at % width];
    if (one.pixel < 0) one.pixel = at;
    one.x += x + 0.5;
    one.y += y + 0.5;
    one.size += 1;
    const differs = (/** @type {boolean} */ inside, /** @type {number} */ near) => !inside || labels[near] !== labels[at];
    if (differs(x > 0, at - 1)) one.edge += `M${x} ${y}v1`;
    if (differs(x + 1 < width, at + 1)) one.edge += `M${x + 1} ${y}v1`;
    if (differs(y > 0, at - width)) one.edge += `M${x} ${y}h1`;
    if (differs(at + width < labels.length, at + width)) one.edge += `M${x} ${y + 1}h1`;
    // A run begins where the pixel at the left is another's.
    if (x && labels[at - 1] === labels[at]) continue;
    let run = 1;
    while (x + run < width && labels[at + run] === labels[at]) run++;
    one.path += `M${x} ${y}h${run}v1h-${run}z`;
  }
  for (const one of found) {
    one.x /= one.size;
    one.y /= one.size;
  }
  return found;
}

/**
 * The superpixel to which an arrow key leads; −1: there is none on that side.
 * @param {{x: number, y: number}[]} centres @param {number} from @param {string} key
 */
export function towards(centres, from, key) {
  const [dx, dy] = {ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1]}[key] ?? [0, 0];
  let [best, least] = [-1, Infinity];
  centres.forEach(({x, y}, i) => {
    const [right, down] = [x - centres[from].x, y - centres[from].y];
    const ahead = right * dx + down * dy;
    const aside = Math.abs(right * dy) + Math.abs(down * dx);
    if (ahead > 0 && aside <= 2 * ahead && ahead + 2 * aside < least) [best, least] = [i, ahead + 2 * aside];
  });
  return best;
}
