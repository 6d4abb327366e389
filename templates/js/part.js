/**
 * One figure's part of the page's state: what a link to it carries, what a reset takes back.
 *
 * @typedef {import("./types.js").Value} Value
 * @typedef {[string, Exclude<Value, null>]} Entry
 */
import {formatFragment, parseFragment} from "./fragment.js";

/** What a teacher sets and a reader cannot: they survive a reset. */
export const LOCKS = ["hide", "lock"];

/** The option that a key names if it is this figure's. @param {string} key @param {string} figure */
export function option(key, figure) {
  return key.startsWith(`${figure}.`) ? key.slice(figure.length + 1) : null;
}

/**
 * Entries that a link to this figure carries: its own first, since long links lose their end, then
 * those that no other figure owns, such as the linked selection.
 * @param {Iterable<Entry>} entries @param {string} figure @param {string[]} figures  all of the page
 * @returns {Entry[]}
 */
export function carried(entries, figure, figures) {
  const all = [...entries];
  const own = all.filter(([key]) => option(key, figure) !== null);
  const shared = all.filter(([key]) => figures.every((name) => option(key, name) === null));
  return [...own, ...shared];
}

/**
 * Entries that a reset takes back: the figure's own but for its locks, and the selections it follows.
 * @param {Iterable<Entry>} entries @param {string} figure @param {Set<string>} linked
 * @returns {Entry[]}
 */
export function resettable(entries, figure, linked) {
  return [...entries].filter(([key]) => {
    const own = option(key, figure);
    return own === null ? linked.has(key) : !LOCKS.includes(own);
  });
}

/**
 * What a teacher's link set at first, or nothing where the link is no teacher's: a teacher's carries
 * `hide` or `lock`, be they empty.
 * @param {string} hash @param {string} figure @param {Set<string>} linked
 * @returns {Entry[]}
 */
export function taught(hash, figure, linked) {
  const {entries} = parseFragment(hash);
  const teacher = LOCKS.some((name) => entries.has(`${figure}.${name}`));
  return teacher ? resettable(entries, figure, linked) : [];
}

/**
 * The fragment of a link to this figure.
 * @param {Entry[]} entries  as `carried` gives them @param {string} figure
 * @param {Record<string, string>} [locks]  names of controls by "hide" and "lock"; given: a teacher's
 */
export function link(entries, figure, locks) {
  const plain = entries.filter(([key]) => !locks || !LOCKS.includes(option(key, figure) ?? ""));
  const named = Object.entries(locks ?? {}).filter(([, names]) => names);
  /** @type {Entry[]} */
  const taken = (locks && !named.length ? [["lock", ""]] : named).map(([name, names]) => [`${figure}.${name}`, names]);
  return formatFragment(figure, [...taken, ...plain]);
}

/**
 * The fragment of a link to a figure of this page as it stands now.
 * @param {HTMLElement} figure @param {import("./state.js").Store} store
 * @param {Record<string, string>} [locks]
 */
export function toFigure(figure, store, locks) {
  const figures = [...document.querySelectorAll("figure[data-kind]")].map(({id}) => id);
  return link(carried(store.told(), figure.id, figures), figure.id, locks);
}
