/**
 * A shape for each class, so that colour never speaks alone. Twenty differ: ten outlines, full and
 * hollow; classes beyond take colours and shapes in other pairs.
 *
 * @typedef {(path: CanvasPath, x: number, y: number, r: number) => void} Outline
 */
import {picture} from "./splat.js";

/** Corners of a regular figure, the first at the top when `turn` is 0. @param {number} corners @param {number} turn @param {number} [inner] radius of every other corner @returns {Outline} */
function polygon(corners, turn, inner = 1) {
  return (path, x, y, r) => {
    for (let i = 0; i < corners; i++) {
      const angle = 2 * Math.PI * ((i + turn) / corners) - Math.PI / 2;
      const reach = r * 1.15 * (i % 2 ? inner : 1);
      const [px, py] = [x + reach * Math.cos(angle), y + reach * Math.sin(angle)];
      if (i) path.lineTo(px, py);
      else path.moveTo(px, py);
    }
    path.closePath();
  };
}

/** @type {Outline[]} */
const OUTLINES = [
  (path, x, y, r) => {
    path.moveTo(x + r, y);
    path.arc(x, y, r, 0, 2 * Math.PI);
  },
  polygon(4, 0.5),
  polygon(3, 0),
  polygon(4, 0),
  polygon(3, 1.5),
  polygon(10, 0, 0.45),
  polygon(6, 0),
  polygon(8, 0, 0.4),
  polygon(5, 0),
  polygon(6, 0, 0.4),
];

/** Which colour of ten, which outline, and whether it is filled. @param {number} category */
export function look(category) {
  const round = Math.floor(category / 10);
  return {colour: category % 10, outline: (category + round) % 10, full: round % 2 === 0};
}

/**
 * Draw one mark.
 * @param {CanvasRenderingContext2D} context @param {number} category @param {number} x @param {number} y
 * @param {number} r @param {string} colour
 */
export function mark(context, category, x, y, r, colour) {
  const {outline, full} = look(category);
  context.beginPath();
  OUTLINES[outline](context, x, y, r);
  context.lineWidth = Math.max(1, r / 3);
  context.strokeStyle = context.fillStyle = colour;
  if (full) context.fill();
  else context.stroke();
}

/** Marks drawn once and stamped often. */
export class Stamps {
  /** @type {import("./splat.js").Stamp[]} */
  #stamps;

  /**
   * @param {{colour: string, shape: number}[]} entries  one for each category
   * @param {number} r  @param {number} density  device pixels to a CSS pixel
   * @param {string} halo  paper around a mark, so that those below end visibly
   */
  constructor(entries, r, density, halo) {
    this.entries = entries;
    const side = Math.ceil(2 * (1.3 * r + 1.5) * density);
    const canvas = document.createElement("canvas");
    canvas.width = canvas.height = side;
    const context = canvas.getContext("2d", {willReadFrequently: true});
    if (!context) throw new Error("This browser gives no canvas to draw on.");
    this.#stamps = entries.map(({colour, shape}) => {
      context.clearRect(0, 0, side, side);
      mark(context, shape, side / 2, side / 2, (r + 0.8) * density, halo);
      mark(context, shape, side / 2, side / 2, r * density, colour);
      return context.getImageData(0, 0, side, side);
    });
  }

  /** Into pixels, the middle at (x, y) in device pixels. @param {import("./splat.js").Canvas} image @param {number} category @param {number} x @param {number} y @param {number} opacity */
  draw(image, category, x, y, opacity) {
    const stamp = this.#stamps[category];
    picture(image, stamp, Math.round(x - stamp.width / 2), Math.round(y - stamp.height / 2), opacity);
  }

  /** Large, on a canvas. @param {CanvasRenderingContext2D} context @param {number} category @param {number} x @param {number} y @param {number} r */
  mark(context, category, x, y, r) {
    const {colour, shape} = this.entries[category];
    mark(context, shape, x, y, r, colour);
  }
}
