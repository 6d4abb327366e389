/** What each optimum is worth from step to step. */
import {make, svg} from "../../js/make.js";
import {short} from "../../js/numerals.js";

const [WIDTH, HEIGHT, LEFT, RIGHT, TOP, BOTTOM] = [380, 176, 46, 10, 10, 34];

/** Numbers about which a scale reaches a little. @param {number[]} all @returns {[number, number]} */
export function range(all) {
  const [low, high] = [Math.min(...all), Math.max(...all)];
  const room = 0.06 * (high - low) || Math.abs(high) || 1;
  return [low - room, high + room];
}

/** Round numbers within a range, at most five. @param {number} low @param {number} high */
export function ticks(low, high) {
  const rough = (high - low) / 4;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = ([1, 2, 5, 10].find((one) => one * power >= rough * (1 - 1e-9)) ?? 10) * power;
  const first = Math.ceil(low / step - 1e-9);
  return Array.from({length: Math.floor(high / step + 1e-9) - first + 1}, (_, i) => Number(((first + i) * step).toPrecision(6)));
}

export class Curve {
  constructor() {
    this.title = make("p", "title");
    this.drawing = svg("svg", {viewBox: `0 0 ${WIDTH} ${HEIGHT}`, role: "img"});
    this.element = make("div", "curve", this.title, this.drawing);
  }

  /**
   * @param {string} title @param {number[][]} rows  by step, then by run, as a reader sees them
   * @param {{steps: number, step: number, best: number | null}} at
   */
  show(title, rows, {steps, step, best}) {
    const reached = rows.length - 1;
    const all = rows.flat().filter(Number.isFinite);
    const [low, high] = range(best === null ? all : [...all, best]);
    const across = (/** @type {number} */ one) => LEFT + (one / steps) * (WIDTH - LEFT - RIGHT);
    const down = (/** @type {number} */ one) => TOP + ((high - one) / (high - low)) * (HEIGHT - TOP - BOTTOM);
    const parts = ticks(low, high).flatMap((one) => [
      svg("line", {class: "rule", x1: LEFT, x2: WIDTH - RIGHT, y1: down(one), y2: down(one)}),
      svg("text", {class: "muted end", x: LEFT - 6, y: down(one) + 4}, short(one)),
    ]);
    for (const one of ticks(0, steps)) parts.push(svg("text", {class: "muted middle", x: across(one), y: HEIGHT - 18}, String(one)));
    parts.push(svg("text", {class: "muted middle", x: (LEFT + WIDTH) / 2, y: HEIGHT - 3}, "step"));
    if (best !== null) {
      parts.push(svg("line", {class: "best", x1: LEFT, x2: WIDTH - RIGHT, y1: down(best), y2: down(best)}));
      const below = down(best) < TOP + 20;
      parts.push(svg("text", {class: "muted end", x: WIDTH - RIGHT, y: down(best) + (below ? 15 : -5)}, "best test example"));
    }
    for (let run = (rows[0]?.length ?? 0) - 1; run >= 0; run--) {
      const points = rows.map((row, i) => `${across(i).toFixed(1)},${down(row[run]).toFixed(1)}`);
      parts.push(svg("polyline", {class: run ? "run" : "run first", points: points.join(" ")}));
    }
    if (rows[step]) {
      parts.push(svg("line", {class: "axis", x1: across(step), x2: across(step), y1: TOP, y2: HEIGHT - BOTTOM}));
      parts.push(svg("circle", {class: "accent", cx: across(step), cy: down(rows[step][0]), r: 4}));
    }
    this.title.textContent = title;
    this.drawing.replaceChildren(...parts);
    const [from, to] = [rows[0][0], rows[reached][0]].map(short);
    this.drawing.setAttribute("aria-label", `${title}: ${from} at step 0, ${to} at step ${reached}${best === null ? "" : `; the best test example ${short(best)}`}.`);
  }
}
