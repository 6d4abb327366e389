/**
 * The elements of a figure of vectors, in reading order: what is searched, how it is mapped, the map with
 * what is chosen beside it.
 *
 * @typedef {import("../../js/types.js").FigureState} FigureState
 */
import {act, check, list, slider} from "../../js/dials.js";
import {make} from "../../js/make.js";
import {segments, zooming} from "./controls.js";
import {mapped} from "./frame.js";
import {METHODS, colourName} from "./vector-words.js";

const KEYS = "Arrow keys walk from point to point, with Shift they turn three dimensions; Enter keeps one, Escape lets go; + and − zoom, 0 shows the whole map.";

/** A text of the reader's, told when it is done. @param {string} control @param {string} label @param {string} hint @param {(text: string) => void} then @param {boolean} [live] */
function text(control, label, hint, then, live = false) {
  const input = make("input", "text");
  Object.assign(input, {type: live ? "search" : "text", placeholder: hint, autocomplete: "off", spellcheck: false, autocapitalize: "off"});
  input.addEventListener(live ? "input" : "change", () => then(input.value));
  const element = make("label", "dial written", make("span", "", label), input);
  element.dataset.control = control;
  return {element, input, show: (/** @type {string} */ value) => document.activeElement !== input && (input.value = value)};
}

/**
 * @param {string} name @param {Record<string, any>} values @param {FigureState} state
 * @param {HTMLElement} legend @param {(steps: number) => void} zoom
 * @param {{alone: () => void, all: () => void, keep: () => void}} acts
 */
export function frame(name, values, state, legend, zoom, acts) {
  const set = (/** @type {string} */ option) => (/** @type {any} */ value) => state.set(option, value);
  const named = (/** @type {string[]} */ all, /** @type {(one: string) => string} */ words) => all.map((one) => /** @type {[string, string]} */ ([one, words(one)]));
  const dials = {
    find: text("search", "Search", "a word", set("find"), true),
    column: list("column", "In", named(values.texts, (one) => one), set("column")),
    pattern: check("pattern", "Regular expression", set("pattern")),
    method: list("map", "Map", named(values.methods, (one) => METHODS[one]), set("method")),
    colour: list("colour", "Colour", named(values.colours, colourName), set("colour")),
    across: text("across", "Left and right", "he, man > she, woman", set("across")),
    up: text("up", "Bottom and top", "first principal component", set("up")),
    own: text("own", "Your own pairs", "man > woman, king > queen", set("own")),
    flat: list("flat", "Laid out by", [["relation", "the relation"], ["pca", "PCA"], ["tsne", "t-SNE"]], set("flat")),
    metric: list("metric", "Distance", [["cosine", "cosine"], ["euclidean", "Euclidean"]], set("metric")),
    nearest: slider("nearest", "Neighbours", {least: 1, most: 50, step: 1}, String, set("nearest")),
  };
  const dims = segments(`${name}-dims`, "Axes", [["2", "2-D"], ["3", "3-D"]], (value) => state.set("dims", Number(value)));
  const points = segments(`${name}-points`, "Points", [["names", "Names"], ["marks", "Dots"]], set("points"));
  const pick = segments(`${name}-pick`, "Drag", [["move", "Move"], ["select", "Outline"]], set("pick"));
  for (const [control, {field}] of Object.entries({dims, points, drag: pick})) field.dataset.control = control;
  const found = make("output", "quiet found");
  const alone = act("alone", "Show only these", acts.alone);
  const all = act("all", "Show all", acts.all);
  const keep = act("export", "Coordinates (CSV)", acts.keep);
  dials.column.element.hidden = values.texts.length < 2;
  const searching = make("div", "controls searching", dials.find.element, dials.column.element, dials.pattern.element, alone, all, found);
  const choices = make("div", "controls choices", dials.method.element, dials.colour.element, dims.field, points.field, pick.field);
  const axes = make("div", "controls axes", dials.across.element, dials.up.element);
  const pairs = make("div", "controls pairs", dials.flat.element, dials.own.element);
  const note = make("p", "quiet note");
  note.setAttribute("role", "status");
  const {canvas, plot, help} = mapped(name, KEYS);
  const card = make("div", "beside");
  const measures = make("div", "controls measuring", dials.metric.element, dials.nearest.element);
  const quality = make("p", "quality");
  const stage = make("div", "stage", plot, zooming(zoom));
  const map = make("div", "", stage, legend);
  const side = make("div", "side", card, measures, quality, keep);
  for (const [control, part] of Object.entries({legend, card, quality})) part.dataset.control = control;
  const body = make("div", "body", map, side);
  return {canvas, plot, card, quality, note, found, alone, all, axes, pairs, dials, dims, points, pick, measures, elements: [searching, choices, axes, pairs, note, body, help]};
}

/** Controls show what the state holds. @param {ReturnType<typeof frame>} parts @param {import("./vector-asked.js").Asked} now */
export function follow(parts, now) {
  for (const [name, dial] of Object.entries(parts.dials)) dial.show(/** @type {never} */ (now[/** @type {keyof typeof now} */ (name)]));
  parts.dims.show(String(now.dims));
  parts.points.show(now.points);
  parts.pick.show(now.pick);
  parts.plot.classList.toggle("outlining", now.pick === "select");
  parts.dims.field.hidden = now.method !== "pca";
  parts.axes.hidden = now.method !== "axes";
  parts.pairs.hidden = now.method !== "pairs";
  parts.pick.field.hidden = now.method === "pairs";
}
