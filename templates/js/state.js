/**
 * The page's one store: linked selections, figure options and the address that mirrors them.
 *
 * Keys are `instance:<dataset>`, `unit:<model>` and `<figure>.<option>`. Whoever sets a key tells
 * every watcher; shortly after, the address tells everyone the reader shares it with.
 *
 * @typedef {import("./types.js").Value} Value
 * @typedef {import("./types.js").Until} Until
 * @typedef {import("./types.js").FigureState} FigureState
 * @typedef {(value: Value) => void} Watcher
 *
 * @typedef {object} Address  where the fragment lives; tests hand in their own
 * @property {() => string} read
 * @property {(fragment: string) => void} write
 */
import {formatFragment, parseFragment} from "./fragment.js";

/** Safari refuses more than 100 address changes in 30 seconds. */
const PAUSE = 350;

/** @type {[string, (value: Value) => boolean][]} */
const RULES = [
  ["instance:", (value) => Number.isInteger(value) && Number(value) >= 0],
  ["unit:", (value) => typeof value === "string" && /^[^/]+\/\d+$/.test(value)],
];

/** May this key hold this value? Selections are checked, since addresses come from anywhere. */
export function fits(/** @type {string} */ key, /** @type {Value} */ value) {
  const rule = RULES.find(([prefix]) => key.startsWith(prefix));
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

  /** @param {Address} address */
  constructor(address) {
    this.address = address;
    this.anchor = "";
    this.absorb();
  }

  /** Take over what the address says now; keys it does not name stay as they are. */
  absorb() {
    const {anchor, entries} = parseFragment(this.address.read());
    this.anchor = anchor;
    for (const [key, value] of entries) this.set(key, value);
    if (this.#values.size > entries.size) this.#schedule();
  }

  /** @param {string} key @returns {Value} */
  get(key) {
    return this.#values.get(key) ?? null;
  }

  /** @param {string} key @param {Value} value */
  set(key, value) {
    if (!fits(key, value) || this.get(key) === value) return;
    if (value === null) this.#values.delete(key);
    else this.#values.set(key, value);
    for (const watcher of this.#watchers.get(key) ?? []) watcher(value);
    this.#schedule();
  }

  /** @param {string} key @param {Watcher} then @param {Until} [until] */
  watch(key, then, {signal} = {}) {
    if (signal?.aborted) return;
    const watchers = this.#watchers.get(key) ?? new Set();
    this.#watchers.set(key, watchers.add(then));
    signal?.addEventListener("abort", () => watchers.delete(then), {once: true});
  }

  /** Name the place on the page that the address points to. @param {string} anchor */
  point(anchor) {
    this.anchor = anchor;
    this.#schedule();
  }

  /** The fragment that would bring a reader to this view; defaults are left out. */
  fragment() {
    const told = [...this.#values].filter(([key, value]) => this.#defaults.get(key) !== value);
    return formatFragment(this.anchor, told);
  }

  /**
   * One figure's own part. A value of another type than the fallback's is refused softly.
   * @param {string} figure
   * @returns {FigureState}
   */
  figure(figure) {
    return {
      get: (name, fallback) => {
        const key = `${figure}.${name}`;
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
