/**
 * Points of many dimensions and their map, made in the page. Everything that a reader sets lives in the
 * figure's state; this module reads it, has a worker make the map, and draws what comes back.
 *
 * @typedef {import("../js/types.js").Mounting} Mounting
 * @typedef {import("../js/reduce/worker.js").Report} Report
 * @typedef {import("./reduction/settings.js").Settings} Settings
 */
import {Session} from "../js/reduce/session.js";
import {Drawing} from "./reduction/drawing.js";
import {frame} from "./reduction/frame.js";
import {Player} from "./reduction/player.js";
import {LONGEST, MAP, MOVING, POINTS, beside, fitting, pointsOf, read, refused, task} from "./reduction/settings.js";
import {METHODS, RATES, grouped, reading} from "./reduction/words.js";

/** How it looks once it lives. */
export const style = new URL("./reduction/living.css", import.meta.url).href;

const SEEDS = 1000;

/** @param {Mounting} mounting */
export default async function mount(mounting) {
  await new Figure(mounting).start();
}

class Figure {
  /** Set by this module itself, so no news. */
  #own = false;
  /** @type {Set<string>} */
  #dirty = new Set();
  /** What the reader brought. @type {import("./reduction/own.js").Own | null} */
  #brought = null;
  /** @type {Report | null} */
  #report = null;
  /** Places in the strip of the maps that are made. @type {number[]} */
  #possible = [];

