/**
 * Windows that slide over one axis or two: of convolutions and poolings. A missing axis stands in front, of
 * size one.
 *
 * @typedef {object} Window
 * @property {number[]} sizes     of what is slid over (of a transposed convolution: its input)
 * @property {number[]} kernel
 * @property {number[]} stride
 * @property {number[]} dilation
 * @property {number[]} pads      before the first place of each axis
 * @property {number[]} out       of the answer
 * @property {number[]} outer     the same without missing axes
 */

/**
 * @param {import("./node.js").Node} node @param {number[]} sizes @param {number[]} kernel
 * @param {boolean} [transposed] @param {boolean} [up]  round the number of places up
 * @returns {Window}
 */
export function window(node, sizes, kernel, transposed = false, up = false) {
  const rank = sizes.length;
  /** @param {string} name @param {number} value @param {number} [times] */
  const each = (name, value, times = 1) => {
    const given = node.ints(name, []);
    node.must(!given.length || given.length === rank * times, "its window does not fit its input");
    return given.length ? given : new Array(rank * times).fill(value);
  };
  const written = each("kernel_shape", 0);
  node.must(written.every((size, i) => !size || size === kernel[i]), "its window does not fit its input");
  const [stride, dilation] = [each("strides", 1), each("dilations", 1)];
  const pads = each("pads", 0, 2);
  node.must([...stride, ...dilation, ...kernel].every((size) => size > 0), "its window does not fit its input");
  node.must(pads.every((pad) => pad >= 0), "its window does not fit its input");
  const reach = kernel.map((size, i) => (size - 1) * dilation[i] + 1);
  node.must(node.text("auto_pad", "NOTSET") === "NOTSET", "this padding is not known");
  const extra = transposed ? each("output_padding", 0) : [];
  const outer = sizes.map((size, i) => {
    const padding = pads[i] + pads[i + rank];
    if (transposed) return (size - 1) * stride[i] + extra[i] + reach[i] - padding;
    const room = size + padding - reach[i];
    const places = (up ? Math.ceil(room / stride[i]) : Math.floor(room / stride[i])) + 1;
    // No window starts behind the last number.
    return up && (places - 1) * stride[i] >= size + pads[i] ? places - 1 : places;
  });
  node.must(outer.every((size) => size > 0), "its window does not fit its input");
  const full = (/** @type {number[]} */ list, /** @type {number} */ value) => [...new Array(2 - rank).fill(value), ...list];
  return {
    sizes: full(sizes, 1),
    kernel: full(kernel, 1),
    stride: full(stride, 1),
    dilation: full(dilation, 1),
    pads: full(pads.slice(0, rank), 0),
    out: full(outer, 1),
    outer,
  };
}
