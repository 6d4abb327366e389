/**
 * Memory that products can be computed in by WebAssembly with SIMD. A browser that has it switched off, a
 * server that forbids it and one too old for SIMD do without: the same is then computed here.
 *
 * @typedef {(a: number, ra: number, ca: number, b: number, rb: number, c: number, rc: number, m: number,
 *   n: number, k: number) => void} Product  see templates/kernels/product.ts
 */
import {CODE} from "../../vendor/kernel.js";

/** @type {WebAssembly.Module | null | undefined} */
let compiled;
/** @type {WeakMap<ArrayBufferLike, Product>} */
const known = new WeakMap();

function compile() {
  try {
    return new WebAssembly.Module(Uint8Array.from(CODE, (letter) => letter.charCodeAt(0)));
  } catch {
    return null;
  }
}

/** So many bytes, within reach of the kernel where there is one. @param {number} bytes @returns {ArrayBuffer} */
export function memory(bytes) {
  compiled ??= compile();
  if (!compiled) return new ArrayBuffer(bytes);
  const pages = Math.ceil(bytes / 65536) + 1;
  const env = {memory: new WebAssembly.Memory({initial: pages, maximum: pages})};
  const {product} = new WebAssembly.Instance(compiled, {env}).exports;
  known.set(env.memory.buffer, /** @type {Product} */ (product));
  return env.memory.buffer;
}

/** The kernel for three matrices, if they lie in one memory that has one. @param {ArrayBufferLike} c @param {ArrayBufferLike} a @param {ArrayBufferLike} b */
export const kernel = (c, a, b) => (a === c && b === c ? known.get(c) : undefined);
