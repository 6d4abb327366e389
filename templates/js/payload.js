/**
 * A figure's payload: one JSON file, and everything that it names, loaded at the right moment.
 *
 * @typedef {import("./types.js").PayloadCard} PayloadCard
 * @typedef {import("./types.js").Tensors} Tensors
 * @typedef {import("./types.js").ImageAsset} ImageAsset
 */
import {parseArrays} from "./arrays.js";
import {once, request} from "./download.js";
import {undamaged} from "./trouble.js";

/**
 * A file read once. A damaged one is forgotten like one that did not come, and asked for again.
 * @template T
 * @param {string} url @param {(response: Response) => Promise<T>} read @returns {Promise<T>}
 */
const file = (url, read) =>
  once(url, async (address) => {
    const response = await request(address);
    return undamaged(address, () => read(response));
  });

/** @param {string} url @returns {Promise<any>} */
export const json = (url) => file(url, (response) => response.json());

/** @param {string} url @returns {Promise<Tensors>} */
const tensors = (url) => file(url, async (response) => parseArrays(await response.arrayBuffer()));

/** Fetch arrays that will be asked for; what goes wrong is said then. @param {string} url */
export const fetchArrays = (url) => void tensors(url).catch(() => {});

/** @param {string} url @returns {Promise<ImageBitmap>} */
const bitmap = (url) => file(url, async (response) => createImageBitmap(await response.blob()));

/** Addresses in a listing are relative to it. @param {string} path @param {string} url  of the listing */
const at = (path, url) => new URL(path, url).href;

/** @param {Record<string, any> | undefined} parts @param {(part: any) => any} make */
const named = (parts, make) => Object.fromEntries(Object.entries(parts ?? {}).map(([name, part]) => [name, make(part)]));

/**
 * The parts of a payload that mount() receives, other than graphs.
 * Everything that the figure needs at once is loaded; `more`, images and charts wait for a call.
 * @param {string} url  of the payload's JSON file
 */
export async function loadPayload(url) {
  /** @type {PayloadCard} */
  const card = await json(url);
  return {
    name: card.name,
    alt: card.alt,
    values: card.values,
    arrays: card.arrays ? await tensors(at(card.arrays, url)) : {},
    /** @param {string} group @returns {Promise<Tensors>} */
    async more(group) {
      const part = card.more[group];
      if (!part) throw new RangeError(`there is no more of ${group} in ${card.name}`);
      return tensors(at(part.url, url));
    },
    images: /** @type {Record<string, ImageAsset>} */ (
      named(card.images, ({url: path, width, height}) => {
        const address = at(path, url);
        return {url: address, width, height, load: () => bitmap(address)};
      })
    ),
    charts: named(card.charts, (path) => ({url: at(path, url), load: () => json(at(path, url))})),
    graphs: /** @type {Record<string, import("./types.js").GraphCard>} */ (
      named(card.graphs, (graph) => ({
        ...graph,
        url: at(graph.url, url),
        weights: graph.weights ? at(graph.weights, url) : null,
      }))
    ),
  };
}
