/**
 * Convolutions over one axis or two, plain and transposed. What each tap of the kernels sees is laid out as
 * a row of a matrix, a block of places at a time, and multiplied with the kernels.
 *
 * @typedef {import("./types.js").Operator} Operator
 * @typedef {import("./types.js").Data} Data
 * @typedef {import("./node.js").Node} Node
 */
import {FLOAT, count} from "./types.js";
import {multiply} from "./product.js";
import {window} from "./window.js";

/** Floats of such a matrix that are kept at a time: what stays near the processor. */
const BLOCK = 1 << 16;

/** What both sorts ask of a node. @param {Node} node */
function parts(node) {
  const [x, w, b] = [node.input(0), node.input(1), node.option(2)];
  for (const one of [x, w]) node.typed(one, FLOAT);
  const rank = x.shape.length - 2;
  node.must(rank === 1 || rank === 2, `a convolution over ${rank} axes is not known`);
  node.must(w.shape.length === rank + 2);
  const groups = node.int("group", 1);
  node.must(groups > 0 && x.shape[1] % groups === 0 && w.shape[0] % groups === 0);
  return {x, w, b, groups};
}

/** @param {Node} node @param {import("./types.js").Spec | null} bias @param {number} channels */
function biased(node, bias, channels) {
  if (!bias) return;
  node.typed(bias, FLOAT);
  node.must(bias.shape.join() === String(channels));
}

/** Every plane starts at its channel's bias. @param {Data} out @param {Data | undefined} bias @param {number} channels @param {number} size */
function start(out, bias, channels, size) {
  if (!bias || !size) return void out.fill(0);
  for (let at = 0, plane = 0; at < out.length; at += size, plane++) out.fill(bias[plane % channels], at, at + size);
}

/** @type {Operator} */
function conv(node) {
  const {x, w, b, groups} = parts(node);
  const [images, channels] = x.shape;
  const [kernels, depth] = w.shape;
  node.must(depth * groups === channels);
  biased(node, b, kernels);
  const shape = window(node, x.shape.slice(2), w.shape.slice(2));
  const places = count(shape.out);
  const k = depth * count(shape.kernel);
  const [m, size] = [kernels / groups, count(x.shape.slice(2))];
  const [, wide] = shape.out;
  const rows = places / wide;
  // Whole rows of the answer at a time, and no fewer than fill the registers.
  const block = Math.min(rows, Math.max(Math.ceil(32 / wide), Math.floor(BLOCK / (k * wide)) || 0));
  // A kernel of one place sees the image as it is.
  const plain = k === depth && [...shape.stride, ...shape.pads].join() === "1,1,0,0" && places === size;
  return {
    outputs: [{type: FLOAT, shape: [images, kernels, ...shape.outer]}],
    scratch: plain ? 0 : block * wide * k,
    cost: images * kernels * places * k,
    run: ([image, lines, bias], [out], scratch) => {
      start(out, bias, kernels, places);
      for (let n = 0; n < images; n++) {
        for (let g = 0; g < groups; g++) {
          const at = (n * channels + g * depth) * size;
          const own = {data: lines, at: g * m * k, down: k, along: 1};
          for (let row = 0; row < rows; row += block) {
            const last = Math.min(rows, row + block);
            const some = (last - row) * wide;
            if (!plain) unfold(image, at, depth, size, shape, row, last, scratch);
            const seen = plain ? {data: image, at: at + row * wide, down: size, along: 1} : {data: scratch, at: 0, down: some, along: 1};
            multiply(m, some, k, own, seen, {data: out, at: (n * kernels + g * m) * places + row * wide, down: places, along: 1});
          }
        }
      }
    },
  };
}

/**
 * For each tap a row: what it sees at the places of some rows of the answer.
 * @param {Data} image @param {number} at @param {number} depth @param {number} size  of a plane
 * @param {import("./window.js").Window} shape @param {number} from  the first row @param {number} until
 * @param {Float32Array} to
 */
