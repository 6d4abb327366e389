/**
 * What the figures of one page share: the store and its address, the colours in force, a voice for
 * screen readers, the engines.
 *
 * @typedef {import("./types.js").Page} Page
 * @typedef {import("./types.js").Site} Site
 */
import {readPalette} from "./colour.js";
import {formatFragment} from "./fragment.js";
import {engines} from "./engines.js";
import {follow} from "./place.js";
import {gather} from "./rules.js";
import {Store} from "./state.js";
import {Trouble} from "./trouble.js";

/** Paths in the page's site-data element are relative to the page. @returns {Site} */
function readSite() {
  const text = document.getElementById("site-data")?.textContent ?? "{}";
  const {ort, wasm, wasmBytes, vega} = JSON.parse(text);
  const at = (/** @type {string | undefined} */ path) => path && new URL(path, document.baseURI).href;
  return {ort: at(ort) ?? "", wasm: at(wasm) ?? "", wasmBytes, vega: at(vega)};
}

/** What the page says of its figures' states and its reader variables. */
function readRules() {
  /** @type {[string, Record<string, import("./rules.js").Rule>][]} */
  const figures = [];
  for (const {id, dataset} of /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll("figure[data-states]"))) {
    figures.push([id, JSON.parse(dataset.states ?? "{}")]);
  }
  const told = document.querySelector("script[data-variables]")?.textContent;
  return gather({figures, rules: {}, links: {}, ...(told ? JSON.parse(told) : {})});
}

/** The page's address: its fragment is replaced, so Back leaves the page as readers expect. */
const address = {
  read: () => location.hash,
  write: (/** @type {string} */ fragment) => {
    if (fragment !== location.hash) {
      history.replaceState(history.state, "", fragment || location.pathname + location.search);
      // Browsers tell nobody of an address that was replaced.
      dispatchEvent(new Event("addresschange"));
    }
  },
};

/** @param {string} text */
function say(text) {
  const voice = document.getElementById("voice");
  if (!voice) return;
  // The same words twice would not be read twice.
  voice.textContent = voice.textContent === text ? `${text}\u00a0` : text;
}

/** The scheme switch and the system's own setting both change colours. */
function onscheme(/** @type {() => void} */ then, /** @type {{signal?: AbortSignal}} */ until = {}) {
  document.addEventListener("schemechange", then, until);
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", then, until);
}

/** From a figure's own page to another figure: in its article, as things stand. */
function visit(/** @type {string} */ figure, /** @type {Store} */ store) {
  const origin = /** @type {HTMLAnchorElement | null} */ (document.querySelector("[data-origin]"));
  if (origin) open(origin.href.replace(/#.*|$/, formatFragment(figure, store.told())), "_blank", "noopener");
}

/** @returns {{page: Page, store: Store, engines: import("./engines.js").Engines}} */
export function openPage() {
  const site = readSite();
  const store = new Store(address, readRules());
  document.addEventListener("figures:added", () => store.learn(readRules()));
  follow(store.anchor);
  addEventListener("hashchange", () => {
    store.absorb();
    follow(store.anchor);
  });
  const calm = matchMedia("(prefers-reduced-motion: reduce)");
  return {
    store,
    engines: engines(site),
    page: {
      get: (key) => store.get(key),
      set: (key, value) => store.set(key, value),
      watch: (key, then, until) => store.watch(key, then, until),
      say,
      palette: () => readPalette(getComputedStyle(document.documentElement)),
      onscheme,
      go(figure) {
        if (document.getElementById(figure)) {
          follow(figure, !calm.matches);
          store.point(figure);
        } else visit(figure, store);
      },
      vega: () =>
        import(site.vega ?? "").catch((cause) => {
          throw new Trouble("The library that draws charts could not be loaded.", cause);
        }),
    },
  };
}
