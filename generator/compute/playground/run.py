"""A playground's run: points, a network trained on them, and what every unit of it answers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from generator.compute.playground.data import CLASSES, COUNT, INPUTS, REACH, features, sample
from generator.compute.playground.trainer import Net, Output, Recipe

if TYPE_CHECKING:
    from generator.compute.playground.data import Points

SIDE = 88
"""Places along one side of the plane in a map."""


@dataclass(frozen=True)
class Asked:
    """What of a block decides a run; generator/figures/playground.py describes each."""

    data: str
    noise: int
    ratio: int
    draw: int
    inputs: tuple[str, ...]
    layers: tuple[int, ...]
    activation: str
    loss: str
    optimizer: str
    rate: float
    batch: int
    regularization: str
    strength: float
    seed: int
    epochs: int


@dataclass(frozen=True)
class Run:
    """A network after `epochs` epochs; the first `count` points are for training."""

    points: Points
    count: int
    inputs: tuple[str, ...]
    classes: int
    epochs: int
    net: Net

    def _features(self) -> NDArray[np.float32]:
        return features(self.inputs, self.points.xs, self.points.ys)

    def measured(self) -> dict[str, float]:
        """Losses, and for classes the shares that are right, of training and test points."""
        given, labels = self._features(), self.points.labels
        found: dict[str, float] = {"epochs": self.epochs}
        for name, part in (("train", slice(0, self.count)), ("test", slice(self.count, None))):
            found[f"{name}_loss"] = self.net.loss(given[part], labels[part])
            if self.classes:
                answers = self.net.run(given[part])[0][-1]
                said = answers.argmax(axis=1) if self.classes > 2 else np.sign(answers[:, 0])
                found[f"{name}_right"] = float((said == labels[part]).mean())
        return found

    def maps(self) -> list[NDArray[np.float64]]:
        """Answers of every unit over the plane, by layer, inputs first, from the highest row down.

        Shape:   (units, SIDE, SIDE) each.
        """
        along = np.linspace(-REACH, REACH, SIDE, dtype=np.float32)
        xs, ys = np.tile(along, SIDE), np.repeat(-along, SIDE)
        values, _ = self.net.run(features(self.inputs, xs, ys))
        return [one.T.reshape(-1, SIDE, SIDE) for one in values]


def output(classes: int, loss: str) -> Output:
    """How the last layer answers."""
    if classes > 2:
        return "softmax"
    if classes == 0:
        return "linear"
    return "logistic" if loss == "cross-entropy" else "tanh"


def run(asked: Asked) -> Run:
    """Draw the points, train as long as is asked."""
    classes = CLASSES[asked.data]
    points = sample(asked.data, asked.noise / 100, asked.draw)
    inputs = tuple(name for name in INPUTS if name in asked.inputs)
    count = (COUNT * asked.ratio + 50) // 100
    recipe = Recipe(
        activation=asked.activation,
        output=output(classes, asked.loss),
        optimizer=asked.optimizer,
        rate=asked.rate,
        batch=asked.batch,
        regularization=asked.regularization,
        strength=asked.strength,
        seed=asked.seed,
    )
    net = Net([len(inputs), *asked.layers, classes if classes > 2 else 1], recipe)
    given = features(inputs, points.xs, points.ys)[:count]
    for epoch in range(asked.epochs):
        net.epoch(given, points.labels[:count], epoch)
    return Run(points, count, inputs, classes, asked.epochs, net)
