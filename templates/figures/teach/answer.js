/**
 * What the machine answers: a bar of each method for every class, what the answer triggers, and the captures
 * that decided.
 *
 * @typedef {import("./taught.js").Taught} Taught
 * @typedef {import("./taught.js").Capture} Capture
 * @typedef {import("./learner.js").Method} Method
 * @typedef {import("./learner.js").Share} Share
 */
import {button, make} from "../../js/make.js";
import {percent, short} from "../../js/numerals.js";
import {ranking} from "../../js/probabilities.js";
import {METHODS} from "./learner.js";
import {TITLES} from "./words.js";

/** Captures that are shown as decisive. */
const FEW = 6;

export class Answer {
  /** @type {string} */
  #decided = "";
  /** @type {HTMLElement[][]} */
  #rows = [];
  #names = "";

  /** @param {(method: Method) => void} choose @param {(canvas: HTMLCanvasElement, small: Uint8Array) => void} paint */
  constructor(choose, paint) {
    this.paint = paint;
    this.verdict = make("p", "verdict");
    this.methods = METHODS.map((method) => {
      const made = button("button", "", make("span", `key ${method}`), TITLES[method]);
      made.addEventListener("click", () => choose(method));
      return made;
    });
    const methods = make("div", "methods", ...this.methods);
    methods.setAttribute("role", "group");
    methods.setAttribute("aria-label", "Whose answer counts");
    methods.dataset.control = "method";
    this.bars = make("div", "bars");
    this.bars.setAttribute("role", "img");
    this.reward = make("div", "reward");
    this.why = make("p", "why");
    this.decisive = make("ol", "decisive");
    this.element = make("div", "answers", make("p", "title", "It answers"), this.verdict, this.bars, methods, this.reward);
    this.element.setAttribute("role", "group");
    this.element.setAttribute("aria-label", "What the machine answers");
    this.deciding = make("div", "deciding", this.why, this.decisive);
    this.deciding.setAttribute("role", "group");
    this.deciding.setAttribute("aria-label", "Captures that decided");
  }

  /**
   * @param {string[]} names @param {Record<Method, number[] | null>} shares @param {Method} method @param {string} words
   */
  show(names, shares, method, words) {
    this.verdict.textContent = words;
    METHODS.forEach((one, i) => this.methods[i].setAttribute("aria-pressed", String(one === method)));
    this.#build(names);
    const own = shares[method];
    const first = own ? ranking(own)[0] : -1;
    this.#rows.forEach((row, k) => {
      row[0].classList.toggle("answer", k === first);
      METHODS.forEach((one, i) => {
        const share = shares[one]?.[k] ?? 0;
        const [fill, said] = row.slice(1 + 2 * i);
        fill.style.setProperty("--share", String(share));
        said.textContent = shares[one] ? percent(share) : "–";
      });
    });
    const told = names.map((name, k) => `${name}: ${METHODS.map((one) => `${shares[one] ? percent(shares[one][k]) : "nothing"} by ${TITLES[one].toLowerCase()}`).join(", ")}`);
    this.bars.setAttribute("aria-label", told.join("; "));
    return first;
  }

  /** @param {string[]} names */
  #build(names) {
    if (this.#names === names.join("\n") && this.#rows.length === names.length) return;
    this.#names = names.join("\n");
    this.#rows = [];
    this.bars.replaceChildren(...names.map((name, k) => {
      const parts = METHODS.map((method) => {
        const fill = make("span", `fill ${method}`);
        return [make("span", "track", fill), fill, make("span", "share", "")];
      });
      const row = make("div", "bar", make("span", "called", name), ...parts.flatMap(([track, , said]) => [track, said]));
      row.style.setProperty("--class", `var(--category-${k})`);
      this.#rows.push([row, ...parts.flatMap(([, fill, said]) => [fill, said])]);
      return row;
    }));
  }

  /** @param {Share[]} shares @param {Taught} taught @param {Method} method @param {string[]} pair  names of first and second answer */
  decide(shares, {captures, classes}, method, pair) {
    const some = shares.slice(0, FEW);
    const words = `${method} ${pair} ${some.map(({id, share}) => `${id}:${short(share)}`)}`;
    if (words === this.#decided) return;
    this.#decided = words;
    const head = `What these captures add to the lead of ${pair[0]} over ${pair[1]}:`;
    this.why.textContent = !some.length ? "" : method === "head" ? head : "Votes of the captures that are most alike:";
    const by = new Map(captures.map((one) => [one.id, one]));
    this.decisive.replaceChildren(...some.flatMap(({id, share}) => {
      const capture = by.get(id);
      const place = classes.findIndex((one) => one.id === capture?.of);
      if (!capture || place < 0) return [];
      const picture = make("canvas", "pixels");
      this.paint(picture, capture.small);
      picture.setAttribute("role", "img");
      picture.setAttribute("aria-label", `A capture of ${classes[place].name}`);
      const said = method === "head" ? `${share > 0 ? "+" : ""}${short(share)}` : percent(share);
      const item = make("li", "", picture, make("span", "of", classes[place].name), make("span", "share", said));
      item.style.setProperty("--class", `var(--category-${place})`);
      return [item];
    }));
  }

  redraw() {
    this.#decided = "";
  }
}
