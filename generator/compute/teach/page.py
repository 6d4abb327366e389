"""A teach figure as the page and the still need it: values, arrays, images and a graph."""

from __future__ import annotations

from hashlib import sha256
from typing import TYPE_CHECKING, Any

import numpy as np
import torch
from numpy.typing import NDArray

from generator.compute import shelf
from generator.compute.inputs import from_bytes
from generator.compute.teach import given, learned
from generator.compute.teach.drawn import Drawn
from generator.compute.teach.features import asked, features, shrunk
from generator.errors import FigureError
from generator.figure import Image, Payload, Source, Still, Table

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from torch import Tensor

    from generator.datasets import Dataset
    from generator.figures.teach import Options
    from generator.models import Model

SIDE = 80
"""Longest side of a capture's picture, as it is kept and shown."""
MOST = 15
"""Neighbours that a reader can let vote."""


def assembled(
    options: Options,
    model: Model,
    dataset: Dataset,
    draw: Callable[[Drawn], tuple[str, Mapping[str, NDArray[np.uint8]]]],
) -> Payload:
    """Teach the machine what the article says, show it the first example, export the features."""
    layer = options.layer or _last_but_one(model)
    taught = given.taught(dataset, options.captures, options.examples, options.seed)
    picks = _picks(options, dataset, taught)
    captures = np.concatenate([np.empty(0, np.int64), *taught.values()])
    labels = np.repeat(np.arange(len(taught)), [len(own) for own in taught.values()])
    function = features(model.module, layer)
    shape: tuple[int, int, int] = dataset.images.shape[1:]
    small = _small(shape)
    arrays: dict[str, NDArray[Any]] = {}
    for name, chosen in (("captures", captures), ("picks", picks)):
        if not len(chosen):
            continue
        images = dataset.images[chosen]
        inputs = from_bytes(images, model.card.range)
        found = asked(function, model.weights, inputs, model.card.input)
        arrays |= {f"{name}.features": found, f"{name}.pictures": shrunk(images, small)}
    size = arrays["picks.features"].shape[1]
    if size < 2:
        raise FigureError(
            f"{layer} of {model.card.name} answers one number, of which nothing can be learned",
            hint="name a layer with more in 'layer'",
        )
    first = _first(options, arrays, labels, len(taught))
    drawn = Drawn.of(options, list(taught), labels, arrays, picks, dataset, first)
    measured = _measured(options, model, dataset, taught, picks, arrays, labels)
    svg, images_ = draw(drawn)
    values = {
        "model": model.card.name,
        "layer": layer,
        "dataset": dataset.card.name,
        "mark": _mark(model.weights),
        "shape": shape,
        "small": small,
        "size": size,
        "range": model.card.range,
        "frame": _frame(dataset, shape),
        "sources": _sources(options, shape),
        "classes": list(taught),
        "captures": labels.tolist(),
        "picks": [{"index": int(i), "label": shelf.label(dataset, int(i))} for i in picks],
        "most": MOST,
        "method": options.method,
        "neighbours": options.neighbours,
        "strength": options.strength,
        "held": options.held,
        "first": {**drawn.numbers(), **measured},
    }
    return Payload(
        still=Still(svg),
        alt=drawn.alternative(model.card.name, layer),
        values=values,
        arrays=arrays,
        images={name: Image(pixels) for name, pixels in images_.items()},
        graphs={"features": _graph(model, layer, dataset, picks)},
        table=_table(drawn),
    )


def _last_but_one(model: Model) -> str:
    layers = model.card.layers
    return layers[-2] if len(layers) > 1 else layers[-1]


def _picks(
    options: Options, dataset: Dataset, taught: dict[str, NDArray[np.int64]]
) -> NDArray[np.int64]:
    if options.examples:
        return np.array(options.examples, np.int64)
    picks = given.shown(dataset, taught, options.count, options.seed)
    if not len(picks):
        raise FigureError(
            f"every test example of {dataset.card.name!r} is taught, and none is left to show",
            hint="teach fewer in 'captures'",
        )
    return picks


def _small(shape: tuple[int, int, int]) -> tuple[int, int, int]:
    channels, height, width = shape
    scale = min(1.0, SIDE / max(height, width))
    return channels, max(1, round(scale * height)), max(1, round(scale * width))


def _mark(weights: Mapping[str, Tensor]) -> str:
    """Tells weights from others: captures that are saved from one do not fit another."""
    whole = sha256()
    for name in sorted(weights):
        whole.update(name.encode())
        whole.update(np.ascontiguousarray(weights[name].detach().float().numpy()).tobytes())
    return whole.hexdigest()[:16]


