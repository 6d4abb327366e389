"""What a teach figure shows at first, in numbers and in words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from generator.compute import shelf

if TYPE_CHECKING:
    from generator.datasets import Dataset
    from generator.figures.teach import Options

TITLES = {"head": "trained head", "neighbours": "nearest neighbours"}
Pictures = NDArray[np.uint8]


def percent(share: float) -> str:
    """A share in per cent, with a figure after the point below ten."""
    return f"{100 * share:.{1 if share < 0.1 else 0}f} %"


@dataclass(frozen=True)
class Drawn:
    """What the still is made of.

    names    of the classes, with how many captures each has
    captures pictures of each class, (n, channels, height, width)
    shown    the example, and what it is called
    shares   of the classes by each method; None: not taught
    """

    names: Sequence[str]
    counts: Sequence[int]
    captures: Sequence[Pictures]
    shown: Pictures
    called: str
    method: str
    shares: Mapping[str, NDArray[np.float64] | None]

    @classmethod
    def of(
        cls, options: Options, names: Sequence[str], labels: NDArray[np.int64],
        arrays: Mapping[str, NDArray[Any]], picks: NDArray[np.int64], dataset: Dataset,
        shares: Mapping[str, NDArray[np.float64] | None],
    ) -> Drawn:  # fmt: skip
        """The machine with its captures, and the first of the examples."""
        pictures = arrays.get("captures.pictures", arrays["picks.pictures"][:0])
        own = [pictures[labels == place] for place in range(len(names))]
        called = f"Example {picks[0]}: {shelf.label(dataset, int(picks[0]))}"
        counts = [len(one) for one in own]
        first = arrays["picks.pictures"][0]
        return cls(names, counts, own, first, called, options.method, shares)

    def verdict(self) -> str:
        """What the machine answers, by the method that counts."""
        found = self.shares[self.method]
        if found is None:
            return "Nothing is taught yet"
        place = int(found.argmax())
        return f"It answers {self.names[place]}, {percent(float(found[place]))}"

    def numbers(self) -> dict[str, float | str]:
        """Of the first answer, for sentences."""
        made: dict[str, float | str] = {}
        for method, found in self.shares.items():
            if found is not None:
                place = int(found.argmax())
                made |= {f"{method}_answer": self.names[place], f"{method}_share": found[place]}
        return {name: one if isinstance(one, str) else float(one) for name, one in made.items()}

    def alternative(self, model: str, layer: str) -> str:
        """The still in words."""
        taught = ", ".join(
            f"{name} with {count} captures"
            for name, count in zip(self.names, self.counts, strict=True)
        )
        said = "; ".join(
            f"by {TITLES[method]} {self.names[int(found.argmax())]} with {percent(found.max())}"
            for method, found in self.shares.items()
            if found is not None
        )
        answer = f"It is shown {self.called}, and answers {said}." if said else "It knows nothing."
        return f"A machine that learns from {layer} of {model}. Its classes are {taught}. {answer}"
