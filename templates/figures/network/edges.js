/**
 * What reaches the selected unit, drawn as lines from the tiles it reads: width and strength by the
 * size of the contribution, colour by its sign.
 *
 * @typedef {import("../../js/types.js").Palette} Palette
 * @typedef {import("./windows.js").Group} Group
 * @typedef {import("./windows.js").Patch} Patch
 * @typedef {import("./steps.js").Known} Known
 *
 * @typedef {object} Edge
 * @property {string} layer
 * @property {number} channel
 * @property {Patch | null} patch  what it reads there; null: the whole tile is one unit
 * @property {number} amount       the contribution
 *
 * @typedef {{left: number, top: number, width: number, height: number}} Box
 */

/** Lines beyond this many say no more; the weakest are left out. */
const MOST = 96;

const SVG = "http://www.w3.org/2000/svg";

/** Operations that keep channels apart: the same channel of the layer before is what they show. */
const KEEPING = new Set(
  "relu leaky_relu hardtanh gelu silu tanh sigmoid identity batch_norm scale max_pool avg_pool adaptive_avg_pool".split(" "),
);

/**
 * The nearest layer that is drawn, going back through layers that keep channels apart; null: none.
 * @param {string} layer @param {Known["layer"]} find @param {(layer: string) => boolean} drawn
 */
export function visible(layer, find, drawn) {
  for (let at = find(layer); ; at = find(at.inputs[0])) {
    if (drawn(at.name)) return at.name;
    if (!KEEPING.has(at.op)) return null;
  }
}

/** One edge per map or per unit that a group reads. @param {Group[]} groups @returns {Edge[]} */
export function edges(groups) {
  return groups.flatMap(({source, channel, reads, patch, results, inputs, total}) => {
    if (reads === "map") return /** @type {Edge[]} */ ([{layer: source, channel, patch, amount: total}]);
    return (results ?? inputs).map((amount, i) => ({layer: source, channel: channel + i, patch: null, amount}));
  });
}

/** The strongest edges, weakest first so that the strong ones lie on top. @param {Edge[]} all */
export function strongestEdges(all) {
  return all.toSorted((a, b) => Math.abs(b.amount) - Math.abs(a.amount)).slice(0, MOST).reverse();
}

/** The part of a tile that a patch covers, cut to the tile. @param {Box} tile @param {Patch | null} patch @param {{height: number, width: number}} map */
export function patchBox(tile, patch, {height, width}) {
  if (!patch) return tile;
  const cut = (/** @type {number} */ value, /** @type {number} */ most) => Math.min(most, Math.max(0, value));
  const [top, left] = [cut(patch.top, height), cut(patch.left, width)];
  const bottom = cut(patch.top + (patch.rows - 1) * patch.step[0] + 1, height);
  const right = cut(patch.left + (patch.columns - 1) * patch.step[1] + 1, width);
  return {
    left: tile.left + (left / width) * tile.width,
    top: tile.top + (top / height) * tile.height,
    width: ((right - left) / width) * tile.width,
    height: ((bottom - top) / height) * tile.height,
  };
}

const centre = (/** @type {Box} */ box) => [box.left + box.width / 2, box.top + box.height / 2];

/** A curve that leaves and arrives upright. @param {number[]} from @param {number[]} to */
export function curve([x1, y1], [x2, y2]) {
  const bend = (y2 - y1) * 0.45;
  const round = (/** @type {number} */ value) => Math.round(value * 10) / 10;
  return `M${round(x1)} ${round(y1)}C${round(x1)} ${round(y1 + bend)} ${round(x2)} ${round(y2 - bend)} ${round(x2)} ${round(y2)}`;
}

/** @param {string} name @param {Record<string, string | number>} attributes */
function shape(name, attributes) {
  const element = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, String(value));
  return element;
}

const frame = (/** @type {Box} */ {left, top, width, height}, /** @type {string} */ name, pad = 0.5) =>
  shape("rect", {class: name, x: left - pad, y: top - pad, width: width + 2 * pad, height: height + 2 * pad});

/**
 * @param {SVGElement} overlay
 * @param {{unit: Box, lines: {box: Box, amount: number}[]} | null} picture
 * @param {boolean} [turned]  tiles are seen at an angle, so that no upright frame fits them
 */
export function drawEdges(overlay, picture, turned = false) {
  if (!picture) return overlay.replaceChildren();
  const {unit, lines} = picture;
  const most = Math.max(...lines.map(({amount}) => Math.abs(amount)), 1e-12);
  const parts = lines.map(({box, amount}) => {
    const share = Math.abs(amount) / most;
    return shape("path", {
      class: amount < 0 ? "line negative" : "line positive",
      d: curve(centre(box), centre(unit)),
      "stroke-width": (0.6 + 3.4 * share).toFixed(2),
      "stroke-opacity": (0.12 + 0.78 * share).toFixed(3),
    });
  });
  if (turned) {
    const [cx, cy] = centre(unit);
    return overlay.replaceChildren(...parts, shape("circle", {class: "unit", cx, cy, r: 4}));
  }
  const frames = lines.map(({box}) => frame(box, "patch"));
  overlay.replaceChildren(...parts, ...frames, frame(unit, "unit", 1.5));
}
