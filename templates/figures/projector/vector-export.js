/** Coordinates of a map of vectors, for other programs. */
import {shortest} from "../../js/csv.js";
import {save} from "../../js/save.js";

const quoted = (/** @type {string} */ text) => (/[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);

/** @param {string} title @param {string[]} names @param {ArrayLike<number>} map  x0 y0 x1 y1 … @param {ArrayLike<number>} some */
export function coordinates(title, names, map, some) {
  const lines = Array.from(some, (i) => [shortest(map[2 * i]), shortest(map[2 * i + 1]), quoted(names[i])].join(","));
  return `x,y,${quoted(title)}\r\n${lines.join("\r\n")}\r\n`;
}

/** @param {import("./vector-points.js").VectorPoints} points @param {Float32Array} map @param {Int32Array} some */
export const keep = (points, map, some) => save(coordinates(points.values.columns[0], points.names, map, some), "text/csv", "map.csv");
