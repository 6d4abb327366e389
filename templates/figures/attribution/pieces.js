/**
 * LIME's superpixels over the picture, to switch off, split and merge: whoever switches one off sees
 * whether the fitted line foretold the answer.
 *
 * @typedef {{title: string, weights: number[] | null, whole: number}} Line  null: not known yet
 * @typedef {{score: number, share: number | null}} Told  of the target
 *
 * @typedef {object} Shown
 * @property {Int32Array} labels
 * @property {Uint8ClampedArray} picture  as it is asked about
 * @property {Set<number>} off
 * @property {string} cuts
 * @property {Line[]} lines
 * @property {import("../../js/types.js").Palette} palette
 */
import {canvas} from "../../js/fields.js";
import {button, make, svg} from "../../js/make.js";
import {percent, short} from "../../js/numerals.js";
import {paint} from "../../js/painting.js";
import {borders, pieces, towards} from "./superpixels.js";
import {where} from "./words.js";

/** @type {Record<string, [title: string, hint: string]>} */
const TOOLS = {
  switch: ["Switch off", "Click a superpixel, or press Enter on it, to take it out of the picture. Did the line foretell the score?"],
  split: ["Split", "Click a superpixel, or press Enter on it, to cut it in two. The line is fitted anew."],
  merge: ["Merge", "Click two superpixels, or press Enter on them, to make them one. The line is fitted anew."],
};

export class Pieces {
  /** @type {Int32Array | null} */
  #labels = null;
  /** @type {ReturnType<typeof pieces>} */
  #pieces = [];
  /** @type {Element[]} */
  #paths = [];
  #off = new Set();
  #cuts = "";
  #tool = "switch";
  /** The first of two to be merged; −1: none. */
  #held = -1;

  /**
   * @param {string} id @param {Record<string, any>} values
   * @param {(state: "off" | "cuts", value: string) => void} set @param {AbortSignal} signal
   */
  constructor(id, values, set, signal) {
    this.values = values;
    this.set = set;
    const [, height, width] = values.shape;
    this.canvas = canvas();
    this.canvas.setAttribute("aria-label", "The picture with what is switched off");
    this.lines = [svg("path", {class: "halo"}), svg("path", {class: "line"})];
    this.ring = svg("path", {class: "ring"});
    this.group = svg("g", {});
    this.hatch = `${id}-off`;
    const pattern = svg("pattern", {id: this.hatch, width: 2, height: 2, patternUnits: "userSpaceOnUse", patternTransform: `rotate(45) scale(${width / 48})`});
    pattern.append(svg("rect", {class: "back", width: 2, height: 2}), svg("rect", {class: "stripe", width: 0.7, height: 2}));
    this.drawing = svg("svg", {viewBox: `0 0 ${width} ${height}`, role: "group", "aria-label": "Superpixels. Arrow keys go from one to the next."});
    this.drawing.append(pattern, this.group, ...this.lines, this.ring);
    this.hint = make("p", "hint");
    this.table = make("table", "");
    this.undo = button("button", "", "Undo the last cut");
    this.whole = button("button", "", "Switch all on");
    this.element = this.#build(id);
    this.element.hidden = true;
    this.#listen(signal);
    this.#choose("switch");
  }

  /** @param {string} id */
  #build(id) {
    const tools = make("fieldset", "segmented");
    tools.setAttribute("aria-label", "What a click does");
    for (const [name, [title]] of Object.entries(TOOLS)) {
      const input = make("input", "");
      Object.assign(input, {type: "radio", name: `${id}-tool`, value: name, checked: name === "switch"});
      input.addEventListener("change", () => this.#choose(name));
      tools.append(make("label", "", input, title));
    }
    const element = make("div", "pieces",
      make("p", "title", "Superpixels of LIME"),
      make("div", "view", this.canvas, this.drawing),
      make("div", "test", tools, this.hint, this.table, make("div", "row", this.whole, this.undo)));
    element.dataset.control = "superpixels";
    element.setAttribute("role", "group");
    element.setAttribute("aria-label", "Superpixels of LIME");
    return element;
  }

