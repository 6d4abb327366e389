/**
 * A shape for each class, so that colour never speaks alone. Twenty differ: ten outlines, full and
 * hollow; classes beyond take colours and shapes in other pairs.
 *
 * @typedef {(path: CanvasPath, x: number, y: number, r: number) => void} Outline
 */

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
  /** @param {string[]} colours  one per category @param {(category: number) => number} shape @param {number} r @param {number} scale device pixels per CSS pixel @param {string} halo paper colour around a mark */
  constructor(colours, shape, r, scale, halo) {
    this.side = Math.ceil(2 * (1.3 * r + 1.5));
    const cell = Math.ceil(this.side * scale);
    this.cell = cell;
    this.canvas = document.createElement("canvas");
    this.canvas.width = cell * Math.max(1, colours.length);
    this.canvas.height = cell;
    const context = this.canvas.getContext("2d");
    if (!context) return;
    context.scale(cell / this.side, cell / this.side);
    colours.forEach((colour, category) => {
      const x = this.side * (category + 0.5);
      mark(context, shape(category), x, this.side / 2, r + 0.8, halo);
      mark(context, shape(category), x, this.side / 2, r, colour);
    });
  }

  /** @param {CanvasRenderingContext2D} context @param {number} category @param {number} x @param {number} y @param {number} [size] */
  draw(context, category, x, y, size = this.side) {
    const {canvas, cell} = this;
    context.drawImage(canvas, category * cell, 0, cell, cell, x - size / 2, y - size / 2, size, size);
  }
}
