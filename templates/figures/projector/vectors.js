/**
 * A projector of vectors that come with a dataset: search, neighbours in the space itself, axes between words,
 * maps made in the page, arrows of relations. All that the reader chooses lives in the figure's state, the chosen
 * vector in the page's linked selection.
 *
 * @typedef {import("../../js/types.js").Mounting} Mounting
 * @typedef {import("./vector-space.js").Space} Space
 */
import {Legend, litOf} from "./legend.js";
import {asked} from "./vector-asked.js";
import {chosenCard, invitation, pairsCard, tableCard} from "./vector-card.js";
import {coloured} from "./vector-colours.js";
import {written} from "./vector-drawing.js";
import {keep} from "./vector-export.js";
import {follow, frame} from "./vector-frame.js";
import {Made} from "./vector-made.js";
import {filling, onAxes, precomputed, relation, shownAlone, spread} from "./vector-places.js";
import {VectorPlot, blank} from "./vector-plot.js";
import {VectorPoints} from "./vector-points.js";
import {search} from "./vector-search.js";
import {MADE, METHODS, MOST, absent, counted, far, trusted} from "./vector-words.js";
import {readView, writeView} from "./view.js";

const STATES = ["method", "colour", "points", "dims", "turn", "tilt", "find", "column", "pattern", "metric", "nearest", "only", "across", "up", "flat", "own", "pick"];

export class Vectors {
  #cursor = -1;
  #round = 0;
  /** @type {Space | null} */
  #space = null;
  /** @type {Int32Array} */
  #some = new Int32Array(0);
  #shown = new Set([0]);
  /** @type {number[]} */
  #hits = [];
  /** @type {ReturnType<typeof relation> | null} */
  #relation = null;

