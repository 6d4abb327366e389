"""Dense layers trained by gradients of batches, as ``templates/figures/playground/`` does it.

Weights are float32 and everything between them float64, so that a still shows what the page
computes from the same seed.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

import numpy as np
from numpy.typing import NDArray

from generator.compute.noise import uniform

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

Array = NDArray[np.float64]
Output = Literal["tanh", "logistic", "linear", "softmax"]

SHUFFLES = 0x5BD1E995
"""Sets the order of examples apart from the first weights, which the same seed draws."""
MOMENTUM = 0.9
FIRST, SECOND, SMALL = 0.9, 0.999, 1e-8


@dataclass(frozen=True)
class Recipe:
    """How a network learns; generator/figures/playground.py describes each."""

    activation: str
    output: Output
    optimizer: str
    rate: float
    batch: int
    regularization: str
    strength: float
    seed: int


class Net:
    """Weights of all layers in one array: per layer (units, inputs) row by row, then biases."""

    def __init__(self, sizes: Sequence[int], recipe: Recipe) -> None:
        self.recipe = recipe
        pairs = list(zip(sizes, sizes[1:], strict=False))
        self.weights = np.concatenate([np.zeros((n + 1) * units) for n, units in pairs])
        self.weights = self.weights.astype(np.float32)
        self.layers: list[tuple[slice, slice, tuple[int, int]]] = []
        at = 0
        for n, units in pairs:
            middle, end = at + n * units, at + (n + 1) * units
            reach = 1 / np.sqrt(n)
            self.weights[at:end] = reach * (2 * uniform(recipe.seed, at, end - at) - 1)
            self.layers.append((slice(at, middle), slice(middle, end), (units, n)))
            at = end
        self._first = np.zeros(len(self.weights))
        self._second = np.zeros(len(self.weights))
        self._steps = 0

    def matrices(self) -> Iterator[tuple[Array, Array]]:
        """Weights (units, inputs) and biases (units,) of each layer."""
        for weights, biases, shape in self.layers:
            wide = self.weights.astype(np.float64)
            yield wide[weights].reshape(shape), wide[biases]

    def run(self, features: NDArray[Any]) -> tuple[list[Array], Array]:
        """Inputs and every layer's answers, and the sums that the last layer's are made of.

        Shape:   (points, units) each.
        """
        values = [features.astype(np.float64)]
        sums = values[0]
        for i, (weights, biases) in enumerate(self.matrices()):
            sums = values[-1] @ weights.T + biases
            last = i == len(self.layers) - 1
            values.append(_activate(self.recipe.output if last else self.recipe.activation, sums))
        return values, sums

    def loss(self, features: NDArray[Any], labels: NDArray[Any]) -> float:
        """Mean of (answer - label)^2 / 2 or of the cross-entropy, without penalty."""
        values, sums = self.run(features)
        if self.recipe.output == "softmax":
            each = -np.log(values[-1][np.arange(len(labels)), labels.astype(int)])
        elif self.recipe.output == "logistic":
            each = np.logaddexp(0, -labels.astype(np.float64) * sums[:, 0])
        else:
            each = (values[-1][:, 0] - labels) ** 2 / 2
        return float(each.mean())

    def epoch(self, features: NDArray[Any], labels: NDArray[Any], number: int) -> None:
        """Once through all examples, in an order that seed and epoch decide."""
        order = _order(self.recipe.seed ^ SHUFFLES, number, len(labels))
        for at in range(0, len(order), self.recipe.batch):
            chosen = order[at : at + self.recipe.batch]
            self._step(self.gradient(features[chosen], labels[chosen]))

    def gradient(self, features: NDArray[Any], labels: NDArray[Any]) -> Array:
        """Slopes of the mean loss along every weight, without penalty."""
        values, _ = self.run(features)
        delta = self._blame(values[-1], labels)
        found: Array = np.zeros(len(self.weights))
        matrices = list(self.matrices())
        for i in range(len(matrices) - 1, -1, -1):
            weights, biases, _ = self.layers[i]
            found[weights] = (delta.T @ values[i]).ravel()
            found[biases] = delta.sum(axis=0)
            delta = (delta @ matrices[i][0]) * _slope(self.recipe.activation, values[i])
        found /= len(labels)
        return found

    def _blame(self, answers: Array, labels: NDArray[Any]) -> Array:
        if self.recipe.output == "softmax":
            found: Array = answers - np.eye(answers.shape[1])[labels.astype(int)]
            return found
        off: Array = answers - labels[:, None]
        share = 0.5 if self.recipe.output == "logistic" else _slope(self.recipe.output, answers)
        off *= share
        return off

    def _step(self, gradient: Array) -> None:
        """Penalise, then descend; plain descent takes L1 by soft thresholds."""
        recipe = self.recipe
        soft = recipe.regularization == "l1" and recipe.optimizer == "sgd"
        for weights, _, _ in self.layers:
            held = self.weights[weights].astype(np.float64)
            if recipe.regularization == "l2":
                gradient[weights] += recipe.strength * held
            elif recipe.regularization == "l1" and not soft:
                gradient[weights] += recipe.strength * np.sign(held)
        self.weights -= (recipe.rate * self._direction(gradient)).astype(np.float64)
        if soft:
            by = recipe.rate * recipe.strength
            for weights, _, _ in self.layers:
                held = self.weights[weights].astype(np.float64)
                self.weights[weights] = np.sign(held) * np.maximum(np.abs(held) - by, 0)

    def _direction(self, gradient: Array) -> Array:
        if self.recipe.optimizer == "sgd":
            return gradient
        if self.recipe.optimizer == "momentum":
            self._first = MOMENTUM * self._first + gradient
            return self._first
        self._steps += 1
        self._first = FIRST * self._first + (1 - FIRST) * gradient
        self._second = SECOND * self._second + (1 - SECOND) * gradient * gradient
        mean = self._first / (1 - FIRST**self._steps)
        found: Array = mean / (np.sqrt(self._second / (1 - SECOND**self._steps)) + SMALL)
        return found


def _order(seed: int, epoch: int, count: int) -> NDArray[np.int64]:
    """Fisher and Yates."""
    order = np.arange(count)
    keys = uniform(seed & 0xFFFFFFFF, epoch * count, count)
    for i in range(count - 1, 0, -1):
        j = int(keys[i] * (i + 1))
        order[i], order[j] = order[j], order[i]
    return order


def _activate(name: str, sums: Array) -> Array:
    if name == "tanh":
        return np.tanh(sums)
    if name == "relu":
        return np.maximum(sums, 0)
    if name == "sigmoid":
        return 1 / (1 + np.exp(-sums))
    if name == "logistic":
        return np.tanh(sums / 2)
    if name == "softmax":
        shares = np.exp(sums - sums.max(axis=1, keepdims=True))
        found: Array = shares / shares.sum(axis=1, keepdims=True)
        return found
    return sums


def _slope(name: str, values: Array) -> Array:
    """Derivative of an activation, from its value."""
    if name == "tanh":
        return 1 - values * values
    if name == "relu":
        return (values > 0).astype(np.float64)
    return values * (1 - values) if name == "sigmoid" else np.ones_like(values)
