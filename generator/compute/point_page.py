"""Arrays of a map of examples: what comes at once, and what a reader may ask for."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from numpy.typing import NDArray

from generator.compute.maps import LayerMaps


def point_arrays(
    index: NDArray[Any], labels: NDArray[Any], guess: NDArray[Any], sure: NDArray[Any]
) -> dict[str, NDArray[Any]]:
    """Each point's number in the dataset, its label, and how the model reads it."""
    return {
        "index": index.astype("int32"),
        "label": labels.astype("int16"),
        "guess": guess.astype("int16"),
        "sure": sure.astype("float32"),
    }


def near_arrays(layer: LayerMaps) -> dict[str, NDArray[Any]]:
    """Who is nearest to each point in the layer itself, and how far away."""
    near = layer.near
    return {
        "neighbours": near.indices.astype("int16"),
        "distances": near.distances.astype("float32"),
    }


def later(
    maps: dict[str, LayerMaps], start: str, shown: str
) -> Iterator[tuple[str, dict[str, NDArray[Any]]]]:
    """What the reader asks for: maps by method and number of the layer, and neighbours."""
    for number, (name, layer) in enumerate(maps.items()):
        for method, one in layer.by.items():
            if (name, method) != (start, shown):
                yield f"{method}/{number}", {"xy": one.stored()}
        if name != start:
            yield f"neighbours/{number}", near_arrays(layer)
