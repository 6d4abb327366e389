/**
 * A reader's own table as points: numbers are coordinates, a column of words says what each row is.
 *
 * @typedef {import("../../js/reduce/distances.js").Rows} Rows
 *
 * @typedef {object} Own
 * @property {Rows} rows
 * @property {string[]} columns       names of the columns that count
 * @property {string[]} names         what each row is called; empty without a column of words
 * @property {number[] | null} labels  which group each row belongs to, where there are few
 * @property {string[]} groups        what the groups are called
 * @property {string[]} notes         what was done to make points of it
 */

/** A map of more is not made: each step looks at every pair. */
export const MOST_ROWS = 2000;
export const MOST_COLUMNS = 2000;
/** Colours that can be told apart. */
export const MOST_GROUPS = 10;
/** Longer texts are not read at all. */
export const LONGEST = 50_000_000;

/** A mistake in a table, in words for whoever gave it. */
export class Refused extends Error {}

/** Cells of a line; quotation marks keep a separator inside (RFC 4180). @param {string} line @param {string} separator */
export function cells(line, separator) {
  if (!line.includes('"')) return line.split(separator).map((cell) => cell.trim());
  const found = [""];
  let quoted = false;
  for (let at = 0; at < line.length; at++) {
    const letter = line[at];
    if (quoted && letter === '"' && line[at + 1] === '"') (found[found.length - 1] += '"'), at++;
    else if (letter === '"') quoted = !quoted;
    else if (letter === separator && !quoted) found.push("");
    else found[found.length - 1] += letter;
  }
  return found.map((cell) => cell.trim());
}

/** What separates cells: whichever the first line has most of. @param {string} line */
export function separatorOf(line) {
  const count = (/** @type {string} */ one) => line.split(one).length;
  const found = ["\t", ";", ","].reduce((held, one) => (count(one) > count(held) ? one : held));
  return count(found) > 1 ? found : " ";
}

/** @param {string} text  with a point or a comma for decimals @returns {number} NaN: it is none */
function number(text) {
  if (text === "") return NaN;
  return Number(text.replace("−", "-").replace(/^([+-]?\d+),(\d+)$/, "$1.$2"));
}

/** Columns that say what a row is, also where they say it by numbers. */
const TITLES = /^(labels?|class|target|category|group|species|names?|id|index)$/i;
const MISSING = new Set(["", "nan", "na", "n/a", "null", "none", "?", "inf", "-inf", "infinity", "-infinity"]);

/** @param {string} text @returns {{header: string[] | null, body: string[][], lines: number[]}} */
function table(text) {
  const filled = text.replace(/^\ufeff/, "").split(/\r\n|\n|\r/).map((line, i) => ({line, at: i + 1})).filter(({line}) => line.trim());
  if (!filled.length) throw new Refused("There is nothing in it. Each line is a point: numbers, with commas or tabs between them, and if you like a name.");
  const separator = separatorOf(filled[0].line);
  const all = filled.map(({line}) => (separator === " " ? line.trim().split(/\s+/) : cells(line, separator)));
  const width = all[0].length;
  const ragged = all.findIndex((row) => row.length !== width);
  if (ragged >= 0) throw new Refused(`Line ${filled[ragged].at} has ${all[ragged].length} cells, and line ${filled[0].at} has ${width}. Every line needs as many.`);
  const [first, second = first] = all;
  // A heading has a word where the line after it has a number.
  const headed = all.length > 1 && first.some((cell, i) => Number.isNaN(number(cell)) && !Number.isNaN(number(second[i])));
  return {header: headed ? first : null, body: headed ? all.slice(1) : all, lines: filled.slice(headed ? 1 : 0).map(({at}) => at)};
}

/** Few enough different words are groups. @param {string[]} words @param {string[]} notes */
function grouped(words, notes) {
  const groups = [...new Set(words)].sort();
  if (groups.length <= MOST_GROUPS && groups.length > 1) return {labels: words.map((word) => groups.indexOf(word)), groups};
  if (groups.length < words.length && groups.length > 1) notes.push(`There are ${groups.length} different names, too many for colours; ${MOST_GROUPS} can be told apart.`);
  return {labels: null, groups: []};
}

