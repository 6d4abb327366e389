/**
 * The figure's controls; each writes to the figure's state, and whoever draws reads it there.
 *
 * @typedef {import("../../js/types.js").FigureState} FigureState
 */
import {make} from "./card.js";

/**
 * A few choices, one of them made.
 * @param {string} group  unique in the page @param {string} title
 * @param {[string, string][]} choices  value and words @param {(value: string) => void} then
 */
export function segments(group, title, choices, then) {
  const set = make("fieldset", "segmented");
  set.setAttribute("aria-label", title);
  const inputs = choices.map(([value, words]) => {
    const input = make("input", "");
    Object.assign(input, {type: "radio", name: group, value});
    input.addEventListener("change", () => then(value));
    set.append(make("label", "", input, make("span", "", words)));
    return input;
  });
  const name = make("span", "", title);
  name.setAttribute("aria-hidden", "true");
  return {
    field: make("div", "field", name, set),
    /** @param {string} value */
    show(value) {
      for (const input of inputs) input.checked = input.value === value;
    },
  };
}

/**
 * The layers from the input to the answer, as a slider whose stops have names.
 * @param {string} id @param {string[]} layers @param {(layer: string) => void} then
 */
export function depth(id, layers, then) {
  const slider = make("input", "range");
  Object.assign(slider, {type: "range", id, min: "0", max: String(layers.length - 1), step: "1"});
  const name = make("output", "");
  name.htmlFor.add(id);
  const label = make("label", "", "Layer ", name);
  label.htmlFor = id;
  const stops = make("div", "stops", ...layers.map((layer) => make("span", "", layer)));
  stops.setAttribute("aria-hidden", "true");
  slider.addEventListener("input", () => then(layers[slider.valueAsNumber]));
  const track = make("div", "track", slider, stops);
  track.style.setProperty("--stops", String(layers.length));
  return {
    field: make("div", "depth", label, track),
    /** @param {string} layer */
    show(layer) {
      const at = layers.indexOf(layer);
      slider.value = String(at);
      slider.setAttribute("aria-valuetext", layer);
      name.value = layer;
      [...stops.children].forEach((stop, i) => stop.classList.toggle("now", i === at));
    },
  };
}

/** @param {(steps: number) => void} zoom */
export function zooming(zoom) {
  /** @type {[string, string, number][]} */
  const kinds = [["+", "closer", 1], ["−", "farther", -1], ["⤢", "whole map", 0]];
  const buttons = kinds.map(([sign, words, steps]) => {
    const button = make("button", "button", sign);
    button.type = "button";
    button.setAttribute("aria-label", words);
    button.title = words;
    button.addEventListener("click", () => zoom(steps));
    return button;
  });
  return make("div", "zoom", ...buttons);
}