def _frame(dataset: Dataset, shape: tuple[int, int, int]) -> dict[str, Any]:
    """How the page makes a picture of strokes: centred as the card says, on the examples' paper."""
    corners = dataset.images[dataset.test[:500]][:, :, [0, 0, -1, -1], [0, -1, 0, -1]]
    paper = [round(float(value) / 255, 4) for value in np.median(corners, axis=(0, 2))]
    drawing = dataset.card.drawing
    return {"shape": shape, "paper": paper, "drawing": drawing and drawing.model_dump()}


def _sources(options: Options, shape: tuple[int, int, int]) -> list[str]:
    """Ways of showing something that fit the pictures, in the article's order."""
    pictured = shape[0] in (1, 3)
    found = [one for one in options.sources if pictured or one == "examples"]
    return list(dict.fromkeys(found)) or ["examples"]


def _first(
    options: Options, arrays: dict[str, NDArray[Any]], labels: NDArray[np.int64], classes: int
) -> dict[str, NDArray[np.float64] | None]:
    """What both methods say of the first example; None: they were not taught two classes."""
    held = _kept_back(options, labels)
    known = labels[~held]
    if len(np.unique(known)) < 2:
        return {"head": None, "neighbours": None}
    rows, picks = arrays["captures.features"][~held], arrays["picks.features"][:1]
    places, own = np.unique(known, return_inverse=True)
    found = {
        "head": learned.head(rows, own, 10.0**options.strength, picks),
        "neighbours": learned.neighbours(rows, own, options.neighbours, picks),
    }
    made: dict[str, NDArray[np.float64] | None] = {}
    for name, shares in found.items():
        whole = np.zeros(classes)
        whole[places] = shares[0]
        made[name] = whole
    return made


def _measured(
    options: Options, model: Model, dataset: Dataset, taught: dict[str, NDArray[np.int64]],
    picks: NDArray[np.int64], arrays: dict[str, NDArray[Any]], labels: NDArray[np.int64],
) -> dict[str, float | int]:  # fmt: skip
    """How many captures each class has, and what share of other examples of it is read as it."""
    found: dict[str, float | int] = {
        f"captures_{i}": len(own) for i, own in enumerate(taught.values())
    }
    held = _kept_back(options, labels)
    if not options.tested or len(np.unique(labels[~held])) < len(taught):
        return found
    layer = options.layer or _last_but_one(model)
    function = features(model.module, layer)
    used = np.concatenate([picks, *taught.values()])
    free = dataset.test[~np.isin(dataset.test, used)]
    for i, name in enumerate(taught):
        if not len(dataset.labels) or name not in dataset.card.classes:
            continue
        own = free[dataset.labels[free] == dataset.card.classes.index(name)][: options.tested]
        if not len(own):
            continue
        inputs = from_bytes(dataset.images[own], model.card.range)
        given_ = asked(function, model.weights, inputs, model.card.input)
        rows = arrays["captures.features"][~held]
        said = learned.head(rows, labels[~held], 10.0**options.strength, given_)
        found |= {f"tested_{i}": len(own), f"right_{i}": float((said.argmax(1) == i).mean())}
    return found


def _kept_back(options: Options, labels: NDArray[np.int64]) -> NDArray[np.bool_]:
    """What the page keeps back at first; each capture of an article is a take of its own."""
    if options.held == "fifth":
        return learned.kept_back(labels)
    held = np.zeros(len(labels), bool)
    if options.held == "take":
        for label in np.unique(labels):
            own = np.flatnonzero(labels == label)
            held[own[-1:]] = len(own) > 1
    return held


def _graph(model: Model, layer: str, dataset: Dataset, picks: NDArray[np.int64]) -> Source:
    inputs = from_bytes(dataset.images[picks[:2]], model.card.range)
    checks = [{"input": torch.from_numpy(one).reshape(1, *model.card.input)} for one in inputs]
    return Source(features(model.module, layer), model.weights, checks[0], checks)


def _table(drawn: Drawn) -> Table:
    def share(method: str, place: int) -> float | str:
        found = drawn.shares[method]
        return "" if found is None else float(f"{found[place]:.4g}")

    rows = tuple(
        (name, drawn.counts[i], share("head", i), share("neighbours", i))
        for i, name in enumerate(drawn.names)
    )
    columns = ("class", "captures", "share by the trained head", "share by nearest neighbours")
    return Table("What the machine was taught, and what it answers to the example", columns, rows)
