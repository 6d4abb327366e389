/**
 * A small network that is trained in the page. Everything that a reader sets lives in the figure's state;
 * this module reads it, has a worker train, and draws what comes back.
 *
 * @typedef {import("../js/types.js").Mounting} Mounting
 * @typedef {import("./playground/diagram.js").Unit} Unit
 * @typedef {import("./playground/worker.js").Report} Report
 */
import {removed, toggled} from "./playground/edits.js";
import {frame} from "./playground/frame.js";
import {INPUTS} from "./playground/inputs.js";
import {Painting} from "./playground/painting.js";
import {Player} from "./playground/player.js";
import {Session} from "./playground/session.js";
import {FRESH, LIVE, examples, read, sizes, writeLayers} from "./playground/settings.js";
import {View} from "./playground/view.js";

/** How it looks once it lives. */
export const style = new URL("./playground/living.css", import.meta.url).href;

/** Epochs that a link may ask to be trained again. */
const LONGEST = 10_000;
const SEEDS = 1000;

/** @param {Mounting} mounting */
export default async function mount(mounting) {
  await new Playground(mounting).start();
}

class Playground {
  /** Set by this module itself, so no news. */
  #own = false;
  /** @type {Set<string>} */
  #dirty = new Set();
  /** @type {Report | null} */
  #report = null;
  /** What a new run goes on with. @type {{epoch: number, weights: Float32Array} | null} */
  #kept = null;

  /** @param {Mounting} mounting */
  constructor(mounting) {
    const {name, state, values, signal, page} = mounting;
    this.mounting = mounting;
    // An author's locks stand where no address has others.
    for (const lock of ["hide", "lock"]) {
      const names = state.get(lock, values[lock]);
      if (names) state.set(lock, names);
    }
    this.settings = read(state, values.start);
    const set = (/** @type {string} */ key, /** @type {any} */ value) => state.set(key, value);
    this.view = new View(state, values.start);
    this.frame = frame(name, {
      set,
      points: () => this.#next("draw"),
      weights: () => this.#next("seed"),
      mend: (rate) => this.#mend(rate),
      keep: (what) => void this.#keep(what),
      recall: (epoch) => this.#recall(epoch),
      bar: {
        play: () => this.player.toggle(),
        step: () => this.player.step(),
        restart: () => this.#begin(0),
        set,
      },
      diagram: {
        toggle: (input) => this.#toggle(input),
        layers: (layers) => set("layers", writeLayers(layers)),
        open: (unit) => this.#open(this.view.isOpen(unit) ? null : unit),
        look: (unit) => this.painting.look(unit),
        hover: (link, x, y) => this.painting.hover(link, x, y),
        pick: (link) => {
          this.#open({layer: link.layer + 1, unit: link.to});
          const from = link.layer ? link.from : this.settings.inputs.indexOf(INPUTS[link.from].name);
          this.frame.inspector.edit(from);
        },
      },
      map: {
        look: (x, y) => this.painting.probe([x, y]),
        leave: () => this.painting.probe(null),
        choose: (x, y) => this.#choose(x, y),
        add: () => this.#choose(...this.view.place),
      },
      inspector: {
        set: (place, value) => this.#edit(place, value),
        close: () => this.#close(),
        remove: () => this.#remove(),
        say: (words) => page.say(words),
      },
    }, signal);
    this.painting = new Painting(this.frame, this.view, page);
    this.session = new Session((report) => this.#hear(report), (then) => this.painting.recall(then), signal);
    const running = (/** @type {boolean} */ playing) => this.painting.running(playing);
    this.player = new Player(this.session, this.view, running, page.say);
  }

  async start() {
    const {element, state, values, page, signal} = this.mounting;
    element.append(this.frame.element);
    this.#begin(state.get("epochs", values.start.epochs));
    await this.session.started;
    element.dispatchEvent(new CustomEvent("figure:live"));
    for (const key of [...FRESH, ...LIVE, "epochs"]) state.watch(key, () => this.#news(key));
    for (const key of ["test", "discretize", "at"]) state.watch(key, () => this.painting.all());
    state.watch("unit", () => this.#look());
    for (const key of ["importance", "flow"]) state.watch(key, () => this.#look());
    this.#look();
    for (const key of ["speed", "stop"]) {
      state.watch(key, () => {
        this.painting.dials();
        this.player.run();
      });
    }
    page.onscheme(() => this.painting.recolour());
    element.addEventListener("figure:hide", () => this.session.pause(), {signal});
    element.addEventListener("figure:show", () => this.player.run(), {signal});
  }

  /** What reports must tell follows what is looked at. */
  #look() {
    const {open, importance, flow} = this.view;
    this.session.weigh(Boolean(open) || importance || flow);
    this.painting.dials();
    this.painting.open();
    this.painting.weigh();
  }

  /** Several states that are set at once make one change. @param {string} key */
  #news(key) {
    if (this.#own) return;
    if (!this.#dirty.size) queueMicrotask(() => this.#settle());
    this.#dirty.add(key);
  }

  #settle() {
    const {state, values} = this.mounting;
    const dirty = [...this.#dirty];
    this.#dirty.clear();
    const before = sizes(this.settings).join();
    this.settings = read(state, values.start);
    // Points may be drawn while it learns.
    const fresh = dirty.filter((key) => key !== "own" || sizes(this.settings).join() !== before);
    if (dirty.includes("epochs")) this.#begin(state.get("epochs", 0));
    else if (fresh.some((key) => FRESH.includes(key))) this.#begin(this.#kept?.epoch ?? 0, this.#kept?.weights);
    else {
      this.session.change(this.settings);
      this.painting.change(this.settings, examples(this.settings));
    }
    this.#kept = null;
  }

  /** A new run, trained for some epochs at once. @param {number} epochs @param {Float32Array} [kept]  weights to go on with */
  #begin(epochs, kept) {
    this.#note(kept ? 0 : epochs);
    this.#report = this.player.back = null;
    this.frame.alarm.clear();
    this.painting.begin(this.settings, examples(this.settings), epochs > 0);
    this.session.begin(this.settings, epochs, kept);
    this.player.run();
  }

  /** What the address says of the epochs. @param {number} epochs */
  #note(epochs) {
    this.#own = true;
    this.mounting.state.set("epochs", epochs <= LONGEST ? epochs : 0);
    this.#own = false;
  }

  /** The open neuron goes, all others stay as they are. */
  #remove() {
    const {open} = this.view;
    if (!open || !this.#report) return;
    const left = removed(this.settings, this.#report, open);
    if (!left) return this.mounting.page.say("The last neuron of a layer stays; take the layer away instead.");
    this.#kept = left;
    this.#close();
    this.mounting.state.set("layers", left.layers);
  }

  /** @param {Report} report */
  #hear(report) {
    const {player} = this;
    this.#report = report;
    // The last word of a run that was stopped to look back.
    if (player.back === null) this.painting.report(report);
    if (player.playing && report.halted) player.stopped();
    if (!player.playing && !report.broken) this.#note(this.session.pure ? report.epoch : 0);
    if (!report.broken) return;
    const words = this.frame.alarm.raise(this.settings, report.epoch);
    if (words) this.mounting.page.say(words);
  }

  /** @param {"seed" | "draw"} name */
  #next(name) {
    const {state, values} = this.mounting;
    state.set(name, (state.get(name, values.start[name]) + 1) % SEEDS);
  }

  /** @param {string} input */
  #toggle(input) {
    const wanted = toggled(this.settings.inputs, input);
    if (wanted) this.mounting.state.set("inputs", wanted);
    else this.mounting.page.say("A network needs one input at least.");
  }

