/**
 * A reader's own points: from a table, or drawn, and as a text that an address can hold.
 *
 * The text has a letter for the problem ("2" … "6" classes, "r" a number), then four letters a point:
 * place and label in 256 steps each.
 *
 * @typedef {[number, number, number]} Point  x, y from −6 to 6, and a label as data.js has them
 * @typedef {{classes: number, points: Point[], names: string[], notes: string[]}} Own
 *   classes 0: a number is learned; notes: what was done to fit them in
 */
import {REACH} from "./data.js";

const LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
export const MOST_POINTS = 400;
export const MOST_CLASSES = 6;
/** Longer texts are not read at all. */
const LONGEST = 20_000_000;
const STEPS = 255;

/** @param {number} at @param {number} reach */
const step = (at, reach) => Math.min(STEPS, Math.max(0, Math.round(((at + reach) / (2 * reach)) * STEPS)));
/** @param {number} step @param {number} reach */
const value = (step, reach) => Math.fround(-reach + (2 * reach * step) / STEPS);

/** @param {number} classes @param {Point[]} points  the last ones are left out where there are too many */
export function encode(classes, points) {
  const written = points.slice(0, MOST_POINTS).map(([x, y, label]) => {
    const third = classes > 2 ? label : classes ? Number(label > 0) : step(label, 1);
    const all = (step(x, REACH) << 16) | (step(y, REACH) << 8) | third;
    return [18, 12, 6, 0].map((by) => LETTERS[(all >> by) & 63]).join("");
  });
  return `${classes || "r"}${written.join("")}`;
}

/** What `encode` wrote; whatever else gives no points. @param {string} text @returns {{classes: number, points: Point[]}} */
export function decode(text) {
  if (!/^[2-6r]([\w-]{4})*$/.test(text)) return {classes: 2, points: []};
  const classes = text[0] === "r" ? 0 : Number(text[0]);
  const points = (text.slice(1).match(/.{4}/g) ?? []).slice(0, MOST_POINTS).map((four) => {
    const all = [...four].reduce((sum, letter) => sum * 64 + LETTERS.indexOf(letter), 0);
    const third = all & 255;
    const label = classes > 2 ? Math.min(third, classes - 1) : classes ? (third ? 1 : -1) : value(third, 1);
    return /** @type {Point} */ ([value(all >> 16, REACH), value((all >> 8) & 255, REACH), label]);
  });
  return {classes, points};
}

/** A mistake in a table, in words for whoever pasted it. */
export class Refused extends Error {}

/** @param {string} line */
function cells(line) {
  const separator = ["\t", ";", ","].find((one) => line.includes(one));
  const parts = separator ? line.split(separator) : line.trim().split(/\s+/);
  return parts.map((cell) => cell.trim().replace(/^"(.*)"$/, "$1"));
}

/** @param {string} text  with a decimal point, or a comma */
const number = (text) => (text === "" ? NaN : Number(text.replace("−", "-").replace(/^(-?\d+),(\d+)$/, "$1.$2")));

/** @param {string[][]} rows @param {number} column @param {number[]} lines  where each row stands */
function numbers(rows, column, lines) {
  return rows.map((row, i) => {
    const found = number(row[column] ?? "");
    if (Number.isFinite(found)) return found;
    throw new Refused(`Line ${lines[i]}: “${row[column] ?? ""}” in column ${column + 1} is no number. The first two columns are x and y, the third is the label.`);
  });
}

/** Into the plane: as they are where they fit, else stretched. @param {number[]} all @param {string} name @param {string[]} notes */
function fitted(all, name, notes) {
  const [least, most] = all.reduce(([low, high], one) => [Math.min(low, one), Math.max(high, one)], [Infinity, -Infinity]);
  if (least >= -REACH && most <= REACH && most - least > REACH / 3) return all;
  notes.push(`${name} from ${least} … ${most} was stretched to −5 … 5.`);
  return all.map((one) => (most > least ? -5 + (10 * (one - least)) / (most - least) : 0));
}

/**
 * Labels as classes or as numbers: few different ones are classes, words always.
 * @param {string[][]} rows @param {string[]} notes
 */
function labelled(rows, notes) {
  const words = rows.map((row) => row[2] ?? "");
  const names = [...new Set(words)].sort((a, b) => number(a) - number(b) || (a < b ? -1 : 1));
  const numeric = words.every((word) => Number.isFinite(number(word)));
  if (names.length < 2) throw new Refused(`All labels are “${names[0] ?? ""}”. Two different ones are needed, in the third column.`);
  if (names.length <= MOST_CLASSES) {
    const labels = words.map((word) => names.indexOf(word)).map((index) => (names.length > 2 ? index : index ? 1 : -1));
    return {classes: names.length, labels, names};
  }
  if (!numeric) throw new Refused(`There are ${names.length} different labels; at most ${MOST_CLASSES} classes can be told apart.`);
  const all = words.map(number);
  const most = all.reduce((high, one) => Math.max(high, Math.abs(one)), 0);
  if (most > 1) notes.push(`Labels were divided by ${most}.`);
  return {classes: 0, labels: all.map((one) => one / Math.max(1, most)), names: []};
}

/**
 * A table of x, y and label; commas, semicolons, tabs or spaces between them, a heading where there is one.
 * Raises: Refused, for what a person can mend.
 * @param {string} text @returns {Own}
 */
export function read(text) {
  if (text.length > LONGEST) throw new Refused("This is too long: at most 20 MB are read.");
  const lines = text.replace(/^\ufeff/, "").split(/\r?\n/);
  const filled = lines.map((line, i) => ({line, at: i + 1})).filter(({line}) => line.trim());
  if (!filled.length) throw new Refused("There is nothing in it. Each line has x, y and a label, as in: 1.5, −2, red");
  const headed = Number.isNaN(number(cells(filled[0].line)[0]));
  const body = headed ? filled.slice(1) : filled;
  const notes = /** @type {string[]} */ ([]);
  const every = Math.max(1, Math.ceil(body.length / MOST_POINTS));
  const kept = body.filter((_, i) => i % every === 0);
  if (every > 1) notes.push(`Of ${body.length} rows, ${kept.length} were taken, evenly.`);
  if (kept.length < 4) throw new Refused("There are fewer than four rows; that is not enough to learn from and to test.");
  const rows = kept.map(({line}) => cells(line));
  const short = rows.findIndex((row) => row.length < 3);
  if (short >= 0) throw new Refused(`Line ${kept[short].at} has ${rows[short].length === 1 ? "one column" : "two columns"}; x, y and a label are needed.`);
  const places = ["x", "y"].map((name, column) => fitted(numbers(rows, column, kept.map(({at}) => at)), name, notes));
  const {classes, labels, names} = labelled(rows, notes);
  return {classes, names, notes, points: rows.map((_, i) => [places[0][i], places[1][i], labels[i]])};
}
