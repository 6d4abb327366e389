"""What a dream figure shows at first: one run from noise, other optima, and the best examples."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from generator.compute import shelf
from generator.compute.dream.goals import error
from generator.compute.gallery import atlas_tiles
from generator.compute.inputs import to_bytes
from generator.figure import Image

if TYPE_CHECKING:
    from generator.compute.dream.goals import GoalName
    from generator.compute.dream.layers import Level
    from generator.compute.dream.run import Runs
    from generator.compute.dream.words import Told
    from generator.compute.tiles import Tiles
    from generator.datasets import Dataset


@dataclass(frozen=True)
class Drawn:
    """What the still is made of.

    strip     the first run: step and value
    others    values of the other optima
    beside    the best examples: place in their atlas, what they show, what they are worth
    mark      tells this drawing from others on a page
    """

    told: Told
    model: str
    strip: Sequence[tuple[int, float]]
    others: Sequence[float]
    beside: Sequence[tuple[int, str, float]]
    pictures: Tiles
    examples: Tiles
    mark: str

    @classmethod
    def of(
        cls, runs: Runs, steps: Sequence[int], told: Told, level: Level, goal: GoalName,
        model: str, dataset: Dataset,
    ) -> Drawn:  # fmt: skip
        """Gather it: frames of the first run, then the ends of the others."""
        frames = np.concatenate([runs.pictures[0], runs.pictures[1:, -1]])
        read = error if goal == "code" else float
        values = runs.worths[0, list(steps)]
        beside = []
        if told.row is not None:
            found, row = level.found[goal], told.row
            beside = [
                (int(tile), shelf.label(dataset, int(index)), float(value))
                for tile, index, value in zip(
                    level.tiles[goal][row], found.index[row], found.values[row], strict=True
                )
            ]
        return cls(
            told,
            model,
            [(step, read(float(value))) for step, value in zip(steps, values, strict=True)],
            told.last[1:],
            beside,
            atlas_tiles(to_bytes(frames), 1, 200_000),
            level.pictures,
            f"{model} {told.title} {told.last}",
        )

    def images(self) -> dict[str, Image]:
        """The atlas of what climbed."""
        return {"still-pictures": Image(self.pictures.atlas())}

    def alternative(self) -> str:
        """The still in words."""
        first, last = self.strip[0], self.strip[-1]
        lines = [
            f"A picture climbs from noise to what {self.model} answers most: {self.told.title}. "
            f"Its {self.told.measure} goes from {first[1]:.3g} at step {first[0]} to "
            f"{last[1]:.3g} at step {last[0]}."
        ]
        if self.others:
            ends = ", ".join(f"{value:.3g}" for value in self.others)
            lines.append(f"From other noise, other optima end at {ends}.")
        if self.beside:
            lines.append(
                f"Of the test examples the best reaches {self.beside[0][2]:.3g} and shows "
                f"{self.beside[0][1]}."
            )
        return " ".join(lines)