  /** A place of the map: its numbers are shown, or a point is drawn. @param {number} x @param {number} y */
  #choose(x, y) {
    const {own} = this.frame.sets;
    if (own.drawing !== null) own.add(x, y);
    else this.mounting.state.set("at", `${x},${y}`);
  }

  /** @param {Unit | null} unit */
  #open(unit) {
    this.mounting.state.set("unit", unit ? `${unit.layer}/${unit.unit}` : "");
  }

  #close() {
    const unit = this.view.open;
    this.#open(null);
    if (unit) this.frame.diagram.focus(unit);
  }

  /** @param {number} place @param {number} value */
  #edit(place, value) {
    this.session.set([[place, value]]);
    this.painting.edit(place, value);
    this.#note(0);
  }

  /** Look back, while it stands still; null: to the present again. @param {number | null} epoch */
  #recall(epoch) {
    this.player.look(epoch);
    if (epoch === null && this.#report) this.painting.report(this.#report);
  }

  /** The network as it stands, as a file. @param {"code" | "onnx"} what */
  async #keep(what) {
    const {keep} = await import("./playground/keep.js");
    if (this.#report) await keep(what, this.settings, this.#report);
  }

  /** @param {number} rate */
  #mend(rate) {
    this.mounting.state.set("rate", rate);
    // The new rate is settled first.
    queueMicrotask(() => this.#begin(0));
    this.frame.bar.play.focus();
  }
}
