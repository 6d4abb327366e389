/**
 * Runs a graph in the light engine's worker, as a page would, and takes the question back on the way, then
 * asks again: JSON in (graph), JSON out: what was answered to each. Used by pytest.
 */
import {readFileSync} from "node:fs";

const graph = new Uint8Array(Buffer.from(JSON.parse(readFileSync(0, "utf8")).graph, "base64"));
/** @type {(event: {data: any}) => void} */
let tell = () => {};
/** @type {Map<number, (answer: any) => void>} */
const waiting = new Map();
Object.assign(globalThis, {
  addEventListener: (/** @type {string} */ _, /** @type {typeof tell} */ then) => void (tell = then),
  postMessage: (/** @type {any} */ answer) => waiting.get(answer.call)?.(answer),
});
await import("../../templates/js/engine/worker.js");

/** @param {any} message @returns {Promise<any>} */
const ask = (message) =>
  new Promise((resolve) => {
    waiting.set(message.call, resolve);
    tell({data: message});
  });

const source = {url: "graph", weights: null};
const opened = await ask({call: 1, deed: "open", source, graph});
if (opened.error) throw new Error(opened.error.detail);
const feeds = {x: {data: new Float32Array(400 * 400).fill(1), shape: [400, 400], dtype: "float32"}};
const stopped = ask({call: 2, deed: "run", source, feeds});
setImmediate(() => tell({data: {deed: "stop", which: 2}}));
const whole = ask({call: 3, deed: "run", source, feeds});
const said = [await stopped, await whole].map(({error, value}) => error?.detail ?? Object.keys(value));
process.stdout.write(JSON.stringify(said));
