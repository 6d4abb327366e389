/**
 * The test examples that a goal likes best, parted into facets by what the layer says of them. From the
 * mean picture of each facet a picture of its own climbs.
 *
 * @typedef {import("../../js/types.js").Mounting} Mounting
 * @typedef {import("../../js/types.js").Tensors} Tensors
 * @typedef {import("./asking.js").Now} Now
 * @typedef {{places: number[], mean: Float32Array}} Facet  places among the tests, nearest to the middle first
 */
import {putPixels} from "../../js/colour.js";
import {canvas} from "../../js/fields.js";
import {make, svg} from "../../js/make.js";
import {pictured} from "../../js/painting.js";
import {Tsne} from "../../js/reduce/tsne.js";
import {clusters} from "./kmeans.js";

/** Examples that are parted. */
export const TOP = 48;
const SHOWN = 6;
/** Of the t-SNE that lays them out. */
const STEPS = 500;

/** What each example is worth to a goal, by the layer's numbers. @param {Tensors} numbers @param {Pick<Now, "goal" | "unit" | "other" | "mix">} at */
export function worths(numbers, {goal, unit, other, mix}) {
  const {data, shape: [count, channels]} = numbers[goal === "unit" ? "most" : "mean"];
  const of = (/** @type {number} */ i, /** @type {number} */ one) => Number(data[i * channels + one]);
  return Array.from({length: count}, (_, i) => (other < 0 ? of(i, unit) : (1 - mix) * of(i, unit) + mix * of(i, other)));
}

/** Places of the greatest, the greatest first. @param {number[]} all @param {number} count */
export const greatest = (all, count) => all.map((_, i) => i).sort((a, b) => all[b] - all[a] || a - b).slice(0, count);

/** @param {import("../../js/types.js").Numbers} data @param {number} at @param {number} size */
const row = (data, at, size) => Array.from({length: size}, (_, i) => Number(data[at * size + i]));

/** Codes in two dimensions, neighbours near each other. @param {number[][]} codes @returns {Float64Array} */
export function laidOut(codes) {
  const count = codes.length;
  // Fewer points have no neighbourhoods that could be kept.
  if (count < 8) return Float64Array.from(codes.flatMap(([a = 0, b = 0]) => [a, b]));
  const points = {values: Float64Array.from(codes.flat()), count, width: codes[0].length};
  const map = new Tsne({points, seed: 0, perplexity: Math.min(10, count / 4), epsilon: 10, neighbours: 0, least: 0});
  for (let step = 0; step < STEPS; step++) map.step();
  return map.places;
}

export class Facets {
  /** @type {Map<string, Facet[]>} */
  #known = new Map();
  /** Every test picture, once it was asked for. @type {Uint8Array[] | null} */
  #pictures = null;

  /** @param {Mounting} mounting */
  constructor({values, more, images, page}) {
    this.values = values;
    this.more = more;
    this.images = images;
    this.page = page;
    this.title = make("p", "title");
    this.rows = make("ol", "facet-rows");
    this.map = svg("svg", {viewBox: "0 0 200 200", role: "img"});
    this.element = make("div", "facets", this.title, make("div", "parted", this.rows, this.map));
    this.element.hidden = true;
  }

