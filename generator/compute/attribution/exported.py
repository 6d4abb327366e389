"""The graphs that a figure's methods run, each tried on real examples and their own answers."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from generator.compute.attribution.bench import Bench
from generator.compute.attribution.methods import METHODS
from generator.compute.graphs import forward
from generator.figure import Source

LARGE = 30_000
"""Numbers in a picture beyond which one pass takes a tenth of a second, and fewer are made."""


def sources(
    bench: Bench, offered: Sequence[str], inputs: NDArray[np.float32], answers: NDArray[np.float32]
) -> dict[str, Source]:
    """One graph for each that a method needs, tried on real examples and their own answers."""
    together = batch(bench)
    scores = {"input": _tensor(np.resize(inputs, (together, *bench.shape)))}
    found = {"scores": Source(forward(bench.module, ["output"]), bench.weights, scores, [scores])}
    settings = bench.settings
    own: dict[str, dict[str, Tensor]] = {
        "lrp-epsilon": {"epsilon": torch.tensor(settings.epsilon)},
        "lrp-alpha-beta": {"alpha": torch.tensor(settings.alpha)},
    }
    checks = []
    for image, answer in zip(inputs, answers, strict=True):
        direction = torch.zeros(1, len(answer))
        direction[0, int(answer.argmax())] = 1
        checks.append(
            {"input": _tensor(image[None].reshape(1, *bench.shape)), "direction": direction}
        )
    for name in dict.fromkeys(graph for one in offered for graph in METHODS[one].graphs):
        if name == "scores":
            continue
        keys = ("input",) if name == "visual-backprop" else ("input", "direction")
        feeds = [{**{key: one[key] for key in keys}, **own.get(name, {})} for one in checks]
        found[name] = Source(bench.functions[name], bench.weights, feeds[0], feeds)
    return found


def batch(bench: Bench) -> int:
    """Pictures that the page asks about in one pass."""
    return max(1, min(16, 2 * LARGE // int(np.prod(bench.picture))))


def _tensor(array: NDArray[np.float32]) -> Tensor:
    return torch.from_numpy(np.ascontiguousarray(array))
