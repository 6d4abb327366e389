/**
 * One figure on the whole screen: by the browser where it can, else over the whole page, which is what
 * an iPhone gets.
 */

/** Everything beside the figure, out of reach. @param {HTMLElement} figure @returns {Element[]} */
function others(figure) {
  /** @type {Element[]} */
  const found = [];
  for (let at = /** @type {Element} */ (figure); at.parentElement && at !== document.body; at = at.parentElement) {
    found.push(...[...at.parentElement.children].filter((one) => one !== at && !one.matches("#voice, [inert]")));
  }
  return found;
}

/** A frame whose page does not allow it can only fill itself, which it does already. */
export function possible() {
  return document.fullscreenEnabled || window.parent === window;
}

/** Whether a figure fills the screen, and the way there and back. */
export class Screen {
  /** @type {AbortController | null} */
  #over = null;

  /** @param {HTMLElement} figure @param {(full: boolean) => void} onchange */
  constructor(figure, onchange) {
    this.figure = figure;
    this.onchange = onchange;
    figure.addEventListener("fullscreenchange", () => onchange(this.full));
  }

  get full() {
    return this.#over !== null || document.fullscreenElement === this.figure;
  }

  async toggle() {
    if (this.#over) return this.#back();
    if (document.fullscreenElement === this.figure) return document.exitFullscreen();
    if (!document.fullscreenEnabled) return this.#cover();
    // A browser that promises it may still refuse.
    await this.figure.requestFullscreen().catch(() => this.#cover());
  }

  #cover() {
    const over = (this.#over = new AbortController());
    const inert = others(this.figure);
    for (const one of inert) one.setAttribute("inert", "");
    document.documentElement.classList.add("covered");
    this.figure.classList.add("full-screen");
    over.signal.addEventListener("abort", () => {
      for (const one of inert) one.removeAttribute("inert");
      document.documentElement.classList.remove("covered");
      this.figure.classList.remove("full-screen");
    });
    const leave = (/** @type {KeyboardEvent} */ event) => {
      if (event.key === "Escape" && !event.defaultPrevented) this.#back();
    };
    addEventListener("keydown", leave, {signal: over.signal});
    this.onchange(true);
  }

  #back() {
    this.#over?.abort();
    this.#over = null;
    this.figure.scrollIntoView({block: "nearest"});
    this.onchange(false);
  }
}
