/**
 * Draws a network as it stands: every unit, the weights, the large map, the numbers.
 *
 * @typedef {import("./diagram.js").Unit} Unit
 * @typedef {import("./settings.js").Settings} Settings
 * @typedef {import("./worker.js").Report} Report
 */
import {showChoices} from "./choices.js";
import {Field, PLANES, fine, limit, mixed, signed} from "./field.js";
import {INPUTS, chosen, features} from "./inputs.js";
import {classes, network, sizes} from "./settings.js";
import {called, inputLabel, linkWords, percent, six} from "./words.js";

/** Weights from which on maps are coarser while they change. */
const LARGE = 150;

export class Painting {
  #running = false;
  #field = new Field();
  /** @type {Unit | null} */
  #looked = null;
  /** @type {[number, number] | null} */
  #probed = null;
  #drawn = "";
  /** @type {Report | null} */
  #told = null;

  /**
   * @param {ReturnType<typeof import("./frame.js").frame>} frame @param {import("./view.js").View} view
   * @param {import("../../js/types.js").Page} page
   */
  constructor(frame, view, page) {
    this.frame = frame;
    this.view = view;
    this.page = page;
    this.palette = page.palette();
  }

  /**
   * A new run. @param {Settings} settings @param {ReturnType<typeof import("./settings.js").examples>} examples
   * @param {boolean} later  whether the first drawing waits for a report
   */
  begin(settings, examples, later) {
    const {frame} = this;
    this.settings = settings;
    this.examples = examples;
    this.net = network(settings);
    this.outputs = sizes(settings).at(-1) ?? 1;
    const built = [settings.inputs, settings.layers, this.outputs].join("|");
    if (built !== this.#drawn) frame.diagram.build(settings);
    this.#drawn = built;
    this.#looked = this.#told = null;
    this.dials();
    this.recolour(later);
    this.open(later);
  }

  /** What changes while it runs. @param {Settings} settings @param {ReturnType<typeof import("./settings.js").examples>} examples */
  change(settings, examples) {
    this.settings = settings;
    this.examples = examples;
    this.net = network(settings, this.net?.weights);
    this.dials();
    this.all();
  }

  /** @param {Report} report */
  report(report) {
    if (!this.net || !this.settings) return;
    this.frame.losses.show(report, classes(this.settings) > 0);
    this.#told = report;
    this.weigh();
    this.recall(report);
  }

  /** The network as it was, with its losses, or as it is. @param {{epoch: number, weights: Float32Array, losses?: number[]}} then */
  recall({epoch, weights, losses}) {
    if (this.net) this.net.weights = weights;
    this.frame.bar.show(epoch);
    // What is written into the past would be lost.
    this.frame.inspector.element.inert = Boolean(losses);
    if (losses) this.frame.losses.past(epoch, losses);
    this.draw();
  }

  /** What neurons are worth, where it is asked for. */
  weigh() {
    const {view, frame} = this;
    const told = this.#told;
    frame.diagram.weigh(view.importance ? (told?.worth ?? null) : null);
    const {open} = view;
    if (open && told) frame.inspector.weigh(told.worth?.[open.layer - 1]?.[open.unit], told.train.loss);
  }

  /** @param {boolean} playing */
  running(playing) {
    this.#running = playing;
    this.frame.diagram.stage.classList.toggle("running", playing);
    this.frame.bar.run(playing);
    if (!playing) this.draw();
  }

  dials() {
    if (this.settings) showChoices(this.frame, this.settings, this.view);
  }

  /** All that colours touch. @param {boolean} [later] */
  recolour(later = false) {
    this.palette = this.page.palette();
    this.frame.sets.paint(this.palette);
    INPUTS.forEach(({name}, i) => {
      const plane = /** @type {Float32Array} */ (PLANES.get(name));
      this.frame.diagram.paint(0, i, signed(plane, limit(plane, false), this.palette, false));
    });
    if (later) this.#points();
    else this.all();
  }

  all() {
    this.dials();
    this.#points();
    this.draw();
  }

  #points() {
    const {examples, settings} = this;
    if (!examples || !settings) return;
    this.frame.map.points(examples.points, examples.count, this.view.test, classes(settings), this.palette);
  }

