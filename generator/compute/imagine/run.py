"""One experiment: train on the chosen shapes, then let a picture climb for each of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from generator.compute.dream.goals import Goal
from generator.compute.dream.movement import Moves
from generator.compute.dream.picture import Parts, logits, parts
from generator.compute.dream.run import Plan, ascended
from generator.compute.dream.slope import picture_slope
from generator.compute.graphs import still
from generator.compute.imagine.library import NAMES, SIDE, examples, library
from generator.compute.imagine.nets import LAYER, NETS, first_weights, mask, masked, step
from generator.compute.threads import single_thread

Floats = NDArray[np.float32]
BATCH = 16
EACH = 32
"""Examples of a shape in an epoch."""
RATE, MOMENTUM = 0.02, 0.9
CLIMB = 0.05
"""Length of a step of a picture."""
JITTER, SCALE = 1, 0.05
SMOOTH = 2.0
"""Weight of the total variation."""
UNSEEN = 10_000
"""The first example that is kept for the test, and how many there are."""
TESTS = 64
LEVELS = {"noise": 0.1, "grey": 0.5, "empty": 0.1}
"""How much ink a picture begins with; noise lies over the first alone."""
START = {"noise": 1.0, "grey": 0.1, "empty": 0.1}
"""Share of the noise of a dream: some of it always, for on flat ground poolings would choose by the
last bits of a sum."""


@dataclass(frozen=True)
class Asked:
    """What an experiment is made of; `shapes` are numbers in the library."""

    shapes: list[int]
    net: str
    epochs: int
    steps: int
    start: str
    seed: int


@dataclass(frozen=True)
class Found:
    """What came of it.

    Shape:   losses (training steps,); pictures (chosen, 24, 24), shares; shares (chosen,), the
             network's for each picture's own shape; right a share of the test examples.
    """

    losses: Floats
    pictures: Floats
    shares: Floats
    right: float


def batches(asked: Asked) -> int:
    """Training steps of an experiment."""
    return asked.epochs * len(asked.shapes) * EACH // BATCH


def found(asked: Asked) -> Found:
    """Make the experiment."""
    with single_thread():
        weights, losses = trained(asked)
        pictures = [_imagined(asked, weights, one) for one in asked.shapes]
        right = _right(asked, weights)
    shares = [share for _, share in pictures]
    return Found(
        losses, np.stack([one for one, _ in pictures]), np.array(shares, np.float32), right
    )


def trained(asked: Asked) -> tuple[dict[str, Tensor], Floats]:
    """Weights after all epochs, and the loss before each step."""
    net, masters = NETS[asked.net](), library()
    weights = masked(first_weights(net, asked.seed))
    velocities: Mapping[str, Tensor] = still(weights)
    function, losses = step(net), []
    for k in range(batches(asked)):
        images, labels = examples(masters, asked.shapes, k * BATCH, BATCH, asked.seed)
        answer = function(weights, feeds(images, labels, asked.shapes, velocities))
        losses.append(float(answer["loss"]))
        velocities = {name: answer[f"next.{name}"] for name in velocities}
        weights = {name: answer[f"next.{name}"] for name in weights}
    return {name.removeprefix("net."): value for name, value in weights.items()}, np.array(
        losses, np.float32
    )


def feeds(
    images: Floats, labels: NDArray[np.int64], shapes: list[int], velocities: Mapping[str, Tensor]
) -> dict[str, Tensor]:
    """What a training step is given."""
    return {
        "input": torch.from_numpy(images),
        "label": torch.from_numpy(labels),
        "mask": mask(shapes),
        "rate": torch.tensor(RATE),
        "momentum": torch.tensor(MOMENTUM),
        **velocities,
    }


def _right(asked: Asked, weights: Mapping[str, Tensor]) -> float:
    images, labels = examples(library(), asked.shapes, UNSEEN, TESTS, asked.seed)
    net = NETS[asked.net]()
    net.load_state_dict(dict(weights))
    with torch.no_grad():
        guesses = (net(torch.from_numpy(images)) + mask(asked.shapes)).argmax(1).numpy()
    return float((guesses == labels).mean())


def goal(shapes: list[int], one: int) -> Goal:
    """The score of a shape less the mean score of the others that were chosen."""
    direction = np.zeros(len(NAMES), np.float32)
    direction[shapes] = -1 / (len(shapes) - 1)
    direction[one] = 1
    return Goal(direction)


def made(start: str) -> Parts:
    """What makes numbers a picture: waves over an even ground."""
    ground = logits(np.full((1, SIDE, SIDE), LEVELS[start]))
    return parts(ground, True, np.eye(1))


def plan(asked: Asked, one: int) -> Plan:
    """How a picture climbs; its noise is its shape's own, whichever others were chosen."""
    return Plan(
        (0, asked.steps), 1, asked.seed + one, CLIMB, Moves(JITTER, SCALE), SMOOTH, 0.0,
        START[asked.start],
    )  # fmt: skip


def _imagined(asked: Asked, weights: Mapping[str, Tensor], one: int) -> tuple[Floats, float]:
    """The picture of a shape, and the network's share for it."""
    net = NETS[asked.net]()
    shape = (1, SIDE, SIDE)
    function = picture_slope(net, LAYER, shape, (0.0, 1.0))
    runs = ascended(function, weights, shape, made(asked.start), goal(asked.shapes, one),
                    plan(asked, one))  # fmt: skip
    picture = runs.pictures[0, -1]
    net.load_state_dict(dict(weights))
    with torch.no_grad():
        scores = net(torch.from_numpy(picture)[None])[0] + mask(asked.shapes)
    return picture[0], float(scores.softmax(0)[one])
