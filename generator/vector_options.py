"""What a block may set, and a reader reach, where a projector shows vectors of a dataset."""

from __future__ import annotations

from collections.abc import Callable
from typing import ClassVar

from pydantic import Field

from generator.figure import FigureOptions
from generator.rules import Free, Number, OneOf, Rule, Text, Values

VECTORS = "vectors"
MADE = ("umap", "tsne-now", "smacof", "graph")
"""Maps that a reader may have made in the page, of what is shown."""


class VectorOptions(FigureOptions):
    """Options that mean nothing where a model's layers are mapped."""

    vectors: ClassVar[bool] = True

    across: str = Field(
        "", description="vectors: the x axis of 'axes', as in 'he, man > she, woman'"
    )
    up: str = Field("", description="vectors: its y axis; empty: the first principal component")
    words: tuple[str, ...] = Field((), description="vectors: only these are shown at first")
    pairs: tuple[str, ...] = Field(
        (), description="vectors: pairs of one relation for 'pairs', as in 'man > woman'"
    )
    chosen: str = Field("", description="vectors: the one that is chosen at first")


VECTOR_STATES: dict[str, Rule | Callable[[Values], Rule]] = {
    "dims": OneOf("dimensions of the PCA that are seen", (2, 3)),
    "turn": Number("degrees by which three dimensions are turned", 0, 359, 30, 1),
    "tilt": Number("degrees by which they are tilted", -90, 90, 20, 1),
    "find": Free("what names or other columns are searched for", ""),
    "column": lambda values: OneOf("column that is searched", values.get("texts", [""])),
    "pattern": Free("whether the search is a regular expression", False),
    "metric": OneOf("how distance is measured", ("cosine", "euclidean")),
    "nearest": Number("neighbours that are listed", 1, 50, 10, 1),
    "only": lambda values: Text(
        "what is shown alone: names, neighbours of one, what the search found, or an outline",
        r"(names:.+|near:\d+:\d+|found|outline:[-\d.,;]+)",
        "near:12:50",
        values.get("alone", ""),
    ),
    "across": lambda values: Free("x axis between two sets of names", values.get("across", "")),
    "up": lambda values: Free("y axis between two sets of names", values.get("up", "")),
    "flat": OneOf("how pairs are laid out", ("relation", "pca", "tsne")),
    "own": Free("pairs that the reader adds, as in 'man > woman, king > queen'", ""),
    "pick": OneOf("what dragging does", ("move", "select")),
}