  draw() {
    const {net, settings, frame} = this;
    if (!net || !settings) return;
    this.#field.fill(net, settings.inputs, this.#running && net.weights.length > LARGE);
    frame.diagram.links.draw(net, this.view.flow ? (this.#told?.typical ?? null) : null);
    this.#field.units.forEach((units, layer) =>
      units.forEach((_, unit) => frame.diagram.paint(layer + 1, unit, this.#pixels({layer: layer + 1, unit}, (values) => values, false))),
    );
    this.#map();
    this.#numbers();
  }

  /**
   * A unit's answers as pixels.
   * @param {Unit} unit @param {(values: Float32Array) => Float32Array} as @param {boolean} sharp
   */
  #pixels({layer, unit}, as, sharp) {
    const {palette, net} = this;
    if (!layer) {
      const plane = /** @type {Float32Array} */ (PLANES.get(INPUTS[unit].name));
      return signed(as(plane), limit(plane, false), palette, sharp);
    }
    const units = this.#field.units[layer - 1];
    const last = layer === net?.blocks.length;
    if (last && this.outputs && this.outputs > 1) return mixed([as(units[unit])], [unit], palette, false);
    return signed(as(units[unit]), this.#limit({layer, unit}), palette, sharp);
  }

  /** @param {Unit} unit */
  #limit({layer, unit}) {
    const {net} = this;
    if (!layer) return limit(/** @type {Float32Array} */ (PLANES.get(INPUTS[unit].name)), false);
    const last = layer === net?.blocks.length;
    const bounded = last || net?.activation === "tanh" || net?.activation === "sigmoid";
    return limit(this.#field.units[layer - 1][unit], bounded);
  }

  /** The unit that the map shows; null: all outputs of several. */
  get #shown() {
    const unit = this.#looked ?? this.view.open;
    if (unit && (!unit.layer || this.#field.units[unit.layer - 1]?.[unit.unit])) return unit;
    const layer = this.net?.blocks.length ?? 1;
    return this.outputs === 1 ? {layer, unit: 0} : null;
  }

  #map() {
    const {frame, view, settings, outputs} = this;
    if (!settings || !outputs) return;
    const shown = this.#shown;
    if (shown) {
      frame.map.draw(this.#name(shown), this.#pixels(shown, fine, view.discretize));
      if (shown.layer === this.net?.blocks.length && outputs > 1) frame.legend.classes([shown.unit]);
      else frame.legend.signed(this.#limit(shown));
    } else {
      const all = Array.from({length: outputs}, (_, i) => i);
      frame.map.draw("Output", mixed(this.#field.units.at(-1)?.map(fine) ?? [], all, this.palette, view.discretize));
      frame.legend.classes(all);
    }
    frame.map.name(`Map of ${shown ? this.#name(shown).toLowerCase() : "the output"}, from minus 6 to 6 each way. Arrow keys move the place whose numbers are shown.`);
  }

  /** @param {Unit} unit */
  #name({layer, unit}) {
    if (!layer) return `Input ${INPUTS[unit].label}`;
    return this.settings ? called(layer, unit, this.settings, this.outputs ?? 1) : "";
  }

  /** Numbers at the chosen place, or at that under the pointer. */
  #numbers() {
    const {net, settings, view, frame} = this;
    if (!net || !settings) return;
    const [x, y] = this.#probed ?? view.place;
    net.run(features(chosen(settings.inputs), [x], [y]), 0);
    const where = `(${six(x)}, ${six(y)})`;
    const answer = net.values[net.values.length - 1];
    const likeliest = answer.indexOf(Math.max(...answer));
    const said = answer.length > 1 ? `class ${likeliest + 1}, ${percent(answer[likeliest])} sure` : `output ${six(answer[0])}`;
    frame.map.at(x, y, `At ${where}: ${said}`, Boolean(this.#probed ?? view.open) || x !== 0 || y !== 0);
    frame.inspector.show(net, where);
  }

  /** The open unit, or none. @param {boolean} [later] */
  open(later = false) {
    const {net, settings, frame, view} = this;
    if (!net || !settings) return;
    const unit = view.open;
    const there = unit && net.blocks[unit.layer - 1]?.units > unit.unit ? unit : null;
    const before = there && there.layer > 1 ? Array.from({length: net.sizes[there.layer - 1]}, (_, i) => `neuron ${i + 1}`) : settings.inputs.map(inputLabel);
    frame.inspector.open(there, there ? this.#name(there) : "", before, net);
    frame.diagram.mark(there);
    if (!later) this.draw();
  }

  /** @param {Unit | null} unit */
  look(unit) {
    this.#looked = unit;
    this.#map();
  }

  /** @param {[number, number] | null} place */
  probe(place) {
    this.#probed = place;
    this.#numbers();
  }

  /** @param {{layer: number, from: number, to: number} | null} link @param {number} x @param {number} y */
  hover(link, x, y) {
    const {tip} = this.frame;
    if ((tip.hidden = !link) || !this.net || !this.settings) return;
    tip.textContent = linkWords(link, this.net, this.settings);
    tip.style.left = `${x}px`;
    tip.style.top = `${y}px`;
  }

  /** @param {number} place @param {number} value */
  edit(place, value) {
    if (this.net) this.net.weights[place] = value;
    this.draw();
  }
}
