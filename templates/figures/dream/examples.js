/**
 * The test examples that a goal likes best, beside the pictures that were made for it.
 *
 * @typedef {import("../../js/types.js").Mounting} Mounting
 * @typedef {import("../../js/types.js").Palette} Palette
 * @typedef {import("../../js/types.js").Tensors} Tensors
 * @typedef {import("./asking.js").Now} Now
 * @typedef {{tile: number, index: number, value: number, label: number}} Best  label −1: it has none
 */
import {canvas} from "../../js/fields.js";
import {make} from "../../js/make.js";
import {short} from "../../js/numerals.js";
import {paint, pictured} from "../../js/painting.js";
import {called} from "./words.js";

/** Row of a goal's tables. @param {Tensors} numbers @param {string} goal @param {number} row @returns {Best[]} */
export function best(numbers, goal, row) {
  const value = numbers[`${goal}.value`];
  if (!value) return [];
  const count = value.shape[1];
  return Array.from({length: count}, (_, i) => ({
    tile: Number(numbers[`${goal}.tile`].data[row * count + i]),
    index: Number(numbers[`${goal}.index`].data[row * count + i]),
    value: Number(value.data[row * count + i]),
    label: Number(numbers[`${goal}.label`]?.data[row * count + i] ?? -1),
  }));
}

/** Those that stand beside a goal: of two at once, half of each. @param {Tensors} numbers @param {Now} at */
export function beside(numbers, at) {
  const one = best(numbers, at.goal, at.goal === "layer" ? 0 : at.unit);
  if (at.other < 0) return one;
  const half = Math.ceil(one.length / 2);
  return [...one.slice(0, half), ...best(numbers, at.goal, at.other).slice(0, half)];
}

export class Examples {
  /** @param {Mounting} mounting */
  constructor({values, images, page}) {
    this.values = values;
    this.images = images;
    this.page = page;
    this.title = make("p", "title");
    this.row = make("ul", "row");
    this.element = make("div", "beside", this.title, this.row);
  }

  /** @param {Now} at @param {Tensors} numbers */
  async show(at, numbers) {
    const layer = this.values.layers[at.layer];
    const all = beside(numbers, at);
    this.element.hidden = !all.length;
    if (!all.length) return;
    const bitmap = await this.images[layer.atlas.image].load();
    const palette = this.page.palette();
    const joined = at.other >= 0 ? `, ${[at.unit, at.other].map((one) => called(at.goal, layer, one)).join(", then ")}` : "";
    this.title.textContent = `Test examples it answers most${joined}`;
    this.row.replaceChildren(...all.map((one) => {
      const picture = canvas();
      cut(picture, bitmap, layer.atlas, one.tile, this.values.shape[0], palette);
      const name = this.values.classes[one.label] ?? `example ${one.index}`;
      picture.setAttribute("aria-label", `Example ${one.index}`);
      return make("li", "", picture, make("span", "worth", short(one.value)), make("span", "name", name));
    }));
  }
}

/** One picture of an atlas; what has no colours of its own as ink. @param {HTMLCanvasElement} picture @param {ImageBitmap} bitmap @param {{columns: number, size: number[]}} atlas @param {number} tile @param {number} channels @param {Palette} palette */
function cut(picture, bitmap, {columns, size: [width, height]}, tile, channels, palette) {
  [picture.width, picture.height] = [width, height];
  const context = /** @type {CanvasRenderingContext2D} */ (picture.getContext("2d", {willReadFrequently: true}));
  context.drawImage(bitmap, -(tile % columns) * width, -Math.floor(tile / columns) * height);
  if (channels === 3) return;
  const {data} = context.getImageData(0, 0, width, height);
  const ink = Uint8Array.from({length: width * height}, (_, k) => data[4 * k]);
  paint(picture, pictured(ink, [1, height, width], palette), null, {signed: false, opacity: 0, width}, palette);
}
