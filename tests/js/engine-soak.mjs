/** Runs one graph again and again and says how many bytes are held on the way; used by pytest. */
import {readFileSync} from "node:fs";
import {parse} from "../../templates/js/engine/model.js";
import {Session} from "../../templates/js/engine/session.js";
import {count, empty, give, named} from "../../templates/js/engine/types.js";

const {graph, weights, turns} = JSON.parse(readFileSync(0, "utf8"));
const file = new Uint8Array(Buffer.from(graph, "base64"));
const outside = new Map([["weights.safetensors", new Uint8Array(Buffer.from(weights, "base64"))]]);
const session = new Session(file, outside);
const {inputs, constants} = parse(file, outside);
const feeds = Object.fromEntries(
  inputs.filter(({name}) => !constants.has(name)).map(({name, type, shape}) => [
    name,
    {shape, dtype: named(type), data: give(type, empty(type, count(shape)))},
  ]),
);
const held = [];
for (let turn = 1; turn <= turns; turn++) {
  await session.run(feeds);
  if (turn % (turns / 5)) continue;
  // One round of collecting leaves buffers to the next.
  for (let round = 0; round < 3; round++) globalThis.gc?.();
  const {heapUsed, arrayBuffers} = process.memoryUsage();
  held.push(heapUsed + arrayBuffers);
}
process.stdout.write(JSON.stringify(held));
