/**
 * One frame of the map: dimmed points below, then the others, then the chosen one with lines to its
 * neighbours.
 *
 * @typedef {import("./sprites.js").Sprites} Sprites
 * @typedef {import("./shapes.js").Stamps} Stamps
 * @typedef {import("./view.js").Size} Size
 * @typedef {import("../../js/types.js").Palette} Palette
 *
 * @typedef {object} Frame
 * @property {Float32Array} placed   plot coordinates of every point
 * @property {Size} size
 * @property {number} side           of a picture
 * @property {Sprites | null} sprites  null: draw marks
 * @property {Stamps} stamps
 * @property {Uint8Array} category
 * @property {number[]} order        from bottom to top
 * @property {(i: number) => boolean} lit   not dimmed by the legend
 * @property {(i: number) => boolean} ringed
 * @property {boolean} faint         points without a ring stand back
 * @property {number} chosen         what the reader looks at; −1: nothing
 * @property {number} kept           what the reader keeps; −1: nothing
 * @property {number[]} near
 * @property {Palette} palette
 */

const DIMMED = 0.09;
const BACK = 0.55;

/** @param {CanvasRenderingContext2D} context @param {Frame} frame @param {number} i @param {number} [grow] */
function point(context, {placed, side, sprites, stamps, category}, i, grow = 1) {
  const [x, y] = [placed[2 * i], placed[2 * i + 1]];
  if (sprites) sprites.draw(context, i, x, y, side * grow);
  else stamps.draw(context, category[i], x, y, stamps.side * grow);
}

/** @param {Frame} frame @param {number} i */
function inside({placed, size, side}, i) {
  const [x, y] = [placed[2 * i], placed[2 * i + 1]];
  return x > -side && y > -side && x < size.width + side && y < size.height + side;
}

/** @param {CanvasRenderingContext2D} context @param {Frame} frame @param {number} i */
function ring(context, {placed, side, palette}, i) {
  context.beginPath();
  context.arc(placed[2 * i], placed[2 * i + 1], side * 0.62, 0, 2 * Math.PI);
  context.strokeStyle = palette.ink;
  context.lineWidth = 1.5;
  context.stroke();
}

/** @param {CanvasRenderingContext2D} context @param {Frame} frame */
function all(context, frame) {
  const visible = frame.order.filter((i) => inside(frame, i));
  context.globalAlpha = DIMMED;
  for (const i of visible) if (!frame.lit(i)) point(context, frame, i);
  for (const i of visible) {
    if (!frame.lit(i)) continue;
    const ringed = frame.ringed(i);
    context.globalAlpha = frame.faint && !ringed ? BACK : 1;
    point(context, frame, i);
    if (ringed) ring(context, frame, i);
  }
  context.globalAlpha = 1;
}

/** @param {CanvasRenderingContext2D} context @param {Frame} frame */
function lines(context, {placed, chosen, near, palette}) {
  context.beginPath();
  for (const i of near) {
    context.moveTo(placed[2 * chosen], placed[2 * chosen + 1]);
    context.lineTo(placed[2 * i], placed[2 * i + 1]);
  }
  context.lineCap = "round";
  for (const [width, colour] of /** @type {[number, string][]} */ ([[4, palette.paper], [1.5, palette.ink]])) {
    context.lineWidth = width;
    context.strokeStyle = colour;
    context.stroke();
  }
}

/** A point on a plate of its own. @param {CanvasRenderingContext2D} context @param {Frame} frame @param {number} i @param {number} side @param {string} edge @param {number} width */
function plate(context, frame, i, side, edge, width) {
  const {placed, palette, sprites, stamps} = frame;
  const [x, y] = [placed[2 * i], placed[2 * i + 1]];
  context.beginPath();
  context.roundRect(x - side / 2 - 2, y - side / 2 - 2, side + 4, side + 4, 5);
  context.fillStyle = palette.paper;
  context.fill();
  context.strokeStyle = edge;
  context.lineWidth = width;
  context.stroke();
  if (sprites) sprites.draw(context, i, x, y, side);
  else stamps.draw(context, frame.category[i], x, y, Math.min(side, stamps.side * 1.4));
}

/** @param {CanvasRenderingContext2D} context @param {Frame} frame */
export function paint(context, frame) {
  const {size, chosen, kept, near, palette, side, sprites} = frame;
  context.clearRect(0, 0, size.width, size.height);
  all(context, frame);
  const [small, large] = sprites ? [Math.max(22, side * 1.2), Math.max(34, side * 1.7)] : [16, 22];
  if (kept >= 0) plate(context, frame, kept, large, palette.accent, 3);
  if (chosen < 0) return;
  lines(context, frame);
  for (const i of near) plate(context, frame, i, small, palette.ink, 1);
  plate(context, frame, chosen, large, chosen === kept ? palette.accent : palette.ink, chosen === kept ? 3 : 2);
}

/** As many device pixels as the screen has. @param {HTMLCanvasElement} canvas @param {Size} size @param {number} density */
export function fitted(canvas, size, density) {
  const [width, height] = [Math.round(size.width * density), Math.round(size.height * density)];
  if (canvas.width !== width || canvas.height !== height) {
    canvas.width = width;
    canvas.height = height;
  }
  const context = canvas.getContext("2d");
  if (!context) throw new Error("This browser gives no canvas to draw on.");
  context.setTransform(density, 0, 0, density, 0, 0);
  return context;
}
