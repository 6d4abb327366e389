/** Run by tests/figures/test_network.py: explains units that it is given as JSON, in JSON. */
import {readFileSync} from "node:fs";
import {explain} from "../../templates/figures/network/arithmetic.js";
import {tiling} from "../../templates/figures/network/layout.js";

const {layers, activations, weights, units, tilings} = JSON.parse(readFileSync(0, "utf8"));
const byName = new Map(layers.map((layer) => [layer.name, layer]));
const known = {
  layer: (name) => byName.get(name),
  activation: (name) => ({data: Float32Array.from(activations[name].data), shape: activations[name].shape}),
  weight(layer, role, channel) {
    const {data, shape} = weights[layer.tensors[role]];
    const share = data.length / shape[0];
    return Float32Array.from(data.slice(channel * share, (channel + 1) * share));
  },
};
const values = units.map(([name, channel, row, column]) => explain(byName.get(name), {channel, row, column}, known).value);
process.stdout.write(JSON.stringify({values, tilings: tilings.map(([shape, room]) => tiling(shape, room))}));