function unfold(image, at, depth, size, {kernel, sizes, out, stride, dilation, pads}, from, until, to) {
  const [kh, kw] = kernel;
  const [ih, iw] = sizes;
  const [step, wide] = [stride[1], out[1]];
  let o = 0;
  for (let tap = 0; tap < depth * kh * kw; tap++) {
    const left = (tap % kw) * dilation[1] - pads[1];
    const plane = at + Math.floor(tap / (kh * kw)) * size + left;
    // Columns from first on, before last, see the image; the others its padding.
    const first = Math.min(wide, left < 0 ? Math.ceil(-left / step) : 0);
    const last = Math.max(first, Math.min(wide, Math.ceil((iw - left) / step)));
    let high = (Math.floor(tap / kw) % kh) * dilation[0] - pads[0] + from * stride[0];
    for (let row = from; row < until; row++, high += stride[0]) {
      const end = o + wide;
      if (high >= 0 && high < ih) {
        for (const stop = o + first; o < stop; o++) to[o] = 0;
        let source = plane + high * iw + first * step;
        for (const stop = o + last - first; o < stop; o++, source += step) to[o] = image[source];
      }
      for (; o < end; o++) to[o] = 0;
    }
  }
}

/** @type {Operator} */
function convTranspose(node) {
  const {x, w, b, groups} = parts(node);
  const [images, channels] = x.shape;
  node.must(w.shape[0] === channels);
  const depth = w.shape[1];
  biased(node, b, depth * groups);
  const shape = window(node, x.shape.slice(2), w.shape.slice(2), true);
  const taps = count(shape.kernel);
  const [k, lines] = [channels / groups, depth * taps];
  const [places, size] = [count(shape.sizes), count(shape.out)];
  const block = Math.min(places, Math.max(32, Math.floor(BLOCK / Math.max(1, lines))));
  return {
    outputs: [{type: FLOAT, shape: [images, depth * groups, ...shape.outer]}],
    scratch: block * lines,
    cost: images * channels * places * lines,
    run: ([image, kernel, bias], [out], scratch) => {
      start(out, bias, depth * groups, size);
      for (let n = 0; n < images; n++) {
        for (let g = 0; g < groups; g++) {
          const own = {data: kernel, at: g * k * lines, down: 1, along: lines};
          for (let from = 0; from < places; from += block) {
            const some = Math.min(block, places - from);
            scratch.fill(0, 0, lines * some);
            const given = {data: image, at: (n * channels + g * k) * places + from, down: places, along: 1};
            multiply(lines, some, k, own, given, {data: scratch, at: 0, down: some, along: 1});
            fold(scratch, depth, shape, from, some, out, (n * groups + g) * depth * size, size);
          }
        }
      }
    },
  };
}

/**
 * Adds each tap of the windows around `some` places to where it belongs.
 * @param {Float32Array} spread @param {number} depth @param {import("./window.js").Window} shape
 * @param {number} from @param {number} some @param {Data} to @param {number} at @param {number} size  of a plane
 */
function fold(spread, depth, {kernel, sizes, out, stride, dilation, pads}, from, some, to, at, size) {
  const [kh, kw] = kernel;
  const [, iw] = sizes;
  const [oh, ow] = out;
  let line = 0;
  for (let tap = 0; tap < depth * kh * kw; tap++) {
    const left = (tap % kw) * dilation[1] - pads[1];
    const top = (Math.floor(tap / kw) % kh) * dilation[0] - pads[0];
    const plane = at + Math.floor(tap / (kh * kw)) * size;
    for (let place = from; place < from + some; ) {
      const column = place % iw;
      const run = Math.min(iw - column, from + some - place);
      const high = Math.floor(place / iw) * stride[0] + top;
      if (high >= 0 && high < oh) {
        const base = plane + high * ow;
        for (let i = 0, wide = column * stride[1] + left; i < run; i++, wide += stride[1]) {
          if (wide >= 0 && wide < ow) to[base + wide] += spread[line + i];
        }
      }
      place += run;
      line += run;
    }
  }
}

/** @type {Record<string, Operator>} */
export const CONVOLUTION = {Conv: conv, ConvTranspose: convTranspose};
