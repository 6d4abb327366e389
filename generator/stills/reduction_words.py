"""What a figure of reduction says: the words of its still, its picture in words, its table."""

from __future__ import annotations

from typing import TYPE_CHECKING

from generator.figure import Table

if TYPE_CHECKING:
    from generator.compute.reduction.run import Map, Run

BESIDE = {"perplexity": "By perplexity", "steps": "By step", "seeds": "By start", "none": ""}


def _dimensions(width: int) -> str:
    return f"{width} dimension{'s' * (width != 1)}"


def words(label: str, done: Run) -> dict[str, str]:
    """What the still says."""
    count, width = done.points.rows.shape
    tsne = done.asked.method == "tsne"
    tiles = [_tile(one, done) for one in done.beside]
    return {
        "data": f"{label}: {count} points, {_dimensions(width)}",
        "view": "Seen along its two main components" if width > 3 else "",
        "method": f"t-SNE, perplexity {done.asked.perplexity}" if tsne else "Principal components",
        "step": "Step",
        "cost": "KL divergence" if tsne else "Variance left out",
        "beside": BESIDE[done.asked.compare],
        **{f"tile-{i}": tile for i, tile in enumerate(tiles)},
    }


def _tile(one: Map, done: Run) -> str:
    return {
        "perplexity": f"Perplexity {one.perplexity}",
        "steps": f"Step {one.steps:,}",
        "seeds": f"Start {one.seed}",
    }[done.asked.compare]


def alt(label: str, done: Run) -> str:
    """The picture in words: the points, the map, how good it is, and those beside it."""
    count, width = done.points.rows.shape
    shown = done.shown
    made = (
        f"t-SNE with perplexity {done.asked.perplexity} after {shown.steps:,} steps"
        if done.asked.method == "tsne"
        else "principal components"
    )
    said = (
        f"At the left the points “{label}”, {count} of them in {_dimensions(width)}; at the right "
        f"their map by {made}. Its trustworthiness is {shown.trust:.3f}, its continuity "
        f"{shown.continuity:.3f}"
    )
    if shown.hit is not None:
        said += f", and {shown.hit:.0%} of a point's neighbours on the map are of its own group"
    told = [
        f"{_tile(one, done)}: " + (one.refused or f"trustworthiness {one.trust:.3f}")
        for one in done.beside
    ]
    return f"{said}. Below, further maps. {'; '.join(told)}." if told else f"{said}."


def table(done: Run) -> Table:
    """Every map with its numbers."""
    rows: list[tuple[str | int | float, ...]] = []
    names = ["The map", *(_tile(one, done) for one in done.beside)]
    for name, one in zip(names, (done.shown, *done.beside), strict=True):
        if one.refused:
            rows.append((name, one.refused, "", "", "", ""))
            continue
        hit = "" if one.hit is None else round(one.hit, 4)
        found = (round(value, 4) for value in (one.cost, one.trust, one.continuity))
        rows.append((name, one.steps, *found, hit))
    columns = (
        "Map", "Steps", "KL divergence" if done.asked.method == "tsne" else "Variance left out",
        "Trustworthiness", "Continuity", "Neighbourhood hit",
    )  # fmt: skip
    return Table(
        f"Maps and their quality, counting {done.counted} neighbours", columns, tuple(rows)
    )
