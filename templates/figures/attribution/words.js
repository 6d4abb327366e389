/** What the figure says in words. */

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

/** Third of the picture in which a pixel lies. @param {number} at @param {number} width @param {number} height */
export function where(at, width, height) {
  const third = (/** @type {number} */ share) => Math.min(2, Math.floor(3 * share));
  const down = ["upper", "middle", "lower"][third(Math.floor(at / width) / height)];
  const across = ["left", "centre", "right"][third((at % width) / width)];
  return down === "middle" && across === "centre" ? "in the middle" : `in the ${down} ${across}`;
}

/** How alike two maps are. @param {number} rank  Spearman's */
export function alike(rank) {
  if (!Number.isFinite(rank)) return "one map is the same everywhere";
  if (rank >= 0.7) return "hardly changes";
  return rank >= 0.4 ? "changes in part" : "changes";
}

/**
 * What a method's numbers add up to, and what they should.
 * @param {string} method @param {number} total @param {number} against @returns {[string, string, string][]}
 */
export function adds(method, total, against) {
  const [sum, score] = {
    integrated: ["Sum of the map", "Score less the baseline’s"],
    cam: ["Mean of the map, and the bias", "Score"],
  }[method] ?? ["Sum of the relevance", "Score"];
  return [[sum, exact(total), ""], [score, exact(against), ""]];
}

/** @type {Record<string, string>} */
export const BASELINES = {least: "Darkest", grey: "Grey", blurred: "Blurred"};

/** @param {number} count @param {{layer: string}[]} cascade */
export function cascaded(count, cascade) {
  if (!count) return "none: as trained";
  const names = cascade.slice(0, count).map(({layer}) => layer);
  return names.length > 2 ? `${names[0]} to ${names.at(-1)}` : names.join(", ");
}
