/**
 * Run by tests/figures/test_playground.py: what the page's trainer makes of settings, in JSON. With the argument
 * `plain`, as in a browser that has WebAssembly switched off.
 */
import {readFileSync} from "node:fs";
import {SETS, sample} from "../../templates/figures/playground/data.js";
import {INPUTS, chosen, features} from "../../templates/figures/playground/inputs.js";
import {examples, network, trainer} from "../../templates/figures/playground/settings.js";
import {pytorch} from "../../templates/figures/playground/code.js";
import {onnx} from "../../templates/figures/playground/graph.js";
import {Trainer, measure} from "../../templates/figures/playground/trainer.js";
import {Network, initial} from "../../templates/figures/playground/network.js";

// It is looked for when the first epoch begins.
if (process.argv[2] === "plain") Reflect.deleteProperty(globalThis, "WebAssembly");

/** Gradients of one batch. */
const slopes = ({sizes, activation, output, weights, features, labels, recipe}) => {
  const net = new Network(sizes, activation, output, Float32Array.from(weights));
  const given = {features: Float32Array.from(features), labels: Float32Array.from(labels)};
  const one = new Trainer(net, given, recipe);
  const order = [...given.labels.keys()];
  return {gradient: [...one.find(order, 0, order.length)], loss: measure(net, given).loss};
};

/** Weights after some epochs, by default of steps that see all examples. */
const descent = ({sizes, activation, output, weights, features, labels, recipe, steps}) => {
  const net = new Network(sizes, activation, output, Float32Array.from(weights));
  const given = {features: Float32Array.from(features), labels: Float32Array.from(labels)};
  const one = new Trainer(net, given, {batch: labels.length, ...recipe});
  while (one.epoch < steps) one.run();
  return [...net.weights];
};

/** Weights of two runs that take turns, the first of them changed on the way as the page does it. */
const turns = ([settings, other, changed]) => {
  const [first, second] = [trainer(settings), trainer(other)];
  for (let turn = 0; turn < 3; turn++) first.run(), second.run();
  const later = trainer(changed, first.network.weights);
  [later.epoch, later.rooms] = [first.epoch, first.rooms];
  for (let turn = 0; turn < 3; turn++) later.run(), second.run();
  return [...later.network.weights, ...second.network.weights];
};

/** Weights and losses after some epochs. */
const run = ({settings, epochs}) => {
  const one = trainer(settings);
  while (one.epoch < epochs) one.run();
  const {train, test} = examples(settings);
  const net = network(settings, one.network.weights);
  return {weights: [...one.network.weights], train: measure(net, train).loss, test: measure(net, test).loss};
};

/** The same network as a program and as a file, and its own answers. */
const exported = ({settings, points}) => {
  const net = network(settings);
  const given = features(chosen(settings.inputs), points.map(([x]) => x), points.map(([, y]) => y));
  const answers = points.map((_, i) => [...net.run(given, i * settings.inputs.length)]);
  const bytes = Buffer.from(onnx(net, settings.inputs, "A test.")).toString("base64");
  return {answers, code: pytorch(net, settings.inputs, "A test."), onnx: bytes};
};

/** Points of a set. */
const points = ({name, noise, seed}) => {
  const {xs, ys, labels} = sample(name, noise, seed);
  return [[...xs], [...ys], [...labels]];
};

const asked = JSON.parse(readFileSync(0, "utf8"));
const made = {
  slopes: asked.slopes?.map(slopes),
  descents: asked.descents?.map(descent),
  batches: asked.batches?.map(descent),
  turns: asked.turns?.map(turns),
  exports: asked.exports?.map(exported),
  runs: asked.runs?.map(run),
  points: asked.points?.map(points),
  names: {sets: SETS.map(({name, classes}) => [name, classes]), inputs: INPUTS.map(({name}) => name)},
  initial: asked.initial?.map(([sizes, seed]) => [...initial(sizes, seed)]),
};
process.stdout.write(JSON.stringify(made));
