"""Gradients of every layer an author may use, by onnxruntime and by autograd, on random shapes.

A graph costs seconds to export, so each holds many random layers of one family: it answers, for
each, the output and the gradients of a randomly weighted sum of it, by input and by parameter.
"""

import os
import random
from collections.abc import Callable

import pytest
import torch
from safetensors.torch import save
from torch import Tensor, nn
from torch.func import functional_call, vjp

from generator.compute.graphs import Tensors
from generator.export.graphs import export_graph
from generator.figure import Source

SEEDS = range(12 if os.environ.get("EXPLORABLE_TRIAL") else 1)
Case = tuple[nn.Module, tuple[int, ...]]  # a layer and the shape that it takes


def convolution(dice: random.Random, _turn: int) -> Case:
    groups = dice.choice([1, 1, 2, 3])
    channels, answers = groups * dice.randint(1, 3), groups * dice.randint(1, 3)
    kernel = (dice.randint(1, 4), dice.randint(1, 4))
    layer = nn.Conv2d(
        channels,
        answers,
        kernel,
        stride=(dice.randint(1, 3), dice.randint(1, 3)),
        padding=(dice.randint(0, 3), dice.randint(0, 3)),
        dilation=(dice.randint(1, 3), dice.randint(1, 2)),
        groups=groups,
        bias=dice.random() < 0.7,
    )
    return layer, (dice.randint(1, 3), channels, dice.randint(10, 15), dice.randint(10, 15))


def depthwise(dice: random.Random, _turn: int) -> Case:
    channels, copies = dice.randint(2, 6), dice.randint(1, 2)
    how = {"stride": dice.randint(1, 2), "padding": dice.randint(0, 2)}
    layer = nn.Conv2d(channels, copies * channels, 3, groups=channels, **how)
    return layer, (dice.randint(1, 3), channels, dice.randint(5, 12), dice.randint(5, 12))


def transposed(dice: random.Random, _turn: int) -> Case:
    groups = dice.choice([1, 2])
    channels, answers = groups * dice.randint(1, 3), groups * dice.randint(1, 3)
    stride = dice.randint(1, 3)
    layer = nn.ConvTranspose2d(
        channels,
        answers,
        dice.randint(2, 4),
        stride=stride,
        padding=dice.randint(0, 1),
        output_padding=dice.randint(0, stride - 1),
        groups=groups,
    )
    return layer, (dice.randint(1, 3), channels, dice.randint(3, 7), dice.randint(3, 7))


