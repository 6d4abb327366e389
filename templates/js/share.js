/**
 * What "Share" opens: a link to the figure as it stands, the code that embeds it, and, for a class,
 * which of its controls to take away.
 *
 * @typedef {import("./state.js").Store} Store
 */
import {html, nothing, render} from "../vendor/lit-html.js";
import {embedding} from "./embedding.js";
import {controls, lockable} from "./locks.js";
import {toFigure} from "./part.js";

/** Why the text was only selected. */
function excuse() {
  const keys = /Mac|iP(hone|ad)/.test(navigator.userAgent) ? "⌘C" : "Ctrl+C";
  const why = isSecureContext
    ? "This browser did not let the page copy by itself."
    : "Browsers let a page copy by itself only at a secure address (https).";
  return `Selected; copy it with ${keys}. ${why}`;
}

/** @param {HTMLInputElement | HTMLTextAreaElement} field @returns {Promise<string>} what to tell the reader */
async function copy(field) {
  field.focus();
  field.select();
  try {
    await navigator.clipboard.writeText(field.value);
    return "Copied.";
  } catch (error) {
    // No clipboard at all is a TypeError, a forbidden one a DOMException.
    if (error instanceof TypeError || error instanceof DOMException) return excuse();
    throw error;
  }
}

/** The panel of one figure. @param {HTMLElement} figure @param {Store} store */
export function panel(figure, store) {
  const element = document.createElement("div");
  element.className = "sharing";
  /** @type {Map<string, string>} */
  const taken = new Map();
  const listed = (/** @type {string} */ how) =>
    [...taken].filter(([, chosen]) => chosen === how).map(([name]) => name).join(" ");
  let teaching = false;
  let told = "";
  const number = figure.querySelector(".figure-number")?.textContent?.trim();
  const heading = document.querySelector("h1")?.textContent?.trim() ?? "";

  function addresses() {
    const fragment = toFigure(figure, store, teaching ? {hide: listed("hide"), lock: listed("lock")} : undefined);
    const here = location.href.replace(/#.*$/, "");
    const own = /** @type {HTMLAnchorElement | null} */ (figure.querySelector(".alone"));
    const page = (own?.href ?? here).replace(/#.*$/, "");
    return {
      link: here + fragment,
      code: embedding({
        page: page + fragment,
        script: new URL("../../embed.js", page).href,
        title: own ? `${number} of ${heading}` : heading,
        height: Math.ceil(figure.offsetHeight - element.offsetHeight + 80),
      }),
    };
  }

  /** @param {Event} event */
  async function press({currentTarget}) {
    const field = /** @type {HTMLElement} */ (currentTarget).closest("p")?.querySelector("input, textarea");
    told = await copy(/** @type {HTMLInputElement} */ (field));
    draw();
  }

  /** @param {string} name */
  const choose = (name) => (/** @type {Event} */ {target}) => {
    taken.set(name, /** @type {HTMLSelectElement} */ (target).value);
    draw();
  };

  /** @param {Event} event */
  function teach({currentTarget}) {
    teaching = /** @type {HTMLDetailsElement} */ (currentTarget).open;
    draw();
  }

  function choices() {
    return controls(figure).map(
      (name) => html`<label class="field"><span>${name.replaceAll("-", " ")}</span>
        <select class="select" @change=${choose(name)}>
          <option value="">stays</option>
          ${lockable(figure, name) ? html`<option value="lock">is locked</option>` : nothing}
          <option value="hide">is hidden</option>
        </select></label>`,
    );
  }

  function draw() {
    if (element.hidden) return;
    const {link, code} = addresses();
    const parts = choices();
    render(
      html`<p class="copy"><label for="${figure.id}-link">Link to this figure as it stands</label>
          <input id="${figure.id}-link" class="copied" readonly .value=${link}>
          <button type="button" class="button" @click=${press}>Copy link</button></p>
        <p class="copy"><label for="${figure.id}-code">Code that shows it on another page</label>
          <textarea id="${figure.id}-code" class="copied" rows="3" readonly .value=${code}></textarea>
          <button type="button" class="button" @click=${press}>Copy code</button></p>
        <details @toggle=${teach}><summary>For a class</summary>
          <p>Both then keep what is set now: “Reset” comes back to it.${parts.length ? " What is taken away?" : ""}</p>
          <div class="classroom">${parts}</div>
        </details>
        <p role="status">${told}</p>`,
      element,
    );
  }

  addEventListener("addresschange", draw);
  // Shown for the first time, or again after a while.
  new MutationObserver(() => {
    told = "";
    draw();
  }).observe(element, {attributeFilter: ["hidden"]});
  return element;
}
