/** Numbers as a reader sees them: enough digits to be added up, a true minus sign. */

const MINUS = "\u2212";

/** Decimals after the point that show six significant digits, and never fewer than six. */
function decimals(/** @type {number} */ value) {
  const size = Math.abs(value);
  return size && size < 0.1 ? 5 - Math.floor(Math.log10(size)) : 6;
}

/**
 * At least six significant digits; numbers under a millionth in powers of ten.
 * @param {number} value
 */
export function exact(value) {
  if (!Number.isFinite(value)) return Number.isNaN(value) ? "no number" : value > 0 ? "∞" : `${MINUS}∞`;
  const size = Math.abs(value);
  const text = size && size < 1e-6 ? size.toExponential(5) : size.toFixed(decimals(size));
  const sign = value < 0 && Number(text) !== 0 ? MINUS : "";
  return sign + text.replace("e-", `e${MINUS}`);
}

/** The same with its sign always written, as a term of a sum. @param {number} value */
export function term(value) {
  return value < 0 ? exact(value) : `+${exact(value)}`;
}

/** Three significant digits, for legends and labels. @param {number} value */
export function rough(value) {
  const size = Math.abs(value);
  const text = size >= 100 || size === 0 ? size.toFixed(0) : Number(size.toPrecision(3)).toString();
  return (value < 0 && Number(text) !== 0 ? MINUS : "") + text.replace("e-", `e${MINUS}`);
}

/** A share as a percentage: one decimal, and "under 0.1 %" rather than a false zero. @param {number} share */
export function percent(share) {
  if (share > 0 && share < 0.0005) return "under 0.1 %";
  if (share < 1 && share >= 0.9995) return "over 99.9 %";
  return `${(100 * share).toFixed(1)} %`;
}

/** The same where there is little room: "<0.1 %". @param {number} value */
export function share(value) {
  return percent(value).replace("under ", "<").replace("over ", ">");
}

/** The number that a printed one stands for. @param {string} text */
export function parsed(text) {
  return Number(text.trim().replaceAll(MINUS, "-").replace("∞", "Infinity"));
}
