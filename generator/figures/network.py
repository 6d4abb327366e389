"""A network at work: every channel of every chosen layer lights up for what the reader draws.

Any unit opens into the numbers that it is made of, which add up to the network's own answer.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pydantic import Field

from generator.errors import FigureError
from generator.figure import (
    DatasetName,
    FigureOptions,
    Image,
    LayerNames,
    ModelName,
    Payload,
    Source,
    Sources,
    Still,
    Table,
)
from generator.rules import OneOf, Some, States, Text

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from generator.compute.architecture import Architecture
    from generator.compute.network_page import NetworkPage
    from generator.compute.network_scene import Scene
    from generator.compute.network_shelf import Shelf
    from generator.datasets import Dataset
    from generator.models import Model

SHELF = 2000
"""Test examples that a reader can call up; they come as one picture, on request."""

TALLEST = 2000
"""Stills beyond this height are drawn with one pixel to the unit instead of two."""


STATES: States = {
    "view": OneOf("flat, or as floors above one another", ("2d", "3d")),
    "angle": Text(
        "turn and tilt in degrees, and zoom", r"-?\d{1,3},\d{1,2},\d(?:\.\d+)?", "-30,55,1"
    ),
    "hidden": lambda values: Some("layers not drawn", [row["title"] for row in values["rows"]]),
    "drawing": Text("strokes, as a link to the figure has them", r"[\w.-]*", "BQ0C", "none"),
    "at": Text("row and column of the chosen unit", r"\d+\.\d+", "12.5"),
}


class Options(FigureOptions):
    """What an article may set."""

    model: ModelName = Field(description="the model that is shown at work")
    dataset: DatasetName = Field("", description="examples; empty: the dataset of the model's card")
    layers: LayerNames = Field(
        (), description="layers to draw; empty: all that the card names and that compute something"
    )
    examples: int = Field(
        10, ge=0, le=40, description="test examples to pick from, a fifth of them misread"
    )
    start: int = Field(-1, description="example shown at first, as the dataset numbers it; -1: any")


def payload(options: Options, sources: Sources) -> Payload:
    """Choose examples, run the network on them, and export its answers as a graph."""
    from generator.compute.architecture import trace
    from generator.compute.network_page import NetworkPage
    from generator.compute.network_still import rows
    from generator.compute.network_words import alternative, table

    model = sources.model(options.model)
    name = options.dataset or model.card.dataset
    dataset = sources.dataset(name) if name else None
    architecture = trace(model.module, model.card.input)
    shelf = _shelf(options, model, dataset, sources)
    scene = _scene(options, model, architecture, shelf)
    coloured = (dataset.card.shape if dataset else model.card.input)[0] == 3
    page = NetworkPage(
        model.card, dataset.card if dataset else None, shelf, scene, rows(scene.drawn, coloured)
    )
    images, still = _still(page)
    caption = f"The layers of {model.card.name}, from its input to its answer"
    return Payload(
        still=still,
        alt=alternative(model.card.name, scene, model.card.outputs, page.label),
        values=_values(page),
        arrays=page.arrays(),
        more=page.more(),
        images=images,
        graphs={"forward": _graph(model, scene)},
        table=Table(caption, *table(scene)),
    )


def _shelf(options: Options, model: Model, dataset: Dataset | None, sources: Sources) -> Shelf:
    from math import prod

    from generator.compute.answers import answers
    from generator.compute.network_shelf import empty_shelf, shelf

    if dataset is None:
        return empty_shelf(model.card.input)
    if prod(dataset.card.shape) != prod(model.card.input):
        raise FigureError(
            f"examples of {dataset.card.name!r} have shape {dataset.card.shape}, "
            f"{model.card.name!r} reads {model.card.input}",
            hint="name a dataset whose examples the model can read",
        )
    test = dataset.test[:SHELF]
    try:
        return shelf(
            answers(sources, model.card.name, dataset.card.name).outputs()[: len(test)],
            (dataset.images[test], dataset.labels[test], test),
            (options.examples, options.start, options.seed),
        )
    except IndexError:
        raise FigureError(
            f"start {options.start} is not among the test examples of {dataset.card.name!r}",
            hint=f"there is {', '.join(map(str, test[:3]))} …",
        ) from None


def _scene(options: Options, model: Model, architecture: Architecture, shelf: Shelf) -> Scene:
    import numpy as np

    from generator.compute.inputs import from_bytes
    from generator.compute.network_scene import scene

    def inputs(images: NDArray[np.uint8]) -> NDArray[np.float32]:
        flat = images.reshape(len(images), *model.card.input)
        return from_bytes(flat, model.card.range)

    titles = options.layers or tuple(
        title
        for title in model.card.layers
        if architecture[title].op not in ("flatten", "identity", "input")
    )
    random = np.random.default_rng(options.seed)
    # Without examples the network looks at nothing, and noise says how far its answers reach.
    blank = np.zeros((1, *model.card.input), np.uint8)
    noise = random.integers(0, 256, (64, *model.card.input), np.uint8)
    images = shelf.images[shelf.chosen] if len(shelf.chosen) else blank
    sample = shelf.images[random.permutation(len(shelf.images))[:128]]
    return scene(
        architecture,
        model.module,
        titles,
        inputs(images),
        inputs(sample if len(sample) else noise),
    )


def _graph(model: Model, scene: Scene) -> Source:
    from torch import from_numpy

    from generator.compute.network import answers, oracle

    module, shape, taps = model.module, model.card.input, scene.taps
    checks = [{"input": from_numpy(image[None])} for image in scene.answers["input"][:2]]
    return Source(
        function=answers(module, shape, taps),
        weights=model.weights,
        inputs=checks[0],
        checks=checks,
        oracle=oracle(module, shape, taps),
    )


def _still(page: NetworkPage) -> tuple[dict[str, Image], Still]:
    from generator.compute.mosaic import mosaic
    from generator.compute.network_picture import PICK, NetworkPicture
    from generator.compute.network_still import WIDTH
    from generator.palette import PALETTES

    count = len(page.shelf.chosen) if page.pictorial else 0
    picture = NetworkPicture(page.scene, page.rows, page.model.outputs, page.label, count)
    density = 2 if picture.height < TALLEST else 1
    images = {
        f"tiles-{scheme}": Image(
            mosaic(
                [*page.panels(scheme), *page.thumbnails(scheme, picture.pick, PICK)],
                (WIDTH, picture.height),
                density,
            )
        )
        for scheme in PALETTES
    }
    atlas = page.atlas()
    if atlas:
        images["more-examples"] = Image(atlas.atlas())
    return images, Still(picture.svg())


def _values(page: NetworkPage) -> dict[str, Any]:
    from generator.compute.cost import totals
    from generator.compute.network_words import ranking

    scene, card = page.scene, page.model
    shares = scene.shares(0)
    first, second = (*ranking(shares), 0)[:2]
    return {
        "model": card.name,
        **totals(scene.architecture, scene.weights),
        "depth": len(scene.architecture.layers) - 1,
        "accuracy": page.shelf.right,
        "tested": len(page.shelf.labels),
        "label": page.label,
        "first_guess": card.outputs[first],
        "first_probability": float(shares[first]),
        "second_guess": card.outputs[second],
        "second_probability": float(shares[second]),
        **page.values(),
    }
