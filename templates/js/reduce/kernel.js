/**
 * The push of t-SNE in WebAssembly with SIMD; a browser or a server that has none does without.
 *
 * @typedef {import("./push.js").Push} Push
 */
import {CODE} from "../../vendor/push.js";

/** So far away that the square of it, and no more, is still a float. */
const FAR = 1e18;

/** @type {WebAssembly.Module | null | undefined} */
let compiled;

function compile() {
  try {
    return new WebAssembly.Module(Uint8Array.from(CODE, (letter) => letter.charCodeAt(0)));
  } catch {
    return null;
  }
}

/** From so many points on floats do: before, a still shows what the page computes, digit for digit. */
export const MANY = 512;

/**
 * Error: rounding alone; from `MANY` points on about 1e-6 of the greatest push.
 * @param {number} count @returns {Push | null}
 */
export function kernel(count) {
  compiled ??= compile();
  if (!compiled) return null;
  const exact = count < MANY;
  const room = (count + 3) & ~3;
  const pages = Math.ceil(((exact ? 32 : 16) * room) / 65536);
  const memory = new WebAssembly.Memory({initial: pages, maximum: pages});
  const {push, pushExactly} = /** @type {Record<string, (room: number) => number>} */ (new WebAssembly.Instance(compiled, {env: {memory}}).exports);
  const numbers = exact ? new Float64Array(memory.buffer) : new Float32Array(memory.buffer);
  const pushes = new Float64Array(2 * count);
  // Each at a place of its own, lest they push one another.
  for (let i = count; i < room; i++) numbers[i] = numbers[room + i] = FAR * (i - count + 1);
  return {
    pushes,
    run(places) {
      for (let i = 0; i < count; i++) {
        numbers[i] = places[2 * i];
        numbers[room + i] = places[2 * i + 1];
      }
      // A point's w of itself is 1, also for those that only fill the room.
      const sum = (exact ? pushExactly : push)(room) - room;
      for (let i = 0; i < count; i++) {
        pushes[2 * i] = numbers[2 * room + i];
        pushes[2 * i + 1] = numbers[3 * room + i];
      }
      return sum;
    },
  };
}
