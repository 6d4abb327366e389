/**
 * Which unit the reader looks at: pinned by a tap or a key, or only pointed at. The pinned channel is
 * the page's, so that other figures on this model follow; the position in its map is this figure's.
 *
 * @typedef {import("../../js/types.js").Page} Page
 * @typedef {import("../../js/types.js").FigureState} FigureState
 * @typedef {import("./cursor.js").Place} Place
 *
 * @typedef {object} Names
 * @property {(layer: string) => string} title           what the article calls a drawn layer
 * @property {(title: string) => string | null} layer    and back; null: not drawn here
 * @property {(layer: string, channel: number) => [number, number]} strongest  row and column
 * @property {(place: Place) => boolean} exists
 * @property {(layer: string) => void} reveal  draw it, should it be hidden
 */

/** @param {string} text @returns {[string, number] | null} */
export function readUnit(text) {
  const cut = text.lastIndexOf("/");
  const channel = Number(text.slice(cut + 1));
  return cut > 0 && Number.isInteger(channel) ? [text.slice(0, cut), channel] : null;
}

/** @param {string} text "row.column" @returns {[number, number] | null} */
export function readSpot(text) {
  const found = /^(\d+)\.(\d+)$/.exec(text);
  return found ? [Number(found[1]), Number(found[2])] : null;
}

export class Selection {
  /** @type {Place | null} */
  #hover = null;
  /** @type {Place | null} */
  pinned = null;

  /**
   * @param {Pick<Page, "get" | "set" | "watch">} page @param {FigureState} state
   * @param {string} model @param {Names} names @param {() => void} onchange
   */
  constructor(page, state, model, names, onchange) {
    this.page = page;
    this.state = state;
    this.key = `unit:${model}`;
    this.names = names;
    this.onchange = onchange;
    const adopt = (/** @type {unknown} */ value) => this.#adopt(value);
    page.watch(this.key, adopt);
    state.watch("at", () => adopt(page.get(this.key)));
  }

  /** Take over what the address says, or else look at this unit. @param {Place} fallback */
  begin(fallback) {
    this.pinned = fallback;
    this.#adopt(this.page.get(this.key));
  }

  /** The unit that is shown. */
  get place() {
    return this.#hover ?? this.pinned;
  }

  /** @param {unknown} value of the page's key */
  #adopt(value) {
    const unit = typeof value === "string" ? readUnit(value) : null;
    const layer = unit && this.names.layer(unit[0]);
    if (!unit || !layer) return;
    const spot = readSpot(this.state.get("at", ""));
    const [row, column] = spot ?? this.names.strongest(layer, unit[1]);
    const place = {layer, channel: unit[1], row, column};
    if (!this.names.exists(place)) return;
    this.pinned = place;
    this.#hover = null;
    this.names.reveal(layer);
    this.onchange();
  }

  /** Look at a unit for as long as the pointer is there. @param {Place | null} place */
  point(place) {
    if (same(place, this.#hover)) return;
    this.#hover = place;
    this.onchange();
  }

  /** @param {Place} place */
  pin(place) {
    this.pinned = place;
    this.#hover = null;
    // The spot first: the page's key makes this and other figures look again.
    this.state.set("at", `${place.row}.${place.column}`);
    this.page.set(this.key, `${this.names.title(place.layer)}/${place.channel}`);
    this.onchange();
  }
}

/** @param {Place | null} a @param {Place | null} b */
export function same(a, b) {
  if (!a || !b) return a === b;
  return a.layer === b.layer && a.channel === b.channel && a.row === b.row && a.column === b.column;
}
