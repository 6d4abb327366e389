"""The layers that a reader may climb for: what they answer, and the examples they like best."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from generator.compute.activations import activations
from generator.compute.dream.beside import Best, Summary, best, shown
from generator.compute.dream.goals import GoalName, offered
from generator.compute.inputs import from_bytes
from generator.errors import FigureError

if TYPE_CHECKING:
    from generator.compute.answers import Answers
    from generator.compute.tiles import Tiles
    from generator.datasets import Dataset
    from generator.models import Model

Floats = NDArray[np.float32]
BESIDE = 4
"""Examples beside a picture."""
SEEN = 1000
"""Test examples among which they are looked for."""
FIRST, LATER = 90_000, 250_000
"""Bytes of a layer's atlas: of the layer shown at first, and of those that are asked for."""


@dataclass(frozen=True)
class Level:
    """One layer.

    names    of its channels, where they have some: those of classes
    called   what one of those is: a class, or an output that measures something
    axes     (classes, channels), see `Summary.axes`; none where examples have no classes
    found    the best examples of each goal that has some
    summary  what the layer answers to each of the examples
    """

    name: str
    shape: tuple[int, ...]
    goals: Sequence[GoalName]
    names: Sequence[str]
    called: str
    axes: Floats
    found: dict[GoalName, Best]
    summary: Summary
    pictures: Tiles
    tiles: dict[GoalName, NDArray[np.int64]]

    @property
    def reach(self) -> dict[GoalName, float]:
        """What a goal's best example is worth; 1 by what they say for a code and a guide."""
        return {**{goal: one.reach for goal, one in self.found.items()}, "code": 1.0, "guide": 1.0}

    def numbers(self, labels: NDArray[np.int64]) -> dict[str, NDArray[Any]]:
        """Arrays of the layer; `labels` are those of the whole dataset, or none."""
        made: dict[str, NDArray[Any]] = {"axes": self.axes} if self.axes.size else {}
        for goal, one in self.found.items():
            made[f"{goal}.value"] = one.values
            made[f"{goal}.index"] = one.index.astype(np.int32)
            if len(labels):
                made[f"{goal}.label"] = labels[one.index].astype(np.int16)
            made[f"{goal}.tile"] = self.tiles[goal].astype(np.int32)
        return made

    def described(self, place: int) -> dict[str, Any]:
        """What the page has to know at once; JSON values."""
        tiles = self.pictures
        return {
            "name": self.name,
            "shape": self.shape,
            "goals": self.goals,
            "names": self.names,
            "called": self.called,
            "reach": self.reach,
            "atlas": {"image": atlas(place), "columns": tiles.columns, "size": tiles.size},
            "more": f"layer-{place}" if place else "",
        }


def atlas(place: int) -> str:
    """Name of the image with a layer's examples; that of the layer shown at first comes at once."""
    return f"more-examples-{place}" if place else "examples-0"


def weighted(model: Model) -> list[str]:
    """Layers of the card that have weights of their own, in its order; else all of them."""
    modules = dict(model.module.named_modules())
    own = [
        name
        for name in model.card.layers
        if name in modules and next(modules[name].parameters(recurse=False), None) is not None
    ]
    return own or list(model.card.layers)


def levels(model: Model, dataset: Dataset, asked: Answers, layers: Sequence[str]) -> list[Level]:
    """Look at every layer, in their order.

    Raises:  FigureError for a layer that answers neither maps nor single units; ModelError as
             `activations`.
    """
    asked.ask(layers)
    examples = dataset.test[:SEEN]
    labels = dataset.labels[examples] if len(dataset.labels) else np.empty(0, np.int64)
    return [
        _level(model, dataset, asked, name, examples, labels, place)
        for place, name in enumerate(layers)
    ]


def answered(model: Model, picture: Floats, layer: str) -> Floats:
    """What a layer says of one picture, shares of the range: without the batch."""
    low, high = model.card.range
    given = (low + (high - low) * picture).astype(np.float32).reshape(1, *model.card.input)
    found: Floats = activations(model.module, given, [layer])[layer][0]
    return found


def _level(
    model: Model,
    dataset: Dataset,
    asked: Answers,
    name: str,
    examples: NDArray[np.int64],
    labels: NDArray[np.int64],
    place: int,
) -> Level:
    shape = answered(model, from_bytes(dataset.images[examples[0]]), name).shape
    if len(shape) not in (1, 3):
        raise FigureError(
            f"{name} of {model.card.name} answers in the shape {shape}, neither as maps nor as "
            "single units",
            hint="name layers whose answers are (channels, height, width) or (channels,)",
        )
    outputs = model.card.outputs
    last = name in (model.card.layers[-1], weighted(model)[-1]) and shape == (len(outputs),)
    classes = dataset.card.classes if len(labels) else ()
    goals = offered(shape, last, len(classes) > 1)
    found = Summary.of(part[: len(examples)] for part in _first(asked, name, len(examples)))
    axes = (
        found.axes(labels, len(classes)) if "direction" in goals else np.empty((0, 0), np.float32)
    )
    liked: dict[GoalName, Best] = {
        goal: best(found.worths(goal, axes), examples, BESIDE)
        for goal in goals
        if goal not in ("code", "guide")
    }
    pictures, tiles = shown(list(liked.values()), dataset.images, LATER if place else FIRST)
    return Level(
        name,
        shape,
        goals,
        outputs if last else (),
        "Class" if classes else "Output",
        np.asarray(axes, np.float32),
        liked,
        found,
        pictures,
        dict(zip(liked, tiles, strict=True)),
    )


def _first(asked: Answers, name: str, count: int) -> Any:
    """Batches of the first `count` answers."""
    for part in asked.batches(name):
        yield part[:count]
        count -= len(part)
        if count <= 0:
            return
