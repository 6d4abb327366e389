/**
 * One figure's life.
 *
 *     still ──near the screen──▶ ready ──first answer──▶ live
 *       │                          │                       │
 *       └────────── any error ─────┴───────▶ failed ◀──────┘   the still stands; "Try again"
 *
 * @typedef {import("./types.js").Page} Page
 * @typedef {import("./types.js").Mounting} Mounting
 * @typedef {{page: Page, store: import("./state.js").Store, engines: import("./engines.js").Engines}} Shared
 */
import {dress} from "./dress.js";
import {ahead, graph} from "./graphs.js";
import {Notice} from "./notice.js";
import {fetchArrays, loadPayload} from "./payload.js";
import {Trouble} from "./trouble.js";

/** Errors already shown in a figure; the window need not report them again. */
export const shown = new WeakSet();

/** Paths in the page are relative to it. @param {string} path */
const at = (path) => new URL(path, document.baseURI).href;

/** A figure element and what mount.js does with it. */
export class Life {
  #tries = 0;
  #control = new AbortController();
  #visible = false;
  #begun = false;
  /** Fetches what the first touch will need, once. @type {(() => void) | null} */
  #likely = null;
  /** Selections that this figure shares with others. @type {Set<string>} */
  linked = new Set();

  /** @param {HTMLElement} figure @param {Shared} shared */
  constructor(figure, shared) {
    this.figure = figure;
    this.shared = shared;
    this.element = /** @type {HTMLElement} */ (figure.querySelector(".life"));
    this.kind = figure.dataset.kind ?? "";
    this.module = new URL(`../figures/${this.kind}.js`, import.meta.url).href;
    this.notice = new Notice(figure);
  }

  /** A new, empty .life each time: what a kind's library left on the old one must not come back. */
  #renew() {
    const fresh = /** @type {HTMLElement} */ (this.element.cloneNode(false));
    this.element.replaceWith(fresh);
    this.element = fresh;
    fresh.hidden = false;
    fresh.addEventListener("figure:live", () => this.#state("live"));
  }

  /** Load data and module, then let the kind fill the empty .life. */
  async begin() {
    const {figure} = this;
    this.#begun = true;
    const control = (this.#control = new AbortController());
    figure.setAttribute("aria-busy", "true");
    this.#renew();
    try {
      const url = at(figure.dataset.payload ?? "");
      this.#besides();
      const module = this.#import();
      this.#guess(module).catch(() => {});
      const styled = module.then(({style}) => style && dress(style));
      const [{default: mount}, payload] = await Promise.all([module, loadPayload(url), styled]);
      await mount(this.#mounting(payload, control.signal));
      if (control.signal.aborted) return;
      this.#state("ready");
      if (this.#visible) this.#send("figure:show");
    } catch (error) {
      if (!control.signal.aborted) this.fail(error);
    } finally {
      figure.removeAttribute("aria-busy");
    }
  }

  /** What payload and module are about to ask for comes side by side with them. */
  #besides() {
    const {arrays, living} = this.figure.dataset;
    if (arrays) fetchArrays(at(arrays));
    if (living) dress(at(living)).catch(() => {});
  }

  /**
   * A figure on screen is likely to be touched, and its module may say which graph that would run. The
   * page knows where it is, so that on a slow line it need not wait for the listing.
   * @param {Promise<any>} module
   */
  async #guess(module) {
    const {likely} = await module;
    const card = JSON.parse(this.figure.dataset.ahead ?? "{}")[likely];
    if (!card) return;
    const source = {...card, url: at(card.url), weights: card.weights && at(card.weights)};
    this.#likely = () => ahead(this.shared.engines, source);
    if (this.#visible) this.#likely();
  }

  /**
   * The kind's module. A failed import is remembered by browsers, so a new try needs a new address.
   * @returns {Promise<any>}
   */
  async #import() {
    const suffix = this.#tries ? `?try=${this.#tries}` : "";
    return import(this.module + suffix).catch((cause) => {
      if (cause instanceof SyntaxError) throw new Trouble("The script of this figure arrived damaged.", cause);
      if (!(cause instanceof TypeError)) throw cause;
      throw new Trouble("The script of this figure could not be loaded.", cause);
    });
  }

  /** Tell of the large engine's download, if one of the graphs is for it. @param {import("./types.js").GraphCard[]} graphs @param {AbortSignal} signal */
  #follow(graphs, signal) {
    if (!graphs.some(({engine}) => engine === "ort")) return;
    const tell = (/** @type {number} */ share) => this.notice.progress(share);
    const {listeners} = this.shared.engines.ort;
    listeners.add(tell);
    signal.addEventListener("abort", () => listeners.delete(tell));
  }

