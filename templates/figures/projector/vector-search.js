/**
 * What readers write: a search, the ends of an axis, pairs of a relation.
 *
 * @typedef {{hits: number[], wrong: string}} Found  wrong: why nothing could be searched
 */

/** @param {string[]} texts @param {string} text @param {boolean} pattern  a regular expression @returns {Found} */
export function search(texts, text, pattern) {
  const wanted = text.trim();
  if (!wanted) return {hits: [], wrong: ""};
  /** @type {(one: string) => boolean} */
  let fits;
  if (pattern) {
    try {
      const expression = new RegExp(wanted, "iu");
      fits = (one) => expression.test(one);
    } catch (error) {
      const said = error instanceof Error ? error.message.replace(/^.*: /, "") : "";
      return {hits: [], wrong: `This is no regular expression: ${said}.`};
    }
  } else {
    const lower = wanted.toLowerCase();
    fits = (one) => one.toLowerCase().includes(lower);
  }
  const hits = [];
  for (let i = 0; i < texts.length; i++) if (fits(texts[i])) hits.push(i);
  if (pattern) return {hits, wrong: ""};
  // What is called exactly so comes first, then what begins so.
  const lower = wanted.toLowerCase();
  const rank = (/** @type {number} */ i) => {
    const one = texts[i].toLowerCase();
    return one === lower ? 0 : one.startsWith(lower) ? 1 : 2;
  };
  return {hits: hits.sort((a, b) => rank(a) - rank(b) || a - b), wrong: ""};
}

/** Names between commas. @param {string} text */
export const listed = (text) => text.split(",").map((one) => one.trim()).filter(Boolean);

/**
 * "he, man > she, woman" as two sets of numbers.
 * @param {string} text @param {Map<string, number>} numbers
 * @returns {{low: number[], high: number[], missing: string[]}}
 */
export function ends(text, numbers) {
  const [low = "", high = ""] = text.split(">");
  const missing = /** @type {string[]} */ ([]);
  const known = (/** @type {string} */ side) => listed(side).flatMap((name) => {
    const found = numbers.get(name) ?? numbers.get(name.toLowerCase());
    if (found === undefined) missing.push(name);
    return found === undefined ? [] : [found];
  });
  return {low: known(low), high: known(high), missing};
}

/**
 * "man > woman, king > queen" as pairs of numbers.
 * @param {string} text @param {Map<string, number>} numbers
 * @returns {{pairs: [number, number][], missing: string[]}}
 */
export function pairsOf(text, numbers) {
  const missing = /** @type {string[]} */ ([]);
  const pairs = /** @type {[number, number][]} */ ([]);
  for (const pair of listed(text)) {
    const sides = pair.split(">").map((one) => one.trim());
    const found = sides.map((name) => numbers.get(name) ?? numbers.get(name.toLowerCase()));
    sides.forEach((name, i) => found[i] === undefined && missing.push(name));
    if (found.length === 2 && found[0] !== undefined && found[1] !== undefined && found[0] !== found[1]) pairs.push([found[0], found[1]]);
  }
  return {pairs, missing};
}
