/**
 * Alters graphs in many ways and opens and runs what is left: JSON in (graph, weights, feeds, count, seed),
 * JSON out: how often each thing was said, and how long the slowest took. Used by pytest.
 */
import {readFileSync} from "node:fs";
import {parse} from "../../templates/js/engine/model.js";
import {Session} from "../../templates/js/engine/session.js";
import {count as total, give, empty, named} from "../../templates/js/engine/types.js";

const {graph, weights, count, seed} = JSON.parse(readFileSync(0, "utf8"));
const whole = new Uint8Array(Buffer.from(graph, "base64"));
const outside = new Map([["weights.safetensors", new Uint8Array(Buffer.from(weights, "base64"))]]);

let state = seed;
/** A whole number below a limit, from a seeded generator. @param {number} limit */
const random = (limit) => (state = (state * 16807) % 2147483647) % limit;

/** One altered file: bytes changed, cut out, doubled, or all behind a place gone. */
function altered() {
  const at = random(whole.length);
  const size = 1 + random(8);
  const [before, after] = [whole.slice(0, at), whole.slice(Math.min(whole.length, at + size))];
  const way = random(12);
  if (way === 0) return before;
  if (way === 1) return Uint8Array.from([...before, ...after]);
  if (way === 2) return Uint8Array.from([...before, ...whole.slice(at, at + size), ...whole.slice(at)]);
  const copy = whole.slice();
  for (let left = 1 + random(3); left > 0; left--) {
    const place = random(copy.length);
    copy[place] = way < 6 ? random(256) : copy[place] ^ (1 << random(8));
  }
  return copy;
}

/** @type {Record<string, number>} */
const said = {};
let slowest = 0;
for (let turn = 0; turn < count; turn++) {
  const file = altered();
  const begun = performance.now();
  let words = "answered";
  try {
    const session = new Session(file, outside);
    const {inputs, constants} = parse(file, outside);
    const feeds = inputs.filter(({name}) => !constants.has(name)).map(({name, type, shape}) => {
      return [name, {shape, dtype: named(type), data: give(type, empty(type, total(shape)))}];
    });
    await session.run(Object.fromEntries(feeds));
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    words = error instanceof RangeError ? "refused" : `${error.name}: ${error.message} ${error.stack?.split("\n")[1]}`;
  }
  said[words] = (said[words] ?? 0) + 1;
  slowest = Math.max(slowest, performance.now() - begun);
}
process.stdout.write(JSON.stringify({said, slowest}));
