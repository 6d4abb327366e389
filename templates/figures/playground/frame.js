/**
 * The parts of the figure and where they stand; what readers do is handed on.
 *
 * @typedef {import("../../js/dials.js").Dial} Dial
 */
import {make} from "../../js/make.js";
import {Alarm} from "./alarm.js";
import {Bar} from "./bar.js";
import {act, check, list} from "../../js/dials.js";
import {Diagram} from "./diagram.js";
import {Inspector} from "./inspector.js";
import {Legend} from "./legend.js";
import {Losses} from "./losses.js";
import {PlaneMap} from "./map.js";
import {Sets} from "./sets.js";
import {CHOICES, RATES, STRENGTHS} from "./words.js";

/** How it learns. @param {(name: string, value: any) => void} set @returns {Record<string, Dial>} */
function recipe(set) {
  const words = {activation: "Activation", loss: "Loss", optimizer: "Optimizer", regularization: "Regularization"};
  const choice = (/** @type {keyof typeof words} */ name) => list(name, words[name], CHOICES[name], (value) => set(name, value));
  const numbers = (/** @type {number[]} */ all) => all.map((one) => /** @type {[number, string]} */ ([one, String(one)]));
  return {
    activation: choice("activation"),
    rate: list("rate", "Learning rate", numbers(RATES).map(([one]) => [one, one < 0.0001 ? "0.00001" : String(one)]), (value) => set("rate", value)),
    optimizer: choice("optimizer"),
    loss: choice("loss"),
    regularization: choice("regularization"),
    strength: list("strength", "Strength", numbers(STRENGTHS), (value) => set("strength", value)),
  };
}

/**
 * @param {string} id
 * @param {object} acts
 * @param {(name: string, value: any) => void} acts.set      a state
 * @param {ConstructorParameters<typeof Bar>[0]} acts.bar
 * @param {ConstructorParameters<typeof Diagram>[0]} acts.diagram
 * @param {ConstructorParameters<typeof PlaneMap>[0]} acts.map
 * @param {ConstructorParameters<typeof Inspector>[0]} acts.inspector
 * @param {() => void} acts.points
 * @param {() => void} acts.weights
 * @param {(rate: number) => void} acts.mend
 * @param {(what: "code" | "onnx") => void} acts.keep
 * @param {(epoch: number | null) => void} acts.recall
 * @param {AbortSignal} signal
 */
export function frame(id, acts, signal) {
  const {set} = acts;
  const bar = new Bar(acts.bar);
  const diagram = new Diagram(acts.diagram, signal);
  const map = new PlaneMap(acts.map, signal);
  const legend = new Legend();
  const losses = new Losses(acts.recall);
  const inspector = new Inspector(acts.inspector);
  const sets = new Sets(id, set, acts.points, signal);
  const dials = recipe(set);
  const toggles = {
    test: check("test", "Show test points", (on) => set("test", on)),
    discretize: check("discretize", "Discretize", (on) => set("discretize", on)),
    importance: check("importance", "Neurons as large as they matter", (on) => set("importance", on)),
    flow: check("flow", "Lines as wide as weight × usual value", (on) => set("flow", on)),
  };
  map.plane.after(legend.element);
  const tip = make("div", "card tooltip");
  tip.hidden = true;
  diagram.stage.append(tip);
  const alarm = new Alarm(acts.mend);
  const manners = make("div", "toggles manners", toggles.importance.element, toggles.flow.element);
  const net = make("div", "net", diagram.element, manners, inspector.element);
  const result = make("div", "result", map.element, make("div", "beside", losses.element, make("div", "toggles", toggles.test.element, toggles.discretize.element)));
  const learning = make("div", "dials learning", ...Object.values(dials).map(({element}) => element));
  learning.append(act("seed", "New first weights", acts.weights));
  const keep = [["code", "PyTorch code"], ["onnx", "ONNX"]].map(([what, words]) =>
    act("export", words, () => acts.keep(/** @type {"code" | "onnx"} */ (what)), `${words} of this network`),
  );
  learning.append(...keep);
  const element = make("div", "playground", bar.element, alarm.element, result, net, sets.element, learning);
  return {element, bar, diagram, map, legend, losses, inspector, sets, dials, toggles, tip, alarm};
}
