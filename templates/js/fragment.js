/**
 * The part of the address after "#": `anchor` or `anchor~key=value&key=value`.
 *
 * It never reaches a server. Values keep their type: `12` is a number, `true` a boolean, and a text
 * that would read as either is written with an apostrophe in front. What cannot be read is skipped,
 * since readers edit addresses and mail programs break them.
 *
 * @typedef {import("./types.js").Value} Value
 */

/** Longer fragments lose their last entries: chat programs cut addresses near this length. */
export const LONGEST = 2000;

const NUMBER = /^-?\d+(\.\d+)?(e[+-]?\d+)?$/;
const KEY = /^[\w.:-]{1,80}$/;

/** @param {string} text @returns {Exclude<Value, null>} */
export function readValue(text) {
  if (NUMBER.test(text) && Number.isFinite(Number(text))) return Number(text);
  if (text === "true" || text === "false") return text === "true";
  return text.startsWith("'") ? text.slice(1) : text;
}

/** @param {Exclude<Value, null>} value */
export function writeValue(value) {
  if (typeof value !== "string") return String(value);
  return readValue(value) === value ? value : `'${value}`;
}

/** Percent-encode, but leave what fragments may hold and people like to read. @param {string} text */
function encode(text) {
  return encodeURIComponent(text).replace(/%(2F|3A|2C|24|3B|40)/g, decodeURIComponent);
}

/** @param {string} text @returns {string | null} */
function decode(text) {
  try {
    return decodeURIComponent(text);
  } catch (error) {
    if (error instanceof URIError) return null;
    throw error;
  }
}

/**
 * @param {string} hash  with or without "#"
 * @returns {{anchor: string, entries: Map<string, Exclude<Value, null>>}}
 */
export function parseFragment(hash) {
  const text = hash.replace(/^#/, "");
  const cut = text.indexOf("~");
  const anchor = decode(cut < 0 ? text : text.slice(0, cut)) ?? "";
  /** @type {Map<string, Exclude<Value, null>>} */
  const entries = new Map();
  if (cut < 0 || text.length > 2 * LONGEST) return {anchor, entries};
  for (const pair of text.slice(cut + 1).split("&")) {
    const equals = pair.indexOf("=");
    const key = equals < 0 ? null : decode(pair.slice(0, equals));
    const value = equals < 0 ? null : decode(pair.slice(equals + 1));
    if (key !== null && value !== null && KEY.test(key)) entries.set(key, readValue(value));
  }
  return {anchor, entries};
}

/**
 * The fragment for an anchor and entries, "" or "#…", never longer than LONGEST.
 * @param {string} anchor
 * @param {Iterable<[string, Exclude<Value, null>]>} entries
 */
export function formatFragment(anchor, entries) {
  const place = encode(anchor).replaceAll("~", "%7E");
  // No id is that long; whoever made it up should not push out what was set.
  let text = place.length > LONGEST / 2 ? "#" : `#${place}`;
  let separator = "~";
  for (const [key, value] of entries) {
    const pair = `${separator}${encode(key)}=${encode(writeValue(value))}`;
    if (text.length + pair.length > LONGEST) continue;
    text += pair;
    separator = "&";
  }
  return text === "#" ? "" : text;
}
