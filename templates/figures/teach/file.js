/**
 * Captures and classes as one file, in the safetensors format that NumPy can read too: `features`, small
 * `pictures`, `labels` and `takes`, and in the header what they belong to. Pure.
 *
 * @typedef {import("./taught.js").Taught} Taught
 * @typedef {{model: string, layer: string, mark: string, small: number[], size: number}} Origin
 *   which features: mark is a hash of the weights, small the shape of a capture's picture, size that of its features
 */
import {header, parseArrays} from "../../js/arrays.js";
import {FULL, LEAST, MOST, fresh} from "./taught.js";

const FORMAT = "explorable captures";
const VERSION = "1";
const TYPES = /** @type {[string, any][]} */ ([["F32", Float32Array], ["U8", Uint8Array], ["I32", Int32Array]]);

/** @param {Record<string, {data: Float32Array | Uint8Array | Int32Array, shape: number[]}>} tensors @param {Record<string, string>} about */
function packed(tensors, about) {
  /** @type {Record<string, any>} */
  const head = {__metadata__: about};
  let place = 0;
  for (const [name, {data, shape}] of Object.entries(tensors)) {
    const dtype = TYPES.find(([, Kind]) => data instanceof Kind)?.[0];
    head[name] = {dtype, shape, data_offsets: [place, (place += data.byteLength)]};
  }
  const words = new TextEncoder().encode(JSON.stringify(head));
  // Tensors begin at a multiple of eight, as readers that map them like it.
  const length = Math.ceil(words.length / 8) * 8;
  const file = new Uint8Array(8 + length + place).fill(32, 8, 8 + length);
  new DataView(file.buffer).setBigUint64(0, BigInt(length), true);
  file.set(words, 8);
  let at = 8 + length;
  for (const {data} of Object.values(tensors)) {
    file.set(new Uint8Array(data.buffer, data.byteOffset, data.byteLength), at);
    at += data.byteLength;
  }
  return file;
}

/** @param {Taught} taught @param {Origin} origin @returns {Uint8Array<ArrayBuffer>} */
export function written({classes, captures}, {model, layer, mark, small, size}) {
  const area = small.reduce((a, b) => a * b, 1);
  const count = captures.length;
  const features = new Float32Array(count * size);
  const pictures = new Uint8Array(count * area);
  captures.forEach((one, i) => {
    features.set(one.features, i * size);
    pictures.set(one.small, i * area);
  });
  const places = new Map(classes.map(({id}, i) => [id, i]));
  const about = {format: FORMAT, version: VERSION, model, layer, mark, classes: JSON.stringify(classes.map(({name, output}) => ({name, output})))};
  return packed({
    features: {data: features, shape: [count, size]},
    labels: {data: Int32Array.from(captures, ({of}) => places.get(of) ?? 0), shape: [count]},
    takes: {data: Int32Array.from(captures, ({take}) => take), shape: [count]},
    pictures: {data: pictures, shape: [count, ...small]},
  }, about);
}

/** @param {unknown} output @returns {import("./taught.js").Output} */
function outputOf(output) {
  const {sort = "none", word, picture} = /** @type {any} */ (output ?? {});
  if (sort === "word" && typeof word === "string") return {sort, word: word.slice(0, 80)};
  if (sort === "picture" && typeof picture === "string" && /^data:image\/(png|jpeg|webp|gif);base64,/.test(picture)) return {sort, picture};
  return {sort: sort === "sound" ? "sound" : "none"};
}

/** @param {string} text */
function classesOf(text) {
  /** @type {any} */
  const list = JSON.parse(text ?? "null");
  const sound = Array.isArray(list) && list.length >= LEAST && list.length <= MOST && list.every(({name}) => typeof name === "string");
  if (!sound) throw new RangeError("its classes cannot be read");
  return list.map(({name, output}) => ({id: fresh(), name: name.slice(0, 40), output: outputOf(output)}));
}

/**
 * What a file holds. `again`: its features are of another layer or other weights, but its pictures are
 * whole, so that features can be computed anew.
 * Raises: RangeError that says why it cannot be used.
 * @param {ArrayBuffer} buffer @param {Origin} origin @param {boolean} whole  whether small pictures are all of a picture
 * @returns {{taught: Taught, again: boolean}}
 */
export function read(buffer, {model, layer, mark, small, size}, whole) {
  const refused = (/** @type {string} */ why) => new RangeError(`This file cannot be opened: ${why}.`);
  try {
    const [{__metadata__: about}] = header(buffer);
    if (about?.format !== FORMAT) throw new RangeError("it holds no captures of such a figure");
    if (about.version !== VERSION) throw new RangeError(`it is of version ${about.version}, and this page reads ${VERSION}`);
    const {features, labels, takes, pictures} = parseArrays(buffer);
    const same = about.mark === mark && about.layer === layer && features.shape[1] === size;
    const pictured = pictures.shape.slice(1).join() === small.join();
    if (!pictured || (!same && !whole)) throw new RangeError(`it was saved from ${about.layer} of ${about.model}, and this page has ${layer} of ${model}`);
    const classes = classesOf(about.classes);
    const area = small.reduce((a, b) => a * b, 1);
    const count = labels.shape[0];
    if (count > MOST * FULL || [features, takes, pictures].some(({shape}) => shape[0] !== count)) throw new RangeError("its parts do not fit together");
    // Takes of a file are none of this page.
    /** @type {Map<number, number>} */
    const own = new Map();
    const take = (/** @type {number} */ old) => own.get(old) ?? own.set(old, fresh()).get(old);
    const captures = Array.from({length: count}, (_, i) => {
      const label = Number(labels.data[i]);
      if (!classes[label]) throw new RangeError("a capture belongs to no class");
      const row = same ? Float32Array.from(/** @type {any} */ (features.data).subarray(i * size, (i + 1) * size)) : new Float32Array(size);
      if (row.some((one) => !Number.isFinite(one))) throw new RangeError("its features are no finite numbers");
      return {id: fresh(), of: classes[label].id, take: /** @type {number} */ (take(Number(takes.data[i]))), features: row, small: Uint8Array.from(/** @type {any} */ (pictures.data).subarray(i * area, (i + 1) * area))};
    });
    return {taught: {classes, captures}, again: !same};
  } catch (error) {
    if (error instanceof RangeError) throw refused(error.message);
    if (error instanceof SyntaxError || error instanceof TypeError) throw refused("it is damaged or of another sort");
    throw error;
  }
}
