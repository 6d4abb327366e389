/**
 * The figure's elements, in reading order: controls, map with card, legend, quality.
 *
 * @typedef {import("../../js/types.js").FigureState} FigureState
 * @typedef {import("./points.js").Method} Method
 * @typedef {{layer: string, method: Method, colour: "label" | "outcome", marks: boolean}} Asked
 */
import {make} from "./card.js";
import {depth, segments} from "./controls.js";
import {METHODS} from "./words.js";

const KEYS = "Arrow keys walk from point to point, Enter keeps one, Escape lets go; + and − zoom, 0 shows the whole map. With a mouse, hold Ctrl and turn the wheel, then drag.";
const FINGERS = "Tap a picture to keep it. Pinch or use the buttons to zoom; then one finger moves the map.";

/** What the address asks for, as far as this figure has it. @param {FigureState} state @param {Record<string, any>} values @returns {Asked} */
export function asked(state, values) {
  const one = (/** @type {string} */ option, /** @type {string[]} */ among, /** @type {string} */ usual) => {
    const value = state.get(option, usual);
    return among.includes(value) ? value : usual;
  };
  return {
    layer: one("layer", values.layers, values.start),
    method: /** @type {Method} */ (one("method", values.methods, values.method)),
    colour: /** @type {"label" | "outcome"} */ (one("colour", ["label", "outcome"], "label")),
    marks: one("points", ["pictures", "marks"], "pictures") === "marks",
  };
}

/** @param {string} name @param {Record<string, any>} values @param {FigureState} state */
function controls(name, values, state) {
  const set = (/** @type {string} */ option) => (/** @type {string} */ value) => state.set(option, value);
  const methods = values.methods.map((/** @type {string} */ m) => [m, METHODS[m]]);
  const layer = depth(`${name}-layer`, values.layers, set("layer"));
  const method = segments(`${name}-method`, "Map", methods, set("method"));
  const colour = segments(`${name}-colour`, "Colour", [["label", "Label"], ["outcome", "Right or wrong"]], set("colour"));
  const points = segments(`${name}-points`, "Points", [["pictures", "Pictures"], ["marks", "Shapes"]], set("points"));
  for (const [control, {field}] of Object.entries({layer, map: method, colour, points})) field.dataset.control = control;
  layer.field.hidden = values.layers.length < 2;
  method.field.hidden = methods.length < 2;
  return {
    element: make("div", "controls", layer.field, method.field, colour.field, points.field),
    /** @param {Asked} now */
    show(now) {
      layer.show(now.layer);
      method.show(now.method);
      colour.show(now.colour);
      points.show(now.marks ? "marks" : "pictures");
    },
  };
}

/** The map itself, which takes the keyboard, and the words on its keys. @param {string} name  of the figure @param {string} keys */
export function mapped(name, keys) {
  const canvas = make("canvas", "");
  canvas.setAttribute("role", "img");
  const plot = make("div", "plot", canvas);
  const help = make("p", "quiet keys", keys);
  help.id = `${name}-help`;
  plot.tabIndex = 0;
  plot.setAttribute("role", "application");
  plot.setAttribute("aria-roledescription", "map of points");
  plot.setAttribute("aria-describedby", help.id);
  return {canvas, plot, help};
}

/**
 * @param {string} name  of the figure @param {Record<string, any>} values @param {FigureState} state
 * @param {HTMLElement} legend @param {HTMLElement} zoom
 */
export function frame(name, values, state, legend, zoom) {
  const {canvas, plot, help} = mapped(name, KEYS);
  const card = make("div", "beside");
  const quality = make("p", "quality");
  const bar = controls(name, values, state);
  for (const [control, part] of Object.entries({zoom, legend, card, quality})) part.dataset.control = control;
  const map = make("div", "", make("div", "stage", plot, zoom), legend);
  const body = make("div", "body", map, make("div", "side", card, quality));
  const fingers = make("p", "quiet fingers", FINGERS);
  return {canvas, plot, card, quality, bar, elements: [bar.element, body, help, fingers]};
}
