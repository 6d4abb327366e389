/**
 * Convolutions over one to three axes, plain and transposed. Windows are laid side by side as lines of a
 * matrix, a block of places at a time, and multiplied with the kernels.
 *
 * @typedef {import("./types.js").Operator} Operator
 * @typedef {import("./types.js").Data} Data
 * @typedef {import("./node.js").Node} Node
 */
import {FLOAT, count} from "./types.js";
import {lay, multiply} from "./product.js";
import {window} from "./window.js";

/** Floats of laid windows that are kept at a time: what stays near the processor. */
const BLOCK = 1 << 16;

/** What both sorts ask of a node. @param {Node} node */
function parts(node) {
  const [x, w, b] = [node.input(0), node.input(1), node.option(2)];
  for (const one of [x, w]) node.typed(one, FLOAT);
  const rank = x.shape.length - 2;
  node.must(rank >= 1 && rank <= 3, `a convolution over ${rank} axes is not known`);
  node.must(w.shape.length === rank + 2, "its kernels do not fit its input");
  const groups = node.int("group", 1);
  node.must(groups > 0 && x.shape[1] % groups === 0 && w.shape[0] % groups === 0, `channels do not fit ${groups} groups`);
  return {x, w, b, groups};
}

/** @param {Node} node @param {import("./types.js").Spec | null} bias @param {number} channels */
function biased(node, bias, channels) {
  if (!bias) return;
  node.typed(bias, FLOAT);
  node.must(bias.shape.join() === String(channels), "its bias does not fit its kernels");
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
  node.must(depth * groups === channels, `its kernels have ${depth * groups} channels, its input ${channels}`);
  biased(node, b, kernels);
  const shape = window(node, x.shape.slice(2), w.shape.slice(2));
  const places = count(shape.out);
  const k = depth * count(shape.kernel);
  const [m, size] = [kernels / groups, count(x.shape.slice(2))];
  const block = Math.max(2, Math.min(places, Math.floor(BLOCK / Math.max(1, k))));
  return {
    outputs: [{type: FLOAT, shape: [images, kernels, ...shape.outer]}],
    scratch: block * k,
    cost: images * kernels * places * k,
    run: ([image, kernel, bias], [out], scratch) => {
      start(out, bias, kernels, places);
      const lines = /** @type {Float32Array} */ (kernel);
      for (let n = 0; n < images; n++) {
        for (let g = 0; g < groups; g++) {
          for (let from = 0; from < places; from += block) {
            const some = Math.min(block, places - from);
            const at = (n * channels + g * depth) * size;
            unfold(image, at, depth, size, shape, from, some, scratch);
            const into = {data: out, at: (n * kernels + g * m) * places + from, down: places, along: 1};
            multiply(lines, g * m * k, m, scratch, 0, some, k, into);
          }
        }
      }
    },
  };
}

/**
 * The windows around `some` places, each as one line.
 * @param {Data} image @param {number} at @param {number} depth @param {number} size  of a plane
 * @param {import("./window.js").Window} shape @param {number} from @param {number} some @param {Float32Array} to
 */
function unfold(image, at, depth, size, {kernel, sizes, out, stride, dilation, pads}, from, some, to) {
  const [kd, kh, kw] = kernel;
  const [id, ih, iw] = sizes;
  const [, oh, ow] = out;
  const gap = dilation[2];
  let line = 0;
  for (let place = from; place < from + some; place++) {
    const left = (place % ow) * stride[2] - pads[2];
    const top = (Math.floor(place / ow) % oh) * stride[1] - pads[1];
    const front = Math.floor(place / (ow * oh)) * stride[0] - pads[0];
    const whole = left >= 0 && left + (kw - 1) * gap < iw;
    for (let c = 0; c < depth; c++) {
      for (let z = 0; z < kd; z++) {
        const deep = front + z * dilation[0];
        for (let y = 0; y < kh; y++) {
          const high = top + y * dilation[1];
          if (deep < 0 || deep >= id || high < 0 || high >= ih) {
            for (let end = line + kw; line < end; line++) to[line] = 0;
            continue;
          }
          let source = at + c * size + (deep * ih + high) * iw + left;
          if (whole) {
            for (let end = line + kw; line < end; line++, source += gap) to[line] = image[source];
          } else {
            for (let i = 0, wide = left; i < kw; i++, wide += gap, source += gap) {
              to[line++] = wide >= 0 && wide < iw ? image[source] : 0;
            }
          }
        }
      }
    }
  }
}