def maximum(dice: random.Random, _turn: int) -> Case:
    kernel = (dice.randint(1, 4), dice.randint(1, 4))
    layer = nn.MaxPool2d(
        kernel,
        stride=dice.choice([None, 1, 2, (3, 2)]),
        padding=(dice.randint(0, kernel[0] // 2), dice.randint(0, kernel[1] // 2)),
        dilation=dice.randint(1, 2),
        ceil_mode=dice.random() < 0.3,
    )
    return layer, (dice.randint(1, 3), dice.randint(1, 3), dice.randint(8, 13), dice.randint(8, 13))


def average(dice: random.Random, _turn: int) -> Case:
    kernel = (dice.randint(1, 4), dice.randint(1, 4))
    layer = nn.AvgPool2d(
        kernel,
        stride=dice.choice([None, 1, 2, (3, 2)]),
        padding=(dice.randint(0, kernel[0] // 2), dice.randint(0, kernel[1] // 2)),
        count_include_pad=dice.random() < 0.5,
        ceil_mode=dice.random() < 0.3,
    )
    return layer, (dice.randint(1, 3), dice.randint(1, 3), dice.randint(8, 13), dice.randint(8, 13))


def adaptive(dice: random.Random, _turn: int) -> Case:
    size = dice.choice([1, 1, (1, 1), (2, 3), 4])
    shape = (dice.randint(1, 3), dice.randint(1, 3), dice.randint(4, 9), dice.randint(4, 9))
    return nn.AdaptiveAvgPool2d(size), shape


def dense(dice: random.Random, _turn: int) -> Case:
    width = dice.randint(1, 6)
    layer = nn.Linear(width, dice.randint(1, 6), bias=dice.random() < 0.7)
    return layer, dice.choice([(2, width), (1, width), (2, 3, width)])


def normalised(dice: random.Random, _turn: int) -> Case:
    channels = dice.randint(1, 5)
    layer = nn.BatchNorm2d(channels, affine=dice.random() < 0.7)
    layer.running_mean.uniform_(-1, 1)
    layer.running_var.uniform_(0.5, 2)
    return layer.eval(), (dice.randint(1, 3), channels, dice.randint(1, 5), dice.randint(1, 5))


POINTWISE = (
    nn.ReLU,
    lambda: nn.ReLU(inplace=True),
    nn.GELU,
    lambda: nn.GELU("tanh"),
    nn.Tanh,
    nn.Sigmoid,
)


def pointwise(dice: random.Random, turn: int) -> Case:
    layer: nn.Module = POINTWISE[turn % len(POINTWISE)]()
    return layer, (dice.randint(1, 3), dice.randint(1, 4), dice.randint(1, 5))


def softmax(dice: random.Random, turn: int) -> Case:
    kind = (nn.Softmax, nn.LogSoftmax)[turn % 2]
    return kind(dim=dice.randint(-2, 1)), (dice.randint(2, 3), dice.randint(2, 5))


class Residual(nn.Module):
    """A block whose input is added to, and set beside, what a convolution makes of it."""

    def __init__(self, channels: int) -> None:
        super().__init__()
        self.inner = nn.Conv2d(channels, channels, 3, padding=1)

    def forward(self, image: Tensor) -> Tensor:
        return torch.cat([torch.tanh(image + self.inner(image)), image], dim=1)


def residual(dice: random.Random, _turn: int) -> Case:
    channels = dice.randint(1, 4)
    return Residual(channels), (
        dice.randint(1, 3),
        channels,
        dice.randint(3, 6),
        dice.randint(3, 6),
    )


FAMILIES: list[Callable[[random.Random, int], Case]] = [
    convolution,
    depthwise,
    transposed,
    maximum,
    average,
    adaptive,
    dense,
    normalised,
    pointwise,
    softmax,
    residual,
]


@pytest.mark.parametrize("family", FAMILIES, ids=lambda family: family.__name__)
@pytest.mark.parametrize("seed", SEEDS)
def test_gradients_in_onnxruntime_are_those_of_autograd(
    family: Callable[[random.Random, int], Case], seed: int
) -> None:
    dice = random.Random(f"{family.__name__} {seed}")
    torch.manual_seed(seed)
    cases = {str(i): family(dice, i) for i in range(8)}
    weights, inputs = material(cases)
    # Halves tie often: a pooling window then has several maxima.
    ties = {name: (value * 2).round() / 2 + 0.125 for name, value in inputs.items()}
    source = Source(
        traced(cases), weights, inputs, [inputs, ties], oracle=lambda _, given: eager(cases, given)
    )
    graph = export_graph(family.__name__, source, save(weights) if weights else None)
    assert {f"{i} {what}" for i in cases for what in ("output", "by input")} <= set(graph.outputs)
    assert {f"{i} by {name}" for i in cases for name in parameters(cases[i])} <= set(graph.outputs)
    assert max(graph.errors.values()) <= 1e-4


def parameters(case: Case) -> list[str]:
    return [name for name, _ in case[0].named_parameters()]


def material(cases: dict[str, Case]) -> tuple[dict[str, Tensor], dict[str, Tensor]]:
    """The weights of all layers, and for each an input and the direction to weight its output."""
    weights, inputs = {}, {}
    for i, (layer, shape) in cases.items():
        weights.update({f"{i}.{name}": value for name, value in layer.state_dict().items()})
        inputs[f"{i} input"] = torch.randn(shape)
        inputs[f"{i} direction"] = torch.randn(layer(torch.zeros(shape)).shape)
    return {name: value.clone() for name, value in weights.items()}, inputs


def traced(cases: dict[str, Case]) -> Callable[[Tensors, Tensors], dict[str, Tensor]]:
    """What is exported: gradients by torch.func, of layers that take their weights as arguments."""

    def function(weights: Tensors, inputs: Tensors) -> dict[str, Tensor]:
        answers = {}
        for i, (layer, _) in cases.items():
            start = f"{i}."
            held = {n.removeprefix(start): w for n, w in weights.items() if n.startswith(start)}
            taken = {name: held[name] for name in parameters(cases[i])}

            def run(image: Tensor, values: dict[str, Tensor], layer=layer, held=held) -> Tensor:
                return functional_call(layer, {**held, **values}, (image.clone(),))

            output, back = vjp(run, inputs[f"{i} input"], taken)
            image, slopes = back(inputs[f"{i} direction"])
            answers.update({f"{i} output": output, f"{i} by input": image})
            answers.update({f"{i} by {name}": slope for name, slope in slopes.items()})
        return answers

    return function


def eager(cases: dict[str, Case], inputs: Tensors) -> dict[str, Tensor]:
    """The oracle: the layers themselves, with the weights they hold, and autograd's backward."""
    answers = {}
    for i, (layer, _) in cases.items():
        image = inputs[f"{i} input"].clone().requires_grad_()
        layer.zero_grad()
        output = layer(image * 1.0)
        output.backward(inputs[f"{i} direction"])
        answers.update({f"{i} output": output.detach(), f"{i} by input": image.grad})
        answers.update({f"{i} by {name}": part.grad for name, part in layer.named_parameters()})
    return answers
