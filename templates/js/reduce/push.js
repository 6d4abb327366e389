/**
 * What all points of a t-SNE push one another, Σ_j w² (y_i − y_j) with w = 1 / (1 + |y_i − y_j|²), and the
 * sum of w over all ordered pairs: the one loop in which its time is spent.
 *
 * @typedef {{pushes: Float64Array, run: (places: Float64Array) => number}} Push
 */
import {kernel} from "./kernel.js";

/** By the kernel where it can run: three times as fast. @param {number} count @returns {Push} */
export const pushing = (count) => kernel(count) ?? plain(count);

/** In double precision, each pair once. @param {number} count @returns {Push} */
export function plain(count) {
  const pushes = new Float64Array(2 * count);
  return {
    pushes,
    run(places) {
      pushes.fill(0);
      let sum = 0;
      for (let i = 0; i < 2 * count; i += 2) {
        const a = places[i];
        const b = places[i + 1];
        let across = 0;
        let along = 0;
        for (let j = 0; j < i; j += 2) {
          const x = a - places[j];
          const y = b - places[j + 1];
          const w = 1 / (1 + x * x + y * y);
          sum += w;
          const right = w * w * x;
          const up = w * w * y;
          across += right;
          along += up;
          pushes[j] -= right;
          pushes[j + 1] -= up;
        }
        pushes[i] += across;
        pushes[i + 1] += along;
      }
      return 2 * sum;
    },
  };
}
