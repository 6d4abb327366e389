"""The study `pixels` as the page and the still need it: patches, projections, steps of training."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from generator.compute.dissection.patches import (
    Looked,
    Patches,
    Sampled,
    looked,
    strongest_patches,
)
from generator.compute.dissection.run import Asked
from generator.compute.dissection.shown import colours
from generator.compute.dissection.versions import TRAINED, versions
from generator.compute.examples import Examples
from generator.compute.tiles import Tiles
from generator.errors import FigureError
from generator.figure import Image, Payload, Still, Table

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from generator.datasets import Dataset
    from generator.figure import Sources
    from generator.figures.units import Options
    from generator.models import Model

    Draw = Callable[..., tuple[str, dict[str, NDArray[np.uint8]]]]

COLUMNS = 24
LONGEST_TABLE = 200


def assembled(
    options: Options, sources: Sources, model: Model, dataset: Dataset, draw: Draw
) -> Payload:
    """Project the strongest patches of every layer, and one for every kept step of training.

    Raises:  FigureError for a step of which the model keeps no weights, and a unit that the first
             layer does not have; GraphError for a model without ReLU; ModelError for an unknown
             layer.
    """
    sample = Sampled(dataset, options.sample)
    (trained,) = versions((TRAINED,), model, None)
    steps = options.checkpoints or tuple(model.checkpoints())
    on_the_way = versions([f"step-{step}" for step in steps], model, None)
    layers = options.layers or model.card.layers
    asked = Asked(sources, dataset, (model,), layers, sample.index)
    k = min(options.examples, len(sample.index))
    groups: dict[str, dict[str, NDArray[Any]]] = {}
    images: dict[str, Image] = {}
    told, pages = [], {}
    used: list[NDArray[np.int64]] = []
    for i, layer in enumerate(layers):
        best = strongest_patches(asked, trained, layer, sample, k)
        if i == 0 and options.open >= len(best.boxes):
            raise FigureError(
                f"{layer} has no channel {options.open}",
                hint=f"it has {len(best.boxes)}, counted from 0",
            )
        way = _joined([strongest_patches(asked, one, layer, sample, 1) for one in on_the_way])
        field = options.cover and looked(asked, trained, layer, sample, best, options.cover)
        pages[layer] = best, way, field or None
        used += [best.found.images.ravel(), *([way.found.images.ravel()] if way else [])]
    shown = np.unique(np.concatenate(used))
    for i, (layer, (best, way, field)) in enumerate(pages.items()):
        more = "more-" if i else ""
        group = _numbers(best, sample, shown, dataset)
        if way:
            on_way = _numbers(way, sample, shown, dataset)
            group |= {f"way-{name}": array for name, array in on_way.items()}
        if field:
            group |= {"field": field.maps.astype(np.float16), "extent": field.extents}
        groups[f"layer-{i}"] = group
        images[f"{more}projections-{i}"] = Image(best.tiles.atlas(), best.lossless)
        if way:
            images[f"{more}way-{i}"] = Image(way.tiles.atlas(), way.lossless)
        told.append(_told(layer, i, more, best, way, field))
    pictures = Tiles(colours(dataset.images[sample.index[shown]]), COLUMNS)
    first, (best, way, field) = next(iter(pages.items()))
    labels = [dataset.card.classes[label] for label in dataset.labels]
    units = {layer: _units(one, sample, labels, field) for layer, (one, _, field) in pages.items()}
    svg, stills = draw(
        first, best, way, steps, options.open, colours(sample.bytes), units[first], field
    )
    return Payload(
        still=Still(svg),
        alt=_alt(model, first, units[first], options.open, best, steps),
        values={
            "study": "pixels",
            "model": model.card.name,
            "dataset": dataset.card.name,
            "classes": dataset.card.classes,
            "outputs": model.card.outputs,
            "tested": len(sample.index),
            "size": dataset.card.shape[1:],
            "open": options.open,
            "steps": list(steps) or [0],
            "evolves": bool(steps),
            "atlas": {"columns": COLUMNS},
            "layers": told,
            "units": units,
        },
        arrays=groups.pop("layer-0"),
        more=groups,
        images={
            "examples": Image(pictures.atlas(), lossless=False),
            **images,
            **{name: Image(pixels) for name, pixels in stills.items()},
        },
        table=_table(options, units),
    )


def _joined(parts: Sequence[Patches]) -> Patches | None:
    """One patch of every unit at each step, unit by unit."""
    if not parts:
        return None
    names = ("values", "images", "y", "x")
    fields = (np.concatenate([getattr(part.found, name) for part in parts], 1) for name in names)
    boxes = np.concatenate([part.boxes for part in parts], 1)
    high, wide = (max(p.tiles.pictures.shape[axis] for p in parts) for axis in (1, 2))
    units = len(boxes)
    tiles = np.full((units, len(parts), high, wide, 3), 128, np.uint8)
    for step, part in enumerate(parts):
        found = part.tiles.pictures
        tiles[:, step, : found.shape[1], : found.shape[2]] = found
    flat = tiles.reshape(-1, high, wide, 3)
    return Patches(Examples(*fields), boxes, Tiles(flat, parts[0].tiles.columns))


def _numbers(
    part: Patches, sample: Sampled, shown: NDArray[np.int64], dataset: Dataset
) -> dict[str, NDArray[Any]]:
    index = sample.index[part.found.images]
    return {
        "index": index.astype(np.int32),
        "label": dataset.labels[index].astype(np.int16),
        "tile": np.searchsorted(shown, part.found.images).astype(np.int32),
        "top": part.found.values,
        "box": part.boxes.astype(np.int16),
    }


def _told(
    layer: str, i: int, more: str, best: Patches, way: Patches | None, field: Looked | None
) -> dict[str, Any]:
    cut = [("projections", best)] + ([("way", way)] if way else [])
    return {
        "name": layer,
        "channels": len(best.boxes),
        "more": f"layer-{i}" if i else "",
        "box": (best.boxes[..., 2:] - best.boxes[..., :2]).max((0, 1)).tolist(),
        "field": field.told() if field else None,
        **{
            name: {
                "image": f"{more}{name}-{i}",
                "count": len(part.tiles.pictures),
                "columns": part.tiles.columns,
                "size": part.tiles.size,
                "channels": 3,
            }
            for name, part in cut
        },
    }


def _units(
    best: Patches, sample: Sampled, labels: Sequence[str], field: Looked | None
) -> list[dict[str, Any]]:
    """What prose may cite of every unit."""
    box = (best.boxes[..., 2:] - best.boxes[..., :2]).max((0, 1))
    return [
        {
            "strongest": float(best.found.values[unit, 0]),
            "labels": [labels[sample.index[image]] for image in best.found.images[unit]],
            "sees": int(box.max()),
            "looks": float(field.extents[unit]) if field else None,
        }
        for unit in range(len(best.boxes))
    ]


def _alt(
    model: Model, layer: str, units: list[dict[str, Any]], open_: int, best: Patches,
    steps: Sequence[int],
) -> str:  # fmt: skip
    one = units[open_]
    looks = f", and looks at about {one['looks']:.0f}" if one["looks"] else ""
    way = f" A strip shows the strongest at {len(steps)} steps of training." if steps else ""
    return (
        f"{len(units)} channels of {layer} of {model.card.name}, each as the patch that excites it "
        f"most beside what deconvolution carries back to its pixels. Channel {open_} is open: it "
        f"can see {one['sees']} pixels across{looks}. Its {best.boxes.shape[1]} strongest patches "
        f"are of examples labelled {', '.join(one['labels'])}.{way}"
    )


def _table(options: Options, units: dict[str, list[dict[str, Any]]]) -> Table:
    rows: list[tuple[str | int | float, ...]] = []
    for layer, channels in units.items():
        if rows and len(rows) + len(channels) > LONGEST_TABLE:
            break
        rows += [
            (layer, unit, round(one["strongest"], 4), one["sees"],
             "" if one["looks"] is None else round(one["looks"], 1), ", ".join(one["labels"]))
            for unit, one in enumerate(channels)
        ]  # fmt: skip
    return Table(
        f"Channels of {options.model} and their strongest patches",
        ("layer", "channel", "greatest activation", "pixels across that it can see",
         "pixels across that it looks at", "labels of the strongest test examples"),
        tuple(rows),
    )  # fmt: skip
