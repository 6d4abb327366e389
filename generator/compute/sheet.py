"""Everything that is shown of one layer's channels: ascents, top examples, and their pictures."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray
from torch import nn

from generator.compute.answers import Answers
from generator.compute.architecture import Architecture, Layer
from generator.compute.ascent import Ascent
from generator.compute.colour import colour_axes
from generator.compute.gallery import Strongest, atlas_tiles, strongest
from generator.compute.inputs import to_bytes
from generator.compute.tiles import Tiles
from generator.compute.visualization import Target, visualize

Goal = Literal["channel", "neuron", "class", "layer"]

# Bytes of the atlases of the layer shown at first, and of those that a reader asks for.
FIRST, LATER = 180_000, 600_000

# No start is so dark or so bright that its waves have no room, and colours need no more examples.
LEVELS = (0.05, 0.95)
AXES = 500

WORDS = {
    "channel": "mean activation",
    "neuron": "activation",
    "class": "output",
    "layer": "mean squared activation",
}


@dataclass(frozen=True)
class Plan:
    """What is wanted of every layer; the fields are the options of the kind `units`."""

    objectives: Sequence[Goal]
    steps: tuple[int, ...]
    starts: int
    examples: int
    seed: int
    bounds: tuple[float, float]


@dataclass(frozen=True)
class Ascents:
    """All channels climbing one objective, or the layer as a whole.

    Shape:   values (channels or 1, steps + starts - 1): along the first run, then
             the ends of the other runs; pictures in the same order, channel after channel.
    """

    objective: Goal
    values: NDArray[np.float32]
    pictures: Tiles


@dataclass(frozen=True)
class Sheet:
    """One layer as the figure shows it; `kept` steps of the first run."""

    layer: Layer
    kept: int
    ascents: tuple[Ascents, ...]
    examples: Strongest

    def atlases(self, place: int) -> dict[str, Tiles]:
        """Images by name: one a objective, and the examples; the layer shown at first is eager."""
        more = "more-" if place else ""
        named = {f"{more}{one.objective}-{place}": one.pictures for one in self.ascents}
        return named | {f"{more}examples-{place}": self.examples.pictures}

    def described(self, place: int) -> dict[str, Any]:
        """What the page has to know to cut the atlases and to choose words; JSON values."""
        atlases = {name: _cut(name, tiles) for name, tiles in self.atlases(place).items()}
        *sheets, examples = atlases.values()
        return {
            "channels": self.layer.channels,
            "maps": self.layer.size != (1, 1),
            "whole": self.examples.whole,
            "objectives": [one.objective for one in self.ascents],
            "sheets": sheets,
            "examples": examples,
            "size": self.examples.size,
            "more": f"layer-{place}" if place else "",
        }

    def numbers(self, labels: NDArray[np.int64]) -> dict[str, NDArray[Any]]:
        """Arrays of the layer; `labels` are those of the whole dataset."""
        found = self.examples
        return {
            **{f"{one.objective}": one.values for one in self.ascents},
            "top": found.values,
            "index": found.index.astype(np.int32),
            "label": labels[found.index].astype(np.int16),
            "tile": found.tile.astype(np.int32),
            "box": found.boxes.astype(np.int16),
        }

    def told(self, channel: int, labels: Sequence[str]) -> dict[str, Any]:
        """What prose may cite of a channel; `labels` are words, one for each dataset image."""
        climbed = self.ascents[0].values[channel]
        names = [labels[index] for index in self.examples.index[channel]]
        return {
            "objective": WORDS[self.ascents[0].objective],
            "first": float(climbed[0]),
            "last": float(climbed[self.kept - 1]),
            "strongest": float(self.examples.values[channel, 0]),
            "label": names[0],
            "index": int(self.examples.index[channel, 0]),
            "labels": names,
        }


def sheet(
    architecture: Architecture,
    answers: Answers,
    layer: str,
    plan: Plan,
    *,
    first: bool,
) -> Sheet:
    """Compute one layer; those whose answers there are may be examples.

    Raises:  ModelError for a layer that does not exist or cannot be visualized.
    """
    found = architecture[layer]
    heaviest = FIRST if first else LATER
    index, module = answers.examples, answers.module
    given = answers.images[index]
    how = climbing(given)
    goals = objectives(architecture, layer, plan.objectives)
    counts = {goal: 1 if goal == "layer" else found.channels for goal in goals}
    ascents = tuple(
        _ascents(module, given.shape[1:], (layer, count, goal), plan, how, heaviest)
        for goal, count in counts.items()
    )
    examples = strongest(
        *(architecture, answers.batches(layer), given, index, layer, plan.examples, heaviest),
        together=answers.batches(layer) if "layer" in goals else None,
    )
    return Sheet(found, len(plan.steps), ascents, examples)


def climbing(images: NDArray[np.uint8]) -> Ascent:
    """Start as bright as the examples are on average, and vary colours as they do.

    Shape:   images (n, channels, height, width).
    """
    level = float(np.clip(images.mean() / 255, *LEVELS))
    colours = colour_axes(images[:AXES]) if images.shape[1] == 3 else None
    return Ascent(level=level, colours=colours)


def objectives(architecture: Architecture, layer: str, wanted: Sequence[Goal]) -> list[Goal]:
    """The wanted objectives that a layer has, at least one for each of its channels.

    Maps have "channel" and "neuron"; single units are neurons, and those of the last layer classes,
    which are of no use together.
    """
    found = architecture[layer]
    if found is architecture.layers[-1] and found.size == (1, 1):
        return ["class"]
    together: list[Goal] = ["layer"] if "layer" in wanted else []
    if found.size == (1, 1):
        return ["neuron", *together]
    return [one for one in wanted if one in ("channel", "neuron")] + together or ["channel"]


def _ascents(
    module: nn.Module,
    shape: tuple[int, ...],
    wanted: tuple[str, int, Goal],
    plan: Plan,
    how: Ascent,
    heaviest: int,
) -> Ascents:
    """The kept states of the first run and the last states of the others, channel by channel.

    wanted: layer, how many climb, objective.
    """
    layer, channels, objective = wanted
    pictures, values = [], []
    for start in range(plan.starts):
        run = visualize(
            module,
            shape,
            [Target(layer, channel, objective) for channel in range(channels)],
            steps=plan.steps if start == 0 else plan.steps[-1:],
            seed=plan.seed + start,
            bounds=plan.bounds,
            level=how.level,
            ascent=how,
        )
        pictures.append(run.pictures)
        values.append(run.values)
    # (steps, channels, ...) of every run to (channels, steps of all runs, ...)
    frames = np.concatenate(pictures).swapaxes(0, 1)
    together = frames.shape[1]
    shown = to_bytes(frames.reshape(-1, *frames.shape[2:]), plan.bounds)
    return Ascents(
        objective,
        np.concatenate(values).T.astype(np.float32),
        atlas_tiles(shown, together, heaviest),
    )


def _cut(name: str, tiles: Tiles) -> dict[str, Any]:
    return {
        "image": name,
        "count": len(tiles.pictures),
        "columns": tiles.columns,
        "size": tiles.size,
        "channels": tiles.channels,
    }
