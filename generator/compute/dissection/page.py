"""Units and concepts as the page and the still need them: values, arrays and one atlas."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from generator.compute.architecture import trace
from generator.compute.dissection.run import Asked, Part, Sample, dissected
from generator.compute.dissection.shown import Drawn, cards_of, colours
from generator.compute.dissection.versions import versions
from generator.compute.tiles import Tiles
from generator.errors import FigureError
from generator.figure import Image, Payload, Still, Table

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from generator.compute.dissection.versions import Version
    from generator.datasets import Dataset
    from generator.figure import Sources
    from generator.figures.units import Options
    from generator.models import Model

    Draw = Callable[[Drawn], tuple[str, dict[str, NDArray[np.uint8]]]]

COLUMNS = 24
LONGEST_TABLE = 200


def assembled(
    options: Options, sources: Sources, model: Model, dataset: Dataset, draw: Draw
) -> Payload:
    """Dissect every layer in every version.

    Raises:  FigureError for a dataset without masks, a layer without places, a version that there
             is not, a unit that the first layer does not have; ModelError for an unknown layer.
    """
    against = sources.model(options.against) if options.against else None
    sample = Sample(dataset, options.sample, options.concepts)
    shown = versions(options.versions, model, against)
    layers = options.layers or _mapped(model)
    models = (model, *([against] if against else []))
    asked = Asked(sources, dataset, models, layers, sample.index)
    k = min(options.examples, len(sample.index))
    parts = {
        (layer, one.name): dissected(asked, one, layer, sample, options.shares, k, options.seed)
        for layer in layers
        for one in shown
    }
    first = parts[layers[0], shown[0].name]
    if options.open >= first.units:
        raise FigureError(
            f"{layers[0]} has no channel {options.open}",
            hint=f"it has {first.units}, counted from 0",
        )
    return _payload(options, model, dataset, sample, layers, shown, parts, draw)


def _mapped(model: Model) -> tuple[str, ...]:
    """Layers of the card that have places."""
    architecture = trace(model.module, model.card.input)
    found = tuple(name for name in model.card.layers if architecture[name].size != (1, 1))
    if not found:
        raise FigureError(
            f"no layer of {model.card.name} has places, and a concept is found in places",
            hint="a network with convolutions has",
        )
    return found


def _payload(
    options: Options, model: Model, dataset: Dataset, sample: Sample,
    layers: Sequence[str], shown: Sequence[Version], parts: Mapping[tuple[str, str], Part],
    draw: Draw,
) -> Payload:  # fmt: skip
    used = np.unique(np.concatenate([p.strongest.images.ravel() for p in parts.values()]))
    share = options.shares.index(options.share)
    counts = {key: _counted(part, sample, share, options.least) for key, part in parts.items()}
    groups = {
        f"{i}-{j}": _numbers(parts[layer, one.name], sample, used, dataset)
        for i, layer in enumerate(layers)
        for j, one in enumerate(shown)
    }
    values = {
        "study": "concepts",
        "model": model.card.name,
        "dataset": dataset.card.name,
        "classes": dataset.card.classes,
        "tested": len(sample.index),
        "pixels": sample.pixels,
        "size": dataset.card.shape[1:],
        "shares": options.shares,
        "share": options.share,
        "least": options.least,
        "open": options.open,
        "concepts": [asdict(one) for one in sample.concepts],
        "total": sample.total.tolist(),
        "versions": [{"name": one.name, "words": one.words} for one in shown],
        "layers": [
            {
                "name": layer,
                "channels": max(parts[layer, one.name].units for one in shown),
                "versions": [_laid(parts[layer, one.name]) for one in shown],
            }
            for layer in layers
        ],
        "atlas": {"columns": COLUMNS},
        "found": {one.name: {layer: counts[layer, one.name] for layer in layers} for one in shown},
    }
    pictures = Tiles(colours(dataset.images[sample.index[used]]), COLUMNS)
    first = parts[layers[0], shown[0].name]
    drawn = Drawn(
        layers[0], options.share, options.least,
        cards_of(first, sample, dataset, share),
        first.units,
        tuple(dict.fromkeys(one.category for one in sample.concepts)),
        tuple(one.words for one in shown[:2]),
        tuple(tuple(counts[layers[0], one.name]["by"].values()) for one in shown[:2]),
    )  # fmt: skip
    svg, images = draw(drawn)
    return Payload(
        still=Still(svg),
        alt=_alt(model, dataset, drawn, counts[layers[0], shown[0].name]),
        values=values,
        arrays=groups.pop("0-0"),
        more=groups,
        images={
            "examples": Image(pictures.atlas(), lossless=False),
            **{name: Image(pixels) for name, pixels in images.items()},
        },
        table=_table(options, sample, share, parts),
    )


def _laid(part: Part) -> dict[str, Any]:
    return {"units": part.units, "size": part.size, "grid": [asdict(one) for one in part.grid]}


def _counted(part: Part, sample: Sample, share: int, least: float) -> dict[str, Any]:
    """Units whose best IoU is at least `least`, and the different concepts that they find."""
    best, overlaps = part.best(share, sample.total)
    found = {int(one) for one in best[overlaps >= least]}
    by = dict.fromkeys([one.category for one in sample.concepts], 0)
    for one in found:
        by[sample.concepts[one].category] += 1
    top = int(overlaps.argmax())
    return {
        "units": part.units,
        "detectors": int((overlaps >= least).sum()),
        "unique": len(found),
        "by": by,
        "mean": float(overlaps.mean()),
        "best": float(overlaps[top]),
        "unit": top,
        "concept": sample.concepts[int(best[top])].name,
    }


def _numbers(
    part: Part, sample: Sample, used: NDArray[np.int64], dataset: Dataset
) -> dict[str, NDArray[Any]]:
    index = sample.index[part.strongest.images]
    labels = dataset.labels[index] if len(dataset.labels) else np.full(index.shape, -1)
    return {
        "thresholds": part.counts.thresholds,
        "area": part.counts.area,
        "hits": part.counts.hits,
        "index": index.astype(np.int32),
        "label": labels.astype(np.int16),
        "tile": np.searchsorted(used, part.strongest.images).astype(np.int32),
        "top": part.strongest.values,
        "maps": part.maps.astype(np.float16),
    }


def _alt(model: Model, dataset: Dataset, drawn: Drawn, counts: Mapping[str, Any]) -> str:
    top = drawn.cards[0]
    by = ", ".join(f"{n} of {name}" for name, n in counts["by"].items())
    return (
        f"{drawn.units} channels of {drawn.layer} of {model.card.name} held against the masks of "
        f"{dataset.card.name}. At the top {drawn.share:.2%} of each channel's pixels, "
        f"{counts['detectors']} overlap a concept with an IoU of at least {drawn.least:g}; they "
        f"find {counts['unique']} different concepts: {by}. The best is channel {top.unit}, "
        f"{top.concept}, with an IoU of {top.overlap:.2f}."
    )


def _table(
    options: Options, sample: Sample, share: int, parts: Mapping[tuple[str, str], Part]
) -> Table:
    rows: list[tuple[str | int | float, ...]] = []
    for (layer, version), part in parts.items():
        if rows and len(rows) + part.units > LONGEST_TABLE:
            break
        best, overlaps = part.best(share, sample.total)
        for unit, (one, value) in enumerate(zip(best, overlaps, strict=True)):
            concept = sample.concepts[int(one)]
            rows.append(
                (layer, version, unit, concept.category, concept.name, round(float(value), 4))
            )
    return Table(
        f"Channels of {options.model} and concepts at the top {options.share:.2%} of pixels",
        ("layer", "version", "channel", "category", "concept", "IoU"),
        tuple(rows),
    )
