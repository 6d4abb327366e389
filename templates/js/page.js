/**
 * What the figures of one page share: the store and its address, the colours in force, a voice for
 * screen readers, the engine.
 *
 * @typedef {import("./types.js").Page} Page
 * @typedef {import("./types.js").Site} Site
 */
import {readPalette} from "./colour.js";
import {Engine} from "./graphs.js";
import {follow} from "./place.js";
import {Store} from "./state.js";

/** Paths in the page's site-data element are relative to the page. @returns {Site} */
function readSite() {
  const text = document.getElementById("site-data")?.textContent ?? "{}";
  const {ort, wasm, wasmBytes, vega} = JSON.parse(text);
  const at = (/** @type {string | undefined} */ path) => path && new URL(path, document.baseURI).href;
  return {ort: at(ort) ?? "", wasm: at(wasm) ?? "", wasmBytes, vega: at(vega)};
}

/** The page's address: its fragment is replaced, so Back leaves the page as readers expect. */
const address = {
  read: () => location.hash,
  write: (/** @type {string} */ fragment) => {
    if (fragment !== location.hash) {
      history.replaceState(history.state, "", fragment || location.pathname + location.search);
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

/** @returns {{page: Page, store: Store, engine: Engine}} */
export function openPage() {
  const site = readSite();
  const store = new Store(address);
  follow(store.anchor);
  addEventListener("hashchange", () => {
    store.absorb();
    follow(store.anchor);
  });
  const calm = matchMedia("(prefers-reduced-motion: reduce)");
  return {
    store,
    engine: new Engine(site),
    page: {
      get: (key) => store.get(key),
      set: (key, value) => store.set(key, value),
      watch: (key, then, until) => store.watch(key, then, until),
      say,
      palette: () => readPalette(getComputedStyle(document.documentElement)),
      onscheme,
      go(figure) {
        follow(figure, !calm.matches);
        store.point(figure);
      },
      vega: () => import(site.vega ?? ""),
    },
  };
}
