/** Loss in training and in testing, epoch by epoch, with the last ones as numbers. */
import {make} from "../../js/make.js";
import {grouped, percent, short} from "./words.js";

const SVG = "http://www.w3.org/2000/svg";
const [WIDTH, HEIGHT] = [300, 84];

/** @param {string} name */
function line(name) {
  const element = document.createElementNS(SVG, "polyline");
  element.setAttribute("class", name);
  return element;
}

/**
 * @param {[number, number, number][]} curve @param {1 | 2} which @param {number} end  epoch at the right edge
 * @param {number} most  loss at the upper edge
 */
export function polyline(curve, which, end, most) {
  return curve
    .map((point) => {
      const x = (point[0] / Math.max(1, end)) * WIDTH;
      const y = HEIGHT - 2 - (Math.min(point[which], most) / most) * (HEIGHT - 4);
      return `${x.toFixed(1)},${y.toFixed(1)}`;
    })
    .join(" ");
}

export class Losses {
  /** @param {(epoch: number | null) => void} recall  look back to an epoch; null: to the present again */
  constructor(recall) {
    this.test = line("test");
    this.train = line("train");
    this.drawing = document.createElementNS(SVG, "svg");
    this.drawing.setAttribute("viewBox", `0 0 ${WIDTH} ${HEIGHT}`);
    this.drawing.setAttribute("preserveAspectRatio", "none");
    this.drawing.setAttribute("role", "img");
    this.drawing.append(this.test, this.train);
    this.cells = Object.fromEntries(["train", "test"].map((name) => [name, [make("td", ""), make("td", "")]]));
    this.shares = make("th", "", "right");
    const head = make("tr", "", make("td", ""), make("th", "", "loss"), this.shares);
    const rows = [["train", "Train"], ["test", "Test"]].map(([name, words]) =>
      make("tr", name, make("th", "", make("span", "stroke"), words), ...this.cells[name]),
    );
    for (const cell of head.querySelectorAll("th")) cell.scope = "col";
    for (const row of rows) /** @type {HTMLTableCellElement} */ (row.firstElementChild).scope = "row";
    const table = make("table", "numbers", make("thead", "", head), make("tbody", "", ...rows));
    this.back = make("input", "range");
    Object.assign(this.back, {type: "range", min: "0", max: "0", step: "1", value: "0"});
    this.back.setAttribute("aria-label", "Look back to epoch");
    this.back.dataset.control = "history";
    this.back.addEventListener("input", () => recall(this.back.valueAsNumber < Number(this.back.max) ? this.back.valueAsNumber : null));
    const back = make("label", "dial", make("span", "", "Look back"), this.back);
    this.element = make("div", "losses", table, this.drawing, back);
    this.element.dataset.control = "losses";
  }

  /** An earlier epoch is shown; which answers were right then, nobody kept. @param {number} epoch @param {number[]} losses */
  past(epoch, losses) {
    this.back.setAttribute("aria-valuetext", grouped(epoch));
    Object.values(this.cells).forEach(([loss, right], i) => {
      loss.textContent = short(losses[i]);
      right.textContent = "–";
    });
  }

  /** @param {import("./worker.js").Report} report @param {boolean} classes  whether answers are right or wrong */
  show({train, test, curve, epoch}, classes) {
    this.shares.hidden = !classes;
    this.back.max = String(epoch);
    this.back.value = this.back.max;
    this.back.setAttribute("aria-valuetext", `${grouped(epoch)}, the present`);
    for (const [name, {loss, right}] of Object.entries({train, test})) {
      this.cells[name][0].textContent = short(loss);
      this.cells[name][1].textContent = percent(right);
      this.cells[name][1].hidden = !classes;
    }
    const shown = /** @type {[number, number, number][]} */ ([...curve]);
    if (Number.isFinite(train.loss)) shown.push([epoch, train.loss, test.loss]);
    const most = shown.reduce((high, point) => Math.max(high, point[1], point[2]), 1e-6);
    this.train.setAttribute("points", polyline(shown, 1, epoch, most));
    this.test.setAttribute("points", polyline(shown, 2, epoch, most));
    this.drawing.setAttribute(
      "aria-label",
      `Loss over ${grouped(epoch)} epochs: in training from ${short(shown[0]?.[1] ?? NaN)} to ${short(train.loss)}, ` +
        `in testing from ${short(shown[0]?.[2] ?? NaN)} to ${short(test.loss)}`,
    );
  }
}
