/**
 * Strokes on a canvas, at the resolution of the screen.
 *
 * @typedef {import("./raster.js").Stroke} Stroke
 * @typedef {object} Look
 * @property {number} width   of the line, in units of the pad's side
 * @property {string} ink     colour of the line
 * @property {string} cursor  colour of the keyboard's pen
 * @property {[number, number] | null} pen  where the keyboard's pen stands
 * @property {boolean} down   whether it is down
 */

/** Match the canvas to the pixels it covers; its side in canvas pixels. @param {HTMLCanvasElement} canvas */
function fit(canvas) {
  const side = Math.max(1, Math.round(canvas.clientWidth * (globalThis.devicePixelRatio || 1)));
  if (canvas.width !== side || canvas.height !== side) {
    canvas.width = side;
    canvas.height = side;
  }
  return side;
}

/** @param {CanvasRenderingContext2D} context @param {Stroke} stroke @param {number} side */
function trace(context, stroke, side) {
  context.beginPath();
  stroke.forEach(([x, y], i) => context[i ? "lineTo" : "moveTo"](x * side, y * side));
  // A line of no length paints a dot only when it has an end.
  if (stroke.length === 1) context.lineTo(stroke[0][0] * side, stroke[0][1] * side);
  context.stroke();
}

/** A ring where the keyboard's pen stands, filled when it is down. */
function mark(/** @type {CanvasRenderingContext2D} */ context, /** @type {Look} */ look, /** @type {number} */ side) {
  if (!look.pen) return;
  const radius = (look.width * side) / 2;
  context.strokeStyle = context.fillStyle = look.cursor;
  context.lineWidth = Math.max(2, side / 100);
  context.beginPath();
  context.arc(look.pen[0] * side, look.pen[1] * side, radius, 0, 7);
  if (look.down) context.fill();
  context.arc(look.pen[0] * side, look.pen[1] * side, radius * 1.5, 0, 7);
  context.stroke();
}

/** @param {HTMLCanvasElement} canvas @param {Stroke[]} strokes @param {Look} look */
export function paint(canvas, strokes, look) {
  const context = canvas.getContext("2d");
  if (!context) return;
  const side = fit(canvas);
  context.clearRect(0, 0, side, side);
  context.strokeStyle = look.ink;
  context.fillStyle = look.ink;
  context.lineCap = "round";
  context.lineJoin = "round";
  context.lineWidth = look.width * side;
  for (const stroke of strokes) trace(context, stroke, side);
  mark(context, look, side);
}
