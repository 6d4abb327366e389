/**
 * What the workers that run graphs have in common: weights by address, sessions by graph, and questions
 * with numbers that the answers repeat. They are `start`, `provide`, `open`, `run`, `stop` and
 * `close`.
 *
 * @typedef {import("./types.js").Tensor} Tensor
 * @typedef {import("./types.js").Tensors} Tensors
 * @typedef {{url: string, weights: string | null, location?: string}} Source
 * @typedef {Record<string, Tensor & {dtype: string}>} Feeds
 *
 * @typedef {object} Session
 * @property {(feeds: Feeds, stopped: () => void) => Promise<Tensors>} run
 * @property {() => Promise<void> | void} release
 *
 * @typedef {object} Maker
 * @property {(site: import("./types.js").Site) => Promise<void> | void} start
 * @property {(graph: Uint8Array, weights: Uint8Array | undefined, location: string) => Promise<Session> | Session} open
 */
import {Trouble, told} from "./trouble.js";

/** Answer the page's questions with sessions of this maker. @param {Maker} maker */
export function host(maker) {
  /** By the graph's address and that of its weights. @type {Map<string, Session>} */
  const sessions = new Map();
  /** Weight files by address, shared by all graphs of a model. @type {Map<string, Uint8Array>} */
  const weights = new Map();
  /** Runs under way, and whether somebody still waits for them. @type {Map<number, boolean>} */
  const awaited = new Map();

  /** @param {{source: Source, graph: Uint8Array}} message */
  async function open({source, graph}) {
    const {url, weights: file, location = ""} = source;
    sessions.set(`${url} ${file}`, await maker.open(graph, file ? weights.get(file) : undefined, location));
  }

  /** @param {{call: number, source: Source, feeds: Feeds}} message */
  async function run({call, source, feeds}) {
    awaited.set(call, true);
    const stopped = () => {
      if (!awaited.get(call)) throw new DOMException("nobody waits for it", "AbortError");
    };
    try {
      const session = sessions.get(`${source.url} ${source.weights}`);
      if (!session) throw new Error(`${source.url} is not open`);
      return await session.run(feeds, stopped).catch((/** @type {unknown} */ cause) => {
        throw new Trouble("The engine could not compute an answer.", cause);
      });
    } finally {
      awaited.delete(call);
    }
  }

  /** Sessions whose key says so. @param {(key: string) => boolean} which */
  async function release(which) {
    for (const [key, session] of sessions) {
      if (!which(key)) continue;
      sessions.delete(key);
      await session.release();
    }
  }

  /**
   * Weights under an address. Of a file with some tensors replaced, `URL#NAME`, one is kept beside the
   * file itself.
   * @param {{url: string, data: Uint8Array}} message
   */
  async function provide({url, data}) {
    const [file, name] = url.split("#");
    const other = (/** @type {string} */ known) => known.startsWith(`${file}#`) && known !== url;
    if (name !== undefined) {
      for (const known of weights.keys()) if (other(known)) weights.delete(known);
      await release((key) => other(key.slice(key.indexOf(" ") + 1)));
    }
    weights.set(url, data);
  }

  /** @type {Record<string, (message: any) => Promise<any>>} */
  const deeds = {
    start: async ({site}) => maker.start(site),
    provide,
    open,
    run,
    stop: async ({which}) => void (awaited.has(which) && awaited.set(which, false)),
    close: ({url}) => release((key) => key.startsWith(`${url} `)),
  };

  addEventListener("message", async ({data: message}) => {
    const {call, deed} = message;
    try {
      const value = await deeds[deed](message);
      postMessage({call, value}, {transfer: buffers(value)});
    } catch (error) {
      const fatal = error instanceof Trouble && "fatal" in error;
      postMessage({call, error: {...told(error), fatal}});
    }
  });
}

/** @param {any} value @returns {Transferable[]} */
function buffers(value) {
  const data = Object.values(value ?? {}).map((/** @type {any} */ tensor) => tensor.data.buffer);
  return [...new Set(data)];
}
