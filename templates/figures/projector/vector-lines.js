/**
 * Rings, arrows and axes over a map of vectors.
 *
 * @typedef {import("./vector-plot.js").Scene} Scene
 */
import {labels} from "./vector-drawing.js";
import {unit} from "./view.js";

/** @param {CanvasRenderingContext2D} context @param {Float32Array} placed @param {number} i @param {string} colour */
export function ring(context, placed, i, colour) {
  context.beginPath();
  context.arc(placed[2 * i], placed[2 * i + 1], 5, 0, 2 * Math.PI);
  context.strokeStyle = colour;
  context.lineWidth = 2;
  context.stroke();
}

/** @param {CanvasRenderingContext2D} context @param {Float32Array} placed @param {number} a @param {number} b @param {string} colour @param {string} paper @param {boolean} head */
export function line(context, placed, a, b, colour, paper, head) {
  const [x, y, u, v] = [placed[2 * a], placed[2 * a + 1], placed[2 * b], placed[2 * b + 1]];
  const length = Math.hypot(u - x, v - y) || 1;
  const [p, q] = [(u - x) / length, (v - y) / length];
  context.beginPath();
  context.moveTo(x, y);
  context.lineTo(u, v);
  if (head) {
    context.moveTo(u - 10 * p - 5 * q, v - 10 * q + 5 * p);
    context.lineTo(u, v);
    context.lineTo(u - 10 * p + 5 * q, v - 10 * q - 5 * p);
  }
  for (const [width, stroke] of /** @type {[number, string][]} */ ([[4.5, paper], [head ? 2.2 : 1.2, colour]])) {
    context.lineWidth = width;
    context.strokeStyle = stroke;
    context.stroke();
  }
}

/** The middle of axes between names, and their ends. @param {CanvasRenderingContext2D} context @param {import("./view.js").View} view @param {{width: number, height: number}} size @param {Scene["ends"]} ends @param {import("../../js/types.js").Palette} palette @param {string} face */
export function axes(context, view, {width, height}, {across, up}, palette, face) {
  if (!across && !up) return;
  const scale = unit(view, {width, height});
  const [x, y] = [width / 2 - view.x * scale, height / 2 + view.y * scale];
  context.beginPath();
  if (across) {
    context.moveTo(x, 0);
    context.lineTo(x, height);
  }
  if (up) {
    context.moveTo(0, y);
    context.lineTo(width, y);
  }
  context.strokeStyle = palette.rule;
  context.lineWidth = 1;
  context.stroke();
  context.font = face.replace("600", "400");
  context.fillStyle = palette.muted;
  context.textBaseline = "alphabetic";
  const write = (/** @type {CanvasTextAlign} */ align, /** @type {string} */ text, /** @type {number} */ at, /** @type {number} */ down) => {
    context.textAlign = align;
    context.fillText(text, at, down, width / 2 - 12);
  };
  if (across) {
    write("left", `← ${across[0]}`, 8, height - 10);
    write("right", `${across[1]} →`, width - 8, height - 60);
  }
  if (up) {
    write("right", `↑ ${up[1]}`, Math.max(x - 8, 120), 18);
    write("right", `↓ ${up[0]}`, Math.max(x - 8, 120), height - 32);
  }
}

/**
 * Lines to neighbours, arrows, rings, and names that do not cover one another: those that must first.
 * @param {CanvasRenderingContext2D} context
 * @param {{scene: Scene, placed: Float32Array, size: {width: number, height: number}, face: string, names: string[],
 *   palette: import("../../js/types.js").Palette, wide: Map<string, number>, lit: (i: number) => boolean}} given
 */
export function over(context, {scene, placed, size, face, names, palette, wide, lit}) {
  const {arrows, near, chosen, kept} = scene;
  const hits = scene.hits.slice(0, 300);
  for (const [a, b] of arrows) line(context, placed, a, b, palette.accent, palette.paper, true);
  if (chosen >= 0) for (const i of near) line(context, placed, chosen, i, palette.muted, palette.paper, false);
  for (const i of [...hits, kept, chosen]) if (i >= 0) ring(context, placed, i, i === chosen ? palette.ink : palette.accent);
  context.font = face;
  const must = new Set([chosen, kept, ...arrows.flat(), ...near, ...hits].filter((i) => i >= 0));
  const rest = scene.names ? scene.order.toReversed().filter((i) => !must.has(i) && lit(i)) : [];
  const known = (/** @type {string} */ name) => {
    const found = wide.get(name) ?? context.measureText(name).width;
    wide.set(name, found);
    return found;
  };
  Object.assign(context, {textAlign: "center", textBaseline: "middle", lineJoin: "round", strokeStyle: palette.paper, lineWidth: 3.5});
  const marked = new Set(hits);
  for (const {index, x, y} of labels([...must, ...rest], placed, names, size, known)) {
    context.fillStyle = marked.has(index) || index === kept ? palette.accent : palette.ink;
    // Names of points at the very top stay on the map.
    const lifted = Math.max(9, must.has(index) ? y - 11 : y);
    context.strokeText(names[index], x, lifted);
    context.fillText(names[index], x, lifted);
  }
}
