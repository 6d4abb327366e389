/**
 * The parts of the figure that never change: pad, picks, verdict, layers, card.
 *
 * @typedef {object} Parts
 * @property {HTMLCanvasElement | null} pad
 * @property {HTMLElement} net
 * @property {HTMLElement} side
 * @property {HTMLElement} inks
 * @property {HTMLElement} picks
 * @property {HTMLElement} shown
 * @property {HTMLElement} choose
 * @property {HTMLElement} stack
 * @property {HTMLElement} scene
 * @property {SVGElement} edges
 * @property {HTMLElement} card
 * @property {HTMLButtonElement | null} undo
 * @property {HTMLButtonElement | null} clear
 * @property {HTMLButtonElement | null} luck
 * @property {HTMLElement} view
 * @property {HTMLElement} aid  for help
 */
import {html, nothing, render} from "../../vendor/lit-html.js";

/**
 * @param {HTMLElement} element
 * @param {{draws: boolean, picks: boolean, how: string}} wants
 * @returns {Parts}
 */
export function frame(element, {draws, picks, how}) {
  render(
    html`<div class="net">
      <div class=${draws ? "side" : "side picture-less"} role="group" aria-label="Input and guesses">
        ${draws
          ? html`<div class="slate" data-control="drawing-pad"><canvas></canvas><p class="invitation" aria-hidden="true">Draw here</p></div>
              <div class="inks-place"></div>
              <div class="controls tools" data-control="drawing-tools"><button type="button" class="button undo">Undo</button><button type="button" class="button clear">Clear</button></div>
              <p class="hint how">${how}</p>`
          : nothing}
        ${picks
          ? html`<div class="examples" data-control="examples">
              <p class="heading">${draws ? "or take" : "Take"} one from the test set</p>
              <div class="picks" role="group" aria-label="Examples of the test set"></div>
              <button type="button" class="button luck">Surprise me</button>
              <p class="shown"></p>
            </div>`
          : nothing}
      </div>
      <div class="layers" role="group" aria-label="Layers">
        <div class="toolbar"><fieldset class="choose" data-control="layers"><legend>Layers</legend></fieldset><div class="view" data-control="view"></div><div class="aid"></div></div>
        <div class="stack"><div class="scene"></div><svg class="edges" aria-hidden="true"></svg></div>
        <p class="hint">Arrow keys go from tile to tile, Enter goes inside a tile and Escape out again, [ and ] change the layer.</p>
      </div>
      <div class="card arithmetic" data-control="arithmetic" role="group" aria-label="Arithmetic of one unit" tabindex="0"></div>
    </div>`,
    element,
  );
  const find = (/** @type {string} */ name) => /** @type {any} */ (element.querySelector(name));
  return {
    pad: find(".slate canvas"),
    net: find(".net"),
    side: find(".side"),
    inks: find(".inks-place"),
    picks: find(".picks"),
    shown: find(".shown"),
    choose: find(".choose"),
    stack: find(".stack"),
    scene: find(".scene"),
    edges: find(".edges"),
    card: find(".arithmetic"),
    undo: find(".undo"),
    clear: find(".clear"),
    luck: find(".luck"),
    view: find(".view"),
    aid: find(".aid"),
  };
}

/**
 * A box for each layer, ticked while it is drawn.
 * @param {HTMLElement} place @param {{name: string, title: string}[]} rows
 * @param {(name: string) => boolean} hidden
 * @param {(name: string, hidden: boolean) => void} onchange @param {AbortSignal} signal
 */
export function boxes(place, rows, hidden, onchange, signal) {
  const made = rows.map(({name, title}) => {
    const box = document.createElement("input");
    box.type = "checkbox";
    box.checked = !hidden(name);
    box.addEventListener("change", () => onchange(name, !box.checked), {signal});
    const label = document.createElement("label");
    label.className = "check";
    label.append(box, title);
    place.append(label);
    return {name, box};
  });
  return () => {
    for (const {name, box} of made) box.checked = !hidden(name);
  };
}
