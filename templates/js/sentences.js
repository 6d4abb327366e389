/**
 * Sentences that share variables with figures: sliders and choices in them, words that follow, words
 * that set something, and rows of steps. Each element holds its start as text, in `.told`, for paper
 * and for readers without scripts; beside it stands what moves.
 *
 * @typedef {import("./types.js").Page} Page
 * @typedef {import("./types.js").Value} Value
 * @typedef {import("./rules.js").Rule} Rule
 * @typedef {import("./state.js").Store} Store
 */
import {choice, slider} from "./controls.js";
import {evaluate, names} from "./expression.js";
import {follow} from "./links.js";
import {sentence} from "./sentence.js";
import {written} from "./wording.js";

/** Milliseconds after which a reader has come to rest. */
const REST = 450;
const BLOCK = "p, li, dd, td, th, .caption, figcaption, h2, h3, h4";

/** @template {HTMLElement} E @param {string} selector @returns {E[]} */
const all = (selector) => /** @type {E[]} */ ([...document.querySelectorAll(selector)]);

/** A value as prose calls it. @param {Rule | undefined} rule @param {Value} value @param {string} [spec] */
export function word(rule, value, spec = "") {
  const at = rule?.words && rule.choices ? rule.choices.findIndex((one) => one === value) : -1;
  if (rule?.words && at >= 0) return rule.words[at];
  return value === null ? "–" : written(value, spec || rule?.format);
}

/** What an element was made from, and its end. @type {WeakMap<HTMLElement, {from: string, control: AbortController}>} */
const made = new WeakMap();

/** @type {Voice | undefined} */
let voice;

/**
 * Once for each page, and again after an author's edit has changed it in place.
 * @param {{store: Store, page: Page}} shared
 */
export function open({store, page}) {
  const speaking = (voice ??= new Voice(page.say));
  renew(".variable", (place, signal) => control(place, store, speaking, signal));
  renew(".shown", (place, signal) => shown(place, store, speaking, signal));
  renew(".set", (place, signal) => follow(place, store, page, (element) => speaking.touch(element), signal));
  // Fewer pages still have steps, and those are fetched when there are any.
  if (document.querySelector(".stepper, .scroll")) {
    void import("./steps.js").then(({openSteps}) => openSteps(store, page));
  }
}

/** @param {string} selector @param {(place: HTMLElement, signal: AbortSignal) => HTMLElement | void} make */
function renew(selector, make) {
  for (const place of all(selector)) {
    const from = JSON.stringify({...place.dataset});
    const before = made.get(place);
    if (before?.from === from) continue;
    before?.control.abort();
    const control = new AbortController();
    if (before) for (const part of [...place.querySelectorAll(":scope > :not(.told)")]) part.remove();
    made.set(make(place, control.signal) ?? place, {from, control});
  }
}

/** @param {HTMLElement} place @param {Store} store @param {Voice} voice @param {AbortSignal} signal */
function control(place, store, voice, signal) {
  const {key = "", control: sort, label = "", format} = place.dataset;
  const rule = store.rule(key);
  if (!rule) return;
  const then = (/** @type {Value} */ value) => {
    voice.touch(place);
    store.set(key, value);
  };
  const words = (/** @type {Value} */ value) => word(rule, value, format);
  const {element, show} = (sort === "slider" ? slider : choice)({rule, label, words, then});
  const now = () => show(store.value(key));
  store.watch(key, now, {signal});
  now();
  place.append(element);
  place.classList.add("live");
}

/** @param {HTMLElement} place @param {Store} store @param {Voice} voice @param {AbortSignal} signal */
function shown(place, store, voice, signal) {
  const tree = JSON.parse(place.dataset.tree ?? "null");
  const asked = names(tree);
  if (!asked.every((key) => store.rule(key))) return;
  const now = document.createElement("span");
  now.className = "now";
  const value = (/** @type {string} */ key) => /** @type {any} */ (store.value(key));
  const show = () => {
    const bare = Array.isArray(tree) && tree[0] === "name";
    const text = bare
      ? word(store.rule(asked[0]), value(asked[0]), place.dataset.format)
      : written(evaluate(tree, value), place.dataset.format);
    if (text === now.textContent) return;
    now.textContent = text;
    voice.changed(now);
  };
  for (const key of asked) store.watch(key, show, {signal});
  show();
  place.append(now);
  place.classList.add("live");
}

/** Says the sentences that a reader's move has changed, once the reader rests. */
class Voice {
  /** @type {Element | null} */
  #touched = null;
  /** @type {Set<HTMLElement>} */
  #changed = new Set();
  #timer = 0;

  /** @param {(text: string) => void} say */
  constructor(say) {
    this.say = say;
  }

  /** The reader works here. @param {Element} place */
  touch(place) {
    this.#touched = place.closest(BLOCK);
    clearTimeout(this.#timer);
    this.#timer = window.setTimeout(() => this.#tell(), REST);
  }

  /** @param {HTMLElement} words */
  changed(words) {
    if (this.#touched) this.#changed.add(words);
  }

  #tell() {
    const here = [...this.#changed].filter((words) => words.closest(BLOCK) === this.#touched);
    const told = new Set((here.length ? here : [...this.#changed]).map((words) => sentence(words, BLOCK)));
    if (told.size) this.say([...told].slice(0, 2).join(" "));
    this.#changed.clear();
    this.#touched = null;
  }
}
