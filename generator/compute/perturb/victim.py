"""A network under attack: what it answers to pictures, and which way its answers move."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn
from torch.nn.functional import one_hot

from generator.compute.graphs import Function
from generator.compute.perturb.guard import Guard
from generator.compute.perturb.slopes import logits, odds_slope, two_slopes

Pictures = NDArray[np.float32]
Classes = NDArray[np.int64]
BATCH = 100
"""Pictures that are asked about at once, so that memory does not grow with their number."""


@dataclass(frozen=True)
class Victim:
    """A classifier, perhaps behind a defence.

    shape    of one input as the module takes it; bounds: least and greatest number of it
    reading  how its answers become probabilities
    guard    what pictures go through before the network sees them
    """

    module: nn.Module
    weights: Mapping[str, Tensor]
    shape: Sequence[int]
    bounds: tuple[float, float]
    reading: str
    classes: int
    guard: Guard = Guard()

    def probabilities(self, pictures: Pictures) -> NDArray[np.float64]:
        """What it says, the mean over the copies that vote: (n, classes)."""
        parts = []
        for start in range(0, len(pictures), BATCH):
            some = pictures[start : start + BATCH]
            copies = [self._said(copy) for copy in self.guard.copies_of(some)]
            parts.append(np.mean(copies, 0))
        return np.concatenate(parts) if parts else np.zeros((0, self.classes))

    def answers(self, pictures: Pictures) -> Classes:
        """The likeliest class of each, (n,)."""
        return np.asarray(self.probabilities(pictures).argmax(1), np.int64)

    def slope(self, pictures: Pictures, classes: Classes, draw: int = 0) -> Pictures:
        """The gradient of each class's log-odds, as the attacker of this guard can know it.

        Behind a guard it is the mean over copies that the attacker draws; what rounds is taken for
        the identity on the way back.

        Source:  Athalye et al. 2018, arXiv:1802.00420, sections 4.1 and 4.2.
        """
        ask = odds_slope(self.module, self.reading)
        return self._through(ask, ("gradient",), pictures, classes, draw)[0]

    def two_slopes(
        self, pictures: Pictures, classes: Classes, draw: int = 0
    ) -> tuple[Pictures, Pictures]:
        """Of each class's logit, and of the sum of all others."""
        ask = two_slopes(self.module, self.reading)
        own, others = self._through(ask, ("own", "others"), pictures, classes, draw)
        return own, others

    def _said(self, pictures: Pictures) -> NDArray[np.float64]:
        with torch.no_grad():
            answer = self.module(self.read(pictures))
        values = logits(answer, self.reading).double()
        if self.reading == "softmax":
            return values.softmax(1).numpy()
        return values.exp().numpy()

    def read(self, pictures: Pictures) -> Tensor:
        """Pictures as the module takes them."""
        low, high = self.bounds
        numbers = (low + (high - low) * pictures.astype(np.float64)).astype(np.float32)
        return torch.from_numpy(numbers).reshape(-1, *self.shape)

    def _through(
        self,
        ask: Function,
        names: Sequence[str],
        pictures: Pictures,
        classes: Classes,
        draw: int,
    ) -> list[Pictures]:
        parts: list[list[Pictures]] = [[] for _ in names]
        for start in range(0, len(pictures), BATCH):
            some = pictures[start : start + BATCH]
            rows = torch.from_numpy(classes[start : start + BATCH])
            direction = one_hot(rows, self.classes).float()
            sums = np.zeros((len(names), *some.shape))
            copies = self.guard.drawn(some, draw)
            for copy in copies:
                found = ask(self.weights, {"input": self.read(copy), "direction": direction})
                for total, name in zip(sums, names, strict=True):
                    total += found[name].numpy().reshape(some.shape) / len(copies)
            for part, total in zip(parts, sums, strict=True):
                part.append(self.guard.back(total).astype(np.float32))
        return [np.concatenate(part) for part in parts]