  /** @param {Mounting} mounting */
  constructor(mounting) {
    const {element, name, values, page, state, signal} = mounting;
    this.mounting = mounting;
    this.values = values;
    this.page = page;
    this.state = state;
    this.points = new VectorPoints(mounting);
    this.key = `instance:${values.dataset}`;
    this.legend = new Legend(() => this.#dress(), (lit) => state.set("lit", lit.join(",") || null));
    this.parts = frame(name, values, state, this.legend.element, (steps) => this.plot.zoom(steps), {
      alone: () => state.set("only", "found"),
      all: () => state.set("only", values.alone ? "outline:-9,-9;9,-9;9,9;-9,9" : null),
      keep: () => keep(this.points, this.plot.to, this.#some),
    });
    element.append(...this.parts.elements);
    const map = precomputed(this.points, values.methods.includes("tsne") && this.now.method === "tsne" ? "tsne" : "pca", 2, 0, 0);
    this.made = new Made((report) => this.#report(report), signal);
    this.plot = new VectorPlot(this.parts.plot, this.parts.canvas, map, blank(this.points.count), () => page.palette(), this.#asking(), signal);
    for (const option of STATES) state.watch(option, () => void this.refresh(option));
    state.watch("seen", () => this.plot.turn(readView(state.get("seen", ""))));
    state.watch("lit", () => this.#dress());
    page.watch(this.key, () => this.#follow());
    page.onscheme(() => this.#dress());
    element.addEventListener("figure:show", () => this.plot.visible(true), {signal});
    element.addEventListener("figure:hide", () => this.plot.visible(false), {signal});
  }

  /** Everything for the first time. */
  begin() {
    this.plot.turn(readView(this.state.get("seen", "")));
    return this.refresh();
  }

  get now() {
    return asked(this.state, this.values);
  }

  get pinned() {
    const told = this.page.get(this.key);
    return told === null ? this.values.chosen : this.points.at(told);
  }

  get current() {
    return this.#cursor >= 0 ? this.#cursor : this.pinned;
  }

  /** Does anything that is asked for need the vectors themselves? */
  #needs() {
    const {method, colour, only} = this.now;
    return method === "axes" || method === "pairs" || method in MADE || only.startsWith("near:") || this.pinned >= 0 || (colour === "near" && this.current >= 0);
  }

  /** All that is shown, as the state has it. @param {string} [changed] */
  async refresh(changed = "") {
    const round = ++this.#round;
    const {parts, points, now} = this;
    follow(parts, now);
    if (!this.#space && this.#needs()) {
      parts.note.textContent = `Fetching ${this.values.megabytes} MB of vectors …`;
      try {
        this.#space = await points.space();
      } catch (error) {
        if (!(error instanceof Error)) throw error;
        parts.note.textContent = `The vectors could not be fetched: ${error.message}`;
        return;
      }
      if (round !== this.#round || this.mounting.signal.aborted) return;
    }
    const found = search(points.texts[now.column] ?? points.names, now.find, now.pattern);
    this.#hits = found.hits;
    parts.found.textContent = found.wrong || (now.find.trim() ? `${counted(found.hits.length, "match")}`.replace(/matchs$/, "matches") : "");
    [parts.alone.hidden, parts.all.hidden] = [!found.hits.length, !now.only || now.only.startsWith("outline:-9")];
    this.#place(now, changed);
    this.#dress();
    this.#choose();
  }

  /** @param {import("./vector-asked.js").Asked} now @param {string} changed */
  #place(now, changed) {
    const {points, parts} = this;
    const flat = precomputed(points, now.method, now.dims, now.turn, now.tilt);
    const alone = shownAlone(points, now, this.#space, this.#hits, flat);
    this.#some = alone.some;
    let said = absent(alone.missing, points.count);
    this.#relation = null;
    if (!(now.method in MADE)) this.made.stop();
    let [map, ends] = [flat, {}];
    if (now.method === "axes" && this.#space) {
      const on = onAxes(points, this.#space, now, this.#some);
      [map, ends] = [on.map, on.ends];
      said = absent(on.missing, points.count) || on.wrong || said;
    } else if (now.method === "pairs" && this.#space) {
      this.#relation = relation(points, this.#space, now);
      [map, this.#some] = [this.#relation.map, Int32Array.from(this.#relation.some)];
      said = absent(this.#relation.missing, points.count) || said;
    } else if (now.method in MADE && this.#space) {
      const some = Made.among(this.#some);
      said = some.length < 4 ? "A map needs four points at least." : this.#some.length > MOST ? `Of ${this.#some.length.toLocaleString("en")}, the first ${MOST.toLocaleString("en")} are mapped here: each step looks at every pair.` : said;
      this.#some = Int32Array.from(some);
      if (some.length >= 4) this.made.begin(this.#space, MADE[now.method], some);
      map = this.plot.to;
    }
    this.#shown = new Set(this.#some);
    parts.note.textContent = said;
    this.plot.show({ends, arrows: this.#relation?.pairs ?? [], names: now.points === "names"});
    this.plot.move(map, changed !== "turn" && changed !== "tilt");
    if (changed === "method") this.page.say(METHODS[now.method]);
  }

  /** A map that is being made. @param {import("../../js/reduce/worker.js").Report} report */
  #report({step, places, quality, halted, closed, measure, cost}) {
    if (!(this.now.method in MADE)) return;
    this.plot.move(spread(this.points.count, this.made.some, filling(places)), false);
    const trust = quality ? ` Trustworthiness ${quality.trust.toFixed(3)}.` : "";
    const paid = cost === null ? "" : ` ${measure[0].toUpperCase()}${measure.slice(1)} ${far(cost)}.`;
    this.parts.quality.textContent = `Step ${step} of ${this.made.steps}${halted || closed ? ", done" : " …"}.${paid}${trust}`;
  }

  /** Colours, and who is drawn. */
  #dress() {
    const {points, now, page} = this;
    const look = coloured(points, now, page.palette(), this.#space, this.current, this.#some);
    if (look.title !== this.legend.element.dataset.title) this.legend.pressed.clear();
    this.legend.element.dataset.title = look.title;
    this.legend.show(look.title, look.entries);
    this.legend.light(litOf(this.state.get("lit", ""), look.entries.length));
    this.legend.element.hidden = look.entries.length < 2 || now.method === "pairs";
    const lit = this.#some.filter((i) => this.legend.lit(look.category[i]));
    this.plot.show({order: lit.toReversed(), category: look.category, colours: look.entries.map((/** @type {{colour: string}} */ {colour}) => colour)});
  }

  /** @returns {import("./vector-plot.js").Asking} */
  #asking() {
    const {state} = this;
    return {
      names: this.points.names,
      lit: (i) => this.#shown.has(i),
      hover: (i) => this.#point(i),
      walk: (i) => {
        this.#point(i);
        this.plot.reach(i);
        this.page.say(this.points.names[i]);
      },
      pin: (i) => this.#pin(i),
      see: (view) => state.set("seen", writeView(view) || null),
      selecting: () => this.now.pick === "select",
      outline: (outline) => {
        this.#cursor = -1;
        state.set("only", `outline:${written(outline)}`);
        this.page.say(`${counted(this.#some.length, "point")} selected`);
      },
      turn: (dx, dy) => {
        if (this.now.method !== "pca" || this.now.dims !== 3) return false;
        state.set("turn", (((Math.round(this.now.turn + dx / 2) % 360) + 360) % 360));
        state.set("tilt", Math.max(-90, Math.min(90, Math.round(this.now.tilt + dy / 2))));
        return true;
      },
    };
  }

  #pin(/** @type {number} */ i) {
    this.#cursor = -1;
    const instance = i < 0 ? null : Number(this.points.index[i]);
    if (this.page.get(this.key) === instance) this.#choose();
    else this.page.set(this.key, instance);
    this.page.say(i < 0 ? "nothing chosen" : `chosen: ${this.points.names[i]}`);
  }

  #point(/** @type {number} */ i) {
    if (i === this.#cursor) return;
    this.#cursor = i;
    this.#choose();
  }

  #follow() {
    this.#cursor = -1;
    if (this.pinned >= 0) this.plot.reach(this.pinned);
    void this.refresh();
  }

  /** What was found or is shown alone, to choose from. @param {(i: number) => void} choose */
  #rest(choose) {
    const {points} = this;
    if (this.#hits.length) return tableCard(points, this.#hits, `What the search found, ${this.#hits.length.toLocaleString("en")}`, choose);
    if (this.#relation) return [];
    if (this.#some.length < points.count) return tableCard(points, Array.from(this.#some), `Shown, ${this.#some.length.toLocaleString("en")}`, choose);
    return this.current < 0 ? invitation(points, choose) : [];
  }

  /** The card, the lines and the canvas's name follow the chosen one. */
  #choose() {
    const {parts, points, now, values, current: chosen} = this;
    const near = chosen >= 0 && this.#space ? this.#space.nearest(chosen, Math.min(now.nearest, points.count - 1), now.metric) : [];
    this.plot.show({chosen, kept: this.pinned, near: now.method === "pairs" ? [] : near.map(({index}) => index).filter((i) => this.#shown.has(i)), hits: this.#hits.filter((i) => this.#shown.has(i))});
    const name = `${METHODS[now.method]} of ${counted(this.#some.length, "vector")}`;
    parts.plot.setAttribute("aria-label", name);
    parts.canvas.setAttribute("aria-label", chosen < 0 ? name : `${name}. Chosen: ${points.names[chosen]}${near.length ? `; nearest: ${near.slice(0, 5).map(({index}) => points.names[index]).join(", ")}` : ""}`);
    const choose = (/** @type {number} */ i) => this.#pin(i);
    const alone = () => this.state.set("only", `near:${points.index[chosen]}:50`);
    const held = parts.card.contains(document.activeElement);
    parts.card.replaceChildren(...(this.#relation && this.#cursor < 0
      ? pairsCard(this.#relation.pairs.map(([a, b]) => [points.names[a], points.names[b]]), this.#relation.cosines, this.#relation.ways)
      : chosen >= 0 ? chosenCard({points, chosen, near, metric: now.metric, choose, alone}) : []), ...this.#rest(choose));
    if (held) parts.card.querySelector("button")?.focus({preventScroll: true});
    parts.measures.hidden = chosen < 0 || now.method === "pairs";
    if (!(now.method in MADE)) parts.quality.textContent = trusted(now.method, values.quality[now.method], now.dims);
  }
}