  /** @param {Awaited<ReturnType<typeof loadPayload>>} payload @param {AbortSignal} signal @returns {Mounting} */
  #mounting(payload, signal) {
    this.#follow(Object.values(payload.graphs), signal);
    const hooks = {
      signal,
      answered: () => this.#state("live"),
      failed: (/** @type {unknown} */ error) => this.fail(error),
    };
    const graphs = Object.entries(payload.graphs).map(([name, card]) => [
      name,
      graph(this.shared.engines, name, card, hooks),
    ]);
    const {page, store} = this.shared;
    const own = store.figure(this.figure.id);
    return {
      ...payload,
      element: this.element,
      graphs: Object.fromEntries(graphs),
      page: {
        ...page,
        watch: (key, then, until) => {
          this.linked.add(key);
          page.watch(key, this.#guarded(then), {signal, ...until});
        },
        onscheme: (then, until) => page.onscheme(this.#guarded(then), {signal, ...until}),
      },
      state: {
        ...own,
        watch: (name, then, until) => {
          // A variable of the page may stand for this figure's state: a reset takes it back too.
          this.linked.add(store.own(`${this.figure.id}.${name}`));
          own.watch(name, this.#guarded(then), {signal, ...until});
        },
      },
      signal,
    };
  }

  /** One figure's error must not stop another figure's news. */
  #guarded(/** @type {(...words: any[]) => void} */ then) {
    return (/** @type {any[]} */ ...words) => {
      try {
        then(...words);
      } catch (error) {
        this.fail(error);
      }
    };
  }

  /** @param {"ready" | "live"} next */
  #state(next) {
    const now = this.figure.dataset.state;
    if (now === "failed" || (next === "ready" && now === "live")) return;
    this.figure.dataset.state = next;
    if (next === "live") this.notice.clear();
  }

  /** The still comes back and the figure says why. @param {unknown} error */
  fail(error) {
    if (error instanceof Error) shown.add(error);
    if (this.figure.dataset.state === "failed") return;
    this.figure.dataset.state = "failed";
    this.end();
    console.warn(`Figure ${this.figure.id} fell back to its still picture.`, error);
    this.notice.failure(error, () => {
      this.#tries += 1;
      this.figure.dataset.state = "still";
      this.begin();
    });
  }

  /** Pause and resume. @param {boolean} visible */
  show(visible) {
    if (visible === this.#visible) return;
    this.#visible = visible;
    if (visible) this.#likely?.();
    this.#send(visible ? "figure:show" : "figure:hide");
  }

  #send(/** @type {string} */ name) {
    this.element.dispatchEvent(new CustomEvent(name));
  }

  /**
   * Live again from the start, in a state that `between` may change while nobody listens. The figure
   * keeps its height meanwhile, so that the page stands still.
   * @param {() => void} between
   */
  async restart(between) {
    const {figure} = this;
    if (!this.#begun) return between();
    figure.style.minHeight = `${figure.offsetHeight}px`;
    this.end();
    this.notice.clear();
    between();
    figure.dataset.state = "still";
    await this.begin();
    figure.style.minHeight = "";
  }

  /** Stop listeners, drop graphs, empty the .life. */
  end() {
    this.#control.abort();
    this.element.hidden = true;
    this.element.replaceChildren();
  }
}
