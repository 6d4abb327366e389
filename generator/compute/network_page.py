"""A network's scene as the page and the still need it: values, arrays, tiles as pixels."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict, dataclass
from math import isqrt, prod
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from generator.compute.mosaic import Colours, Panel
from generator.compute.network_picture import ink
from generator.compute.network_scene import Scene
from generator.compute.network_shelf import Shelf
from generator.compute.network_still import LEFT, Row
from generator.compute.tiles import Tiles
from generator.compute.tiling import Tiling
from generator.compute.words import words
from generator.palette import PALETTES, Scheme, channels, diverging

if TYPE_CHECKING:
    from generator.cards import DatasetCard, ModelCard


@dataclass(frozen=True)
class NetworkPage:
    """Everything that was chosen and computed for one figure."""

    model: ModelCard
    dataset: DatasetCard | None
    shelf: Shelf
    scene: Scene
    rows: list[Row]

    @property
    def shape(self) -> tuple[int, ...]:
        """Shape of an example: a model of flat inputs may have a dataset of pictures."""
        return self.dataset.shape if self.dataset else self.model.input

    @property
    def pictorial(self) -> bool:
        """True where the input can be drawn: one channel of ink, or three of colour."""
        return len(self.shape) == 3 and self.shape[0] in (1, 3) and prod(self.shape[1:]) > 1

    @property
    def label(self) -> str:
        """What the first example shows; empty without examples."""
        if self.dataset is None or not len(self.shelf.chosen):
            return ""
        return str(self.dataset.classes[self.shelf.labels[self.shelf.chosen[0]]])

    def look(self, row: Row) -> str:
        """How a row's numbers become colours."""
        if row.layer.op != "input" or not self.pictorial:
            return "signed"
        return "colour" if self.shape[0] == 3 else "ink"

    def panels(self, scheme: Scheme) -> list[Panel]:
        """Each row's tiles as they stand in the still."""
        shown = self.scene.shown()
        return [
            Panel(
                shown[row.layer.name],
                row.tiles,
                LEFT,
                row.top,
                self._colours(row, scheme),
                self.look(row) == "colour",
            )
            for row in self.rows
        ]

    def thumbnails(
        self, scheme: Scheme, place: Callable[[int], tuple[float, float]], side: int
    ) -> list[Panel]:
        """The chosen examples in the order of the page's strip; none where they are no pictures."""
        shelf = self.shelf
        wrong = shelf.labels != shelf.guesses
        order = sorted(shelf.chosen, key=lambda one: (wrong[one], shelf.labels[one], one))
        height, width = self.shape[-2:] if self.pictorial else (1, 1)
        scale = side / max(height, width)
        tiles = Tiling(scale * width, scale * height, 0, 1, 1)
        colours = self._colours(self.rows[0], scheme, (0, 255))
        whole = self.shape[0] == 3
        return [
            Panel(shelf.images[one].astype(np.float32), tiles, *place(i), colours, whole)
            for i, one in enumerate(order)
            if self.pictorial
        ]

    def _colours(
        self, row: Row, scheme: Scheme, bounds: tuple[float, float] | None = None
    ) -> Colours:
        low, high = bounds or self.model.range
        limit = self.scene.limits[row.layer.name]
        palette = PALETTES[scheme]
        paper, black = (
            np.array(channels(colour), np.uint8) for colour in (palette.paper, palette.ink)
        )
        looks: dict[str, Colours] = {
            "signed": lambda values: diverging(values / limit, scheme),
            "ink": lambda values: ink(values, (low, high), (paper, black)),
            "colour": lambda values: ink(
                np.moveaxis(values, 0, -1), (low, high), (np.zeros(1, np.uint8), np.full(1, 255))
            )[..., 0],
        }
        return looks[self.look(row)]

    def atlas(self) -> Tiles | None:
        """All examples of the shelf side by side; None where they are no pictures or all chosen."""
        images = self.shelf.images
        if not self.pictorial or len(images) <= len(self.shelf.chosen):
            return None
        pictures = images[:, 0] if self.shape[0] == 1 else images.transpose(0, 2, 3, 1)
        return Tiles(pictures, isqrt(len(images) - 1) + 1)

    def paper(self) -> list[float]:
        """What the corners of most examples are, one share per channel: a drawing's background."""
        if not self.pictorial or not len(self.shelf.images):
            return [0.0] * self.shape[0]
        corners = self.shelf.images[:, :, [0, 0, -1, -1], [0, -1, 0, -1]]
        return [round(float(value) / 255, 4) for value in np.median(corners, axis=(0, 2))]

    def arrays(self) -> dict[str, NDArray[Any]]:
        """What the page needs at once: examples, answers to the first, weights of one unit."""
        scene, shelf = self.scene, self.shelf
        layer, channel = scene.architecture[scene.look[0]], scene.look[1]
        weights = {role: scene.weights[name][channel] for role, name in layer.tensors.items()}
        return {
            "pictures": shelf.images[shelf.chosen],
            "indices": shelf.indices.astype(np.int32),
            "labels": shelf.labels.astype(np.int16),
            "guesses": shelf.guesses.astype(np.int16),
            **{f"tap/{name}": scene.answers[name][0] for name in scene.taps},
            **{f"filter/{role}": part.reshape(-1).numpy() for role, part in weights.items()},
        }

    def more(self) -> dict[str, dict[str, NDArray[Any]]]:
        """Answers to the other chosen examples, one group for each."""
        scene, shelf = self.scene, self.shelf
        return {
            f"pick-{shelf.indices[place]}": {
                f"tap/{tap}": scene.answers[tap][i] for tap in scene.taps
            }
            for i, place in enumerate(shelf.chosen)
            if i
        }

    def values(self) -> dict[str, Any]:
        """What the page's script needs to know, as JSON values."""
        scene, shelf = self.scene, self.shelf
        layer, channel, row, column = scene.look
        atlas = self.atlas()
        picks = [int(shelf.indices[place]) for place in shelf.chosen]
        return {
            "layers": [{**asdict(one), "words": words(one)} for one in scene.architecture],
            "rows": [
                {
                    "name": drawn.layer.name,
                    "title": drawn.title,
                    "limit": scene.limits[drawn.layer.name],
                    "look": self.look(drawn),
                }
                for drawn in self.rows
            ],
            "limits": scene.limits,
            "look": {"layer": layer, "channel": channel, "row": row, "column": column},
            "outputs": {
                "names": self.model.outputs,
                "layer": scene.architecture.layers[-1].name,
                "reading": scene.reading,
            },
            "input": {
                "dataset": self.dataset.name if self.dataset else None,
                "classes": self.dataset.classes if self.dataset else (),
                "frame": self._frame(),
                "draws": self.pictorial,
                "picks": picks,
                "columns": atlas.columns if atlas else 0,
            },
        }

    def _frame(self) -> dict[str, Any]:
        drawing = self.dataset and self.dataset.drawing
        return {
            "shape": self.shape,
            "range": self.model.range,
            "drawing": drawing and drawing.model_dump(),
            "paper": self.paper(),
            "how": self._how(),
        }

    def _how(self) -> str:
        """One sentence on the way from a drawing to the network's input."""
        if not self.pictorial:
            return "These numbers are what the network is given."
        size = " × ".join(str(length) for length in self.shape[1:])
        drawing = self.dataset and self.dataset.drawing
        if not drawing:
            return f"Your drawing is scaled to {size} pixels and given to the network as it is."
        middle = "its centre of mass" if drawing.centre == "mass" else "the middle of its frame"
        return (
            f"Your drawing is scaled until its longer side has {drawing.box} pixels, and moved so "
            f"that {middle} is in the middle of {size} pixels, like the examples of the training."
        )
