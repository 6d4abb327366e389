"""One layer of one version held against masks, with the examples that its units answer to most."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from generator.compute.activations import activations
from generator.compute.answers import answers
from generator.compute.architecture import Architecture, trace
from generator.compute.dissection.counts import Counts, counted, overlap, totals
from generator.compute.dissection.places import Grid, grids, spread
from generator.compute.dissection.rotation import rotated
from generator.compute.examples import Examples, top_examples
from generator.compute.inputs import from_bytes
from generator.compute.receptive import receptive_spans
from generator.errors import FigureError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from generator.compute.dissection.versions import Version
    from generator.datasets import Dataset
    from generator.figure import Sources
    from generator.models import Model

Floats = NDArray[np.float32]
Spans = tuple[NDArray[np.int32], NDArray[np.int32]]


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
    """What versions of a network answer to a sample; each is asked about all layers at once.

    layers   as the options name them; index (n,) the sample as the dataset numbers it
    """

    def __init__(
        self, sources: Sources, dataset: Dataset, models: Sequence[Model], layers: Sequence[str],
        index: NDArray[np.int64],
    ) -> None:  # fmt: skip
        self.sources, self.dataset, self.layers, self.index = sources, dataset, layers, index
        self.models: Mapping[str, Model] = {model.card.name: model for model in models}
        self._architectures: dict[str, Architecture] = {}
        self._maps: dict[str, Mapping[str, Floats]] = {}
        self._spans: dict[tuple[str, str], Spans] = {}

    def architecture(self, version: Version) -> Architecture:
        """Layers of the version's model."""
        name = version.model
        if name not in self._architectures:
            model = self.models[name]
            self._architectures[name] = trace(model.module, model.card.input)
        return self._architectures[name]

    def spans(self, version: Version, layer: str) -> Spans:
        """What the units of a layer see, rows and columns; see `receptive_spans`."""
        key = version.model, layer
        if key not in self._spans:
            self._spans[key] = receptive_spans(self.architecture(version), layer)
        return self._spans[key]

    def maps(self, version: Version, layer: str, seed: int = 0) -> Floats:
        """(n, units, h, w) or (n, units): a layer's answers to the sample."""
        architecture = self.architecture(version)
        name = architecture[layer].name
        if version.own:
            asked = answers(self.sources, version.model, self.dataset.card.name)
            asked.ask([architecture[one].name for one in self.layers])
            found = asked.of(name, self.index)
            return rotated(found, seed) if version.rotated else found
        if version.name not in self._maps:
            card = self.models[version.model].card
            images = self.dataset.images[self.index].reshape(len(self.index), *card.input)
            names = [architecture[one].name for one in self.layers]
            inputs = from_bytes(images, card.range)
            self._maps[version.name] = activations(version.module, inputs, names)
        return self._maps[version.name][name]


def dissected(
    asked: Asked, version: Version, layer: str, sample: Sample,
    shares: Sequence[float], k: int, seed: int,
) -> Part:  # fmt: skip
    """Count a layer's pixels above its thresholds in every concept, and find its examples.

    Raises:  FigureError for a layer without places; ModelError for one that does not exist.
    """
    architecture = asked.architecture(version)
    grid = grids(architecture, layer)
    maps = asked.maps(version, layer, seed)
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
