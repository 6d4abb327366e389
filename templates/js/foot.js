/**
 * The buttons below a caption that need scripts: share, full screen, reset. What they open is fetched
 * when it is first opened.
 *
 * @typedef {import("./life.js").Life} Life
 * @typedef {import("./life.js").Shared} Shared
 */
import {lock} from "./locks.js";
import {resettable, taught, toFigure} from "./part.js";
import {possible, Screen} from "./screen.js";

/** @param {string} words @param {() => void} then */
function button(words, then) {
  const made = document.createElement("button");
  made.type = "button";
  made.className = "act";
  made.textContent = words;
  made.addEventListener("click", then);
  return made;
}

/** The fragment that brought the reader here; what it says later is the reader's own doing. */
let arrival = "";

/** A link within the page says nothing new; a reload finds what was kept. */
function arrive() {
  const fresh = location.hash.includes("~") ? location.hash : arrival;
  arrival = history.state?.arrival ?? fresh;
  history.replaceState({...history.state, arrival}, "");
}

/** Remember from now on what brought the reader here. */
export function watchArrival() {
  arrive();
  addEventListener("hashchange", arrive);
}

/** The foot of one figure. */
export class Foot {
  /** What a reset took, while it can be had back. @type {import("./part.js").Entry[] | null} */
  #taken = null;
  /** @type {HTMLElement | null} */
  #panel = null;

  /** @param {Life} life @param {Shared} shared */
  constructor(life, {store, page}) {
    this.life = life;
    this.store = store;
    this.page = page;
    this.figure = life.figure;
    const foot = this.figure.querySelector(":scope > figcaption > .foot");
    this.element = /** @type {HTMLElement | null} */ (foot);
    if (!this.element) return;
    this.#buttons(this.element);
    this.#listen(this.element);
    lock(this.figure, store);
  }

  /** @param {HTMLElement} element */
  #buttons(element) {
    this.share = button("Share", () => void this.#toggleShare());
    this.share.setAttribute("aria-expanded", "false");
    this.reset = button("Reset", () => void this.#reset());
    const acts = document.createElement("div");
    acts.className = "acts";
    acts.setAttribute("role", "group");
    acts.setAttribute("aria-label", `${this.#name}: what to do with it`);
    acts.append(this.reset, this.share);
    if (possible()) acts.append(this.#fullScreen());
    element.prepend(acts);
  }

  get #name() {
    return this.figure.querySelector(".figure-number")?.textContent ?? "Figure";
  }

  #fullScreen() {
    const screen = new Screen(this.figure, (full) => {
      made.textContent = full ? "Leave full screen" : "Full screen";
    });
    const made = button("Full screen", () => void screen.toggle());
    return made;
  }

  /** @param {HTMLElement} element */
  #listen(element) {
    const data = /** @type {HTMLDetailsElement | null} */ (element.querySelector(".data"));
    const open = async () => (await import("./keep.js")).offer(this.figure);
    data?.addEventListener("toggle", open, {once: true});
    data?.addEventListener("toggle", () => data.open && this.#open("data"));
    // Whoever goes on after a reset has made up his mind.
    for (const act of ["pointerdown", "keydown", "input"]) {
      this.figure.addEventListener(act, (event) => {
        const tab = event instanceof KeyboardEvent && event.key === "Tab";
        const inside = event.target instanceof Element && event.target.closest(".life");
        if (inside && !tab) this.#settle(null);
      });
    }
    const alone = /** @type {HTMLAnchorElement | null} */ (element.querySelector(".alone"));
    alone?.addEventListener("click", () => void (alone.hash = toFigure(this.figure, this.store)));
  }

  async #toggleShare() {
    const {element, share} = this;
    if (!element || !share) return;
    if (!this.#panel) {
      const {panel} = await import("./share.js");
      this.#panel = panel(this.figure, this.store);
      this.#panel.id = `${this.figure.id}-share`;
      this.#panel.hidden = true;
      share.setAttribute("aria-controls", this.#panel.id);
      element.append(this.#panel);
    }
    this.#open(this.#panel.hidden ? "share" : "nothing");
  }

  /** One thing at a time: what is opened stands right below its button. @param {"share" | "data" | "nothing"} what */
  #open(what) {
    const data = /** @type {HTMLDetailsElement | null} */ (this.element?.querySelector(".data") ?? null);
    if (this.#panel) this.#panel.hidden = what !== "share";
    if (data && what === "share") data.open = false;
    this.share?.setAttribute("aria-expanded", String(what === "share"));
  }

  /** To the state at first, or back from there. */
  async #reset() {
    const {figure, life, store} = this;
    const undone = this.#taken;
    const now = resettable(store.entries(), figure.id, life.linked);
    const then = undone ?? taught(arrival, figure.id, life.linked);
    await life.restart(() => {
      for (const [key] of now) store.set(key, null);
      for (const [key, value] of then) store.set(key, value);
    });
    this.#settle(undone ? null : now);
    this.page.say(undone ? `${this.#name}: as it was before.` : `${this.#name}: as it was at first.`);
  }

  /** @param {import("./part.js").Entry[] | null} taken */
  #settle(taken) {
    this.#taken = taken;
    if (this.reset) this.reset.textContent = taken ? "Undo reset" : "Reset";
  }
}
