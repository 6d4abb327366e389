/** Which layer, which networks, how much of each channel's pixels, and which cards. */
import {make} from "../../../js/make.js";
import {segments} from "../controls.js";
import {iou, percent} from "./words.js";

/**
 * @typedef {import("../../../js/types.js").Mounting} Mounting
 * @typedef {import("./now.js").Now} Now
 */

/**
 * One of many, or of named groups of many.
 * @param {string} id @param {string} title @param {[string, [string, string][]][]} groups  name of the
 *   group, "" for none; then value and words of each @param {(value: string) => void} then
 */
function select(id, title, groups, then) {
  const label = make("label", "", title);
  label.htmlFor = id;
  const list = make("select", "select");
  list.id = id;
  for (const [name, options] of groups) {
    const made = options.map(([value, words]) => new Option(words, value));
    if (!name) list.append(...made);
    else {
      const group = document.createElement("optgroup");
      group.label = name;
      group.append(...made);
      list.append(group);
    }
  }
  list.addEventListener("change", () => then(list.value));
  return {element: make("div", "field", label, list), show: (/** @type {string} */ value) => (list.value = value)};
}

/**
 * @param {string} id @param {string} title @param {{min: number, max: number, step: number}} range
 * @param {(value: number) => void} then @param {() => void} done
 */
function slider(id, title, range, then, done) {
  const label = make("label", "", title);
  label.htmlFor = id;
  const input = make("input", "range");
  Object.assign(input, {type: "range", id, ...Object.fromEntries(Object.entries(range).map(([k, v]) => [k, String(v)]))});
  const output = make("output", "");
  output.htmlFor.add(id);
  input.addEventListener("input", () => then(input.valueAsNumber));
  input.addEventListener("change", done);
  return {
    element: make("div", "field", label, input, output),
    show(/** @type {number} */ value, /** @type {string} */ words) {
      input.value = String(value);
      input.setAttribute("aria-valuetext", words);
      output.textContent = words;
    },
  };
}

export class Controls {
  /** @param {Mounting} mounting @param {() => void} told  after a slider has been let go */
  constructor({name, values, state}, told) {
    const {layers, versions, shares, concepts} = values;
    const names = layers.map((/** @type {any} */ one) => one.name);
    this.values = values;
    this.layer = segments(`${name}-layer`, "Layer", names, (at) => state.set("layer", names[at]));
    /** @type {[string, string][]} */
    const networks = versions.map((/** @type {any} */ one) => [one.name, one.words]);
    this.version = select(`${name}-version`, "Network", [["", networks]], (value) => state.set("version", value));
    this.beside = select(`${name}-beside`, "beside", [["", [...networks, ["", "none"]]]], (value) => state.set("beside", value));
    this.share = slider(
      `${name}-share`, "Top pixels", {min: 0, max: shares.length - 1, step: 1},
      (at) => state.set("share", shares[at]), told,
    );
    this.least = slider(
      `${name}-least`, "Least IoU", {min: 0, max: 0.5, step: 0.01},
      (value) => state.set("least", Number(value.toFixed(2))), told,
    );
    this.sort = select(
      `${name}-sort`, "Order", [["", [["overlap", "by IoU"], ["concept", "by concept"], ["channel", "by channel"]]]],
      (value) => state.set("sort", value),
    );
    const categories = [...new Set(concepts.map((/** @type {any} */ one) => one.category))];
    this.find = select(
      `${name}-find`, "Show",
      [
        ["", [["", "all channels"]]],
        ...categories.map((category) => /** @type {[string, [string, string][]]} */ ([
          String(category),
          [
            [String(category), `any ${category}`],
            ...concepts
              .filter((/** @type {any} */ one) => one.category === category)
              .map((/** @type {any} */ one) => [`${category}/${one.name}`, one.name]),
          ],
        ])),
      ],
      (value) => state.set("find", value),
    );
    for (const part of /** @type {const} */ (["layer", "version", "beside", "share", "least", "sort", "find"])) {
      this[part].element.dataset.control = {version: "network", share: "top-pixels", least: "least-iou"}[/** @type {string} */ (part)] ?? part;
    }
    const first = [
      ...(layers.length > 1 ? [this.layer.element] : []),
      ...(versions.length > 1 ? [this.version.element, this.beside.element] : []),
      this.share.element,
      this.least.element,
    ];
    this.above = make("div", "controls", ...first);
    this.below = make("div", "controls", this.find.element, this.sort.element);
  }

  /** @param {Now} now */
  show(now) {
    const {shares, versions} = this.values;
    this.layer.show(now.layer);
    this.version.show(versions[now.version].name);
    this.beside.show(now.beside < 0 ? "" : versions[now.beside].name);
    this.share.show(now.share, percent(shares[now.share]));
    this.least.show(now.least, iou(now.least));
    this.sort.show(now.sort);
    this.find.show(now.find);
  }
}
