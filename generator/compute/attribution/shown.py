"""What an attribution figure shows at first: one example, asked by the first methods."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np
import torch
from numpy.typing import NDArray

from generator.compute.attribution.bench import Bench, Map
from generator.compute.attribution.exported import LARGE
from generator.compute.attribution.measure import flips, inside
from generator.compute.attribution.methods import METHODS
from generator.compute.reading import probabilities
from generator.figure import Image
from generator.palette import PALETTES, diverging, sequential

if TYPE_CHECKING:
    from collections.abc import Sequence

    from generator.datasets import Dataset
    from generator.models import Model

FLIPS, FEWER = 20, 10


@dataclass(frozen=True)
class Panel:
    """One method: its map is the images still-NAME-SCHEME; `told` are lines about masks."""

    name: str
    title: str
    what: str
    signed: bool
    limit: float
    told: Sequence[str]


@dataclass(frozen=True)
class Drawn:
    """What the still is made of.

    size   width and height of the picture in pixels
    ink    it has no colours of its own
    said   the model's answer
    mark   tells this drawing from others on a page
    """

    size: tuple[int, int]
    ink: bool
    said: str
    panels: Sequence[Panel]
    mark: str


@dataclass(frozen=True)
class Shown:
    """The first example with the model's answer, and the methods that explain it.

    Shape:   image (channels, height, width) as the model reads it; answer (outputs,).
    """

    bench: Bench
    image: Map
    answer: NDArray[np.float32]
    model: Model
    methods: Sequence[str]
    reading: str

    @property
    def target(self) -> int:
        """The output asked about: the one that the model answers."""
        return int(self.answer.argmax())

    @property
    def direction(self) -> torch.Tensor:
        """A one at the target, (1, outputs)."""
        return torch.nn.functional.one_hot(
            torch.tensor([self.target]), len(self.answer)
        ).float()  # fmt: skip

    @property
    def flips(self) -> int:
        """Steps of a deletion."""
        return FLIPS if self.image.size < LARGE else FEWER

    @cached_property
    def maps(self) -> dict[str, Map]:
        """The methods' maps, (height, width) each."""
        return {name: self.bench.map(name, self.image, self.direction) for name in self.methods}

    def probability(self, answers: NDArray[np.float32]) -> list[float]:
        """What the page draws of each answer, (n, outputs): the target's probability or number."""
        return [float(probabilities(one, self.reading)[self.target]) for one in answers]

    def arrays(self) -> dict[str, NDArray[np.float32]]:
        """Maps and curves of deletion, by method."""
        curves = {name: self._curve(self._support(name)) for name in self.maps}
        return {
            **{f"map/{name}": one.astype(np.float32) for name, one in self.maps.items()},
            **{f"curve/{name}": one for name, one in curves.items()},
            "curve/random": self._curve(None),
        }

    def _support(self, name: str) -> Map:
        """A map whose greatest pixels speak for the answer, negative quantities included."""
        negative = self.model.card.quantity is not None and self.answer[0] < 0
        return -self.maps[name] if negative and METHODS[name].signed else self.maps[name]

    def _curve(self, map_: Map | None) -> NDArray[np.float32]:
        answers = flips(self.bench, self.image, map_, self.flips)
        return np.array(self.probability(answers), np.float32)

    def sums(self) -> dict[str, dict[str, float]]:
        """What a method's numbers add up to, and what they should add up to."""
        found = {
            name: self.bench.sums(name, self.image, self.direction, self.maps[name])
            for name in self.methods
        }
        return {name: one for name, one in found.items() if one}

    def said(self) -> str:
        """The model's answer in words."""
        quantity = self.model.card.quantity
        if quantity:
            return f"{quantity.name} {self.answer[0]:.1f} {quantity.unit}".strip()
        (share,) = self.probability(self.answer[None])
        return f"{self.model.card.outputs[self.target]} ({100 * share:.0f} %)"

    def alternative(self, label: str) -> str:
        """The still in words."""
        height, width = self.image.shape[1:]
        places = []
        for name, one in self.maps.items():
            row, column = np.unravel_index(np.abs(one).argmax(), one.shape)
            down = ("upper", "middle", "lower")[min(2, int(3 * row / height))]
            across = ("left", "centre", "right")[min(2, int(3 * column / width))]
            places.append(
                f"{METHODS[name].title}, from {one.min():.3g} to {one.max():.3g}, strongest in the "
                f"{down} {across}"
            )
        return (
            f"A picture of {label}, which {self.model.card.name} answers with {self.said()}, and "
            f"the maps of {len(places)} methods over it: {'; '.join(places)}."
        )

    def images(self, picture: NDArray[np.uint8]) -> dict[str, Image]:
        """The picture and the maps in the colours of both schemes."""
        grey = picture[0] if len(picture) == 1 else picture.mean(0).round().astype(np.uint8)
        whole = picture.transpose(1, 2, 0) if len(picture) == 3 else grey
        images = {"still-picture": Image(np.ascontiguousarray(whole))}
        for name, one in self.maps.items():
            limit = float(np.abs(one).max()) or 1.0
            for scheme in PALETTES:
                colours = diverging if METHODS[name].signed else sequential
                images[f"still-{name}-{scheme}"] = Image(colours(one / limit, scheme))
        return images

    def drawn(self, dataset: Dataset, index: int, categories: Sequence[str]) -> Drawn:
        """Everything that the still is made of."""
        masks = {name: dataset.masks[name][index] > 0 for name in categories}
        panels = []
        for name, one in self.maps.items():
            limit = float(np.abs(one).max())
            told = [
                f"{100 * inside(one, mask):.0f} % of it in {category}, "
                f"{100 * mask.mean():.0f} % of the pixels"
                for category, mask in masks.items()
                if mask.any()
            ]
            method = METHODS[name]
            panels.append(Panel(name, method.title, method.what, method.signed, limit, told))
        height, width = self.image.shape[1:]
        ink = len(self.image) != 3
        mark = " ".join((self.model.card.name, dataset.card.name, str(index), *self.methods))
        return Drawn((width, height), ink, self.said(), panels, mark)
