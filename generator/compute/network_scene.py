"""What a network answers to a first example, and which of its units is looked at."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from torch import Tensor, nn

from generator.compute.activations import activations
from generator.compute.architecture import Architecture, Layer
from generator.compute.expanded import expanded
from generator.compute.network import contributions, limit, needed, strongest
from generator.compute.reading import probabilities, reading

Answers = dict[str, NDArray[np.float32]]


@dataclass(frozen=True)
class Scene:
    """A network with its drawn layers, looking at something.

    drawn    each layer with the name that the article gives it, in the order of computation
    taps     layers whose answers the page receives; it fills in what an identity passes on
    answers  of each tap, identity and the input: (n, ...), the first being what is shown
    limits   per layer, the number at the ends of its colour scale
    look     layer, channel, row and column of the unit that is looked at first
    """

    architecture: Architecture
    drawn: list[tuple[Layer, str]]
    taps: list[str]
    answers: Answers
    limits: dict[str, float]
    look: tuple[str, int, int, int]
    weights: dict[str, Tensor]

    @property
    def reading(self) -> str:
        """How the last layer's answers become probabilities."""
        return reading(self.architecture)

    def shares(self, example: int) -> NDArray[np.float64]:
        """Probabilities for one of the inputs, (classes,)."""
        last = self.architecture.layers[-1].name
        return probabilities(self.answers[last][example], self.reading)

    def shown(self) -> Answers:
        """Answers to the first input alone, without the batch."""
        return {name: answer[0] for name, answer in self.answers.items()}

    def amounts(self) -> dict[tuple[str, int], float]:
        """What each channel adds to the unit that is looked at."""
        weights = {name: tensor.numpy() for name, tensor in self.weights.items()}
        return contributions(self.architecture, self.look, self.shown(), weights)


def scene(
    architecture: Architecture,
    module: nn.Module,
    titles: Sequence[str],
    images: NDArray[np.float32],
    sample: NDArray[np.float32],
) -> Scene:
    """Show a network `images` and find the ends of its colour scales on `sample`.

    Shape:   images and sample (n, ...) as the module takes them.
    Raises:  ModelError for a title that is no layer of the architecture.
    """
    # A block and its last layer are one; the name that comes first stands.
    named = {architecture[title].name: title for title in reversed(titles)}
    drawn = [(architecture["input"], "input")]
    drawn += [(layer, named[layer.name]) for layer in architecture if layer.name in named]
    taps = needed(architecture, [layer.name for layer, _ in drawn])
    shape = architecture["input"].shape
    model = expanded(module, shape)
    answers = {**activations(model, images, taps), "input": images}
    scales = {**activations(model, sample, taps), "input": sample}
    taps = [name for name in taps if architecture[name].op != "identity"]
    limits = {name: float(f"{limit(values):.3g}") for name, values in scales.items()}
    weights = dict(module.state_dict())
    look = _look(drawn)
    place = strongest(answers[look.name][0])
    return Scene(architecture, drawn, taps, answers, limits, (look.name, *place), weights)


def _look(drawn: Sequence[tuple[Layer, str]]) -> Layer:
    """The last drawn layer that weighs maps, else one that weighs anything, else the last."""
    layers = [layer for layer, _ in drawn]
    for op in ("conv", "linear"):
        found = [layer for layer in layers if layer.op == op]
        if found:
            return found[-1] if op == "conv" else found[0]
    return layers[-1]
