"""Examples as a map of what one layer makes of them: who is near whom, from pixels to answer.

The map of each layer is turned to match the one before it, so that points can be followed. How much
of the layer each map keeps is measured and stands below it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from pydantic import Field, ValidationInfo, field_validator

from generator.errors import FigureError, nearest
from generator.figure import (
    DatasetName,
    Image,
    LayerNames,
    ModelName,
    Payload,
    Sources,
    Still,
    dataset_of,
)
from generator.palette import PALETTES
from generator.rules import OneOf, States, Text
from generator.vector_options import VECTOR_STATES, VECTORS, VectorOptions

if TYPE_CHECKING:
    from collections.abc import Iterator

    import numpy as np
    from numpy.typing import NDArray

    from generator.compute.answers import Answers
    from generator.compute.maps import LayerMaps
    from generator.datasets import Dataset
    from generator.models import Model

PIXELS = "pixels"

STATES: States = {
    "layer": lambda values: OneOf("layer that is mapped", values["layers"], values["start"]),
    "method": lambda values: OneOf("how the map is made", values["methods"], values["method"]),
    "colour": lambda values: OneOf(
        "what colours stand for", values.get("colours", ("label", "outcome"))
    ),
    "points": lambda values: OneOf(
        "how examples are drawn",
        ("names", "marks") if values.get("vectors") else ("pictures", "marks"),
    ),
    "seen": Text(
        "the part in view: zoom, then where its middle lies",
        r"\d+(\.\d+)?,-?\d+(\.\d+)?,-?\d+(\.\d+)?",
        "2,0.5,0.5",
    ),
    "lit": Text("entries of the legend that stay lit, counted from 0", r"\d+(,\d+)*", "0,3"),
    **VECTOR_STATES,
}


class Options(VectorOptions):
    """What an article may set."""

    model: ModelName = Field(
        "", description="the model whose layers are mapped; empty: the dataset's own vectors are"
    )
    dataset: DatasetName = Field("", description="examples; empty: the dataset of the model's card")
    layers: LayerNames = Field((), description="layers to map; empty: all that the card names")
    pixels: bool = Field(True, description="begin with a map of the input itself, called 'pixels'")
    start: str = Field("", description="the layer shown at first; empty: the first")
    methods: tuple[Literal["tsne", "pca", "axes", "pairs"], ...] = Field(
        ("tsne", "pca"), min_length=1, description="how maps are made; the first is shown at first"
    )
    count: int = Field(
        2000, ge=10, le=10_000, description="test examples, of each class as many as can be had"
    )
    perplexity: float = Field(
        30,
        gt=1,
        description="t-SNE: how many neighbours count, about; less than count",
    )
    neighbours: int = Field(
        5, ge=1, le=20, description="nearest neighbours shown, and counted where maps are measured"
    )

    @field_validator("methods")
    @classmethod
    def once(cls, methods: tuple[str, ...]) -> tuple[str, ...]:
        """Refuse a method that is named twice."""
        if len(set(methods)) < len(methods):
            raise ValueError("each method can be named once")
        return methods

    @field_validator("perplexity")
    @classmethod
    def below_count(cls, perplexity: float, info: ValidationInfo) -> float:
        """Refuse more neighbours than there are examples."""
        _below(perplexity, info.data.get("count", 10_000))
        return perplexity


def payload(options: Options, sources: Sources) -> Payload:
    """Choose examples, map every layer by every method, and draw the map shown at first."""
    from generator.compute.answers import answers
    from generator.compute.guesses import guesses
    from generator.compute.inputs import from_bytes
    from generator.compute.maps import balanced, mixing
    from generator.compute.point_page import later, near_arrays, point_arrays
    from generator.compute.tiles import tiles
    from generator.stills import projector as stills

    if not options.model:
        return _vectors(options, sources)
    if {"axes", "pairs"} & {*options.methods}:
        raise FigureError("'axes' and 'pairs' are for a dataset of vectors")
    model, dataset = _sources(options, sources)
    layers = _layers(options, model)
    index = balanced(dataset.test, dataset.labels[dataset.test], options.count, options.seed)
    images, labels = from_bytes(dataset.images[index], model.card.range), dataset.labels[index]
    asked = answers(sources, model.card.name, dataset.card.name)
    asked.ask(layers[options.pixels :])
    guess, sure = guesses(asked.of("", index))
    maps = _maps(options, asked, images, index, labels, layers)
    pictures = tiles(dataset.images[index])
    start, method = options.start or layers[0], options.methods[0]
    wrong = int((guess != labels).sum())
    values = {
        "model": model.card.name, "dataset": dataset.card.name,
        "classes": dataset.card.classes, "outputs": model.card.outputs,
        "layers": layers, "methods": options.methods, "start": start, "method": method,
        "count": len(index), "wrong": wrong, "accuracy": 1 - wrong / len(index),
        "neighbours": options.neighbours,
        "perplexity": min(options.perplexity, (len(index) - 1) / 3),
        "maps": {name: one.measures() for name, one in maps.items()},
        "tiles": {"count": len(index), "columns": pictures.columns, "size": pictures.size,
                  "channels": pictures.channels},
    }  # fmt: skip
    shown = maps[start].by[method]
    classes = len(dataset.card.classes)
    counts = [int((labels == label).sum()) for label in range(classes)]
    return Payload(
        still=Still(stills.projector_still(values, counts)),
        alt=stills.projector_words(
            values, mixing(shown.places, labels, classes, options.neighbours)
        ),
        values=values,
        arrays={
            **point_arrays(index, labels, guess, sure),
            "xy": shown.stored(),
            **near_arrays(maps[start]),
        },
        more=dict(later(maps, start, method)),
        images={
            "atlas": Image(pictures.atlas()),
            **{
                scheme: Image(
                    stills.projector_map(shown.places, pictures, labels, scheme), lossless=False
                )
                for scheme in PALETTES
            },
        },
        table=stills.projector_table(values),
    )


def _vectors(options: Options, sources: Sources) -> Payload:
    """Vectors of a dataset without any model: maps, columns, axes between words, relations."""
    from generator.compute.vector_page import arrays, quantized
    from generator.compute.vector_values import described, on_axes
    from generator.stills.vectors import vector_map, vector_still, vector_table, vector_words

    if not options.dataset:
        raise FigureError("neither a model nor a dataset of vectors", hint="set ':dataset: NAME'")
    dataset = sources.dataset(options.dataset)
    card = dataset.card
    if not card.columns:
        raise FigureError(f"{card.name} has pictures and no vectors", hint="set ':model: NAME'")
    try:
        held, values = described(dataset, options)
    except ValueError as problem:
        raise FigureError(f"{card.name}: {problem}") from None
    first = options.methods[0]
    dots = held.places.get(first, held.places["pca"])
    if first == "axes":
        dots = on_axes(held, values["ends"], values["only"])
    labels = dataset.labels[held.index]
    return Payload(
        still=Still(vector_still(values, held, dots)),
        alt=vector_words(values, held),
        values=values,
        arrays=arrays(dataset, held),
        more={VECTORS: quantized(held.vectors)},
        images={
            scheme: Image(vector_map(dots, labels, scheme))
            for scheme in PALETTES
            if first in held.places
        },
        table=vector_table(values, held),
    )


def _below(perplexity: float, count: int) -> None:
    if perplexity >= count:
        raise ValueError(f"{perplexity:g} neighbours among {count} examples; choose fewer")


def _sources(options: Options, sources: Sources) -> tuple[Model, Dataset]:
    model = sources.model(options.model)
    name = dataset_of(model, options.dataset)
    dataset = sources.dataset(name)
    if dataset.card.shape != model.card.input:
        raise FigureError(
            f"{name} has examples of shape {dataset.card.shape}, "
            f"{options.model} reads {model.card.input}"
        )
    count = min(options.count, len(dataset.test))
    if "perplexity" in options.model_fields_set:
        try:
            _below(options.perplexity, count)
        except ValueError as problem:
            raise FigureError(f"option 'perplexity': {problem}") from None
    if 2 * options.neighbours >= count:
        raise FigureError(f"option 'neighbours': {options.neighbours} is too many for {count}")
    return model, dataset


def _layers(options: Options, model: Model) -> list[str]:
    layers = [PIXELS] * options.pixels + list(options.layers or model.card.layers)
    if options.start and options.start not in layers:
        hint = nearest(options.start, layers)
        raise FigureError(f"option 'start': {options.start!r} is not mapped", hint=hint)
    return list(dict.fromkeys(layers))


def _maps(
    options: Options, asked: Answers, images: NDArray[np.float32], index: NDArray[np.int64],
    labels: NDArray[np.int64], layers: list[str],
) -> dict[str, LayerMaps]:  # fmt: skip
    from generator.compute.maps import layer_maps

    def found() -> Iterator[tuple[str, NDArray[np.float32]]]:
        # One layer at a time: together they may not fit in memory.
        for i, layer in enumerate(layers):
            yield layer, images if i == 0 and options.pixels else asked.of(layer, index)

    k, perplexity = options.neighbours, options.perplexity
    try:
        return layer_maps(found(), labels, options.methods, k, perplexity, options.seed)
    except ValueError as problem:
        raise FigureError(f"{options.model}: {problem}", hint="leave it out of 'layers'") from None
