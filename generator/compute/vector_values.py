"""What a page of vectors is told, from what its block asks for."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from generator.compute.vector_page import Cloud, along, cloud, relations
from generator.vector_options import MADE, VECTORS

if TYPE_CHECKING:
    from generator.datasets import Dataset
    from generator.figures.projector import Options

Ends = tuple[list[str], list[str]]


def ends(text: str) -> Ends:
    """The two sets of an axis: "he, man > she, woman". Raises: ValueError for another form."""
    sides = [[name.strip() for name in side.split(",") if name.strip()] for side in text.split(">")]
    if len(sides) != 2 or not all(sides):
        raise ValueError(f"{text!r} is no axis; write it as 'he, man > she, woman'")
    return sides[0], sides[1]


def paired(texts: Sequence[str]) -> list[tuple[str, str]]:
    """Pairs: "man > woman". Raises: ValueError for another form, and for fewer than two."""
    found = []
    for text in texts:
        sides = [side.strip() for side in text.split(">")]
        if len(sides) != 2 or not all(sides) or sides[0] == sides[1]:
            raise ValueError(f"{text!r} is no pair; write it as 'man > woman'")
        found.append((sides[0], sides[1]))
    if len(found) == 1:
        raise ValueError("one pair is no relation; name two or more")
    return found


def described(dataset: Dataset, options: Options) -> tuple[Cloud, dict[str, Any]]:
    """The vectors, and all values of the figure.

    Raises:  ValueError for what the vectors do not have.
    """
    methods, card = options.methods, dataset.card
    held = cloud(dataset, options.count, methods, options.perplexity, options.seed)
    wanted = _asked(held, options)
    if "axes" in methods and "across" not in wanted["ends"]:
        raise ValueError("'axes' needs an axis: set ':across: he, man > she, woman'")
    if "pairs" in methods and not wanted["pairs"]:
        raise ValueError("'pairs' needs some: set ':pairs: [man > woman, king > queen]'")
    texts = [name for name, column in dataset.columns.items() if isinstance(column, tuple)]
    numbers = [name for name in dataset.columns if name not in texts]
    labelled = ["label"] if card.classes else []
    values = {
        "vectors": True, "dataset": card.name, "count": len(held.index), "width": card.shape[0],
        "layers": [VECTORS], "start": VECTORS, "method": methods[0],
        "methods": list(dict.fromkeys([*methods, "axes", *MADE])), "classes": card.classes,
        "columns": list(dataset.columns), "texts": texts,
        "colours": [*labelled, *numbers, "near", "one"], "neighbours": options.neighbours,
        "quality": held.quality, "megabytes": round(held.vectors.size / 1e6, 1), **wanted,
    }  # fmt: skip
    return held, values


def _asked(held: Cloud, options: Options) -> dict[str, Any]:
    """Axes, names shown alone, pairs and the chosen vector, all of them known to be there."""
    across, up, words, chosen = options.across, options.up, options.words, options.chosen
    pairs = options.pairs
    axes = {name: ends(text) for name, text in (("across", across), ("up", up)) if text}
    for axis in axes.values():
        along(held, axis)
    two = paired(pairs)
    return {
        "across": across,
        "up": up,
        "ends": axes,
        "only": [held.number(name) for name in words],
        "alone": f"names:{','.join(words)}" if words else "",
        "pairs": two,
        "relation": relations(held, two) if two else None,
        "chosen": held.number(chosen) if chosen else -1,
    }


def on_axes(held: Cloud, axes: dict[str, Ends], shown: Sequence[int]) -> NDArray[Any]:
    """Places between the ends of two axes, 0 in the middle; as wide as those shown need.

    Shape:   (n, 2); the second axis is the first principal component where none is given.
    """
    x = along(held, axes["across"])
    y = along(held, axes["up"]) if "up" in axes else held.places["pca"][:, 0]
    places = np.stack([x, y], axis=1)
    some = places[list(shown)] if len(shown) else places
    found: NDArray[Any] = places / np.maximum(np.abs(some).max(axis=0), 1e-9)
    return found
