/**
 * From the chosen unit to its card and its edges.
 *
 * @typedef {import("./session.js").Session} Session
 * @typedef {import("./windows.js").Layer} Layer
 * @typedef {import("./cursor.js").Place} Place
 * @typedef {import("./band.js").Band} Band
 * @typedef {import("./steps.js").Known} Known
 * @typedef {import("./steps.js").Explanation} Explanation
 * @typedef {import("./edges.js").Edge} Edge
 */
import {explain} from "./arithmetic.js";
import {drawEdges, edges, patchBox, strongestEdges, visible} from "./edges.js";
import {CALLED, FUNCTIONS} from "./functions.js";
import {single, sizes} from "./windows.js";

export class Inspector {
  /**
   * @param {Session} session
   * @param {Map<string, Layer>} layers
   * @param {Map<string, Band>} bands  of drawn layers, by name
   * @param {SVGElement} overlay
   */
  constructor(session, layers, bands, overlay) {
    this.session = session;
    this.layers = layers;
    this.bands = bands;
    this.overlay = overlay;
    /** Where tiles are, until something moves. @type {Map<Element, import("./edges.js").Box>} */
    this.places = new Map();
    /** Seen at an angle. */
    this.turned = false;
    /** @type {Known} */
    this.known = {
      layer: (name) => /** @type {Layer} */ (layers.get(name)),
      activation: (name) => /** @type {any} */ (session.activations)[name],
      weight: (layer, role, channel) => session.weight(layer, role, channel) ?? [],
    };
  }

  /** The graph's own output; null while nothing is shown. @param {string} name @param {Place} place */
  value(name, {channel, row, column}) {
    const tensor = this.session.activations?.[name];
    if (!tensor) return null;
    const {height, width} = sizes(tensor.shape);
    return Number(tensor.data[(channel * height + row) * width + column]);
  }

  /** Null while weights are on their way, and for what is not computed. @param {Layer} layer @param {Place} place @returns {Explanation | null} */
  explanation(layer, place) {
    const ready = layer.op !== "input" && layer.inputs.every((name) => this.#has(name));
    return ready && this.session.knows(layer, place.channel) ? explain(layer, place, this.known) : null;
  }

  /** Flattening is looked through, so that what stands before it is enough. @param {string} name */
  #has(name) {
    let layer = this.known.layer(name);
    const {activations} = this.session;
    while (activations && !activations[layer.name] && layer.inputs.length === 1) {
      if (layer.op !== "flatten" && layer.op !== "identity") break;
      layer = this.known.layer(layer.inputs[0]);
    }
    return activations?.[layer.name] !== undefined;
  }

  /** The function behind a layer, with this unit's value. @param {Layer} layer @param {Place} place */
  after(layer, place) {
    const next = [...this.layers.values()].find(({op, inputs}) => inputs[0] === layer.name && op in FUNCTIONS);
    const value = next && this.value(next.name, place);
    if (!next || value === null || value === undefined) return null;
    return {title: CALLED[next.op], formula: FUNCTIONS[next.op].formula, value};
  }

  /** @param {Place | null} place @param {Explanation | null} explanation */
  draw(place, explanation) {
    const band = place && this.bands.get(place.layer);
    if (!place || !band || band.element.hidden) return drawEdges(this.overlay, null);
    const spot = single(place.row, place.column);
    const unit = this.#box(place.layer, place.channel, spot);
    const all = explanation ? strongestEdges(edges(explanation.groups)) : [];
    const lines = all.flatMap((edge) => {
      const layer = visible(edge.layer, this.known.layer, (name) => this.bands.get(name)?.element.hidden === false);
      // A patch holds for the layer it was read from; through another one only the tile is known.
      return layer ? [{box: this.#box(layer, edge.channel, layer === edge.layer ? edge.patch : null), amount: edge.amount}] : [];
    });
    drawEdges(this.overlay, {unit, lines}, this.turned);
  }

  /** Tiles have moved. @param {boolean} turned  they are seen at an angle */
  moved(turned) {
    this.turned = turned;
    this.places.clear();
  }

  /** @param {string} name @param {number} channel @param {Edge["patch"]} patch */
  #box(name, channel, patch) {
    const {tiles, row} = /** @type {Band} */ (this.bands.get(name));
    const tile = tiles[Math.min(channel, tiles.length - 1)];
    let box = this.places.get(tile);
    if (!box) {
      const origin = this.overlay.getBoundingClientRect();
      const {left, top, width, height} = tile.getBoundingClientRect();
      box = {left: left - origin.left, top: top - origin.top, width, height};
      this.places.set(tile, box);
    }
    return patchBox(box, patch, sizes(row.layer.shape));
  }
}