/** @type {Operator} */
function convTranspose(node) {
  const {x, w, b, groups} = parts(node);
  const [images, channels] = x.shape;
  node.must(w.shape[0] === channels, `its kernels have ${w.shape[0]} channels, its input ${channels}`);
  const depth = w.shape[1];
  biased(node, b, depth * groups);
  const shape = window(node, x.shape.slice(2), w.shape.slice(2), true);
  const taps = count(shape.kernel);
  const [k, lines] = [channels / groups, depth * taps];
  const [places, size] = [count(shape.sizes), count(shape.out)];
  const block = Math.max(2, Math.min(places, Math.floor(BLOCK / Math.max(1, k + lines))));
  return {
    outputs: [{type: FLOAT, shape: [images, depth * groups, ...shape.outer]}],
    scratch: lines * k + block * (k + lines),
    cost: images * channels * places * lines,
    run: ([image, kernel, bias], [out], scratch) => {
      start(out, bias, depth * groups, size);
      for (let g = 0; g < groups; g++) {
        lay({data: kernel, at: g * k * lines, down: 1, along: lines}, lines, k, scratch, 0);
        for (let n = 0; n < images; n++) {
          for (let from = 0; from < places; from += block) {
            const some = Math.min(block, places - from);
            const [here, spread] = [lines * k, lines * k + block * k];
            lay({data: image, at: (n * channels + g * k) * places + from, down: 1, along: places}, some, k, scratch, here);
            scratch.fill(0, spread, spread + lines * some);
            multiply(scratch, 0, lines, scratch, here, some, k, {data: scratch, at: spread, down: some, along: 1});
            fold(scratch, spread, depth, shape, from, some, out, (n * groups + g) * depth * size, size);
          }
        }
      }
    },
  };
}

/**
 * Adds each tap of the windows around `some` places to where it belongs.
 * @param {Float32Array} spread @param {number} line @param {number} depth @param {import("./window.js").Window} shape
 * @param {number} from @param {number} some @param {Data} to @param {number} at @param {number} size  of a plane
 */
function fold(spread, line, depth, {kernel, sizes, out, stride, dilation, pads}, from, some, to, at, size) {
  const [kd, kh, kw] = kernel;
  const [, ih, iw] = sizes;
  const [od, oh, ow] = out;
  for (let c = 0; c < depth; c++) {
    for (let tap = 0; tap < kd * kh * kw; tap++) {
      const left = (tap % kw) * dilation[2] - pads[2];
      const top = (Math.floor(tap / kw) % kh) * dilation[1] - pads[1];
      const front = Math.floor(tap / (kw * kh)) * dilation[0] - pads[0];
      for (let place = from; place < from + some; ) {
        const column = place % iw;
        const run = Math.min(iw - column, from + some - place);
        const high = (Math.floor(place / iw) % ih) * stride[1] + top;
        const deep = Math.floor(place / (iw * ih)) * stride[0] + front;
        if (high >= 0 && high < oh && deep >= 0 && deep < od) {
          const base = at + c * size + (deep * oh + high) * ow;
          for (let i = 0, wide = column * stride[2] + left; i < run; i++, wide += stride[2]) {
            if (wide >= 0 && wide < ow) to[base + wide] += spread[line + i];
          }
        }
        place += run;
        line += run;
      }
    }
  }
}

/** @type {Record<string, Operator>} */
export const CONVOLUTION = {Conv: conv, ConvTranspose: convTranspose};
