"""A network and its first answer in sentences and rows, for readers who do not see the picture."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from generator.compute.cost import multiply_adds, parameters
from generator.compute.network_scene import Scene
from generator.compute.words import size, words

Cell = str | int | float


def percent(share: float) -> str:
    """One decimal, and no false 0.0 % or 100.0 %: the twin of `percent` in numbers.js."""
    if 0 < share < 0.0005:
        return "under 0.1 %"
    return "over 99.9 %" if 0.9995 <= share < 1 else f"{share:.1%}".replace("%", " %")


def brief(share: float) -> str:
    """The same where there is little room: `<0.1 %`."""
    return percent(share).replace("under ", "<").replace("over ", ">")


def ranking(shares: NDArray[np.float64]) -> list[int]:
    """Classes from the most to the least likely; ties keep their order."""
    return [int(i) for i in np.argsort(-shares, kind="stable")]


def alternative(name: str, scene: Scene, outputs: Sequence[str], label: str) -> str:
    """Say what the still shows; `label` names the class of the example, empty without one."""
    shares = scene.shares(0)
    first, *rest = ranking(shares)
    layers = ", ".join(f"{title} ({size(layer)})" for layer, title in scene.drawn[1:])
    then = f", then {outputs[rest[0]]} with {percent(shares[rest[0]])}" if rest else ""
    what = f"a test example labelled {label}" if label else "an empty picture"
    where, channel, row, column = scene.look
    title = next(title for layer, title in scene.drawn if layer.name == where)
    return (
        f"The network {name} at work on {what}. Rows of tiles, from top to bottom the input, "
        f"{layers}; blue stands for values above zero, orange for values below. "
        f"Its first guess is {outputs[first]} with {percent(shares[first])}{then}. Lines lead to "
        f"one unit, channel {channel} of {title} at row {row}, column {column}, whose value is "
        f"{scene.answers[where][0].reshape(-1)[_flat(scene)]:.6g}."
    )


def _flat(scene: Scene) -> int:
    where, *place = scene.look
    shape = (*scene.answers[where][0].shape, 1, 1)[:3]
    return int(np.ravel_multi_index(place, shape))


def table(scene: Scene) -> tuple[tuple[str, ...], tuple[tuple[Cell, ...], ...]]:
    """Columns and rows: every layer with what it does, its size and its cost."""
    columns = ("layer", "what it does", "size", "parameters", "multiply-adds")
    return columns, tuple(
        (
            layer.name,
            words(layer),
            size(layer),
            parameters(layer, scene.weights),
            multiply_adds(layer, scene.weights),
        )
        for layer in scene.architecture
    )
