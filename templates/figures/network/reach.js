/**
 * How the reader reaches a unit: pointing, tapping, or with keys. One tab stop for all tiles.
 *
 * @typedef {import("./band.js").Band} Band
 * @typedef {import("./cursor.js").Place} Place
 * @typedef {import("./selection.js").Selection} Selection
 */
import {amongTiles, inTile} from "./cursor.js";
import {same} from "./selection.js";

/** Keys that the browser would scroll with. */
const LEAVE = new Set(["Escape"]);
const ENTER = new Set(["Enter", " "]);

export class Reach {
  /** Keys move inside the tile that has the focus. */
  #inside = false;
  /** @type {HTMLElement | null} */
  #marked = null;

  /**
   * @param {HTMLElement} stack
   * @param {Map<string, Band>} bands
   * @param {{selection: Selection, signal: AbortSignal, say: (text: string) => void,
   *   strongest: (layer: string, channel: number) => [number, number],
   *   touch: () => void, moved: () => void}} options
   */
  constructor(stack, bands, options) {
    this.stack = stack;
    this.bands = bands;
    this.options = options;
    const {signal} = options;
    stack.addEventListener("pointermove", (event) => this.#point(event), {signal});
    stack.addEventListener("pointerleave", () => options.selection.point(null), {signal});
    stack.addEventListener("click", (event) => this.#click(event), {signal});
    stack.addEventListener("keydown", (event) => this.#key(event), {signal});
    stack.addEventListener("focusin", (event) => this.#focus(event), {signal});
    stack.addEventListener("focusout", () => this.#enter(false), {signal});
  }

  /** @param {Event} event @returns {Band | undefined} */
  #band({target}) {
    const element = target instanceof Element ? target.closest(".band") : null;
    return element instanceof HTMLElement ? this.bands.get(element.dataset.layer ?? "") : undefined;
  }

  #point(/** @type {PointerEvent} */ event) {
    // A finger that moves scrolls; it chooses by tapping.
    if (event.pointerType === "touch" || event.buttons) return;
    const place = this.#band(event)?.under(event) ?? null;
    if (place) this.options.touch();
    this.options.selection.point(place);
  }

  #click(/** @type {MouseEvent} */ event) {
    // A click without a pointer is a key's.
    const place = event.detail ? (this.#band(event)?.under(event) ?? null) : null;
    if (!place) return;
    this.options.touch();
    this.options.selection.pin(place);
    this.options.moved();
  }

  #focus(/** @type {FocusEvent} */ event) {
    const {target} = event;
    const {selection, strongest, moved, touch} = this.options;
    const band = this.#band(event);
    if (!band || !(target instanceof HTMLElement) || !target.matches(":focus-visible")) return;
    const [layer, channel] = [band.row.layer.name, Number(target.dataset.channel)];
    if (selection.pinned?.layer === layer && selection.pinned.channel === channel) return;
    const [row, column] = strongest(layer, channel);
    touch();
    selection.pin({layer, channel, row, column});
    moved();
  }

  #key(/** @type {KeyboardEvent} */ event) {
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    const {pinned} = this.options.selection;
    const {target} = event;
    if (!pinned || !(target instanceof HTMLElement) || !target.classList.contains("tile")) return;
    const grid = this.bands.get(pinned.layer)?.grid;
    if (!grid) return;
    if (ENTER.has(event.key)) this.#enter(grid.height * grid.width > 1);
    else if (LEAVE.has(event.key) && this.#inside) this.#enter(false);
    else {
      const next = this.#inside ? inTile(event.key, pinned, grid) : null;
      const far = this.#inside && !/^(Page|\[|\])/.test(event.key) ? null : this.#among(event.key, pinned);
      if (!next && !far) return;
      this.#go(next ?? /** @type {Place} */ (far));
    }
    event.preventDefault();
  }

  #among(/** @type {string} */ key, /** @type {Place} */ place) {
    const drawn = [...this.bands.values()].filter(({element}) => !element.hidden);
    return amongTiles(key, place, drawn.map(({grid}) => grid));
  }

  #go(/** @type {Place} */ place) {
    const {selection, moved, strongest, touch} = this.options;
    const away = place.layer !== selection.pinned?.layer || place.channel !== selection.pinned.channel;
    const [row, column] = away ? strongest(place.layer, place.channel) : [place.row, place.column];
    const next = {...place, row, column};
    if (same(next, selection.pinned)) return;
    touch();
    selection.pin(next);
    if (away) this.#tile(next)?.focus();
    moved();
  }

  #tile(/** @type {Place | null} */ place) {
    return place ? (this.bands.get(place.layer)?.tiles[place.channel] ?? null) : null;
  }

  #enter(/** @type {boolean} */ inside) {
    if (inside === this.#inside) return;
    this.#inside = inside;
    this.stack.classList.toggle("inside", inside);
    this.options.say(inside ? "Inside the tile: arrow keys move from unit to unit, Escape leaves." : "Back among the tiles.");
  }

  /** The chosen tile is marked, and is where Tab leads. */
  mark() {
    const {place, pinned} = this.options.selection;
    const tile = this.#tile(place);
    if (tile !== this.#marked) {
      this.#marked?.classList.remove("chosen");
      tile?.classList.add("chosen");
      this.#marked = tile;
    }
    const stop = this.#tile(pinned) ?? this.bands.values().next().value?.tiles[0];
    if (!stop || stop.tabIndex === 0) return;
    for (const {tiles} of this.bands.values()) for (const other of tiles) other.tabIndex = other === stop ? 0 : -1;
  }
}
