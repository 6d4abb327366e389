/**
 * One frame of the map: dimmed points below, then the others, then the chosen one with lines to its
 * neighbours.
 *
 * @typedef {import("./sprites.js").Sprites} Sprites
 * @typedef {import("./splat.js").Rgb} Rgb
 * @typedef {import("./shapes.js").Stamps} Stamps
 * @typedef {import("./view.js").Size} Size
 * @typedef {import("../../js/types.js").Palette} Palette
 *
 * @typedef {object} Frame
 * @property {Float32Array} placed   plot coordinates of every point
 * @property {Size} size             of the plot in CSS pixels
 * @property {number} density        device pixels to a CSS pixel
 * @property {number} side           of a picture in CSS pixels
 * @property {Sprites} sprites
 * @property {Stamps} stamps
 * @property {boolean} marks         draw shapes, not pictures
 * @property {Uint8Array} category
 * @property {Rgb[]} colours         of the categories
 * @property {number[]} order        from bottom to top
 * @property {(i: number) => boolean} lit   not dimmed by the legend
 * @property {(i: number) => boolean} ringed
 * @property {boolean} faint         points without a ring stand back
 * @property {number} chosen         what the reader looks at; −1: nothing
 * @property {number} kept           what the reader keeps; −1: nothing
 * @property {number[]} near
 * @property {Palette} palette
 */
import {channels} from "../../js/colour.js";
import {word} from "./splat.js";

const DIMMED = 0.09;
const BACK = 0.55;

/** Whole device pixels, in steps of 15 %: a zoom through all sizes makes few sets of pictures. @param {number} side @param {number} density */
export function deviceSide(side, density) {
  const steps = Math.max(0, Math.round(Math.log(Math.max(1, side * density) / 4) / Math.log(1.15)));
  return Math.round(4 * 1.15 ** steps);
}

/** @param {Frame} frame @param {number} i */
function inside({placed, size, side}, i) {
  const [x, y] = [placed[2 * i], placed[2 * i + 1]];
  return x > -side && y > -side && x < size.width + side && y < size.height + side;
}

/** All points as pixels on paper. @param {ImageData} image @param {Frame} frame */
function splat(image, frame) {
  const {placed, density, sprites, stamps, marks, category, colours, lit, ringed, faint} = frame;
  const side = deviceSide(frame.side, density);
  const {width, height} = image;
  const canvas = {words: new Uint32Array(image.data.buffer), width, height};
  canvas.words.fill(word(channels(frame.palette.paper)));
  const visible = frame.order.filter((i) => inside(frame, i));
  const point = (/** @type {number} */ i, /** @type {number} */ opacity) => {
    const [x, y] = [placed[2 * i] * density, placed[2 * i + 1] * density];
    if (marks) stamps.draw(canvas, category[i], x, y, opacity);
    else sprites.draw(canvas, i, x, y, side, colours[category[i]], opacity);
  };
  for (const i of visible) if (!lit(i)) point(i, DIMMED);
  for (const i of visible) if (lit(i)) point(i, faint && !ringed(i) ? BACK : 1);
  return visible;
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
  const {placed, palette, sprites, stamps, marks, category, colours} = frame;
  const [x, y] = [placed[2 * i], placed[2 * i + 1]];
  context.beginPath();
  context.roundRect(x - side / 2 - 2, y - side / 2 - 2, side + 4, side + 4, 5);
  context.fillStyle = palette.paper;
  context.fill();
  context.strokeStyle = edge;
  context.lineWidth = width;
  context.stroke();
  if (marks) return stamps.mark(context, category[i], x, y, side * 0.28);
  const picture = sprites.large(i, colours[category[i]]);
  const scale = side / Math.max(picture.width, picture.height);
  const [w, h] = [picture.width * scale, picture.height * scale];
  context.drawImage(picture, x - w / 2, y - h / 2, w, h);
}

/** @param {CanvasRenderingContext2D} context @param {ImageData} image as large as the canvas @param {Frame} frame */
export function paint(context, image, frame) {
  const {chosen, kept, near, palette, side, marks} = frame;
  const visible = splat(image, frame);
  context.putImageData(image, 0, 0);
  for (const i of visible) if (frame.ringed(i) && frame.lit(i)) ring(context, frame, i);
  const [small, large] = marks ? [16, 22] : [Math.max(22, side), Math.max(34, side * 1.35)];
  if (kept >= 0) plate(context, frame, kept, large, palette.accent, 3);
  if (chosen < 0) return;
  lines(context, frame);
  for (const i of near) plate(context, frame, i, small, palette.ink, 1);
  plate(context, frame, chosen, large, chosen === kept ? palette.accent : palette.ink, chosen === kept ? 3 : 2);
}
