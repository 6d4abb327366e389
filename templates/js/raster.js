/**
 * Strokes as the picture a network was trained on: scaled so that the ink fills a box, drawn with a
 * round pen, and moved so that the centre of mass of the ink is in the middle. The training side has
 * the same four steps in Python; a test holds the two equal.
 *
 * @typedef {[number, number][]} Stroke  points in unit coordinates, y downwards
 *
 * @typedef {object} Frame
 * @property {number} size   the picture's side in pixels
 * @property {number} box    the longer side of the ink, pen included, in pixels
 * @property {number} pen    width of the pen in pixels
 * @property {boolean} [centre]  move the centre of mass of the ink to the middle (default)
 * @property {number} [floor]    drawings smaller than this share of the pad are scaled as if they
 *                               had it: a dot stays a dot
 */

/** @param {Stroke[]} strokes @returns {{left: number, top: number, width: number, height: number}} */
export function bounds(strokes) {
  let [left, top, right, bottom] = [Infinity, Infinity, -Infinity, -Infinity];
  for (const stroke of strokes) {
    for (const [x, y] of stroke) {
      left = Math.min(left, x);
      right = Math.max(right, x);
      top = Math.min(top, y);
      bottom = Math.max(bottom, y);
    }
  }
  return {left, top, width: right - left, height: bottom - top};
}

/**
 * Distance from (x, y) to the line from a to b; a and b may be the same point.
 * @param {number} x @param {number} y @param {[number, number]} a @param {[number, number]} b
 */
function toSegment(x, y, [ax, ay], [bx, by]) {
  const [dx, dy] = [bx - ax, by - ay];
  const length = dx * dx + dy * dy;
  const along = length ? Math.min(1, Math.max(0, ((x - ax) * dx + (y - ay) * dy) / length)) : 0;
  return Math.sqrt((x - ax - along * dx) ** 2 + (y - ay - along * dy) ** 2);
}

/**
 * One segment of ink: intensity pen/2 + 1/2 − distance, cut to 0…1, the darkest segment wins.
 * @param {Float32Array} picture @param {number} size @param {number} pen
 * @param {[number, number]} a @param {[number, number]} b  in pixels
 */
function draw(picture, size, pen, a, b) {
  const reach = pen / 2 + 0.5;
  const first = (/** @type {0 | 1} */ c) => Math.max(0, Math.floor(Math.min(a[c], b[c]) - reach));
  const last = (/** @type {0 | 1} */ c) => Math.min(size - 1, Math.ceil(Math.max(a[c], b[c]) + reach));
  const [left, right, bottom] = [first(0), last(0), last(1)];
  for (let y = first(1); y <= bottom; y++) {
    for (let x = left; x <= right; x++) {
      const value = Math.min(1, reach - toSegment(x + 0.5, y + 0.5, a, b));
      const at = y * size + x;
      if (value > picture[at]) picture[at] = value;
    }
  }
}

/**
 * @param {Stroke[]} strokes @param {number} size @param {number} pen
 * @param {(point: [number, number]) => [number, number]} place  unit coordinates to pixels
 */
function ink(strokes, size, pen, place) {
  const picture = new Float32Array(size * size);
  for (const stroke of strokes) {
    const points = stroke.map(place);
    points.forEach((point, i) => draw(picture, size, pen, points[Math.max(0, i - 1)], point));
  }
  return picture;
}

/** Centre of mass in pixels, pixel (0, 0) having its middle at (½, ½); null for a blank picture. */
export function centreOfMass(/** @type {Float32Array} */ picture, /** @type {number} */ size) {
  let [mass, sumX, sumY] = [0, 0, 0];
  picture.forEach((value, at) => {
    mass += value;
    sumX += value * ((at % size) + 0.5);
    sumY += value * (Math.floor(at / size) + 0.5);
  });
  return mass ? {x: sumX / mass, y: sumY / mass} : null;
}

/**
 * Shape: (size × size) row by row; range: 0 (paper) to 1 (ink). No strokes give a blank picture.
 * @param {Stroke[]} strokes
 * @param {Frame} frame
 */
export function rasterise(strokes, {size, box, pen, centre = true, floor = 0.08}) {
  const drawn = strokes.filter((stroke) => stroke.length > 0);
  if (!drawn.length) return new Float32Array(size * size);
  const {left, top, width, height} = bounds(drawn);
  const scale = (box - pen) / Math.max(width, height, floor);
  let [x0, y0] = [size / 2, size / 2];
  const place = (/** @type {[number, number]} */ [x, y]) =>
    /** @type {[number, number]} */ ([
      (x - left - width / 2) * scale + x0,
      (y - top - height / 2) * scale + y0,
    ]);
  const picture = ink(drawn, size, pen, place);
  const mass = centre ? centreOfMass(picture, size) : null;
  if (!mass) return picture;
  x0 += size / 2 - mass.x;
  y0 += size / 2 - mass.y;
  return ink(drawn, size, pen, place);
}
