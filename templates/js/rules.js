/**
 * What a reader variable or a figure's state may hold; generator/rules.py says the same. Addresses
 * come from anywhere, so whatever sets a key is held to its rule.
 *
 * @typedef {import("./types.js").Value} Value
 *
 * @typedef {object} Rule  as the page carries it; which parts it has says what sort it is
 * @property {Exclude<Value, null>} start  what stills and the text without scripts show
 * @property {Exclude<Value, null>[]} [choices]
 * @property {string[]} [words]   how prose calls the choices
 * @property {number} [least]
 * @property {number} [most]
 * @property {number} [step]      0: any
 * @property {string[]} [some]    any of these names, separated by spaces
 * @property {string} [form]      a regular expression
 * @property {string} [format]    how a variable is written, by wording.js
 * @property {boolean} [leads]    setting it sets other keys: the steps of a figure
 */

/** Steps are made of decimal fractions, which floats hold to about sixteen digits. */
const ON_STEP = 1e-6;

/** @param {Rule} rule @param {Value} value */
export function allows(rule, value) {
  const {choices, least, most, step, some, form} = rule;
  if (choices) return choices.some((one) => one === value);
  if (least !== undefined && most !== undefined) {
    if (typeof value !== "number" || !(value >= least && value <= most)) return false;
    const steps = step ? (value - least) / step : 0;
    return Math.abs(steps - Math.round(steps)) < ON_STEP;
  }
  if (typeof value !== typeof rule.start) return false;
  if (typeof value !== "string") return Number.isFinite(Number(value));
  if (some) return value.split(" ").every((name) => name === "" || some.includes(name));
  return form === undefined || value === "" || new RegExp(`^(?:${form})$`, "u").test(value);
}

/**
 * Rules and links by key, from what the page's elements carry. A link leads from a figure's state to
 * the variable that stands for it.
 * @param {{figures: [string, Record<string, Rule>][], rules: Record<string, Rule>, links: Record<string, string>}} told
 * @returns {{rules: Map<string, Rule>, links: Map<string, string>}}
 */
export function gather({figures, rules, links}) {
  const all = new Map(Object.entries(rules));
  for (const [figure, states] of figures) {
    for (const [name, rule] of Object.entries(states)) {
      const key = `${figure}.${name}`;
      if (!(key in links)) all.set(key, rule);
    }
  }
  return {rules: all, links: new Map(Object.entries(links))};
}