  /** The tests' pictures, cut out of their atlas. @returns {Promise<Uint8Array[]>} */
  async pictures() {
    if (this.#pictures) return this.#pictures;
    const {faceted: {columns, count}, shape: [channels, height, width]} = this.values;
    const bitmap = await this.images["more-facets"].load();
    const whole = canvas();
    [whole.width, whole.height] = [bitmap.width, bitmap.height];
    const context = /** @type {CanvasRenderingContext2D} */ (whole.getContext("2d", {willReadFrequently: true}));
    context.drawImage(bitmap, 0, 0);
    this.#pictures = Array.from({length: count}, (_, i) => {
      const {data} = context.getImageData((i % columns) * width, Math.floor(i / columns) * height, width, height);
      const area = width * height;
      return Uint8Array.from({length: channels * area}, (__, at) => data[4 * (at % area) + (channels === 3 ? Math.floor(at / area) : 0)]);
    });
    return this.#pictures;
  }

  /** The facets of a goal; fewer than asked for where examples do not differ. @param {Now} at @returns {Promise<Facet[]>} */
  async of(at) {
    const name = JSON.stringify([at.layer, at.goal, at.unit, at.other, at.other < 0 ? 0 : at.mix, at.facets]);
    const known = this.#known.get(name);
    if (known) return known;
    const [numbers, pictures] = await Promise.all([this.more(`facets-${at.layer}`), this.pictures()]);
    const top = greatest(worths(numbers, at), TOP);
    const {data, shape: [, dims]} = numbers.codes;
    const found = clusters(top.map((one) => row(data, one, dims)), at.facets).map((own) => {
      const places = own.map((one) => top[one]);
      const mean = new Float32Array(pictures[0].length);
      for (const one of places) for (let i = 0; i < mean.length; i++) mean[i] += pictures[one][i] / 255 / places.length;
      return {places, mean};
    });
    this.#known.set(name, found);
    return found;
  }

  /** @param {Now} at @returns {Promise<number>} how many there are; 1: none are asked for */
  async show(at) {
    this.element.hidden = at.facets < 2;
    if (at.facets < 2) return 1;
    const [found, pictures, {codes}] = await Promise.all([this.of(at), this.pictures(), this.more(`facets-${at.layer}`)]);
    const {shape, faceted} = this.values;
    const palette = this.page.palette();
    const drawn = (/** @type {Uint8Array} */ bytes, /** @type {string} */ words) => {
      const picture = canvas();
      putPixels(picture, pictured(bytes, shape, palette), shape[2]);
      picture.setAttribute("aria-label", words);
      return picture;
    };
    const all = found.reduce((sum, {places}) => sum + places.length, 0);
    this.title.textContent = `The ${all} test examples that it answers most, in ${found.length} facets`;
    this.rows.replaceChildren(...found.map(({places, mean}, i) => {
      const middle = drawn(Uint8Array.from(mean, (share) => 255 * share + 0.5), `Mean of facet ${i + 1}`);
      const few = places.slice(0, SHOWN).map((one) => drawn(pictures[one], `Example ${faceted.index[one]}`));
      return make("li", "", make("p", "facet-name", make("strong", "", `Facet ${i + 1}`), ` ${this.#kinds(places)}`), make("div", "members", middle, ...few));
    }));
    this.#scatter(found, codes);
    return found.length;
  }

  /** How many of what. @param {number[]} places */
  #kinds(places) {
    const {faceted: {label}, classes} = this.values;
    if (!label.length) return `${places.length} examples`;
    /** @type {Map<number, number>} */
    const counts = new Map();
    for (const one of places) counts.set(label[one], (counts.get(label[one]) ?? 0) + 1);
    return [...counts].sort((a, b) => b[1] - a[1]).slice(0, 4).map(([one, count]) => `${count} × ${classes[one]}`).join(", ");
  }

  /** Codes laid out by t-SNE, each example as the number of its facet. @param {Facet[]} found @param {import("../../js/types.js").Tensor} codes */
  #scatter(found, {data, shape: [, dims]}) {
    const all = found.flatMap(({places}, facet) => places.map((one) => ({facet, code: row(data, one, dims)})));
    const places = laidOut(all.map(({code}) => code));
    const [across, down] = [0, 1].map((axis) => {
      const line = all.map((_, i) => places[2 * i + axis]);
      const [low, high] = [Math.min(...line), Math.max(...line)];
      return (/** @type {number} */ i) => (14 + (172 * (line[i] - low)) / (high - low || 1)).toFixed(1);
    });
    this.map.replaceChildren(...all.map(({facet}, i) => svg("text", {class: "middle", x: across(i), y: Number(down(i)) + 4}, String(facet + 1))));
    this.map.setAttribute("aria-label", `What the layer says of these examples, laid out by t-SNE; each stands as the number of its facet: ${found.map(({places: own}, i) => `${own.length} in facet ${i + 1}`).join(", ")}.`);
  }
}
