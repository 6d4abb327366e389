/**
 * What is shown: the figure's state with what is unknown put right.
 *
 * @typedef {object} Now  places in the lists of layers, versions and shares
 * @property {number} layer
 * @property {number} version
 * @property {number} beside  −1: none
 * @property {number} share
 * @property {number} least
 * @property {number} unit    −1: none is open
 * @property {string} sort
 * @property {string} find
 */

/**
 * @param {import("../../../js/types.js").FigureState} state @param {Record<string, any>} values
 * @returns {Now}
 */
export function now(state, values) {
  const place = (/** @type {any[]} */ list, /** @type {any} */ one, otherwise = 0) => {
    const found = list.indexOf(one);
    return found < 0 ? otherwise : found;
  };
  const names = values.versions.map((/** @type {any} */ one) => one.name);
  const layers = values.layers.map((/** @type {any} */ one) => one.name);
  const layer = place(layers, state.get("layer", layers[0]));
  const version = place(names, state.get("version", names[0]));
  const beside = place(names, state.get("beside", names[1] ?? ""), -1);
  const unit = state.get("unit", values.open);
  return {
    layer,
    version,
    beside: beside === version ? -1 : beside,
    share: place(values.shares, state.get("share", values.share), place(values.shares, values.share)),
    least: state.get("least", values.least),
    unit: Number.isInteger(unit) && unit >= 0 && unit < values.layers[layer].channels ? unit : -1,
    sort: state.get("sort", "overlap"),
    find: state.get("find", ""),
  };
}
