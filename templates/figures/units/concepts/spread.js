/**
 * A map spread out to the picture's pixels, as generator/compute/dissection/places.py does it.
 *
 * @typedef {{first: number, step: number}} Grid  where units are centred along an axis, in pixels
 * @typedef {{low: number, share: number}} Between  share of the next one after `low`
 */

/** Between which two units each pixel lies. @param {Grid} grid @param {number} units @param {number} pixels @returns {Between[]} */
export function between({first, step}, units, pixels) {
  return Array.from({length: pixels}, (_, pixel) => {
    const at = Math.min(units - 1, Math.max(0, (pixel - first) / step));
    const low = Math.max(0, Math.min(units - 2, Math.floor(at)));
    return {low, share: at - low};
  });
}

/**
 * @param {ArrayLike<number>} map  h × w, row by row @param {[number, number]} size  h and w
 * @param {Grid[]} grid  down, across @param {[number, number]} picture  height and width
 * @returns {Float32Array} height × width
 */
export function spread(map, [h, w], grid, [height, width]) {
  const down = between(grid[0], h, height);
  const across = between(grid[1], w, width);
  const out = new Float32Array(height * width);
  down.forEach((row, y) => {
    const upper = row.low * w;
    const lower = Math.min(row.low + 1, h - 1) * w;
    across.forEach(({low, share}, x) => {
      const next = Math.min(low + 1, w - 1);
      const above = map[upper + low] * (1 - share) + map[upper + next] * share;
      const below = map[lower + low] * (1 - share) + map[lower + next] * share;
      out[y * width + x] = above * (1 - row.share) + below * row.share;
    });
  });
  return out;
}
