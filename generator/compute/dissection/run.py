"""One layer of one version held against masks, with the examples that its units answer to most."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from generator.compute.answers import Answers, answers
from generator.compute.architecture import Architecture, trace
from generator.compute.dissection.counts import Counts, counted, overlap, totals
from generator.compute.dissection.places import Grid, grids, spread
from generator.compute.dissection.rotation import rotated
from generator.compute.examples import Examples, top_examples
from generator.errors import FigureError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from generator.compute.dissection.versions import Version
    from generator.datasets import Dataset
    from generator.figure import Sources
    from generator.models import Model

Floats = NDArray[np.float32]


@dataclass(frozen=True)
class Concept:
    """One thing that pixels can show."""

    category: str
    name: str


@dataclass(frozen=True)
class Part:
    """What is known of a layer in a version.

    Shape:   maps (units, k, h, w) of the strongest examples; `strongest` counts the sample.
    """

    size: tuple[int, int]
    grid: tuple[Grid, Grid]
    counts: Counts
    strongest: Examples
    maps: Floats

    @property
    def units(self) -> int:
        """How many."""
        return len(self.maps)

    def best(self, share: int, total: NDArray[np.int32]) -> tuple[NDArray[np.intp], NDArray]:  # type: ignore[type-arg]
        """The concept that each unit overlaps most at a share, and their IoU: (units,) each."""
        found = overlap(self.counts.hits[:, share], self.counts.area[:, share], total)
        best = found.argmax(1)
        return best, found[np.arange(len(found)), best]


class Sample:
    """Some test examples of a dataset, with what their pixels show.

    Shape:   index (n,) as the dataset numbers them; total (concepts,) pixels of each concept.
    Raises:  FigureError for a dataset without masks, or a category that it does not have.
    """

    def __init__(self, dataset: Dataset, count: int, categories: Sequence[str]) -> None:
        concepts = dataset.card.concepts
        if not concepts:
            raise FigureError(
                f"{dataset.card.name} does not say what its pixels show, so no unit can be "
                "compared with a concept",
                hint="add '[concepts]' to dataset.toml, as in colour = ['red', 'blue'], and "
                "'masks' to what loader.py gives: for each category one uint8 array (examples, "
                "height, width), 0 for none and k for the k-th concept",
            )
        for name in categories:
            if name not in concepts:
                raise FigureError(
                    f"{dataset.card.name} has no category {name!r}",
                    hint=f"it has {', '.join(concepts)}",
                )
        names = tuple(categories) or tuple(concepts)
        places = np.linspace(0, len(dataset.test) - 1, min(count, len(dataset.test)))
        self.index: NDArray[np.int64] = dataset.test[np.rint(places).astype(np.int64)]
        self.masks = [(dataset.masks[name][self.index], len(concepts[name])) for name in names]
        self.concepts = [Concept(name, one) for name in names for one in concepts[name]]
        self.total = totals(self.masks)
        self.pixels = int(self.masks[0][0].size)
        if not self.total.any():
            raise FigureError(f"no test example of {dataset.card.name} shows any of its concepts")


class Asked:
    """What versions of a network answer to a sample, each of a layer's answers computed once."""

    def __init__(self, sources: Sources, dataset: Dataset, shape: tuple[Model, ...]) -> None:
        self.sources, self.dataset = sources, dataset
        self.models: Mapping[str, Model] = {model.card.name: model for model in shape}
        self._architectures: dict[str, Architecture] = {}

    def architecture(self, version: Version) -> Architecture:
        """Layers of the version's model."""
        name = version.model
        if name not in self._architectures:
            model = self.models[name]
            self._architectures[name] = trace(model.module, model.card.input)
        return self._architectures[name]

    def maps(self, version: Version, layer: str, index: NDArray[np.int64], seed: int) -> Floats:
        """(n, units, h, w): a layer's answers to the examples of these numbers."""
        card = self.models[version.model].card
        if version.own:
            asked = answers(self.sources, version.model, self.dataset.card.name)
        else:
            images, test = self.dataset.images, self.dataset.test
            asked = Answers(version.module, images, test, card.input, card.range)
        found = asked.of(layer, index)
        return rotated(found, seed) if version.rotated else found


def dissected(
    asked: Asked, version: Version, layer: str, sample: Sample,
    shares: Sequence[float], k: int, seed: int,
) -> Part:  # fmt: skip
    """Count a layer's pixels above its thresholds in every concept, and find its examples.

    Raises:  FigureError for a layer without places; ModelError for one that does not exist.
    """
    architecture = asked.architecture(version)
    grid = grids(architecture, layer)
    name = architecture[layer].name
    maps = asked.maps(version, name, sample.index, seed)
    size = maps.shape[2:]
    height, width = sample.masks[0][0].shape[1:]
    spreads = spread(grid[0], size[0], height), spread(grid[1], size[1], width)
    strongest = top_examples([maps], k)
    units = np.arange(maps.shape[1])[:, None]
    return Part(
        (size[0], size[1]),
        grid,
        counted(maps, spreads, sample.masks, shares),
        strongest,
        maps[strongest.images, units],
    )
