/**
 * A drawing as a list of strokes, with undo; points are in unit coordinates of the pad, (0, 0) at
 * its upper left. Pure: the pad feeds it, tests do too.
 *
 * @typedef {import("./raster.js").Stroke} Stroke
 */
import {snapped} from "./scribble.js";

/** Points nearer than this to the last one add nothing a reader could see. */
const NEAR = 0.004;

/** More points than any digit needs; what is drawn after that is not kept. */
const MOST = 6000;

/** On the pad, and where an address can say it exactly. @param {number} value */
const unit = (value) => snapped(Math.min(1, Math.max(0, value)));

export class Strokes {
  /** @type {Stroke[]} */
  list = [];
  drawing = false;

  get empty() {
    return this.list.length === 0;
  }

  #room() {
    return this.list.reduce((count, stroke) => count + stroke.length, 0) < MOST;
  }

  /** Put the pen down. @param {number} x @param {number} y */
  begin(x, y) {
    if (!this.#room()) return;
    this.list.push([[unit(x), unit(y)]]);
    this.drawing = true;
  }

  /** Move the pen; true if it left ink. @param {number} x @param {number} y */
  extend(x, y) {
    const stroke = this.list.at(-1);
    const last = stroke?.at(-1);
    if (!this.drawing || !stroke || !last || !this.#room()) return false;
    if (Math.hypot(unit(x) - last[0], unit(y) - last[1]) < NEAR) return false;
    stroke.push([unit(x), unit(y)]);
    return true;
  }

  /** Lift the pen. */
  end() {
    this.drawing = false;
  }

  /** Take the last stroke back. */
  undo() {
    this.end();
    this.list.pop();
  }

  clear() {
    this.end();
    this.list = [];
  }

  /** Start again from a given drawing. @param {Stroke[]} strokes */
  replace(strokes) {
    this.end();
    this.list = strokes.map((stroke) => stroke.map(([x, y]) => [unit(x), unit(y)]));
  }
}
