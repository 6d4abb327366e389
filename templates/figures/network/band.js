/**
 * The layers one above the other, each a name and its tiles; what the pointer or a key reaches.
 *
 * @typedef {import("../../js/types.js").Tensors} Tensors
 * @typedef {import("../../js/types.js").Palette} Palette
 * @typedef {import("./windows.js").Layer} Layer
 * @typedef {import("./cursor.js").Place} Place
 * @typedef {import("./sheet.js").Look} Look
 *
 * @typedef {object} Row  a drawn layer
 * @property {Layer} layer
 * @property {string} title
 * @property {number} limit
 * @property {Look} look
 */
import {rough} from "./numbers.js";
import {corner, tiling} from "./layout.js";
import {Sheet} from "./sheet.js";
import {sizes} from "./windows.js";

/** @param {string} tag @param {string} name @param {(Node | string)[]} children */
function make(tag, name, ...children) {
  const element = document.createElement(tag);
  element.className = name;
  element.append(...children);
  return element;
}

/** "6 × 24 × 24" @param {number[]} shape */
export const dimensions = (shape) => (shape.length === 1 ? `${shape[0]} units` : shape.join(" × "));

/** One layer on the page. */
export class Band {
  /** @param {Row} row @param {[number, number]} range  of the input */
  constructor(row, range) {
    this.row = row;
    const {layer, title, limit, look} = row;
    const canvas = document.createElement("canvas");
    canvas.setAttribute("role", "img");
    canvas.setAttribute("aria-label", `${title}: ${dimensions(layer.shape)}`);
    const scale = look === "signed" ? [make("span", "scale", `±${rough(limit)}`)] : [];
    this.sheet = new Sheet(canvas, {shape: layer.shape, look, limit, range});
    this.tiles = Array.from({length: this.sheet.count}, (_, i) => this.#tile(i));
    this.heading = make("p", "title", make("b", "", title), make("span", "words", layer.words), make("span", "shape", dimensions(layer.shape)), ...scale);
    this.face = make("div", "face", canvas, ...this.tiles);
    this.element = make("div", "band", this.heading, this.face);
    this.element.setAttribute("role", "group");
    this.element.setAttribute("aria-label", title);
    this.element.dataset.layer = layer.name;
  }

  #tile(/** @type {number} */ channel) {
    const button = document.createElement("button");
    const {title, layer, look} = this.row;
    const what = layer.shape.length === 1 ? "unit" : "channel";
    button.type = "button";
    button.className = "tile";
    button.tabIndex = -1;
    button.dataset.channel = String(channel);
    button.setAttribute("aria-label", look === "colour" ? `${title} in colours` : `${title}, ${what} ${channel}`);
    return button;
  }

  /** @param {number} room */
  fit(room) {
    // A picture in colours is one tile, whatever its number of channels.
    const [, ...size] = this.row.layer.shape;
    const shape = this.row.look === "colour" ? [1, ...size] : this.row.layer.shape;
    const tiles = tiling(shape, room);
    this.sheet.fit(tiles);
    this.tiles.forEach((tile, i) => {
      const [left, top] = corner(tiles, i);
      Object.assign(tile.style, {
        left: `${left}px`,
        top: `${top}px`,
        width: `${tiles.width}px`,
        height: `${tiles.height}px`,
      });
    });
  }

  /** @param {Tensors | null} activations @param {Palette} palette */
  draw(activations, palette) {
    this.sheet.draw(activations?.[this.row.layer.name]?.data ?? null, palette);
  }

  /** The unit under a pointer. @param {MouseEvent} event @returns {Place | null} */
  under({offsetX, offsetY, target}) {
    const {layer, look} = this.row;
    if (!(target instanceof HTMLElement) || !target.classList.contains("tile")) return null;
    const {height, width} = sizes(layer.shape);
    const share = (/** @type {number} */ at, /** @type {number} */ length, /** @type {number} */ count) =>
      Math.min(count - 1, Math.max(0, Math.floor((at / length) * count)));
    return {
      layer: layer.name,
      channel: look === "colour" ? 0 : Number(target.dataset.channel),
      // Offsets are the tile's own, so that they hold in a turned view as well.
      row: share(offsetY, target.offsetHeight, height),
      column: share(offsetX, target.offsetWidth, width),
    };
  }

  /** What keys need to know. @returns {import("./cursor.js").Row} */
  get grid() {
    const {name, shape} = this.row.layer;
    return {name, ...sizes(shape), channels: this.sheet.count, columns: this.sheet.tiles.columns};
  }
}
