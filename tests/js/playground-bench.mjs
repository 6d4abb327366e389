/**
 * Run by tests/bench_playground.py: epochs a second of the playground's trainer, with and without WebAssembly,
 * and of TensorFlow Playground's own engine (its nn.ts) where there is one. In JSON.
 */
import {readFileSync} from "node:fs";
import {transform} from "esbuild";
import {INPUTS} from "../../templates/figures/playground/inputs.js";
import {trainer} from "../../templates/figures/playground/settings.js";

const [way, file] = process.argv.slice(2);
if (way === "plain") Reflect.deleteProperty(globalThis, "WebAssembly");

const DEFAULT = {
  data: "circle", own: "", noise: 0, draw: 1, ratio: 50, inputs: ["x", "y"], layers: [4, 2], activation: "tanh",
  loss: "squared", optimizer: "sgd", rate: 0.03, batch: 10, regularization: "none", strength: 0, seed: 1,
};
const LARGE = {...DEFAULT, inputs: INPUTS.map(({name}) => name), layers: Array(6).fill(8)};
/** Milliseconds of one measure, and how many are made: the fastest counts, as other programs only slow it down. */
const [SPELL, TIMES] = [40, 75];

/** @param {() => void} epoch */
function pace(epoch) {
  let best = 0;
  for (let turn = 0; turn < TIMES; turn++) {
    const begun = process.cpuUsage().user;
    let [count, spent] = [0, 0];
    while (spent < 1000 * SPELL) {
      for (let i = 0; i < 20; i++) epoch();
      count += 20;
      spent = process.cpuUsage().user - begun;
    }
    best = Math.max(best, (1e6 * count) / spent);
  }
  return best;
}

/** The same net and the same points in the peer's engine, as its page trains it. */
async function peer(settings) {
  const {code} = await transform(readFileSync(file, "utf8"), {loader: "ts", format: "esm"});
  const nn = await import(`data:text/javascript;base64,${Buffer.from(code).toString("base64")}`);
  const {features, labels} = trainer(settings).examples;
  const width = settings.inputs.length;
  const points = [...labels].map((label, i) => ({input: [...features.subarray(i * width, (i + 1) * width)], label}));
  const net = nn.buildNetwork([width, ...settings.layers, 1], nn.Activations.TANH, nn.Activations.TANH, null, settings.inputs, false);
  return () => {
    points.forEach(({input, label}, i) => {
      nn.forwardProp(net, input);
      nn.backProp(net, label, nn.Errors.SQUARE);
      if ((i + 1) % settings.batch === 0) nn.updateWeights(net, settings.rate, 0);
    });
  };
}

const found = [];
for (const settings of [DEFAULT, LARGE]) {
  const one = trainer(settings);
  found.push(pace(way === "peer" ? await peer(settings) : () => one.run()));
}
process.stdout.write(JSON.stringify(found));
