"""Which of the page's two engines runs the graphs of a figure."""

from __future__ import annotations

from typing import Any

from generator.errors import FigureError
from generator.resolve import Figure

# Multiply-adds of one run. Above it, onnxruntime-web makes up for the time that it takes to arrive.
SMALL = 60_000_000


def engine(figure: Figure, graphs: dict[str, Any]) -> str:
    """`light` or `ort`: the author's choice, else light where it can run every graph of the figure
    and each is small. A figure that waits for the large engine anyway uses it for all.

    Raises:  FigureError where the author asks for the light engine and it cannot run a graph.
    """
    refused = {name: one["work"]["refused"] for name, one in graphs.items()}
    asked = figure.options.engine
    if asked == "light" and any(refused.values()):
        name = next(name for name, reason in refused.items() if reason)
        raise FigureError(
            f"the light engine cannot run the graph {name!r}: {refused[name]}",
            where=figure.block.where,
            hint="leave ':engine:' out, or set it to 'ort'",
        )
    if asked != "auto":
        return asked
    large = any(one["work"]["multiply_adds"] > SMALL for one in graphs.values())
    return "ort" if large or any(refused.values()) else "light"
