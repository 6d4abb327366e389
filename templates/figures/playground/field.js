/**
 * What every unit answers over the plane, and those answers as colours.
 *
 * @typedef {import("./network.js").Network} Network
 * @typedef {import("../../js/types.js").Palette} Palette
 */
import {channels, divergingPixels, extent} from "../../js/colour.js";
import {REACH} from "./data.js";
import {INPUTS, chosen, features} from "./inputs.js";

/** Places along one side of the plane, and how many do while a large network trains. */
export const SIDE = 61;
const COARSE = 31;
/** Pixels along the side of the large map. */
export const WIDE = 241;

/** Inputs over the plane, row by row from the highest. @param {import("./inputs.js").Input[]} inputs @param {number} side */
function over(inputs, side) {
  const along = (/** @type {number} */ i) => -REACH + (2 * REACH * i) / (side - 1);
  const places = Array.from({length: side * side}, (_, i) => i);
  return features(inputs, places.map((i) => along(i % side)), places.map((i) => -along(Math.floor(i / side))));
}

/** Every input over the plane, by name. @type {Map<string, Float32Array>} */
export const PLANES = new Map(INPUTS.map((input) => [input.name, over([input], SIDE)]));

/** Answers of every unit of a network; the first list is that of the hidden layer next to the inputs. */
export class Field {
  #asked = "";
  #features = new Float32Array();
  /** By layer and unit. @type {Float32Array[][]} */
  units = [];

  /** @param {Network} network @param {string[]} names  of its inputs @param {boolean} coarse */
  fill(network, names, coarse) {
    const side = coarse ? COARSE : SIDE;
    const sizes = network.sizes.slice(1);
    const asked = `${names} ${sizes} ${side}`;
    if (this.#asked !== asked) {
      this.#asked = asked;
      this.#features = over(chosen(names), side);
      this.units = sizes.map((size) => Array.from({length: size}, () => new Float32Array(side * side)));
    }
    for (let place = 0; place < side * side; place++) {
      network.run(this.#features, place * names.length);
      for (let layer = 0; layer < sizes.length; layer++) {
        const values = network.values[layer + 1];
        for (let unit = 0; unit < values.length; unit++) this.units[layer][unit][place] = values[unit];
      }
    }
  }
}

/** The number that has the strongest colour. @param {Float32Array} values @param {boolean} bounded */
export const limit = (values, bounded) => (bounded ? 1 : Math.max(1, extent(values)));

/**
 * Between the places of a field, straight lines.
 * Shape: (side × side) to (WIDE × WIDE).
 * @param {Float32Array} values
 */
export function fine(values) {
  const out = new Float32Array(WIDE * WIDE);
  const side = Math.sqrt(values.length);
  const step = (WIDE - 1) / (side - 1);
  for (let row = 0, at = 0; row < WIDE; row++) {
    const top = Math.min(side - 2, Math.floor(row / step));
    const down = row / step - top;
    for (let column = 0; column < WIDE; column++, at++) {
      const left = Math.min(side - 2, Math.floor(column / step));
      const right = column / step - left;
      const first = top * side + left;
      const upper = values[first] + right * (values[first + 1] - values[first]);
      const lower = values[first + side] + right * (values[first + side + 1] - values[first + side]);
      out[at] = upper + down * (lower - upper);
    }
  }
  return out;
}

/** Where a scale's end lies in the palette's: dark enough, and points can be seen on it. */
const END = 0.6;

/** Signed answers as pixels; `sharp` leaves two colours. @param {Float32Array} values @param {number} most @param {Palette} palette @param {boolean} sharp */
export function signed(values, most, palette, sharp) {
  const shown = sharp ? values.map((value) => (value > 0 ? 0.8 * most : -0.8 * most)) : values;
  return divergingPixels(shown, most / END, palette);
}

/** Colour of a class. @param {number} index @param {Palette} palette */
export const classColour = (index, palette) => palette.categories[index % palette.categories.length];

/**
 * Probabilities of classes as pixels: each class adds its colour, from the paper's at an even guess.
 * @param {Float32Array[]} shares  of some of the classes @param {number[]} classes  which @param {Palette} palette
 * @param {boolean} sharp  the likeliest alone
 */
export function mixed(shares, classes, palette, sharp) {
  const [zero, ...colours] = [palette.zero, ...classes.map((index) => classColour(index, palette))].map(channels);
  const out = new Uint8ClampedArray(shares[0].length * 4);
  for (let at = 0; at < shares[0].length; at++) {
    let likeliest = 0;
    for (let i = 1; i < shares.length; i++) if (shares[i][at] > shares[likeliest][at]) likeliest = i;
    for (let channel = 0; channel < 3; channel++) {
      let value = zero[channel];
      for (let i = 0; i < shares.length; i++) {
        const share = sharp ? Number(i === likeliest) : shares[i][at] ** 2;
        value += 0.75 * share * (colours[i][channel] - zero[channel]);
      }
      out[4 * at + channel] = value;
    }
    out[4 * at + 3] = 255;
  }
  return out;
}
