/**
 * The frozen network: pictures in, features out. Everything that the figure may need later, the copy of
 * the engine for a file included, comes with it, so that nothing is fetched after that.
 *
 * @typedef {import("../../js/types.js").Mounting} Mounting
 */
import {once, request} from "../../js/download.js";

/** What comes without being asked for, in bytes. */
const LITTLE = 1_000_000;
/** onnxruntime-web, compressed. */
const LARGE_ENGINE = 3_700_000;
/** The exported page's script, a bundle of its own. */
const ALONE = new URL("./alone.js", import.meta.url).href;

export class Net {
  /** @type {Promise<void> | null} */
  #coming = null;
  ready = false;

  /** @param {Pick<Mounting, "graphs" | "values">} mounting */
  constructor({graphs, values}) {
    this.graph = graphs.features;
    this.values = values;
  }

  /** Bytes that have to come. */
  get bytes() {
    return this.graph.loads + (this.graph.engine === "ort" ? LARGE_ENGINE : 0);
  }

  /** Whether the reader is asked first. */
  get large() {
    return this.bytes > LITTLE;
  }

  /** Fetch network and engine, once. */
  load() {
    this.#coming ??= this.#load().catch((error) => {
      this.#coming = null;
      throw error;
    });
    return this.#coming;
  }

  async #load() {
    await this.graph.warm();
    await this.parts();
    this.ready = true;
  }

  /** What an exported page is made of; in memory since `load`. */
  async parts() {
    const script = once(`file ${ALONE}`, async () => new Uint8Array(await (await request(ALONE)).arrayBuffer()));
    const [engine, page] = await Promise.all([this.graph.engineFiles(), script]);
    return {engine, script: page};
  }

  /** Features of a picture; null: a newer one took its place. @param {Float32Array} shares @param {boolean} [latest] */
  async features(shares, latest = false) {
    const [low, high] = this.values.range;
    const input = shares.map((share) => low + (high - low) * share);
    const found = await this.graph.run({input}, {latest});
    return found && /** @type {Float32Array} */ (found.features.data);
  }
}
