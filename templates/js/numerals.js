/** Numbers as figures say them. */

/** Three figures, a real minus. @param {number} value */
export function short(value) {
  const size = Math.abs(value);
  if (size && (size < 1e-3 || size >= 1e5)) return value.toExponential(2).replaceAll("-", "−").replace("+", "");
  const text = size >= 1000 ? String(Math.round(value)) : String(Number(value.toPrecision(3)));
  return text.replace("-", "−");
}

/** Four figures after the point, where sums are compared. @param {number} value */
export const exact = (value) => value.toFixed(Math.abs(value) < 1e-3 ? 6 : 4).replace("-", "−");

/** A share in per cent, with a figure after the point below ten. @param {number} value */
export const percent = (value) => `${(100 * value).toFixed(value < 0.1 ? 1 : 0)} %`;

/** What an output amounts to. @param {number} value @param {any} quantity */
export function amount(value, quantity) {
  return quantity ? `${value.toFixed(1).replace("-", "−")} ${quantity.unit}`.trim() : percent(value);
}
