/** Where a reader gives rows of his own: pasted, dropped, or from a file. Nothing of them leaves the page. */
import {act} from "../../js/dials.js";
import {make} from "../../js/make.js";
import {LONGEST, MOST_GROUPS, Refused, read} from "./own.js";
import {dimensions, grouped} from "./words.js";

export class OwnPanel {
  /** @param {(own: import("./own.js").Own) => void} give @param {AbortSignal} signal */
  constructor(give, signal) {
    this.give = give;
    this.rows = make("textarea", "rows");
    Object.assign(this.rows, {rows: 5, spellcheck: false, placeholder: "width, height, depth, name\n1.5, 2, 0.3, apple\n1.2, 2.1, 0.4, apple\n4, 0.5, 3, pear"});
    const file = make("input", "file");
    Object.assign(file, {type: "file", accept: ".csv,.tsv,.txt,text/csv,text/plain,text/tab-separated-values"});
    file.addEventListener("change", () => void this.#open(file.files?.[0]));
    this.said = make("p", "hint");
    this.said.setAttribute("role", "status");
    const use = act("rows", "Use these rows", () => this.use(this.rows.value));
    const pasted = make("label", "dial", make("span", "", "Rows of numbers, one point a line, and if you like a name"), this.rows);
    const opened = make("label", "dial", make("span", "", "or a CSV or TSV file, which can also be dropped here"), file);
    this.element = make("div", "own", pasted, use, opened, this.said);
    this.element.hidden = true;
    this.element.dataset.control = "own";
    this.element.addEventListener("dragover", (event) => event.preventDefault(), {signal});
    this.element.addEventListener("drop", (event) => {
      event.preventDefault();
      void this.#open(event.dataTransfer?.files[0]);
    }, {signal});
  }

  /** @param {File | undefined} file */
  async #open(file) {
    if (!file) return;
    if (file.size > LONGEST) this.said.textContent = `This file has ${Math.round(file.size / 1e6)} MB; at most ${LONGEST / 1e6} MB are read.`;
    else this.use(await file.text());
  }

  /** @param {string} text */
  use(text) {
    try {
      const own = read(text);
      const {rows: {count, width}, groups, notes} = own;
      const shown = groups.slice(0, MOST_GROUPS).join(", ");
      this.said.textContent = [`${grouped(count)} points of ${dimensions(width)}${shown ? `, in groups: ${shown}` : ""}.`, ...notes].join(" ");
      this.give(own);
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      this.said.textContent = error.message;
    }
  }
}
