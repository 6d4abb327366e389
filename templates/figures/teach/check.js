/**
 * How captures that were kept back are read, by both methods, as tables of counts.
 *
 * @typedef {import("./learner.js").Learner} Learner
 */
import {make} from "../../js/make.js";
import {METHODS} from "./learner.js";
import {TITLES, right} from "./words.js";

/** @param {string} title @param {string[]} names @param {number[][]} counts */
function table(title, names, counts) {
  const head = make("tr", "", make("td", ""), ...names.map((name) => Object.assign(make("th", "", name), {scope: "col"})));
  const rows = counts.map((row, i) => {
    const cells = row.map((count, j) => make("td", i === j ? "right" : count ? "wrong" : "", String(count)));
    return make("tr", "", Object.assign(make("th", "", names[i]), {scope: "row"}), ...cells);
  });
  const {all, right: good} = right(counts);
  return make("table", "confusion", make("caption", "", `${title}: ${good} of ${all} right`), make("thead", "", head), make("tbody", "", ...rows));
}

export class Check {
  constructor() {
    this.note = make("p", "note");
    this.tables = make("div", "tables");
    this.tables.tabIndex = 0;
    this.tables.setAttribute("role", "group");
    this.tables.setAttribute("aria-label", "How kept-back captures are read");
    this.element = make("div", "check", this.note, this.tables);
  }

  /** @param {string[]} names @param {Learner} learner */
  show(names, learner) {
    const any = learner.ready && learner.test.ids.length > 0;
    this.tables.hidden = !any;
    this.note.textContent = any
      ? "Rows: the class that a capture was recorded for. Columns: what it is read as. None of these captures was learned from."
      : "No captures are kept back yet: of five of a class one is, or the last of several takes.";
    if (any) this.tables.replaceChildren(...METHODS.map((method) => table(TITLES[method], names, learner.confusion(method))));
  }
}
