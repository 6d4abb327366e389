/** The network's verdict: a bar for each class, and the first and second guess in words. */
import {ranking} from "../../js/probabilities.js";
import {percent, share as printed} from "./numbers.js";

/** More classes than this are shown by the likeliest alone. */
const MOST = 12;

/**
 * @param {string} tag @param {string} name @param {Node[]} children
 */
function make(tag, name, ...children) {
  const element = document.createElement(tag);
  element.className = name;
  element.append(...children);
  return element;
}

/** First and second guess as a sentence. @param {number[]} shares @param {string[]} names */
export function verdict(shares, names) {
  const [first, second] = ranking(shares);
  const rest = second === undefined ? "" : `, then ${names[second]} (${percent(shares[second])})`;
  return `${names[first]} (${percent(shares[first])})${rest}`;
}

/** Write only what changes: this runs while the reader draws. @param {Text} text @param {string} words */
function write(text, words) {
  if (text.data !== words) text.data = words;
}

export class Bars {
  /** @param {HTMLElement} element @param {string[]} names */
  constructor(element, names) {
    this.names = names;
    this.first = new Text();
    this.second = new Text();
    this.list = make("ol", "bars");
    this.rows = names.slice(0, MOST).map((name) => {
      const row = {name: new Text(name), bar: make("span", "bar"), share: new Text()};
      const rail = make("span", "rail", row.bar);
      this.list.append(make("li", "", make("span", "name", row.name), rail, make("span", "share", row.share)));
      return row;
    });
    const lead = make("span", "lead", new Text("First guess"));
    const long = names.some((name) => name.length > 3);
    const words = make("p", long ? "verdict long" : "verdict", lead, make("strong", "first", this.first), make("span", "second", this.second));
    for (const part of [words, this.list]) part.dataset.control = "guesses";
    element.append(words, this.list);
    this.show(null);
  }

  /** @param {number[] | null} shares  null: nothing is shown to the network */
  show(shares) {
    this.list.classList.toggle("idle", !shares);
    const order = shares ? ranking(shares) : this.names.map((_, i) => i);
    write(this.first, shares ? this.names[order[0]] : "–");
    write(this.second, shares ? this.#rest(shares, order) : "Nothing drawn yet");
    const listed = this.names.length > MOST ? order.slice(0, MOST) : this.names.map((_, i) => i);
    listed.forEach((index, i) => {
      const {name, bar, share} = this.rows[i];
      write(name, this.names[index]);
      write(share, shares ? printed(shares[index]) : "–");
      bar.style.transform = `scaleX(${(shares?.[index] ?? 0).toFixed(3)})`;
      bar.classList.toggle("most", shares !== null && index === order[0]);
    });
  }

  /** @param {number[]} shares @param {number[]} order */
  #rest(shares, [first, second]) {
    const then = second === undefined ? "" : `, then ${this.names[second]} (${percent(shares[second])})`;
    return percent(shares[first]) + then;
  }
}