  /** @param {Mounting} mounting */
  constructor(mounting) {
    const {name, state, values, signal, page} = mounting;
    this.mounting = mounting;
    // An author's locks stand where no address has others.
    for (const lock of ["hide", "lock"]) {
      const names = state.get(lock, values[lock]);
      if (names) state.set(lock, names);
    }
    const pointing = {
      look: (/** @type {number} */ i) => this.drawing.look(i),
      choose: (/** @type {number} */ i) => this.#choose(i),
      chosen: () => this.drawing.chosen,
    };
    this.frame = frame(name, {
      set: (key, value) => state.set(key, value),
      bar: {play: () => this.#toggle(), step: () => this.player.step(), restart: () => this.#restart(), seed: () => this.#next("seed")},
      data: {...pointing, turn: (right, up) => this.#turn(right, up)},
      map: pointing,
      choose: (one) => this.#set({data: one.name, points: one.points[2], dims: one.dims?.[2] ?? 1, scale: one.scale?.[2] ?? 1, at: ""}),
      again: () => this.#next("draw"),
      give: (own) => this.#give(own),
      take: (one) => this.#take(one),
      keep: () => void this.#keep(),
    }, signal);
    this.settings = read(state, values.start);
    this.points = pointsOf(this.settings, null);
    this.drawing = new Drawing(this.frame, page, (key) => this.#at(key));
    this.session = new Session((report) => this.#hear(report), (index, report) => this.drawing.beside(this.#possible[index], report), signal);
    this.player = new Player(this.session, this.frame.bar, () => this.#at("speed"), page.say);
  }

  /** @param {string} name */
  #at(name) {
    const {state, values} = this.mounting;
    return state.get(name, values.start[name]);
  }

  async start() {
    const {element, state, page, signal} = this.mounting;
    element.append(this.frame.element);
    this.#begin(this.#at("steps"));
    if (!refused(this.settings, this.points)) await this.session.started;
    element.dispatchEvent(new CustomEvent("figure:live"));
    for (const key of [...POINTS, ...MAP, "steps", "compare"]) state.watch(key, () => this.#news(key));
    for (const key of ["turn", "tilt"]) state.watch(key, () => this.drawing.data());
    state.watch("at", () => this.drawing.chose());
    state.watch("speed", () => {
      this.frame.bar.show(this.settings, this.#at("speed"));
      this.player.run();
    });
    page.onscheme(() => this.drawing.recolour());
    element.addEventListener("figure:hide", () => this.session.pause(), {signal});
    element.addEventListener("figure:show", () => this.player.run(), {signal});
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
    this.settings = read(state, values.start);
    if (dirty.some((key) => POINTS.includes(key))) this.points = pointsOf(this.settings, this.#brought);
    if (dirty.every((key) => key === "compare")) return this.#compare();
    // Who watches sees it from the start; who does not, where it leads.
    const at = dirty.includes("steps") ? this.#at("steps") : Math.max(this.#at("steps"), values.start.steps);
    this.#begin(this.player.playing ? 0 : at);
  }

  /** A new run, some steps of it at once. @param {number} steps */
  #begin(steps) {
    const {frame, settings, points} = this;
    this.#report = this.player.quality = null;
    frame.alarm.clear();
    frame.numbers.clear();
    frame.gallery.show(settings);
    frame.bar.show(settings, this.#at("speed"));
    frame.bar.at(0);
    this.drawing.begin(points);
    const reason = refused(settings, points);
    frame.bar.enable(!reason && MOVING.includes(settings.method));
    frame.keep.disabled = Boolean(reason);
    if (reason) this.#refuse(reason);
    else if (points) {
      this.#note(steps);
      this.session.begin(task(settings, points), MOVING.includes(settings.method) ? steps : 0);
      this.player.run();
    }
    frame.map.head("The map", this.#title());
    this.#compare();
  }

  /** @param {string} reason */
  #refuse(reason) {
    const {frame, points, settings, mounting: {page, state}} = this;
    this.session.rest();
    this.player.stop();
    this.drawing.none(points ? "There is no such map." : "No points yet.");
    const fits = points && points.rows.count > 3 && settings.method === "tsne" ? fitting(points.rows.count) : 0;
    frame.alarm.raise(reason, fits ? `Use perplexity ${fits}` : "", () => state.set("perplexity", fits));
    page.say(reason);
  }

  #title() {
    const {settings} = this;
    const {method, perplexity, neighbours} = settings;
    const more = method === "tsne" ? `, perplexity ${perplexity}` : method === "umap" || method === "graph" ? `, ${neighbours} neighbours` : "";
    return `${METHODS[method]}${more}`;
  }

  /** Further maps of the same points. */
  #compare() {
    const {frame, settings, points} = this;
    const compare = this.#at("compare");
    const all = points ? beside(compare, settings, this.mounting.values.start.steps) : [];
    const reasons = all.map((one) => refused(one.settings, points));
    frame.strip.show(all, reasons, compare);
    if (!points) return;
    const possible = all.filter((_, i) => !reasons[i]);
    this.#possible = all.map((_, i) => i).filter((i) => !reasons[i]);
    this.session.compare(possible.map((one) => ({task: task(one.settings, points), at: one.at})));
  }

  /** What the address says of the steps. @param {number} steps */
  #note(steps) {
    this.#own = true;
    this.mounting.state.set("steps", Math.min(steps, LONGEST));
    this.#own = false;
  }

  /** @param {Report} report */
  #hear(report) {
    const {frame, player, mounting: {state}} = this;
    this.#report = report;
    if (report.quality) player.quality = report.quality;
    frame.bar.at(report.step);
    if (report.broken) {
      const rate = [...RATES].reverse().find((one) => one <= this.settings.epsilon / 5) ?? RATES[0];
      this.drawing.none("The map broke down.");
      frame.alarm.raise(`The map broke down by step ${grouped(report.step)}: its points have flown apart past every number. A learning rate of ${this.settings.epsilon} is too much for it.`, `Start over with ${rate}`, () => state.set("epsilon", rate));
    } else {
      frame.numbers.show(report, player.quality);
      this.drawing.map(report.places, `The map: ${this.#title()}, step ${grouped(report.step)}${player.quality ? `. ${reading(player.quality)}` : ""}`);
    }
    if (player.playing && report.halted) player.stop(true);
    if (!player.playing && !report.broken && report.step >= this.#at("steps")) this.#note(report.step);
  }

  #toggle() {
    if (this.player.playing) this.player.stop(true);
    // What stands at its end begins anew.
    else if (this.player.over) this.#restart();
    else this.player.play();
  }

  #restart() {
    this.player.stop();
    this.#begin(0);
    this.player.play();
  }

  /** @param {"seed" | "draw"} name */
  #next(name) {
    this.mounting.state.set(name, (this.#at(name) + 1) % SEEDS);
  }

  /** @param {Record<string, any>} all */
  #set(all) {
    for (const [name, value] of Object.entries(all)) this.mounting.state.set(name, value);
  }

  /** @param {import("./reduction/own.js").Own} own */
  #give(own) {
    this.#brought = this.drawing.own = own;
    const {count} = own.rows;
    const fits = this.settings.perplexity < count ? {} : {perplexity: fitting(count)};
    this.#set({data: "own", at: "", ...fits});
    this.#news("data");
  }

  /** A map from those side by side. @param {import("./reduction/settings.js").Beside} one */
  #take({key, value, at}) {
    this.player.stop();
    this.#set(key === "steps" ? {steps: at} : {[key]: value});
  }

  /** A point, or none; it is said, for those who do not see it. @param {number} index */
  #choose(index) {
    this.mounting.state.set("at", index < 0 ? "" : String(index));
    const words = this.drawing.about;
    if (index >= 0 && words) this.mounting.page.say(words);
  }

  async #keep() {
    const {keep} = await import("./reduction/export.js");
    if (this.#report && this.points) keep(this.points, this.#report.places, this.settings.data === "own" ? this.#brought : null);
  }

  /** @param {number} right @param {number} up  pixels */
  #turn(right, up) {
    const [across, along] = [Math.round(0.6 * right), Math.round(0.6 * up)];
    if (!across && !along) return false;
    this.#set({turn: (this.#at("turn") + across + 360) % 360, tilt: Math.min(90, Math.max(-90, this.#at("tilt") - along))});
    return true;
  }
}
