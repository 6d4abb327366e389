/** A trained network as a PyTorch program that gives the same answers. Pure. */
import {INPUTS} from "./inputs.js";

/** @typedef {import("./network.js").Network} Network */

/** @type {Record<string, string>} */
const FEATURES = {
  x: "x",
  y: "y",
  xx: "x * x",
  yy: "y * y",
  xy: "x * y",
  "sin-x": "torch.sin(x)",
  "sin-y": "torch.sin(y)",
};
/** @type {Record<string, string>} */
const MODULES = {tanh: "nn.Tanh()", relu: "nn.ReLU()", sigmoid: "nn.Sigmoid()", linear: "nn.Identity()"};
/** @type {Record<string, string>} */
const ANSWERS = {
  tanh: "torch.tanh(sums)",
  logistic: "torch.tanh(sums / 2)  # 2 p − 1, where p is the probability of class 1",
  linear: "sums",
  softmax: "torch.softmax(sums, dim=1)",
};

/** A float32 in as few digits as give it back. @param {number} value */
function digits(value) {
  for (let count = 1; count < 9; count++) {
    const near = Number(value.toPrecision(count));
    if (Math.fround(near) === value) return String(near);
  }
  return String(Number(value.toPrecision(9)));
}

/** @param {ArrayLike<number>} values */
const row = (values) => `[${Array.from(values, digits).join(", ")}]`;

/** @param {Network} network */
function tensors({blocks, weights}) {
  return blocks.map(({inputs, units, weights: first, biases}) => {
    const rows = Array.from({length: units}, (_, unit) => row(weights.subarray(first + unit * inputs, first + (unit + 1) * inputs)));
    return `    (\n        [${rows.join(",\n         ")}],\n        ${row(weights.subarray(biases, biases + units))},\n    ),`;
  });
}

/** @param {Network} network @param {string[]} names  of its inputs @param {string} told  one line on where it comes from */
export function pytorch(network, names, told) {
  const {sizes, activation, output} = network;
  const given = INPUTS.filter(({name}) => names.includes(name)).map(({name}) => FEATURES[name]);
  const layers = sizes.slice(1).flatMap((size, i) => [
    `    nn.Linear(${sizes[i]}, ${size}),`,
    ...(i < sizes.length - 2 ? [`    ${MODULES[activation]},`] : []),
  ]);
  return `"""${told}"""

import torch
from torch import nn

model = nn.Sequential(
${layers.join("\n")}
)

# Weights (neurons, inputs) and biases of each layer.
WEIGHTS = [
${tensors(network).join("\n")}
]

with torch.no_grad():
    linear = [module for module in model if isinstance(module, nn.Linear)]
    for module, (weight, bias) in zip(linear, WEIGHTS, strict=True):
        module.weight.copy_(torch.tensor(weight))
        module.bias.copy_(torch.tensor(bias))


def features(points):
    """Inputs of points (count, 2)."""
    x, y = points[:, 0], points[:, 1]
    return torch.stack([${given.join(", ")}], dim=1)


def answer(points):
    """Answers to points (count, 2), each from −6 to 6."""
    sums = model(features(points))
    return ${ANSWERS[output]}


if __name__ == "__main__":
    print(answer(torch.tensor([[0.0, 0.0], [3.0, -3.0]])))
`;
}
