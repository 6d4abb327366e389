/**
 * Small expressions of reader variables. The build has read and checked them (generator/expression.py)
 * and hands over trees: `["*", 0.1, ["**", 2, ["name", "epochs"]]]`. Nothing is parsed here.
 *
 * @typedef {number | string | boolean} Scalar
 * @typedef {number | boolean | [string, ...any[]]} Tree
 */

/** Half to even, as Python rounds. @param {number} x */
function round(x) {
  const down = Math.floor(x);
  if (x - down !== 0.5) return Math.round(x);
  return down % 2 === 0 ? down : down + 1;
}

/** The rest has the sign of what divides. @param {number} a @param {number} b */
function modulo(a, b) {
  const rest = a % b;
  return rest !== 0 && rest < 0 !== b < 0 ? rest + b : rest;
}

/** Python's way to a whole quotient, which the rest decides. @param {number} a @param {number} b */
function quotient(a, b) {
  const exact = (a - modulo(a, b)) / b;
  const whole = Math.floor(exact);
  return exact - whole > 0.5 ? whole + 1 : whole;
}

/** @type {Record<string, (...numbers: number[]) => number>} */
const CALCULATE = {
  negative: (a) => -a,
  "+": (a, b) => a + b,
  "-": (a, b) => a - b,
  "*": (a, b) => a * b,
  "/": (a, b) => a / b,
  "//": quotient,
  "%": modulo,
  "**": (a, b) => a ** b,
  abs: Math.abs,
  round,
  floor: Math.floor,
  ceil: Math.ceil,
  sqrt: Math.sqrt,
  exp: Math.exp,
  log: Math.log,
  log2: Math.log2,
  log10: Math.log10,
  min: Math.min,
  max: Math.max,
};

/** @type {Record<string, (a: any, b: any) => boolean>} */
const COMPARE = {
  "==": (a, b) => a === b,
  "!=": (a, b) => a !== b,
  "<": (a, b) => a < b,
  "<=": (a, b) => a <= b,
  ">": (a, b) => a > b,
  ">=": (a, b) => a >= b,
};

/**
 * The value of a tree; what is not a finite number is NaN, here as in the build.
 * @param {Tree} tree
 * @param {(name: string) => Scalar} value
 * @returns {Scalar}
 */
export function evaluate(tree, value) {
  if (!Array.isArray(tree)) return tree;
  const [head, ...parts] = tree;
  if (head === "text") return parts[0];
  if (head === "name") return value(parts[0]);
  const of = (/** @type {Tree} */ part) => evaluate(part, value);
  if (head === "if") return of(of(parts[0]) ? parts[1] : parts[2]);
  if (head === "and") return parts.every(of);
  if (head === "or") return parts.some(of);
  if (head === "not") return !of(parts[0]);
  const found = parts.map(of);
  if (head in COMPARE) return COMPARE[head](found[0], found[1]);
  const numbers = /** @type {number[]} */ (found);
  const result = numbers.some(Number.isNaN) ? NaN : CALCULATE[head](...numbers);
  return Number.isFinite(result) ? result : NaN;
}

/** Variables and figure states that a tree asks for. @param {Tree} tree @returns {string[]} */
export function names(tree) {
  if (!Array.isArray(tree) || tree[0] === "text") return [];
  if (tree[0] === "name") return [tree[1]];
  return [...new Set(tree.slice(1).flatMap(names))];
}
