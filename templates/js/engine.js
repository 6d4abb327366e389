/** The module worker that runs graphs in onnxruntime-web: WebAssembly, one thread. */
import {bytes} from "./download.js";
import {host} from "./host.js";
import {Trouble} from "./trouble.js";

/** @type {any} */
let ort;
/** Whether a graph was opened: then the binary is sound. */
let sound = false;

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

/** @param {Uint8Array} graph @param {Uint8Array | undefined} weights @param {string} location @returns {Promise<import("./host.js").Session>} */
async function open(graph, weights, location) {
  try {
    const session = await ort.InferenceSession.create(graph, {
      executionProviders: ["wasm"],
      externalData: weights ? [{path: location, data: weights}] : [],
      logSeverityLevel: 3,
    });
    sound = true;
    return {run: (feeds) => run(session, feeds), release: () => session.release()};
  } catch (error) {
    const wasm = /wasm|WebAssembly|CompileError/i.test(String(error)) && !sound;
    if (wasm) throw Object.assign(refusal(error), {fatal: true});
    throw new Trouble("The network could not be opened: a file may have arrived damaged.", error);
  }
}

/** @param {any} session @param {import("./host.js").Feeds} feeds */
async function run(session, feeds) {
  const inputs = Object.fromEntries(
    Object.entries(feeds).map(([name, {data, shape, dtype}]) => {
      const Kind = KINDS[dtype] ?? Float32Array;
      const right = data instanceof Kind ? data : Kind.from(data);
      return [name, new ort.Tensor(dtype, right, shape)];
    }),
  );
  const outputs = await session.run(inputs);
  return Object.fromEntries(
    Object.entries(outputs).map(([name, tensor]) => [
      name,
      {data: tensor.data, shape: [...tensor.dims]},
    ]),
  );
}

host({start, open});
