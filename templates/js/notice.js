/** The line under a figure that tells of a download or of a failure. */
import {told} from "./trouble.js";

/** A download shorter than this is not worth a reader's glance. */
const PATIENCE = 400;

/**
 * @param {string} tag @param {string} name @param {string} [text]
 */
function make(tag, name, text = "") {
  const element = document.createElement(tag);
  element.className = name;
  element.textContent = text;
  return element;
}

/** The notice of one figure. */
export class Notice {
  /** @type {HTMLElement | null} */
  #line = null;
  #since = 0;

  /** @param {HTMLElement} figure */
  constructor(figure) {
    this.figure = figure;
  }

  #open(/** @type {string} */ name) {
    this.clear();
    this.#line = make("div", `notice ${name}`);
    this.figure.querySelector("figcaption")?.before(this.#line);
    if (!this.#line.parentElement) this.figure.append(this.#line);
    return this.#line;
  }

  /** How much of the engine has come, 0 to 1. @param {number} share */
  progress(share) {
    const now = performance.now();
    this.#since ||= now;
    if (now - this.#since < PATIENCE || this.figure.dataset.state === "live") return;
    let bar = this.#line?.querySelector("progress");
    if (!bar) {
      const line = this.#open("loading");
      line.append(make("span", "", "Fetching the engine that runs the network here"));
      bar = document.createElement("progress");
      bar.setAttribute("aria-label", "download of the engine");
      line.append(bar);
    }
    bar.value = share;
    if (share >= 1) this.#line?.firstElementChild?.replaceChildren("Starting the engine");
  }

  /** What happened, in a sentence, and a way to go on. @param {unknown} error @param {() => void} again */
  failure(error, again) {
    const line = this.#open("failure");
    const {said, detail} = told(error);
    const stays = this.figure.hasAttribute("data-withheld") ? "" : "; its picture stays";
    const text = make("p", "", `The live part of this figure stopped${stays}. ${said}`);
    text.setAttribute("role", "status");
    const button = make("button", "button", "Try again");
    button.setAttribute("type", "button");
    button.addEventListener("click", () => {
      this.clear();
      again();
    });
    line.append(text, button);
    if (detail) line.append(this.#detail(detail));
  }

  /** For whoever can mend it. @param {string} text */
  #detail(text) {
    const box = make("details", "detail");
    box.append(make("summary", "", "What the browser said"), make("code", "", text));
    return box;
  }

  clear() {
    this.#line?.remove();
    this.#line = null;
    this.#since = 0;
  }
}
