/**
 * The pad as this network's input: centred like the training data where the dataset's card says how,
 * else as it is, in one ink or in colours.
 *
 * @typedef {import("../../js/raster.js").Stroke} Stroke
 * @typedef {import("../../js/types.js").Palette} Palette
 *
 * @typedef {object} Frame
 * @property {number[]} shape                channels, height, width
 * @property {[number, number]} range
 * @property {{box: number, centre: "mass" | "box", pen: number} | null} drawing
 * @property {number[]} paper                the dataset's background, one share per channel
 */
import {Pad, rasterise} from "../../js/input.js";
import {read, write} from "../../js/scribble.js";
import {painted} from "./painting.js";

/** Width of the line, in units of the pad. */
const LINE = 0.075;

/** @typedef {{name: string, css: string, shares: number[]}} Ink */

/** Inks for colour models. @type {Ink[]} */
export const INKS = [
  ["black", "#111111"],
  ["white", "#ffffff"],
  ["red", "#d62828"],
  ["orange", "#f28c28"],
  ["yellow", "#f5d547"],
  ["green", "#2f9e44"],
  ["blue", "#1c6dd0"],
  ["purple", "#8338ec"],
].map(([name, css]) => ({
  name,
  css,
  shares: [1, 3, 5].map((at) => Number.parseInt(css.slice(at, at + 2), 16) / 255),
}));

/**
 * What the network is given for these strokes.
 * @param {Stroke[]} strokes @param {number[][]} colours  of each stroke @param {Frame} frame
 */
export function drawn(strokes, colours, {shape, range: [low, high], drawing, paper}) {
  const [, height, width] = shape;
  const shares = drawing
    ? rasterise(strokes, {size: width, box: drawing.box, pen: drawing.pen, centre: drawing.centre === "mass"})
    : painted(strokes, colours, {shape, paper, pen: Math.max(1.2, LINE * Math.min(height, width))});
  return shares.map((share) => low + (high - low) * share);
}

/** A pad whose strokes keep the colour that they were drawn in. */
class ColourPad extends Pad {
  /** The colour of each stroke, and the one that the next will have. @type {Ink[]} */
  colours = [];
  ink = INKS[0];

  /** Strokes of other colours are painted again over the one ink that a plain pad knows. */
  redraw() {
    super.redraw();
    // The first call comes from the plain pad's constructor, before there are colours.
    if (!this.colours) return;
    while (this.colours.length < this.strokes.length) this.colours.push(this.ink);
    this.colours.length = this.strokes.length;
    const context = this.canvas.getContext("2d");
    if (!context) return;
    const side = this.canvas.width;
    context.lineWidth = LINE * side;
    this.strokes.forEach((stroke, i) => {
      context.strokeStyle = this.colours[i].css;
      context.beginPath();
      stroke.forEach(([x, y], at) => context[at ? "lineTo" : "moveTo"](x * side, y * side));
      if (stroke.length === 1) context.lineTo(stroke[0][0] * side, stroke[0][1] * side);
      context.stroke();
    });
  }
}

/** @param {ColourPad} pad @param {AbortSignal} signal */
function palette(pad, signal) {
  const box = document.createElement("fieldset");
  box.className = "inks";
  const legend = document.createElement("legend");
  legend.className = "unseen";
  legend.textContent = "Colour of the pen";
  box.append(legend);
  const group = `ink-${Math.random().toString(36).slice(2)}`;
  for (const ink of INKS) {
    const label = document.createElement("label");
    const radio = document.createElement("input");
    Object.assign(radio, {type: "radio", name: group, checked: ink === pad.ink});
    radio.setAttribute("aria-label", ink.name);
    radio.addEventListener("change", () => void (pad.ink = ink), {signal});
    label.style.backgroundColor = ink.css;
    label.append(radio);
    box.append(label);
  }
  return box;
}

/**
 * Make a pad; `picture` is what the network would be given, null for an empty pad.
 * @param {HTMLCanvasElement} canvas
 * @param {Frame} frame
 * @param {{signal: AbortSignal, say: (text: string) => void, label: string,
 *   onpicture: (picture: Float32Array | null, event: Event | null) => void}} options
 */
export function drawingPad(canvas, frame, {signal, say, label, onpicture}) {
  const colourful = frame.shape[0] === 3;
  const shares = () => (pad instanceof ColourPad ? pad.colours.map((ink) => ink.shares) : pad.strokes.map(() => [1]));
  const options = {
    signal,
    say,
    label,
    width: LINE,
    onchange: (/** @type {Stroke[]} */ strokes, /** @type {Event | null} */ event) =>
      onpicture(strokes.length ? drawn(strokes, shares(), frame) : null, event),
  };
  const pad = colourful ? new ColourPad(canvas, options) : new Pad(canvas, options);
  if (colourful) canvas.style.backgroundColor = `rgb(${frame.paper.map((share) => Math.round(255 * share)).join(" ")})`;
  return {pad, inks: pad instanceof ColourPad ? palette(pad, signal) : null};
}

/** What is on a pad, for the address; "" for an empty one. @param {Pad} pad */
export function written(pad) {
  return write(pad.strokes, pad instanceof ColourPad ? pad.colours.map((ink) => INKS.indexOf(ink)) : []);
}

/** Put on a pad what an address says; false where it says nothing that could be drawn. @param {Pad} pad @param {string} text */
export function rewrite(pad, text) {
  const found = read(text);
  if (!found) return false;
  if (pad instanceof ColourPad) pad.colours = found.inks.map((ink) => INKS[ink] ?? INKS[0]);
  pad.replace(found.strokes);
  return true;
}
