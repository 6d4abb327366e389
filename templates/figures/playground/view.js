/** What of the figure is looked at: the open unit and the chosen place, as the state holds them. */

/** @typedef {import("./diagram.js").Unit} Unit */

/** "2/0" as a unit; null: nothing that can be one. @param {string} text @returns {Unit | null} */
export function readUnit(text) {
  const match = /^([1-7])\/([0-7])$/.exec(text);
  return match && {layer: Number(match[1]), unit: Number(match[2])};
}

/** "1.5,-2" as a place in the plane. @param {string} text @returns {[number, number]} */
export function readPlace(text) {
  const match = /^(-?\d(?:\.\d{1,2})?),(-?\d(?:\.\d{1,2})?)$/.exec(text);
  const within = (/** @type {string} */ at) => Math.min(6, Math.max(-6, Number(at)));
  return match ? [within(match[1]), within(match[2])] : [0, 0];
}

export class View {
  /** @param {import("../../js/types.js").FigureState} state @param {Record<string, any>} start */
  constructor(state, start) {
    this.state = state;
    this.start = start;
  }

  get open() {
    return readUnit(this.state.get("unit", this.start.unit));
  }

  /** @param {Unit} unit */
  isOpen({layer, unit}) {
    return this.open?.layer === layer && this.open.unit === unit;
  }

  get place() {
    return readPlace(this.state.get("at", this.start.at));
  }

  get test() {
    return this.state.get("test", this.start.test);
  }

  get discretize() {
    return this.state.get("discretize", this.start.discretize);
  }

  get importance() {
    return this.state.get("importance", this.start.importance);
  }

  get flow() {
    return this.state.get("flow", this.start.flow);
  }

  get speed() {
    return this.state.get("speed", this.start.speed);
  }

  get stop() {
    return this.state.get("stop", this.start.stop);
  }
}
