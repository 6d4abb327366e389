"""Feature visualization: what a channel, a neuron or a class would most like to see.

Each picture is one optimum of many, and of its start, its movements and its parametrization.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import numpy as np
from torch import nn

from generator.compute.ascent import Ascent, Frames, climb
from generator.compute.objectives import Objective, channel, layer, unit

OBJECTIVES: dict[str, Callable[[str, Sequence[int]], Objective]] = {
    "channel": channel,
    "neuron": unit,
    "class": channel,
    "layer": lambda name, channels: layer(name, len(channels)),
}


@dataclass(frozen=True)
class Target:
    """Whom a picture is for; `objective` is one of

    channel  mean of all units of the channel
    neuron   its unit in the centre, or its only one
    class    the same of a layer of logits
    layer    mean square of all units of the layer, whatever the channel
    """

    layer: str
    channel: int
    objective: str = "channel"


def visualize(
    module: nn.Module,
    shape: tuple[int, ...],
    targets: Sequence[Target],
    *,
    steps: tuple[int, ...] = (0, 4, 48, 256),
    seed: int = 0,
    bounds: tuple[float, float] = (0.0, 1.0),
    level: float = 0.5,
    ascent: Ascent | None = None,
) -> Frames:
    """Climb for every target from the same noise, those of one layer in one batch.

    Shape:   `shape` is (channels, height, width); pictures (steps, targets, channels, height,
             width) and values (steps, targets) in the order of the targets.
    Units:   values are activations of the picture as shown.
    Range:   pictures: `bounds`; the start is near `level`, the share of it that the mean training
             picture has (paper with some ink: 0.1; photographs: 0.5).
    Error:   a run to step k gives the frames of a longer run up to k; see `ascent.climb`.
    Raises:  ValueError for no targets or an unknown objective, and as `ascent.climb`.
    Source:  Olah, Mordvintsev and Schubert 2017, doi:10.23915/distill.00007.
    """
    if not targets:
        raise ValueError("no targets to visualize")
    how = replace(ascent or Ascent(), frames=steps, bounds=bounds, level=level)
    places: dict[tuple[str, str], list[int]] = {}
    for place, target in enumerate(targets):
        places.setdefault((target.layer, target.objective), []).append(place)
    runs = [
        climb(module, shape, _objective([targets[i] for i in group]), [seed] * len(group), how)
        for group in places.values()
    ]
    back = np.argsort([place for group in places.values() for place in group])
    return Frames(
        np.concatenate([run.pictures for run in runs], axis=1)[:, back],
        np.concatenate([run.values for run in runs], axis=1)[:, back],
    )


def _objective(targets: Sequence[Target]) -> Objective:
    channels = [target.channel for target in targets]
    name = targets[0].objective
    if name not in OBJECTIVES:
        raise ValueError(f"no objective {name!r}; try {', '.join(OBJECTIVES)}")
    return OBJECTIVES[name](targets[0].layer, channels)
