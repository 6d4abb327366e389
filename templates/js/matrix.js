/**
 * What the map's table does with its rows, without a page: which are shown, in what order, and how
 * many of them have each mark.
 *
 * @typedef {object} Row
 * @property {string} name     as a reader would search for it
 * @property {string} words    all that can be found: name, authors, year
 * @property {number} year
 * @property {string} state    "whole", "part" or ""
 * @property {Set<string>} marks  numbers of columns
 *
 * @typedef {object} Asked
 * @property {string[]} columns  a row has the marks of all of them
 * @property {string} find       and every word of this, in any order
 * @property {string} show       "" for all, "live" or "open"
 * @property {string} sort       "" for the order of the survey, or a key of ORDERS
 */

/** @type {Record<string, (a: Row, b: Row) => number>} */
const ORDERS = {
  year: (a, b) => b.year - a.year,
  name: (a, b) => a.name.localeCompare(b.name, "en"),
  live: (a, b) => rank(a) - rank(b),
  marks: (a, b) => b.marks.size - a.marks.size,
};

/** @param {Row} row */
const rank = ({state}) => ["whole", "part", ""].indexOf(state);

/** Without accents and capitals, so that "krahenbuhl" is found too. @param {string} text */
const plain = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();

/** Whether a row is shown. @param {Row} row @param {Asked} asked */
export function kept({words, state, marks}, {columns, find, show}) {
  const text = plain(words);
  return (
    columns.every((column) => marks.has(column)) &&
    plain(find).split(/\s+/).every((word) => text.includes(word)) &&
    (!show || Boolean(state) === (show === "live"))
  );
}

/**
 * Places of the rows in the order asked for; equal ones stay as they are.
 * @param {Row[]} rows @param {string} sort
 */
export function ordered(rows, sort) {
  const order = Object.hasOwn(ORDERS, sort) ? ORDERS[sort] : () => 0;
  return rows.map((_, i) => i).sort((a, b) => order(rows[a], rows[b]) || a - b);
}

/** How many rows have a mark. @param {Row[]} rows @param {string} column */
export const counted = (rows, column) => rows.filter(({marks}) => marks.has(column)).length;

/**
 * What an address asks for; what makes no sense is left out, since addresses come from anywhere.
 * @param {Map<string, unknown>} entries @param {string[]} columns  all that there are
 * @returns {Asked}
 */
export function readAsked(entries, columns) {
  const text = (/** @type {string} */ key) => String(entries.get(key) ?? "");
  const wanted = text("columns").split(",");
  return {
    columns: columns.filter((column) => wanted.includes(column)),
    find: text("find").slice(0, 80),
    show: ["live", "open"].includes(text("show")) ? text("show") : "",
    sort: Object.hasOwn(ORDERS, text("sort")) ? text("sort") : "",
  };
}

/** Entries for the address. @param {Asked} asked @returns {[string, string][]} */
export function writeAsked({columns, find, show, sort}) {
  /** @type {[string, string][]} */
  const all = [["columns", columns.join(",")], ["find", find.trim()], ["show", show], ["sort", sort]];
  return all.filter(([, value]) => value);
}

/** Is anything left out? @param {Asked} asked */
export const narrowed = ({columns, find, show}) => Boolean(columns.length || find.trim() || show);

/**
 * What is shown, in a sentence.
 * @param {number} works @param {number} all @param {number} articles @param {string[]} names  of columns
 */
export function told(works, all, articles, names) {
  const marks = names.length ? ` with ${names.join(" and ")}` : "";
  const count = works === 1 ? "1 work" : `${works} works`;
  const beside = articles === 1 ? "1 article" : `${articles} articles`;
  return `${count} of ${all}${marks}, ${beside}`;
}
