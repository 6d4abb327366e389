/**
 * Files of the site, each fetched once a page however many figures want it. A failed download is
 * forgotten, so that trying again tries again.
 */

import {Trouble} from "./trouble.js";

/** @type {Map<string, Promise<any>>} */
const shared = new Map();

/**
 * What `make` gives for this address, made once.
 * @template T
 * @param {string} url
 * @param {(url: string) => Promise<T>} make
 * @returns {Promise<T>}
 */
export function once(url, make) {
  const known = shared.get(url);
  if (known) return known;
  const promise = make(url);
  shared.set(url, promise);
  promise.catch(() => shared.delete(url));
  return promise;
}

/** What came of this address is of no use: trying again fetches it again. @param {string} url */
export const forget = (url) => shared.delete(url);

/** The response, or an error a reader understands. @param {string} url */
export async function request(url) {
  const name = url.split("/").at(-1);
  const response = await fetch(url).catch((/** @type {unknown} */ cause) => {
    const said = cause instanceof Error ? cause.message : cause;
    throw new Trouble("A file of this figure could not be fetched: there is no connection.", `${name}: ${said}`);
  });
  if (!response.ok) {
    const said = response.status === 404 ? "it is not there" : `the server answered ${response.status}`;
    throw new Trouble(`A file of this figure could not be fetched: ${said}.`, `${name}: ${response.status}`);
  }
  return url.endsWith(".packed") ? unpacked(response) : response;
}

/** What the build compressed itself. @param {Response} response */
const unpacked = (response) => new Response(response.body?.pipeThrough(new DecompressionStream("gzip")));

/**
 * All bytes of a file, telling how many have come.
 * @param {string} url
 * @param {(loaded: number) => void} progress
 * @returns {Promise<Uint8Array<ArrayBuffer>>}
 */
export async function bytes(url, progress) {
  const response = await request(url);
  if (!response.body) return new Uint8Array(await response.arrayBuffer());
  const chunks = [];
  let loaded = 0;
  for (const reader = response.body.getReader(); ; ) {
    const {done, value} = await reader.read().catch((/** @type {unknown} */ cause) => {
      throw new Trouble("A file of this figure did not arrive whole: the connection broke.", cause);
    });
    if (done) break;
    chunks.push(value);
    progress((loaded += value.byteLength));
  }
  const whole = new Uint8Array(loaded);
  let at = 0;
  for (const chunk of chunks) {
    whole.set(chunk, at);
    at += chunk.byteLength;
  }
  return whole;
}
