/**
 * What the figure knows of each layer, fetched when a reader first asks for it.
 *
 * @typedef {import("../../js/types.js").Mounting} Mounting
 * @typedef {import("../../js/types.js").Tensors} Tensors
 * @typedef {import("./opened.js").Unit} Unit
 * @typedef {{layer: any, objective: import("./words.js").Objective, numbers: Tensors, sheet: Atlas, pictures: Atlas}} Loaded
 */
import {Atlas} from "./atlas.js";
import {TOGETHER, called} from "./words.js";

/** Row i of a table. @param {import("../../js/types.js").Tensor} tensor @param {number} i */
export function row({data, shape}, i) {
  const length = shape.slice(1).reduce((count, one) => count * one, 1);
  return Array.from(data.slice(i * length, (i + 1) * length), Number);
}

/**
 * Everything of one channel, cut out of its layer's tables; or of the layer as a whole, whose
 * examples stand in them after those of the channels.
 * @param {Loaded} loaded @param {Record<string, any>} values @param {number} channel
 * @returns {Unit}
 */
export function unitOf({layer, objective, numbers, sheet, pictures}, values, channel) {
  const together = objective === "layer";
  const pictured = values.steps.length + values.starts - 1;
  const [top, index, label, tile, box] = ["top", "index", "label", "tile", "box"].map((name) =>
    row(numbers[name], together ? layer.channels : channel),
  );
  return {
    name: together ? TOGETHER : called(channel, layer, values.outputs),
    layer: layer.name,
    objective,
    first: channel * pictured,
    steps: values.steps,
    values: row(numbers[objective], channel),
    sheet,
    pictures,
    whole: layer.size,
    all: layer.whole || together,
    examples: top.map((value, i) => ({
      value,
      index: index[i],
      tile: tile[i],
      label: values.classes[label[i]],
      box: /** @type {import("./atlas.js").Box} */ (box.slice(4 * i, 4 * i + 4)),
    })),
  };
}

/** All layers of the figure. */
export class Layers {
  /** @type {Map<string, Promise<Atlas>>} */
  #atlases = new Map();

  /** @param {Mounting} mounting */
  constructor(mounting) {
    this.mounting = mounting;
  }

  /** @param {number} place @param {number} objective @returns {Promise<Loaded>} */
  async load(place, objective) {
    const {values, arrays, more} = this.mounting;
    const layer = values.layers[place];
    const [numbers, sheet, pictures] = await Promise.all([
      layer.more ? more(layer.more) : arrays,
      this.#atlas(layer.sheets[objective]),
      this.#atlas(layer.examples),
    ]);
    return {layer, objective: layer.objectives[objective], numbers, sheet, pictures};
  }

  /** @param {import("./atlas.js").Cut} cut */
  #atlas(cut) {
    const known = this.#atlases.get(cut.image);
    if (known) return known;
    const made = this.mounting.images[cut.image].load().then((bitmap) => {
      const atlas = new Atlas(bitmap, cut);
      atlas.colour(this.mounting.page.palette());
      return atlas;
    });
    this.#atlases.set(cut.image, made);
    made.catch(() => this.#atlases.delete(cut.image));
    return made;
  }

  /** Another scheme: what has been loaded changes its colours. */
  async recolour() {
    for (const atlas of await Promise.all(this.#atlases.values())) {
      atlas.colour(this.mounting.page.palette());
    }
  }
}
