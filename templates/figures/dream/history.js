/**
 * States of a run, as the build kept them and as a climb has them now.
 *
 * @typedef {import("../../js/types.js").Tensors} Tensors
 * @typedef {import("./climb.js").Climb} Climb
 * @typedef {import("./frame.js").History} History
 */
import {likeness} from "./climb.js";

/** What the build has kept of the first run. @param {Tensors} arrays @param {Record<string, any>} values @returns {History} */
export function built({pictures, worths}, {kept, first: {alike}}) {
  const [runs, count] = pictures.shape;
  const size = pictures.data.length / runs / count;
  const bytes = /** @type {Uint8Array} */ (pictures.data);
  const steps = worths.shape[1];
  return {
    steps: kept,
    pictures: kept.map((/** @type {number} */ _, /** @type {number} */ k) =>
      Array.from({length: runs}, (__, run) => bytes.subarray((run * count + k) * size, (run * count + k + 1) * size))),
    worths: Array.from({length: steps}, (_, step) => Array.from({length: runs}, (__, run) => Number(worths.data[run * steps + step]))),
    alike,
  };
}

/** @param {Climb} climb @returns {History} */
export const present = ({steps, pictures, worths, textures}) => ({steps, pictures, worths, alike: likeness(textures)});
