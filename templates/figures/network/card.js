/**
 * The arithmetic of one unit, as a reader can follow and check it: each group of numbers, its sum,
 * the steps to the value, and the network's own answer beside it.
 *
 * @typedef {import("../../js/types.js").Palette} Palette
 * @typedef {import("./windows.js").Layer} Layer
 * @typedef {import("./windows.js").Group} Group
 * @typedef {import("./steps.js").Explanation} Explanation
 * @typedef {import("./cursor.js").Place} Place
 *
 * @typedef {object} Shown
 * @property {Layer} layer
 * @property {string} title       the layer as the article calls it
 * @property {Place} place
 * @property {number | null} value  the graph's own output; null: nothing is shown
 * @property {Explanation | null} explanation  null: the weights are on their way, or it is the input
 * @property {{title: string, formula: string, value: number} | null} after  the activation behind it
 */
import {divergingPixels, extent, putPixels} from "../../js/colour.js";
import {html, nothing, ref, render} from "../../vendor/lit-html.js";
import {exact, term} from "./numbers.js";
import {agrees, part} from "./words.js";

export class Card {
  /** Groups that the reader opened, by their place. @type {Set<number>} */
  #open = new Set();
  /** @type {Shown | null} */
  #shown = null;

  /**
   * @param {HTMLElement} element
   * @param {{palette: () => Palette, shape: (layer: string) => number[],
   *   limit: (layer: string) => number, title: (layer: string) => string, dismiss: () => void}} network
   */
  constructor(element, network) {
    this.element = element;
    this.network = network;
  }

  /** @param {Shown | null} shown  null: no unit is chosen */
  show(shown) {
    this.#shown = shown;
    render(shown ? this.#body(shown) : html`<p class="aside">Choose a unit: point at a tile, tap it, or move there with the arrow keys.</p>`, this.element);
  }

  /** @param {Shown} shown */
  #body({layer, title, place, value, explanation, after}) {
    const dense = layer.shape.length === 1;
    return html`
      <header>
        <p class="what"><b>${title}</b> ${dense ? "unit" : "channel"} ${place.channel}</p>
        <p class="where">${dense ? nothing : html`row ${place.row}, column ${place.column}`}</p>
        <output class="value" aria-label="value of the unit">${value === null ? "–" : exact(value)}</output>
        <button type="button" class="button quiet dismiss" aria-label="Put this card away" @click=${this.network.dismiss}>×</button>
      </header>
      ${value === null ? html`<p class="aside">Nothing drawn yet.</p>` : this.#arithmetic(layer, value, explanation)}
      ${after && explanation
        ? html`<p class="after"><span>then ${after.title}: ${after.formula}</span> <b>${exact(after.value)}</b></p>`
        : nothing}
    `;
  }

  /** @param {Layer} layer @param {number} value @param {Explanation | null} explanation */
  #arithmetic(layer, value, explanation) {
    if (layer.op === "input") return html`<p class="aside">This is what the network is given; nothing is computed here.</p>`;
    if (!explanation) return html`<p class="aside" aria-busy="true">Fetching the weights …</p>`;
    const {groups, steps, value: ours} = explanation;
    // One scale for all groups, so that a strong filter looks stronger than a weak one.
    const scales = {
      weights: extent(groups.flatMap(({weights}) => weights ?? [])),
      results: extent(groups.flatMap(({results}) => results ?? [])),
    };
    return html`
      ${this.#legend(groups[0])}
      <div class="groups">${groups.map((group, i) => this.#group(group, i, scales))}</div>
      <table class="steps">
        <tbody>
          ${steps.map(
            ({sign, label, value: number}) => html`<tr class=${sign === "=" ? "result" : "step"} data-sign=${sign}>
              <td class="sign">${sign}</td>
              <th scope="row">${label || "together"}</th>
              <td class="printed">${exact(number)}</td>
            </tr>`,
          )}
          <tr class="graph">
            <td class="sign">${agrees(ours, value) ? "✓" : "≠"}</td>
            <th scope="row">${agrees(ours, value) ? "the network's own answer" : "the network answers otherwise"}</th>
            <td class="printed">${exact(value)}</td>
          </tr>
        </tbody>
      </table>
    `;
  }

  /** @param {Group} group */
  #legend({weights, results}) {
    if (!weights && !results) return nothing;
    return html`<p class="legend" aria-hidden="true">
      <span></span><span>input</span>${weights ? html`<span>filter</span>` : nothing}<span>${weights ? "products" : "powers"}</span><span>sum</span>
    </p>`;
  }

  /** @param {Group} group @param {number} i @param {{weights: number, results: number}} scales */
  #group(group, i, scales) {
    const {inputs, weights, results, total, source} = group;
    const name = html`<span class="source"><span>${this.network.title(source)}</span> ${part(group, this.network.shape(source))}</span>`;
    const toggle = (/** @type {Event} */ {target}) => {
      const {open} = /** @type {HTMLDetailsElement} */ (target);
      if (open === this.#open.has(i)) return;
      this.#open[open ? "add" : "delete"](i);
      this.show(this.#shown);
    };
    if (inputs.length === 1 && !weights) {
      return html`<p class="group lone" data-group=${i}>${name}<span class="printed">${exact(total)}</span></p>`;
    }
    return html`<details class="group" data-group=${i} ?open=${this.#open.has(i)} @toggle=${toggle}>
      <summary>
        ${name}
        ${this.#map(inputs, group, this.network.limit(source), "input")}
        ${weights ? this.#map(weights, group, scales.weights, "filter") : nothing}
        ${results ? this.#map(results, group, scales.results, "products") : nothing}
        <span class="printed">${weights || results ? term(total) : exact(total)}</span>
      </summary>
      ${this.#open.has(i) ? this.#products(group) : nothing}
    </details>`;
  }

  /** @param {number[]} values @param {Group} group @param {number} limit @param {string} name */
  #map(values, {patch, outside}, limit, name) {
    const drawn = (/** @type {Element | undefined} */ canvas) => {
      if (!canvas) return;
      const full = Array.from({length: patch.rows * patch.columns}, (_, i) => values[i] ?? 0);
      const pixels = divergingPixels(full, limit, this.network.palette());
      full.forEach((_, i) => {
        if (outside[i] !== false) pixels[4 * i + 3] = outside[i] ? 90 : 0;
      });
      putPixels(/** @type {HTMLCanvasElement} */ (canvas), pixels, patch.columns);
    };
    return html`<canvas class=${patch.rows > patch.columns ? "map tall" : "map"} role="img" aria-label=${name} ${ref(drawn)}></canvas>`;
  }

  /** @param {Group} group */
  #products({inputs, weights, results, outside, best}) {
    return html`<table class="products">
      <tbody>
        ${inputs.map((input, i) => {
          if (outside[i] && !weights) return nothing;
          return html`<tr class=${i === best ? "best" : ""}>
            <td class="printed input">${exact(input)}</td>
            ${weights ? html`<td class="sign">×</td><td class="printed weight">${exact(weights[i])}</td>` : nothing}
            ${results ? html`<td class="sign">${weights ? "=" : "→"}</td><td class="printed result">${exact(results[i])}</td>` : nothing}
            ${i === best ? html`<td class="sign">← largest</td>` : nothing}
          </tr>`;
        })}
      </tbody>
    </table>`;
  }
}
