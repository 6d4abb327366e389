/**
 * The captures nearest to what is shown, and their votes. Pure.
 *
 * @typedef {{at: number, distance: number, vote: number}} Neighbour  at: place among the captures
 */

/**
 * The k nearest by Euclid's distance of features, nearest first; a vote is 1 / distance, as a share of
 * all votes. One that lies exactly where the question is has all votes, shared with those beside it.
 * @param {Float32Array} rows  (count × size) @param {number} size @param {Float32Array} features @param {number} k
 * @returns {Neighbour[]}
 */
export function nearest(rows, size, features, k) {
  const count = rows.length / size;
  const all = Array.from({length: count}, (_, at) => {
    let sum = 0;
    for (let d = 0; d < size; d++) sum += (rows[at * size + d] - features[d]) ** 2;
    return {at, distance: Math.sqrt(sum), vote: 0};
  });
  const near = all.sort((a, b) => a.distance - b.distance || a.at - b.at).slice(0, k);
  const exact = near.filter(({distance}) => distance === 0).length;
  for (const one of near) one.vote = exact ? Number(one.distance === 0) : 1 / one.distance;
  const sum = near.reduce((total, {vote}) => total + vote, 0);
  for (const one of near) one.vote /= sum;
  return near;
}

/** Shares of classes. @param {Neighbour[]} near @param {ArrayLike<number>} labels @param {number} classes */
export function votes(near, labels, classes) {
  const out = Array(classes).fill(0);
  for (const {at, vote} of near) out[labels[at]] += vote;
  return out;
}