/** Every other column has numbers alone; where one is missing, the row cannot be a point. @param {string[][]} body @param {number[]} columns @param {string[]} notes */
function complete(body, columns, notes) {
  const whole = body.filter((row) => columns.every((column) => Number.isFinite(number(row[column]))));
  const lost = body.length - whole.length;
  if (lost) notes.push(`${lost} of ${body.length} rows ${lost === 1 ? "was" : "were"} left out: a number is missing, or is NaN or infinite.`);
  if (whole.length < 3) throw new Refused(`There ${whole.length === 1 ? "is one row" : `are ${whole.length || "no"} rows`} with a number in every column. A map needs three points at least.`);
  return whole;
}

/**
 * Raises: Refused, for what a person can mend.
 * @param {string} text @returns {Own}
 */
export function read(text) {
  if (text.length > LONGEST) throw new Refused("This is too long: at most 50 MB are read.");
  const {header, body, lines} = table(text);
  const notes = /** @type {string[]} */ ([]);
  const wordy = (/** @type {number} */ column) => body.findIndex((row) => Number.isNaN(number(row[column])) && !MISSING.has(row[column].toLowerCase()));
  const all = body[0].map((_, column) => column);
  const told = (/** @type {number} */ column) => TITLES.test(header?.[column] ?? "");
  const named = all.filter((column) => wordy(column) >= 0 || told(column));
  const numeric = all.filter((column) => !named.includes(column));
  if (!numeric.length) throw new Refused(`No column has numbers alone: line ${lines[0]} begins with “${body[0][0]}”. A point is made of numbers.`);
  // A word among numbers is a slip, and not a column of names.
  const slip = named.find((column) => !told(column) && body.filter((row) => Number.isFinite(number(row[column]))).length > body.length / 2);
  if (slip !== undefined) {
    const at = wordy(slip);
    throw new Refused(`Line ${lines[at]}: “${body[at][slip]}” in column ${slip + 1} is no number, as most of that column are.`);
  }
  if (numeric.length > MOST_COLUMNS) throw new Refused(`There are ${numeric.length} columns of numbers; at most ${MOST_COLUMNS} are read.`);
  const whole = complete(body, numeric, notes);
  const every = Math.ceil(whole.length / MOST_ROWS);
  const kept = whole.filter((_, i) => i % every === 0);
  if (every > 1) notes.push(`Of ${whole.length} rows, ${kept.length} were taken, evenly: every step looks at every pair.`);
  return points(kept, numeric, named, header, notes);
}

/** @param {string[][]} kept @param {number[]} numeric @param {number[]} named @param {string[] | null} header @param {string[]} notes @returns {Own} */
function points(kept, numeric, named, header, notes) {
  const title = (/** @type {number} */ column) => header?.[column] || `column ${column + 1}`;
  const varied = numeric.filter((column) => kept.some((row) => number(row[column]) !== number(kept[0][column])));
  const still = numeric.filter((column) => !varied.includes(column));
  if (!varied.length) throw new Refused("All points are the same. A map needs some that differ.");
  if (still.length) notes.push(`${still.length === 1 ? "One column has" : `${still.length} columns have`} the same number in every row and no say in distances: ${still.slice(0, 5).map(title).join(", ")}${still.length > 5 ? " …" : ""}.`);
  const values = new Float64Array(kept.length * varied.length);
  kept.forEach((row, i) => varied.forEach((column, k) => (values[i * varied.length + k] = number(row[column]))));
  const different = new Set(kept.map((row) => varied.map((column) => number(row[column])).join()));
  if (different.size < kept.length) notes.push(`${kept.length - different.size} rows are the same as another; they will lie together.`);
  if (different.size < 3) throw new Refused(`There are only ${different.size} different points. A map needs three at least.`);
  const words = named.map((column) => kept.map((row) => row[column]));
  // The column with the fewest different words colours best.
  const kinds = words.map((column) => new Set(column).size);
  const best = words[kinds.indexOf(Math.min(...kinds))];
  const names = words[kinds.indexOf(Math.max(...kinds))] ?? [];
  const {labels, groups} = best ? grouped(best, notes) : {labels: null, groups: []};
  return {rows: {values, count: kept.length, width: varied.length}, columns: varied.map(title), names, labels, groups, notes};
}
