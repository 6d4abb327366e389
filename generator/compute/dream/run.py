"""The ascent itself: Adam along the slope that a graph gives, some runs side by side."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from generator.compute.dream.goals import Goal, Guide
from generator.compute.dream.movement import Moves
from generator.compute.dream.picture import Parts, noise
from generator.compute.graphs import Function
from generator.compute.threads import single_thread

Floats = NDArray[np.float32]


@dataclass(frozen=True)
class Plan:
    """How to climb; `smooth` and `apart` in units of the goal.

    steps    that are kept, ascending; the last ends the run
    runs     from other noise each, side by side
    share    of the noise at the start
    """

    steps: Sequence[int]
    runs: int
    seed: int
    rate: float
    moves: Moves
    smooth: float = 0.0
    apart: float = 0.0
    share: float = 1.0


@dataclass(frozen=True)
class Runs:
    """What came of it.

    Shape:   pictures (runs, kept, channels, height, width), shares of the range; worths (runs,
             steps + 1), of the pictures unmoved; textures (runs, channels, channels) at the end.
    """

    pictures: Floats
    worths: Floats
    textures: Floats

    def alike(self) -> float:
        """Mean over all pairs of the cosine between their textures; 1 where there is one run."""
        return likeness(self.textures)


def ascended(
    function: Function,
    weights: Mapping[str, Tensor],
    shape: tuple[int, int, int],
    parts: Parts,
    goal: Goal | Guide,
    plan: Plan,
) -> Runs:
    """Climb from noise; `function` is that of `slope.picture_slope`, `shape` that of a picture.

    Raises:  FloatingPointError naming the step at which the objective is no finite number.
    """
    numbers = torch.stack(
        [torch.from_numpy(noise(shape, plan.seed + run, plan.share)) for run in range(plan.runs)]
    )
    adam = torch.optim.Adam([numbers], lr=plan.rate)
    texture: Tensor | None = None
    answer: Tensor | None = None
    pictures, worths = [], []
    with single_thread():
        for step in range(plan.steps[-1] + 1):
            rows, columns = _moved(plan, shape, step)
            feeds = {"numbers": numbers, **parts.feeds(), "rows": rows, "columns": columns}
            if answer is None:
                answer = _answered(function, weights, feeds, goal, plan)
            now = [goal] if isinstance(goal, Goal) else [goal.at(one) for one in answer.numpy()]
            textures = others(texture, plan.runs, len(now[0].direction))
            found = function(weights, {**feeds, **_asked(now, plan, textures)})
            if (
                not torch.isfinite(found["worth"]).all()
                or not torch.isfinite(found["gradient"]).all()
            ):
                raise FloatingPointError(step)
            worths.append(found["worth"].numpy())
            texture, answer = found["texture"], found["answer"]
            if step in plan.steps:
                pictures.append(found["picture"].numpy())
            # The one place where larger-is-better becomes a descent.
            numbers.grad = -found["gradient"]
            adam.step()
    return Runs(np.stack(pictures, 1), np.stack(worths, 1), found["texture"].numpy())


def _moved(plan: Plan, shape: tuple[int, int, int], step: int) -> tuple[Tensor, Tensor]:
    """Movements of every run, those that its seed draws: (runs, 1, size, size) each."""
    pairs = [plan.moves.at(shape[1:], plan.seed + run, step) for run in range(plan.runs)]
    rows, columns = (
        torch.from_numpy(np.stack(side)[:, None].astype(np.float32))
        for side in zip(*pairs, strict=True)
    )
    return rows, columns


def _answered(
    function: Function, weights: Mapping[str, Tensor], feeds: Mapping[str, Tensor],
    goal: Goal | Guide, plan: Plan,
) -> Tensor:  # fmt: skip
    """What the pictures are answered before the first step, which only a guide has to know."""
    if isinstance(goal, Goal):
        return torch.empty(0)
    nothing = asked(Goal(np.zeros_like(goal.held)), plan, others(None, plan.runs, len(goal.held)))
    return function(weights, {**feeds, **nothing})["answer"]


def _asked(goals: Sequence[Goal], plan: Plan, textures: Tensor) -> dict[str, Tensor]:
    """As `asked`, of one goal for all runs or one for each."""
    directions = torch.from_numpy(np.stack([goal.direction for goal in goals]))
    return {**asked(goals[0], plan, textures), "direction": directions}


def asked(goal: Goal, plan: Plan, textures: Tensor) -> dict[str, Tensor]:
    """What a graph is told of the goal, by name."""
    return {
        "direction": torch.from_numpy(goal.direction)[None],
        "others": textures,
        "energy": torch.tensor(goal.energy),
        "apart": torch.tensor(plan.apart),
        "smooth": torch.tensor(plan.smooth),
    }


def others(texture: Tensor | None, runs: int, channels: int) -> Tensor:
    """Of each run the mean of all other runs' textures a step ago; nothing at first or alone."""
    if texture is None or runs == 1:
        return torch.zeros(runs, channels, channels)
    return (texture.sum(0, keepdim=True) - texture) / (runs - 1)


def likeness(textures: Floats) -> float:
    """Mean over all pairs of the sum of products; each texture has length 1."""
    count = len(textures)
    if count == 1:
        return 1.0
    flat = textures.reshape(count, -1).astype(np.float64)
    both = flat @ flat.T
    return float((both.sum() - np.trace(both)) / (count * (count - 1)))
