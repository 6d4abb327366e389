/**
 * One unit's arithmetic at a place of the plane: inputs times weights, plus the bias, and what becomes of
 * the sum. Weights and the bias can be changed.
 *
 * @typedef {import("./network.js").Network} Network
 * @typedef {import("./diagram.js").Unit} Unit
 */
import {button, make} from "../../js/make.js";
import {formula, short, six} from "./words.js";

/** A number as a person may write it; null: it is none. @param {string} text */
export function written(text) {
  const plain = text.trim().replace("−", "-").replace(",", ".");
  const value = Number(plain);
  return plain === "" || !Number.isFinite(value) || Math.abs(value) > 1e6 ? null : Math.fround(value);
}

/**
 * Places of a unit's weights in the array of all, its bias last.
 * @param {Network} network @param {Unit} unit  layer 1 is the first that has weights
 */
export function places({blocks}, {layer, unit}) {
  const {inputs, weights, biases} = blocks[layer - 1];
  return [...Array.from({length: inputs}, (_, i) => weights + unit * inputs + i), biases + unit];
}

export class Inspector {
  /** @type {Unit | null} */
  #unit = null;
  /** @type {HTMLInputElement[]} */
  #fields = [];
  /** @type {HTMLElement[][]} */
  #cells = [];

  /** @param {{set: (place: number, value: number) => void, close: () => void, remove: () => void, say: (words: string) => void}} acts */
  constructor(acts) {
    this.acts = acts;
    this.title = make("p", "title");
    const close = button("button quiet close", "Close the numbers", "×");
    close.addEventListener("click", () => acts.close());
    this.head = make("div", "head", this.title, close);
    this.body = make("div", "sums");
    this.cost = make("span", "");
    const remove = button("button", "", "Remove this neuron");
    remove.addEventListener("click", () => acts.remove());
    this.worth = make("div", "worth", this.cost, remove);
    this.worth.dataset.control = "remove";
    this.hint = make("p", "hint", "Choose a neuron, or a line between two, to see its numbers and change them.");
    this.element = make("div", "inspector", this.hint);
    this.element.dataset.control = "weights";
    this.element.addEventListener("keydown", (event) => {
      if (event.key === "Escape" && this.#unit) acts.close();
    });
  }

  /**
   * @param {Unit | null} unit @param {string} name @param {string[]} from  names of what it is fed with
   * @param {Network} network
   */
  open(unit, name, from, network) {
    this.#unit = unit;
    if (!unit) return this.element.replaceChildren(this.hint);
    const where = places(network, unit);
    this.title.textContent = name;
    this.#cells = [];
    this.#fields = where.map((place, i) => this.#field(place, i < from.length ? `Weight from ${from[i]}` : "Bias"));
    const row = (/** @type {string} */ kind, /** @type {(Node | string)[]} */ ...cells) => {
      const made = cells.map((content, i) => make(i ? "td" : "th", "", content));
      made[0].setAttribute("scope", "row");
      this.#cells.push(made);
      return make("tr", kind, ...made);
    };
    const rows = from.map((words, i) => row("", words, "", this.#fields[i], ""));
    rows.push(row("bias", "bias", "", this.#fields[from.length], ""), row("sum", "sum", "", "", ""));
    this.result = make("p", "answer");
    const head = make("tr", "", ...["from", "value", "× weight", "="].map((words) => make("th", "", words)));
    for (const cell of head.children) cell.setAttribute("scope", "col");
    this.caption = make("caption", "");
    const table = make("table", "numbers", this.caption, make("thead", "", head), make("tbody", "", ...rows));
    this.worth.hidden = unit.layer === network.blocks.length;
    this.cost.textContent = "";
    this.body.replaceChildren(table, this.result, this.worth);
    this.element.replaceChildren(this.head, this.body);
  }

  /** @param {number} place @param {string} label */
  #field(place, label) {
    const field = make("input", "number");
    Object.assign(field, {type: "text", inputMode: "decimal", autocomplete: "off", spellcheck: false});
    field.setAttribute("aria-label", label);
    const take = () => {
      const value = written(field.value);
      field.setAttribute("aria-invalid", String(value === null));
      if (value === null) this.acts.say(`“${field.value}” is no number between minus and plus one million; the ${label.toLowerCase()} stays.`);
      else this.acts.set(place, value);
    };
    field.addEventListener("change", take);
    field.addEventListener("blur", () => field.setAttribute("aria-invalid", "false"));
    field.addEventListener("keydown", (event) => {
      const by = event.key === "ArrowUp" ? 1 : event.key === "ArrowDown" ? -1 : 0;
      const value = written(field.value);
      if (!by || value === null) return;
      event.preventDefault();
      const next = Math.fround(value + by * (event.shiftKey ? 1 : 0.1));
      field.value = six(next);
      this.acts.set(place, next);
    });
    return field;
  }

  /** What the open neuron is worth. @param {number | undefined} worth @param {number} loss  with it */
  weigh(worth, loss) {
    if (worth === undefined || this.worth.hidden) return;
    const words = `Without it the training loss would be ${short(loss + worth)} instead of ${short(loss)}.`;
    if (this.cost.textContent !== words) this.cost.textContent = words;
  }

  /** The field of one weight gets the focus. @param {number} at */
  edit(at) {
    this.#fields[at]?.focus();
    this.#fields[at]?.select();
  }

  /**
   * Numbers at a place of the plane. Those that are being written stay.
   * @param {Network} network  it has just run there @param {string} where
   */
  show(network, where) {
    const unit = this.#unit;
    if (!unit) return;
    const before = network.values[unit.layer - 1];
    const all = places(network, unit).map((place) => network.weights[place]);
    let sum = all[all.length - 1];
    all.forEach((weight, i) => {
      const cells = this.#cells[i];
      if (document.activeElement !== this.#fields[i]) this.#fields[i].value = six(weight);
      const product = i < before.length ? weight * before[i] : weight;
      if (i < before.length) {
        sum += product;
        cells[1].textContent = six(before[i]);
      }
      cells[3].textContent = six(product);
    });
    this.#cells[all.length][3].textContent = six(sum);
    const last = unit.layer === network.blocks.length;
    const name = last ? network.output : network.activation;
    const answer = network.values[unit.layer][unit.unit];
    if (this.caption) this.caption.textContent = `At ${where}`;
    this.result?.replaceChildren(`Answer: ${formula(name)} = `, make("strong", "", six(answer)));
  }
}
