"""What a dream figure says of its first goal; ``words.js`` of the kind says the same of others."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from generator.compute import shelf
from generator.compute.dream.goals import ONE_OF, GoalName, error
from generator.errors import FigureError, nearest

if TYPE_CHECKING:
    from generator.compute.dream.layers import Level
    from generator.compute.dream.run import Runs
    from generator.datasets import Dataset
    from generator.figures.dream import Options

SETTINGS = (
    "unit", "other", "mix", "jitter", "scale", "blur", "octaves", "smooth", "waves", "colour",
    "optima", "apart", "rate", "seed", "start",
)  # fmt: skip
"""Options that are states of the figure under the same names."""
MEASURES = {
    "channel": "mean activation",
    "unit": "activation",
    "class": "output",
    "layer": "mean squared activation",
    "direction": "mean activation along the direction",
    "code": "error of its code",
    "guide": "agreement with the guide",
}


@dataclass(frozen=True)
class Told:
    """Title of what is asked, the measure and its numbers.

    row   whose best examples stand beside it; None: there are none
    best  what the best of them is worth
    """

    title: str
    measure: str
    first: float
    last: Sequence[float]
    row: int | None
    best: float | None
    alike: float

    def numbers(self) -> dict[str, Any]:
        """For prose."""
        return {
            "title": self.title, "measure": self.measure, "start": self.first,
            "end": self.last[0], "ends": list(self.last), "best": self.best, "alike": self.alike,
        }  # fmt: skip


def goal_of(options: Options, level: Level) -> GoalName:
    """The goal at first, checked against what the layer has.

    Raises:  FigureError for a goal that the layer does not have, or a channel or class beyond it.
    """
    goal: GoalName = options.goal or level.goals[0]
    if goal not in level.goals:
        raise FigureError(
            f"{level.name} cannot be asked for the goal {goal!r}",
            hint=nearest(goal, level.goals),
        )
    count = len(level.axes) if goal == "direction" else level.shape[0]
    what = "directions" if goal == "direction" else "channels"
    for number in (options.unit, options.other):
        if number >= count:
            raise FigureError(
                f"{level.name} has no channel {number}", hint=f"it has {count} {what}, from 0"
            )
    if options.other >= 0 and goal not in ONE_OF:
        raise FigureError(
            f"the goal {goal!r} cannot be joined with another",
            hint=f"'other' goes with {', '.join(ONE_OF)}",
        )
    return goal


def called(goal: GoalName, level: Level, number: int) -> str:
    """One channel, unit or class."""
    if goal == "class":
        return f"{level.called} {level.names[number]}"
    return f"{'Channel' if goal == 'channel' else 'Unit'} {number} of {level.name}"


def title(options: Options, goal: GoalName, level: Level, dataset: Dataset, index: int) -> str:
    """What the picture is asked for."""
    if goal == "layer":
        return f"All of {level.name}"
    if goal == "direction":
        name = dataset.card.classes[options.unit]
        return f"What {level.name} has for {name}"
    if goal == "code":
        return f"What {level.name} keeps of example {index}, {shelf.label(dataset, index)}"
    if goal == "guide":
        return f"What {level.name} finds in example {index}, {shelf.label(dataset, index)}"
    one = called(goal, level, options.unit)
    if options.other < 0:
        return one
    other = called(goal, level, options.other)
    return f"{one} and {other[0].lower()}{other[1:]}"


def told(
    options: Options, goal: GoalName, level: Level, dataset: Dataset, index: int, runs: Runs
) -> Told:
    """Everything about the first goal and what came of it."""
    one = goal in ONE_OF and options.other < 0
    row = options.unit if one or goal == "direction" else 0
    known = goal in level.found and (one or goal in ("layer", "direction"))
    read = error if goal == "code" else float
    return Told(
        title(options, goal, level, dataset, index),
        MEASURES[goal],
        read(float(runs.worths[0, 0])),
        [read(float(worth)) for worth in runs.worths[:, -1]],
        row if known else None,
        float(level.found[goal].values[row, 0]) if known else None,
        runs.alike(),
    )
