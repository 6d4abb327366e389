/**
 * The module worker that runs graphs: onnxruntime-web, WebAssembly, one thread. It answers
 * `start`, `provide`, `alter`, `open`, `run` and `close`, each message with a number that the answer repeats.
 *
 * @typedef {import("./types.js").Tensor} Tensor
 * @typedef {{url: string, weights: string | null, location?: string}} Source
 */
import {bytes} from "./download.js";
import {Trouble, told} from "./trouble.js";
import {replaced, widened} from "./widen.js";

/** @type {any} */
let ort;
/** By the graph's address and that of its weights. @type {Map<string, Promise<any>>} */
const sessions = new Map();
/** Weight files by address, shared by all graphs of a model. @type {Map<string, Uint8Array>} */
const weights = new Map();

const KINDS = /** @type {Record<string, any>} */ ({
  float32: Float32Array,
  float64: Float64Array,
  int64: BigInt64Array,
  int32: Int32Array,
  int16: Int16Array,
  int8: Int8Array,
  uint8: Uint8Array,
  bool: Uint8Array,
});

/** The smallest module there is: shows in an instant whether WebAssembly is allowed at all. */
const EMPTY = Uint8Array.of(0, 97, 115, 109, 1, 0, 0, 0);

/** An engine that does not run. @param {unknown} error */
function refusal(error) {
  const said = error instanceof Error ? error.message : String(error);
  const reason =
    typeof WebAssembly === "undefined"
      ? "this browser has WebAssembly switched off"
      : /content security policy|unsafe-eval|disallowed by embedder/i.test(said)
        ? "a security policy of this server forbids WebAssembly"
        : "its file may have arrived damaged";
  return new Trouble(`The engine that runs the network did not start: ${reason}.`, said);
}

/**
 * Fetch and start onnxruntime-web.
 * @param {import("./types.js").Site} site
 */
async function start(site) {
  try {
    new WebAssembly.Module(EMPTY);
  } catch (error) {
    throw refusal(error);
  }
  const tell = (/** @type {number} */ loaded) => postMessage({loaded});
  const library = import(site.ort).catch((cause) => {
    throw new Trouble("The engine that runs the network could not be loaded.", cause);
  });
  const [code, binary] = await Promise.all([library, bytes(site.wasm, tell)]);
  setUp(code, binary);
}

/** @param {any} library @param {Uint8Array<ArrayBuffer>} binary */
function setUp(library, binary) {
  library.env.wasm.numThreads = 1;
  library.env.wasm.wasmBinary = binary.buffer;
  library.env.logLevel = "error";
  ort = library;
}

/** @param {Source} source */
async function load({url, weights: file, location}) {
  const graph = await bytes(url, () => {});
  const externalData = file ? [{path: location, data: weights.get(file)}] : [];
  try {
    return await ort.InferenceSession.create(graph, {
      executionProviders: ["wasm"],
      externalData,
      logSeverityLevel: 3,
    });
  } catch (error) {
    const wasm = /wasm|WebAssembly|CompileError/i.test(String(error)) && sessions.size <= 1;
    if (wasm) throw Object.assign(refusal(error), {fatal: true});
    throw new Trouble("The network could not be opened: a file may have arrived damaged.", error);
  }
}

/** @param {Source} source */
function open(source) {
  const key = `${source.url} ${source.weights}`;
  const known = sessions.get(key);
  if (known) return known;
  const opening = load(source);
  sessions.set(key, opening);
  opening.catch(() => sessions.delete(key));
  return opening;
}

/** @param {{source: Source, feeds: Record<string, Tensor & {dtype: string}>}} message */
async function run({source, feeds}) {
  const session = await open(source);
  const inputs = Object.fromEntries(
    Object.entries(feeds).map(([name, {data, shape, dtype}]) => {
      const Kind = KINDS[dtype] ?? Float32Array;
      const right = data instanceof Kind ? data : Kind.from(data);
      return [name, new ort.Tensor(dtype, right, shape)];
    }),
  );
  const outputs = await session.run(inputs).catch((/** @type {unknown} */ cause) => {
    throw new Trouble("The engine could not compute an answer.", cause);
  });
  return Object.fromEntries(
    Object.entries(outputs).map(([name, tensor]) => [
      name,
      {data: tensor.data, shape: [...tensor.dims]},
    ]),
  );
}

/** Sessions whose key says so. @param {(key: string) => boolean} which */
async function release(which) {
  for (const [key, session] of sessions) {
    if (!which(key)) continue;
    sessions.delete(key);
    await (await session).release();
  }
}

/**
 * Weights at another address: a file that was provided, some of its tensors replaced. One such file
 * is kept for each that was provided.
 * @param {{url: string, address: string, tensors: Record<string, Float32Array>}} message
 */
async function alter({url, address, tensors}) {
  const file = weights.get(url);
  if (!file) throw new Error(`no weights at ${url}`);
  const other = (/** @type {string} */ name) => name.startsWith(`${url}#`) && name !== address;
  for (const name of weights.keys()) if (other(name)) weights.delete(name);
  await release((key) => other(key.slice(key.indexOf(" ") + 1)));
  weights.set(address, replaced(file, tensors));
}

/** @type {Record<string, (message: any) => Promise<any>>} */
const DEEDS = {
  start: ({site}) => start(site),
  provide: async ({url, data}) => void weights.set(url, widened(data)),
  alter,
  open: ({source}) => open(source).then(() => undefined),
  run,
  close: ({url}) => release((key) => key.startsWith(`${url} `)),
};

/** @param {any} value @returns {Transferable[]} */
function buffers(value) {
  const data = Object.values(value ?? {}).map((/** @type {any} */ tensor) => tensor.data.buffer);
  return [...new Set(data)];
}

addEventListener("message", async ({data: message}) => {
  const {call, deed} = message;
  try {
    const value = await DEEDS[deed](message);
    postMessage({call, value}, {transfer: buffers(value)});
  } catch (error) {
    const fatal = error instanceof Trouble && "fatal" in error;
    postMessage({call, error: {...told(error), fatal}});
  }
});
