/**
 * The page's one store: linked selections, figure options and the address that mirrors them.
 *
 * Keys are `instance:<dataset>`, `unit:<model>`, `<figure>.<option>` and reader variables by their
 * names. Whoever sets a key tells every watcher; shortly after, the address tells everyone the reader
 * shares it with. What a rule does not allow is refused, and the key stays as it was.
 *
 * @typedef {import("./types.js").Value} Value
 * @typedef {import("./types.js").Until} Until
 * @typedef {import("./types.js").FigureState} FigureState
 * @typedef {import("./rules.js").Rule} Rule
 * @typedef {(value: Value) => void} Watcher
 *
 * @typedef {object} Address  where the fragment lives; tests hand in their own
 * @property {() => string} read
 * @property {(fragment: string) => void} write
 */
import {formatFragment, parseFragment} from "./fragment.js";
import {allows} from "./rules.js";

/** Safari refuses more than 100 address changes in 30 seconds. */
const PAUSE = 350;

/** Selections that figures share. @type {[string, (value: Value) => boolean][]} */
const SHARED = [
  ["instance:", (value) => Number.isInteger(value) && Number(value) >= 0],
  ["unit:", (value) => typeof value === "string" && /^[^/]+\/\d+$/.test(value)],
];

/** May this key hold this value? Selections are checked, since addresses come from anywhere. */
export function fits(/** @type {string} */ key, /** @type {Value} */ value) {
  const rule = SHARED.find(([prefix]) => key.startsWith(prefix));
  return value === null || !rule || rule[1](value);
}

/** The store of one page. */
export class Store {
  /** @type {Map<string, Exclude<Value, null>>} */
  #values = new Map();
  /** @type {Map<string, Value>} */
  #defaults = new Map();
  /** @type {Map<string, Set<Watcher>>} */
  #watchers = new Map();
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #timer;

  /**
   * @param {Address} address
   * @param {{rules?: Map<string, Rule>, links?: Map<string, string>}} [told]  what the page says of
   *   its keys; `links` lead from a figure's state to the variable that stands for it
   */
  constructor(address, {rules = new Map(), links = new Map()} = {}) {
    this.address = address;
    this.anchor = "";
    this.rules = rules;
    this.links = links;
    this.learn({rules, links});
    this.absorb();
  }

  /** What the page says of its keys now. @param {{rules: Map<string, Rule>, links: Map<string, string>}} told */
  learn({rules, links}) {
    this.rules = rules;
    this.links = links;
    for (const [key, {start}] of rules) this.#defaults.set(key, start);
  }

  /** Take over what the address says now; keys it does not name stay as they are. */
  absorb() {
    const {anchor, entries} = parseFragment(this.address.read());
    this.anchor = anchor;
    // A step sets other keys; those that the address names itself come after it.
    const leads = (/** @type {string} */ key) => Number(Boolean(this.rules.get(key)?.leads));
    const ordered = [...entries].sort(([a], [b]) => leads(b) - leads(a));
    for (const [key, value] of ordered) this.set(key, value);
    if (this.#values.size > entries.size) this.#schedule();
  }

  /** What was set; null: nothing. @param {string} key @returns {Value} */
  get(key) {
    return this.#values.get(this.own(key)) ?? null;
  }

  /** What was set, else what the key starts with. @param {string} key @returns {Value} */
  value(key) {
    return this.get(key) ?? this.#defaults.get(this.own(key)) ?? null;
  }

  /** @param {string} key @returns {Rule | undefined} */
  rule(key) {
    return this.rules.get(this.own(key));
  }

  /** The key that stands for this one. @param {string} key */
  own(key) {
    return this.links.get(key) ?? key;
  }

  /** @param {string} asked @param {Value} value */
  set(asked, value) {
    const key = this.own(asked);
    const rule = this.rules.get(key);
    const fine = value === null || (rule ? allows(rule, value) : fits(key, value));
    if (!fine || this.get(key) === value) return;
    if (value === null) this.#values.delete(key);
    else this.#values.set(key, value);
    for (const watcher of this.#watchers.get(key) ?? []) watcher(value);
    this.#schedule();
  }

  /** @param {string} asked @param {Watcher} then @param {Until} [until] */
  watch(asked, then, {signal} = {}) {
    if (signal?.aborted) return;
    const key = this.own(asked);
    const watchers = this.#watchers.get(key) ?? new Set();
    this.#watchers.set(key, watchers.add(then));
    signal?.addEventListener("abort", () => watchers.delete(then), {once: true});
  }

  /** Name the place on the page that the address points to. @param {string} anchor */
  point(anchor) {
    this.anchor = anchor;
    this.#schedule();
  }

  /** All keys with their values. */
  entries() {
    return this.#values.entries();
  }

  /** What a link to this view has to tell: all but what is so by default. */
  told() {
    return [...this.#values].filter(([key, value]) => this.#defaults.get(key) !== value);
  }

  /** The fragment that would bring a reader to this view. */
  fragment() {
    return formatFragment(this.anchor, this.told());
  }

  /**
   * One figure's own part. A value of another type than the fallback's is refused softly.
   * @param {string} figure
   * @returns {FigureState}
   */
  figure(figure) {
    return {
      get: (name, fallback) => {
        const key = this.own(`${figure}.${name}`);
        this.#defaults.set(key, fallback);
        const value = this.get(key);
        const same = value !== null && (fallback === null || typeof value === typeof fallback);
        return same ? /** @type {any} */ (value) : fallback;
      },
      set: (name, value) => this.set(`${figure}.${name}`, value),
      watch: (name, then, until) => this.watch(`${figure}.${name}`, then, until),
    };
  }

  #schedule() {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.address.write(this.fragment()), PAUSE);
  }
}
