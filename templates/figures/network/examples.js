/**
 * Examples of the dataset as inputs and as thumbnails: a handful came along, the rest are cut from
 * one atlas that is fetched when it is first needed.
 *
 * @typedef {import("../../js/types.js").Tensors} Tensors
 * @typedef {import("../../js/types.js").ImageAsset} ImageAsset
 *
 * @typedef {object} Shelf
 * @property {number[]} indices  every example that can be shown, as the dataset numbers them
 * @property {number[]} picks    those that came along
 * @property {number[]} shape    channels, height, width
 * @property {[number, number]} range
 * @property {number} columns    examples side by side in the atlas
 */

/**
 * low + (high − low) · byte / 255: what the model is given.
 * @param {ArrayLike<number>} bytes @param {[number, number]} range
 */
export function fromBytes(bytes, [low, high]) {
  return Float32Array.from(bytes, (byte) => low + ((high - low) * byte) / 255);
}

/**
 * RGBA pixels of one example as the planes of the dataset.
 * @param {Uint8ClampedArray} rgba @param {number} channels
 */
export function planes(rgba, channels) {
  const area = rgba.length / 4;
  return Uint8Array.from({length: channels * area}, (_, i) => rgba[4 * (i % area) + Math.floor(i / area)]);
}

export class Examples {
  /** @type {CanvasRenderingContext2D | null} */
  #atlas = null;

  /** @param {Tensors} arrays @param {ImageAsset | undefined} image @param {Shelf} shelf */
  constructor(arrays, image, shelf) {
    this.pictures = arrays.pictures;
    this.image = image;
    this.shelf = shelf;
  }

  has(/** @type {number} */ index) {
    return this.shelf.picks.includes(index) || (this.image !== undefined && this.shelf.indices.includes(index));
  }

  /** Bytes of an example, planes one after the other. @param {number} index @returns {Promise<ArrayLike<number>>} */
  async bytes(index) {
    const {picks, shape} = this.shelf;
    const at = picks.indexOf(index);
    const size = shape.reduce((a, b) => a * b, 1);
    if (at >= 0) return this.pick(at);
    const atlas = await this.#open();
    const [channels, height, width] = shape;
    const place = this.shelf.indices.indexOf(index);
    const left = (place % this.shelf.columns) * width;
    const top = Math.floor(place / this.shelf.columns) * height;
    const bytes = planes(atlas.getImageData(left, top, width, height).data, channels);
    if (bytes.length !== size) throw new RangeError(`example ${index} lies outside the atlas`);
    return bytes;
  }

  /** Bytes of the example that came along at this place. @param {number} at */
  pick(at) {
    const size = this.pictures.data.length / this.pictures.shape[0];
    const bytes = this.pictures.data.subarray(at * size, (at + 1) * size);
    return /** @type {ArrayLike<number>} */ (/** @type {unknown} */ (bytes));
  }

  async #open() {
    if (this.#atlas) return this.#atlas;
    if (!this.image) throw new RangeError("the examples of this dataset are not pictures");
    const bitmap = await this.image.load();
    const canvas = document.createElement("canvas");
    [canvas.width, canvas.height] = [bitmap.width, bitmap.height];
    this.#atlas = canvas.getContext("2d", {willReadFrequently: true});
    if (!this.#atlas) throw new Error("This browser gives no canvas to draw on.");
    this.#atlas.drawImage(bitmap, 0, 0);
    return this.#atlas;
  }
}