  #listen(/** @type {AbortSignal} */ signal) {
    this.undo.addEventListener("click", () => this.set("cuts", this.#cuts.split(",").slice(0, -1).join(",")), {signal});
    this.whole.addEventListener("click", () => this.set("off", ""), {signal});
    const at = (/** @type {Event} */ {target}) => this.#paths.indexOf(/** @type {Element} */ (target));
    this.drawing.addEventListener("click", (event) => at(event) >= 0 && this.#act(at(event)), {signal});
    this.drawing.addEventListener("focusin", (event) => this.#stop(at(event)), {signal});
    this.drawing.addEventListener("focusout", () => this.ring.removeAttribute("d"), {signal});
    this.drawing.addEventListener("keydown", (event) => {
      const {key, altKey, ctrlKey, metaKey} = /** @type {KeyboardEvent} */ (event);
      if (altKey || ctrlKey || metaKey || at(event) < 0) return;
      const next = towards(this.#pieces, at(event), key);
      if (key === "Enter" || key === " ") this.#act(at(event));
      else if (next >= 0) /** @type {HTMLElement} */ (this.#paths[next]).focus();
      else if (!key.startsWith("Arrow")) return;
      event.preventDefault();
    }, {signal});
  }

  /** @param {string} tool */
  #choose(tool) {
    this.#tool = tool;
    this.#hold(-1);
    this.hint.textContent = TOOLS[tool][1];
  }

  /** @param {number} at */
  #hold(at) {
    this.#held = at;
    this.#paths.forEach((path, i) => path.classList.toggle("held", i === at));
  }

  /** The one that Tab comes back to. @param {number} at */
  #stop(at) {
    if (at < 0) return;
    this.#paths.forEach((path, i) => path.setAttribute("tabindex", i === at ? "0" : "-1"));
    this.ring.setAttribute("d", this.#pieces[at].edge);
  }

  /** @param {number} at */
  #act(at) {
    const {pixel} = this.#pieces[at];
    const cuts = this.#cuts ? this.#cuts.split(",") : [];
    if (this.#tool === "switch") {
      const off = this.#pieces.filter((_, i) => this.#off.has(i) !== (i === at)).map((one) => one.pixel);
      this.set("off", off.join(","));
    } else if (this.#tool === "split") {
      this.set("cuts", [...cuts, `s${pixel}`].join(","));
    } else if (this.#held < 0 || this.#held === at) {
      this.#hold(this.#held === at ? -1 : at);
    } else {
      const first = this.#pieces[this.#held].pixel;
      this.#hold(-1);
      this.set("cuts", [...cuts, `m${first}-${pixel}`].join(","));
    }
  }

  hide() {
    this.element.hidden = true;
  }

  /** @param {Shown} shown */
  show({labels, picture, off, cuts, lines, palette}) {
    const [, height, width] = this.values.shape;
    this.element.hidden = false;
    this.#off = off;
    this.#cuts = cuts;
    if (labels !== this.#labels) this.#draw(labels);
    paint(this.canvas, picture, null, {signed: false, opacity: 0, width}, palette);
    const {weights = null} = lines[0] ?? {};
    this.#paths.forEach((path, i) => {
      const {x, y} = this.#pieces[i];
      const adds = weights ? `, adds ${short(weights[i])}` : "";
      const said = `Superpixel ${i + 1} of ${this.#paths.length}, ${where(Math.floor(y) * width + Math.floor(x), width, height)}${adds}`;
      path.classList.toggle("off", off.has(i));
      path.setAttribute("aria-pressed", String(off.has(i)));
      path.setAttribute("aria-label", `${said}, switched ${off.has(i) ? "off" : "on"}`);
      path.setAttribute("fill", off.has(i) ? `url(#${this.hatch})` : "transparent");
      const title = path.firstElementChild;
      if (title) title.textContent = said;
    });
    this.whole.disabled = !off.size;
    this.undo.disabled = !cuts;
  }

  /** New superpixels; the focus stays where it was in the picture. @param {Int32Array} labels */
  #draw(labels) {
    const width = this.values.shape[2];
    const held = this.#paths.findIndex((path) => path === document.activeElement);
    const before = held < 0 ? null : this.#pieces[held].pixel;
    this.#labels = labels;
    this.#pieces = pieces(labels, width);
    this.#paths = this.#pieces.map(({path}) => {
      const made = svg("path", {class: "piece", d: path, role: "button", tabindex: -1});
      made.append(svg("title", {}));
      return made;
    });
    this.group.replaceChildren(...this.#paths);
    for (const line of this.lines) line.setAttribute("d", borders(labels, width));
    this.#held = -1;
    this.ring.removeAttribute("d");
    this.#paths[0].setAttribute("tabindex", "0");
    if (before !== null) /** @type {HTMLElement} */ (this.#paths[labels[before]]).focus();
  }

  /** What the network answers, and what the lines foretold. @param {Told} whole @param {Told | null} now  null: not known yet @param {Line[]} lines */
  tell(whole, now, lines) {
    const asked = (/** @type {Told | null} */ one) => (one ? [short(one.score), one.share === null ? "" : percent(one.share)] : ["…", "…"]);
    const count = this.#off.size;
    /** @type {string[][]} */
    const rows = [["Network, whole picture", ...asked(whole)]];
    if (count) rows.push([`Network, ${count} off`, ...asked(now)]);
    for (const {title, weights, whole: all} of lines) {
      const sum = weights ? [...this.#off].reduce((left, k) => left - weights[k], all) : null;
      rows.push([`${title}: the line ${count ? "foretold" : "says"}`, sum === null ? "…" : short(sum), ""]);
    }
    const shares = whole.share !== null;
    const head = make("tr", "", ...["", "Score", ...(shares ? ["Probability"] : [])].map((words) => make(words ? "th" : "td", "", words)));
    this.table.replaceChildren(head, ...rows.map(([name, score, share]) =>
      make("tr", "", make("th", "", name), make("td", "", score), ...(shares ? [make("td", "", share)] : []))));
    return rows.slice(1).map(([name, score]) => `${name} ${score}`).join("; ");
  }
}
