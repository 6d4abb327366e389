/**
 * Numbers in sentences that follow the reader, letter for letter as generator/wording.py writes them.
 *
 * JavaScript's own toFixed and toPrecision round ties up, Python rounds them to even; so digits are
 * computed here, exactly, from the parts of the float.
 *
 * @typedef {import("./types.js").Value} Value
 */

const SPEC = /^(\+?)(,?)(?:(?:\.(\d{1,2}))?([feg%]))?$/;
const NOTHING = "–";

/** A finite float, not negative, as mantissa · 2^exponent. @param {number} value @returns {[bigint, number]} */
function parts(value) {
  const bits = new DataView(new ArrayBuffer(8));
  bits.setFloat64(0, value);
  const all = bits.getBigUint64(0);
  const exponent = Number(all >> 52n);
  const fraction = all & ((1n << 52n) - 1n);
  return exponent ? [fraction | (1n << 52n), exponent - 1075] : [fraction, -1074];
}

/** The integer nearest to value · 10^places, ties to even. @param {number} value @param {number} places */
function scaled(value, places) {
  let [above, exponent] = parts(value);
  let below = 1n;
  if (exponent > 0) above <<= BigInt(exponent);
  else below <<= BigInt(-exponent);
  if (places > 0) above *= 10n ** BigInt(places);
  else below *= 10n ** BigInt(-places);
  const whole = above / below;
  const twice = 2n * (above % below);
  return twice > below || (twice === below && whole & 1n) ? whole + 1n : whole;
}

/** @param {string} digits @param {number} places  behind the point */
function pointed(digits, places) {
  const padded = digits.padStart(places + 1, "0");
  return places ? `${padded.slice(0, -places)}.${padded.slice(-places)}` : padded;
}

/** Digits and power of ten of a number with `count` digits behind the first. @param {number} value @param {number} count @returns {[string, number]} */
function leading(value, count) {
  if (value === 0) return ["0".repeat(count + 1), 0];
  // The shortest form never lies in another power of ten than the number itself.
  let power = Number(value.toExponential().split("e")[1]);
  let digits = String(scaled(value, count - power));
  if (digits.length > count + 1) digits = String(scaled(value, count - ++power));
  return [digits, power];
}

/** @param {number} value @param {number} places */
const fixed = (value, places) => pointed(String(scaled(value, places)), places);

/** @param {string} digits @param {number} power */
function exponential(digits, power) {
  const exponent = String(Math.abs(power)).padStart(2, "0");
  return `${pointed(digits, digits.length - 1)}e${power < 0 ? "-" : "+"}${exponent}`;
}

const trimmed = (/** @type {string} */ text) => (text.includes(".") ? text.replace(/\.?0+$/, "") : text);

/** As short as `precision` digits allow. @param {number} value @param {number} precision */
function general(value, precision) {
  const count = Math.max(precision, 1);
  const [digits, power] = leading(value, count - 1);
  if (power >= -4 && power < count) return trimmed(fixed(value, count - 1 - power));
  const [mantissa, exponent] = exponential(digits, power).split("e");
  return `${trimmed(mantissa)}e${exponent}`;
}

/** @param {string} text */
function thousands(text) {
  const [, whole, rest] = /** @type {RegExpExecArray} */ (/^(\d+)(.*)$/.exec(text));
  return whole.replace(/\B(?=(\d{3})+$)/g, ",") + rest;
}

/** A number that is not negative, by type and precision. @param {number} value @param {string} type @param {number} precision */
function letters(value, type, precision) {
  if (type === "f") return fixed(value, precision);
  if (type === "%") return `${fixed(value * 100, precision)}%`;
  return type === "e" ? exponential(...leading(value, precision)) : general(value, precision);
}

/**
 * A value as prose. Zero has no sign, and what is not finite is a dash.
 * @param {Exclude<Value, null>} value
 * @param {string} [spec]  of Python's format mini-language: "", ".1f", "+,.3g", ".0%"
 */
export function written(value, spec = "") {
  const match = SPEC.exec(spec);
  if (typeof value !== "number") return String(value);
  if (!match || !Number.isFinite(value)) return NOTHING;
  const [, plus, comma, precision, type] = match;
  const size = Math.abs(value);
  const whole = Number.isInteger(value) && size < 1e15;
  let text = type
    ? letters(size, type, Number(precision ?? 6))
    : whole ? String(size) : general(size, 4);
  if (type ? comma : comma || (whole && size >= 10_000)) text = thousands(text);
  const zero = !/[1-9]/.test(text.split("e")[0]);
  return `${value < 0 && !zero ? "-" : plus}${text}`;
}
