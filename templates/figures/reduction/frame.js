/** The parts of the figure and where they stand; what readers do is handed on. */
import {act, slider} from "../../js/dials.js";
import {button, make} from "../../js/make.js";
import {Bar} from "./bar.js";
import {Strip} from "./beside.js";
import {Gallery} from "./gallery.js";
import {Panel} from "./panel.js";
import {percent, short} from "./words.js";

/** What is wrong, and a way to go on. */
class Alarm {
  constructor() {
    this.element = make("div", "alarm");
    this.clear();
  }

  clear() {
    this.element.hidden = true;
    this.element.replaceChildren();
  }

  /** @param {string} words @param {string} [remedy] @param {() => void} [then] */
  raise(words, remedy, then) {
    this.element.replaceChildren(make("p", "", words));
    if (remedy && then) {
      const mend = button("button", "", remedy);
      mend.addEventListener("click", then);
      this.element.append(mend);
    }
    this.element.hidden = false;
  }
}

/** The numbers below the map. */
class Numbers {
  /** @type {Map<string, HTMLElement>} */
  #values = new Map();

  constructor() {
    this.element = make("dl", "numbers");
    this.element.dataset.control = "quality";
  }

  /** @param {[string, string][]} all  names and values, in order */
  #show(all) {
    if (all.map(([name]) => name).join() !== [...this.#values.keys()].join()) {
      this.#values = new Map(all.map(([name]) => [name, make("dd", "")]));
      this.element.replaceChildren(...[...this.#values].map(([name, value]) => make("div", "", make("dt", "", name), value)));
    }
    for (const [name, value] of all) {
      const place = this.#values.get(name);
      if (place && place.textContent !== value) place.textContent = value;
    }
  }

  /** @param {import("../../js/reduce/worker.js").Report} report @param {import("../../js/reduce/worker.js").Measured | null} quality  the last that was measured */
  show({cost, measure}, quality) {
    /** @type {[string, string][]} */
    const all = cost === null ? [] : [[measure[0].toUpperCase() + measure.slice(1), short(cost)]];
    if (quality) {
      all.push(["Trustworthiness", quality.trust.toFixed(3)], ["Continuity", quality.continuity.toFixed(3)]);
      if (quality.hit !== null) all.push(["Neighbourhood hit", percent(quality.hit)]);
    }
    this.#show(all);
  }

  clear() {
    this.#show([]);
  }
}

/**
 * @param {string} id
 * @param {object} acts
 * @param {(name: string, value: any) => void} acts.set  a state
 * @param {Omit<ConstructorParameters<typeof Bar>[0], "set">} acts.bar
 * @param {ConstructorParameters<typeof Panel>[1]} acts.data
 * @param {ConstructorParameters<typeof Panel>[1]} acts.map
 * @param {ConstructorParameters<typeof Gallery>[1]} acts.choose
 * @param {() => void} acts.again
 * @param {ConstructorParameters<typeof Gallery>[4]} acts.give
 * @param {ConstructorParameters<typeof Strip>[1]} acts.take
 * @param {() => void} acts.keep
 * @param {AbortSignal} signal
 */
export function frame(id, acts, signal) {
  const {set} = acts;
  const bar = new Bar({...acts.bar, set});
  const data = new Panel("view", acts.data, signal);
  const map = new Panel("map", acts.map, signal);
  const turns = {
    turn: slider("turn", "Turn", {least: 0, most: 359, step: 1}, (value) => `${value}°`, (value) => set("turn", value)),
    tilt: slider("turn", "Tilt", {least: -90, most: 90, step: 1}, (value) => `${String(value).replace("-", "−")}°`, (value) => set("tilt", value)),
  };
  const view = make("p", "hint");
  const turning = make("div", "turns", turns.turn.element, turns.tilt.element);
  data.element.append(make("div", "below", turning, view));
  map.element.append(make("div", "below"));
  const numbers = new Numbers();
  const about = make("p", "hint about");
  const gallery = new Gallery(id, acts.choose, set, acts.again, acts.give, signal);
  const strip = new Strip((value) => set("compare", value), acts.take);
  const keep = act("export", "Coordinates as CSV", acts.keep);
  const alarm = new Alarm();
  const found = make("div", "found", numbers.element, keep);
  const panels = make("div", "panels", data.element, map.element, found);
  const element = make("div", "reduction", bar.element, alarm.element, panels, about, gallery.element, strip.element);
  return {element, bar, data, map, turns, view, numbers, about, gallery, strip, keep, alarm};
}
