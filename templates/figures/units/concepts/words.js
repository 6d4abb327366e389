/** What the figure says in words. */

/** 0.005 as "0.5%". @param {number} share */
export const percent = (share) => `${Number((100 * share).toPrecision(3))}%`;

/** @param {number} overlap */
export const iou = (overlap) => overlap.toFixed(2);

/** @param {number} count @param {string} one @param {string} [many] */
export const counted = (count, one, many = `${one}s`) => `${count} ${count === 1 ? one : many}`;

/**
 * @param {string} version @param {import("./overlap.js").Tally} tally
 */
export function summary(version, {labels, detectors, found}) {
  return `${version}: ${detectors} of ${counted(labels.length, "channel")} find ${counted(found.size, "concept")}`;
}
