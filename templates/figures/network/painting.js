/**
 * A drawing as it is, for models whose data say nothing of centring: the pad scaled to the input's
 * size, each stroke in its colour over what was there before.
 *
 * @typedef {import("../../js/raster.js").Stroke} Stroke
 * @typedef {number[]} Colour  one share of full strength per channel, 0 to 1
 */

/** Squared distance from (x, y) to the segment a–b. */
function squared(/** @type {number} */ x, /** @type {number} */ y, /** @type {number[]} */ [ax, ay], /** @type {number[]} */ [bx, by]) {
  const [dx, dy] = [bx - ax, by - ay];
  const length = dx * dx + dy * dy;
  const along = length ? Math.min(1, Math.max(0, ((x - ax) * dx + (y - ay) * dy) / length)) : 0;
  return (x - ax - along * dx) ** 2 + (y - ay - along * dy) ** 2;
}

/**
 * How much of each pixel a stroke covers: pen/2 + 1/2 − distance, cut to 0…1.
 * @param {Stroke} stroke @param {number} height @param {number} width @param {number} pen  in pixels
 */
export function covered(stroke, height, width, pen) {
  const points = stroke.map(([x, y]) => [x * width, y * height]);
  const nearest = new Float32Array(height * width).fill(Infinity);
  const reach = pen / 2 + 1;
  points.forEach((b, i) => {
    const a = points[Math.max(0, i - 1)];
    const top = Math.max(0, Math.floor(Math.min(a[1], b[1]) - reach));
    const bottom = Math.min(height - 1, Math.ceil(Math.max(a[1], b[1]) + reach));
    const left = Math.max(0, Math.floor(Math.min(a[0], b[0]) - reach));
    const right = Math.min(width - 1, Math.ceil(Math.max(a[0], b[0]) + reach));
    for (let y = top; y <= bottom; y++) {
      for (let x = left; x <= right; x++) {
        const at = y * width + x;
        nearest[at] = Math.min(nearest[at], squared(x + 0.5, y + 0.5, a, b));
      }
    }
  });
  return nearest.map((distance) => Math.min(1, Math.max(0, pen / 2 + 0.5 - Math.sqrt(distance))));
}

/**
 * Shape: (channels, height, width); range: 0 to 1.
 * @param {Stroke[]} strokes @param {Colour[]} colours  of each stroke
 * @param {{shape: number[], paper: Colour, pen: number}} frame  pen in pixels of the picture
 */
export function painted(strokes, colours, {shape: [channels, height, width], paper, pen}) {
  const area = height * width;
  const picture = new Float32Array(channels * area);
  for (let c = 0; c < channels; c++) picture.fill(paper[c], c * area, (c + 1) * area);
  strokes.forEach((stroke, s) => {
    covered(stroke, height, width, pen).forEach((share, at) => {
      if (!share) return;
      for (let c = 0; c < channels; c++) picture[c * area + at] += share * (colours[s][c] - picture[c * area + at]);
    });
  });
  return picture;
}
