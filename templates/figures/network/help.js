/**
 * What a reader can do here, over the figure: one button and the key "?" open it, Escape closes it.
 */
import {html, render} from "../../vendor/lit-html.js";
import {deeds, keys} from "./guide.js";

/**
 * @param {HTMLElement} place  for the button and what it opens
 * @param {HTMLElement} element  where "?" is heard
 * @param {{draws: boolean, picks: boolean, name: string, signal: AbortSignal}} options
 */
export function help(place, element, {draws, picks, name, signal}) {
  const dialog = () => /** @type {HTMLDialogElement} */ (place.querySelector("dialog"));
  const open = () => dialog().showModal();
  const beside = (/** @type {Event} */ event) => event.target === dialog() && dialog().close();
  const title = `${name}-help`;
  render(
    html`<button type="button" class="button quiet ask" aria-haspopup="dialog" @click=${open}>Help</button>
      <dialog class="help" aria-labelledby=${title} @click=${beside}>
        <div class="sheet">
          <h3 id=${title}>What you can do here</h3>
          <ul>${deeds(draws, picks).map((deed) => html`<li>${deed}</li>`)}</ul>
          <dl>${keys(draws).map(([key, deed]) => html`<div><dt>${key}</dt><dd>${deed}</dd></div>`)}</dl>
          <form method="dialog"><button class="button">Close</button></form>
        </div>
      </dialog>`,
    place,
  );
  element.addEventListener("keydown", (event) => {
    if (event.key !== "?" || dialog().open) return;
    event.preventDefault();
    open();
  }, {signal});
}
