/**
 * Beside the map of vectors: the chosen one with its neighbours, the pairs of a relation, or what was selected,
 * as tables and lists that can be read out.
 *
 * @typedef {import("./vector-points.js").VectorPoints} VectorPoints
 * @typedef {import("./vector-space.js").Neighbour} Neighbour
 */
import {button, make} from "../../js/make.js";
import {act} from "../../js/dials.js";
import {counted, far} from "./vector-words.js";

/** More rows than these are counted. */
const ROWS = 60;

/** @param {VectorPoints} points @param {number} i */
function about(points, i) {
  const list = make("dl", "known");
  for (const [name, value] of points.known(i)) list.append(make("dt", "", name), make("dd", "", value));
  return list;
}

/** @param {string} name @param {string} number @param {number} share  0…1 @param {(() => void) | null} then */
function bar(name, number, share, then) {
  const fill = make("span", "bar");
  fill.style.setProperty("--share", String(Math.max(0, Math.min(1, share))));
  const parts = [make("span", "name", name), make("span", "far", number), fill];
  if (!then) return make("li", "row", ...parts);
  const one = button("row", "", ...parts);
  one.addEventListener("click", then);
  return make("li", "", one);
}

/**
 * @param {object} shown
 * @param {VectorPoints} shown.points @param {number} shown.chosen @param {Neighbour[]} shown.near
 * @param {string} shown.metric @param {(i: number) => void} shown.choose @param {() => void} shown.alone
 */
export function chosenCard({points, chosen, near, metric, choose, alone}) {
  const head = make("p", "chosen-name", points.names[chosen]);
  if (!near.length) return [head, about(points, chosen), make("p", "quiet", `Fetching ${points.values.megabytes} MB of vectors …`)];
  const most = near[near.length - 1].distance || 1;
  const list = make("ol", "rows", ...near.map(({index, distance}) => bar(points.names[index], far(distance), distance / most, () => choose(index))));
  const words = `Nearest in all ${points.values.width} dimensions, by ${metric === "cosine" ? "cosine" : "Euclidean"} distance`;
  return [head, about(points, chosen), make("p", "what", words), list, act("isolate", "Show only its 50 nearest", alone)];
}

/** @param {VectorPoints} points @param {number[]} some @param {string} title @param {(i: number) => void} choose */
export function tableCard(points, some, title, choose) {
  const head = points.values.columns.slice(1);
  const body = make("tbody", "");
  for (const i of some.slice(0, ROWS)) {
    const one = button("link", "", points.names[i]);
    one.addEventListener("click", () => choose(i));
    const name = make("th", "", one);
    name.scope = "row";
    const cells = points.known(i).slice(0, head.length).map(([, value]) => make("td", "", value));
    body.append(make("tr", "", name, ...cells));
  }
  const titles = [points.values.columns[0], ...head].map((name) => {
    const cell = make("th", "", name);
    cell.scope = "col";
    return cell;
  });
  const table = make("table", "selected", make("caption", "what", title), make("thead", "", make("tr", "", ...titles)), body);
  const box = make("div", "scrolls", table);
  box.tabIndex = 0;
  box.setAttribute("role", "region");
  box.setAttribute("aria-label", title);
  const rest = some.length > ROWS ? [make("p", "quiet", `and ${counted(some.length - ROWS, "more")}`.replace(/s$/, ""))] : [];
  return [box, ...rest];
}

/** @param {[string, string][]} pairs @param {number[]} cosines @param {{name: string, distortion: number}[]} ways */
export function pairsCard(pairs, cosines, ways) {
  const list = make("ol", "rows", ...pairs.map(([a, b], i) => bar(`${a} → ${b}`, cosines[i].toFixed(2), cosines[i], null)));
  const table = make("ol", "rows ways", ...ways.map(({name, distortion}) => bar(name, distortion.toFixed(3), distortion, null)));
  return [
    make("p", "what", "How parallel each pair is to the others, in the space"), list,
    make("p", "what", "Distortion: how wrong each map is about that; 0 is true"), table,
  ];
}

/** @param {VectorPoints} points @param {(i: number) => void} choose */
export function invitation(points, choose) {
  const some = Array.from({length: 8}, (_, k) => Math.floor((k * k * points.count) / 80) + 40).filter((i) => i < points.count);
  const list = make("ol", "rows", ...some.map((i) => bar(points.names[i], "", 0, () => choose(i))));
  return [make("p", "quiet", "Point at a dot to see what it is. Click or tap to keep it and list its nearest neighbours, or search above."), make("p", "what", "Some to begin with"), list];
}
