/**
 * Runs graphs in the light engine: JSON in, JSON out, numbers as base64; used by pytest. With the argument
 * `plain`, as in a browser that has WebAssembly switched off.
 */
import {readFileSync} from "node:fs";

if (process.argv[2] === "plain") Reflect.deleteProperty(globalThis, "WebAssembly");
const {OPERATORS} = await import("../../templates/js/engine/operators.js");
const {Session} = await import("../../templates/js/engine/session.js");

/** @type {Record<string, any>} */
const KINDS = {float32: Float32Array, int64: BigInt64Array, int32: Int32Array, bool: Uint8Array};

/** @param {string} text */
const bytes = (text) => new Uint8Array(Buffer.from(text, "base64"));

/** @param {any} task */
async function answer({graph, weights, feeds}) {
  try {
    const outside = new Map(Object.entries(weights).map(([name, text]) => [name, bytes(/** @type {string} */ (text))]));
    const session = new Session(bytes(graph), outside);
    const given = Object.entries(feeds).map(([name, {shape, dtype, data}]) => [name, {shape, dtype, data: new KINDS[dtype](bytes(data).buffer)}]);
    const outputs = await session.run(Object.fromEntries(given));
    const made = Object.entries(outputs).map(([name, {shape, data}]) => {
      const dtype = Object.keys(KINDS).find((kind) => data instanceof KINDS[kind]);
      return [name, {shape, dtype, data: Buffer.from(data.buffer, data.byteOffset, data.byteLength).toString("base64")}];
    });
    return {outputs: Object.fromEntries(made), cost: session.cost, memory: session.memory};
  } catch (error) {
    // Anything but a RangeError is a bug, and shows its traceback.
    if (!(error instanceof RangeError)) throw error;
    return {error: error.message};
  }
}

const answers = [];
for (const task of JSON.parse(readFileSync(0, "utf8"))) answers.push(await answer(task));
process.stdout.write(JSON.stringify({answers, operators: [...OPERATORS.keys()].sort()}));
