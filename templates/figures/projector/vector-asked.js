/**
 * What the address asks of a figure of vectors, as far as this figure has it.
 *
 * @typedef {import("../../js/types.js").FigureState} FigureState
 */

/** @param {FigureState} state @param {Record<string, any>} values */
export function asked(state, values) {
  const one = (/** @type {string} */ option, /** @type {any[]} */ among) => {
    const value = state.get(option, among[0]);
    return among.includes(value) ? value : among[0];
  };
  const number = (/** @type {string} */ option, /** @type {number} */ usual) => {
    const value = Number(state.get(option, usual));
    return Number.isFinite(value) ? value : usual;
  };
  const text = (/** @type {string} */ option, /** @type {string} */ usual) => String(state.get(option, usual));
  return {
    method: String(one("method", [values.method, ...values.methods])),
    colour: String(one("colour", values.colours)),
    points: String(one("points", ["names", "marks"])),
    dims: Number(one("dims", [2, 3])),
    turn: number("turn", 30),
    tilt: number("tilt", 20),
    find: text("find", ""),
    column: String(one("column", values.texts)),
    pattern: Boolean(state.get("pattern", false)),
    metric: /** @type {"cosine" | "euclidean"} */ (one("metric", ["cosine", "euclidean"])),
    nearest: number("nearest", 10),
    only: text("only", values.alone),
    across: text("across", values.across),
    up: text("up", values.up),
    flat: String(one("flat", ["relation", "pca", "tsne"])),
    own: text("own", ""),
    pick: String(one("pick", ["move", "select"])),
  };
}

/** @typedef {ReturnType<typeof asked>} Asked */
