"""The still of the kind `projector`: one map, its key, its numbers, and the same in words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape
from typing import TYPE_CHECKING, Any

from generator.figure import Table
from generator.palette import PALETTES, Scheme, channels

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from generator.compute.tiles import Tiles

METHODS = {"pca": "PCA", "tsne": "t-SNE"}
"""What readers call the methods."""

# A square map with a column of words beside it, in units of the drawing.
MAP, COLUMN, WIDTH, HEIGHT = 740, 784, 1000, 752
TOP = 6
# Pixels to the unit in the map's image.
DENSITY = 1.4
NUMBER = 70
"""Height of a number with its name above it."""
KEYS = 16
"""More classes than these are counted, not named."""


def projector_still(values: Mapping[str, Any], counts: Sequence[int]) -> str:
    """SVG: the map as one image for each scheme, named ``light`` and ``dark``, and its key.

    values: those of the payload; counts: examples of each class.
    """
    layer, method = values["start"], values["method"]
    measures = values["maps"][layer]
    images = "".join(
        f'<image class="{scheme}-only" href="image:{scheme}" x="0" y="{TOP}" width="{MAP}" '
        f'height="{MAP}"/>'
        for scheme in PALETTES
    )
    title = _lines([(METHODS[method], "t-title"), (f"of {layer}", "t-label")], 30)
    numbers = [
        ("Trustworthiness", f"{measures[method]['trust']:.3f}"),
        ("Neighbourhood hit", f"{100 * measures[method]['hit']:.1f} %"),
    ]
    if "variance" in measures[method]:
        numbers.append(("Variance shown", f"{100 * measures[method]['variance']:.1f} %"))
    foot = "".join(
        _text(name, HEIGHT - NUMBER * (len(numbers) - i) + 28, "t-label muted name")
        + _text(number, HEIGHT - NUMBER * (len(numbers) - i) + 60, "t-title")
        for i, (name, number) in enumerate(numbers)
    )
    key = _key(values["classes"], counts, 92, HEIGHT - NUMBER * len(numbers) - 20)
    frame = f'<rect class="s-rule" x="0.5" y="{TOP}" width="{MAP}" height="{MAP}" rx="5"/>'
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}">'
        f"{frame}{images}{title}{key}{foot}</svg>"
    )


def projector_map(
    places: NDArray[Any], pictures: Tiles, labels: NDArray[Any], scheme: Scheme
) -> NDArray[np.uint8]:
    """Pixels of the map in one scheme, as the page draws it before anybody zooms: RGBA."""
    import numpy as np

    from generator.compute.scatter import scatter

    colours = np.array([channels(colour) for colour in PALETTES[scheme].categories], np.uint8)
    side = int(MAP * DENSITY)
    picture = min(40.0, max(9.0, MAP / len(places) ** 0.5))
    middles = 0.5 + places * [0.465, -0.465]
    return scatter(
        middles, pictures.pictures, colours[labels % 10], (side, side), round(picture * DENSITY)
    )


def projector_words(values: Mapping[str, Any], mixed: NDArray[Any]) -> str:
    """The map in words: which classes keep to themselves, which two lie mixed.

    mixed: as `compute.maps.mixing` gives it for the map.
    """
    layer, method = values["start"], values["method"]
    own = mixed.diagonal()
    present = [i for i in range(len(own)) if mixed[i].any()]
    apart = sorted(present, key=lambda i: -own[i])
    classes = values["classes"]
    others = mixed - mixed * _eye(len(own))
    worst = apart[-1]
    rival = int(others[worst].argmax())
    said = (
        f"Map of {values['count']:,} pictures by {METHODS[method]} of {layer}, coloured by label. "
        f"Of the {values['neighbours']} nearest points of a picture, "
        f"{_percent(values['maps'][layer][method]['hit'])} carry its label on average: "
        f"most for {classes[apart[0]]} ({_percent(own[apart[0]])}), "
        f"least for {classes[worst]} ({_percent(own[worst])})"
    )
    return said + (f", whose neighbours are often {classes[rival]}." if others.any() else ".")


def _eye(size: int) -> NDArray[Any]:
    import numpy as np

    return np.eye(size)


def _percent(share: float) -> str:
    return f"{100 * share:.0f} %"


def _key(classes: Sequence[str], counts: Sequence[int], top: float, bottom: float) -> str:
    shown = list(zip(classes, counts, strict=True))[:KEYS]
    rest = len(classes) - len(shown)
    step = min(34.0, (bottom - top) / (len(shown) + bool(rest)))
    parts = []
    for i, (name, count) in enumerate(shown):
        y = top + (i + 0.5) * step
        parts.append(f'<circle class="cat-{i % 10}" cx="{COLUMN + 8}" cy="{y:g}" r="7"/>')
        parts.append(_text(name, y + 5, "t-label name", COLUMN + 26))
        parts.append(_text(f"{count:,}", y + 5, "t-label muted end", WIDTH - 4))
    if rest:
        parts.append(
            _text(f"and {rest} more", top + (len(shown) + 0.5) * step + 5, "t-label muted")
        )
    return "".join(parts)


def _lines(words: Sequence[tuple[str, str]], top: float) -> str:
    return "".join(_text(text, top + 26 * i, name) for i, (text, name) in enumerate(words))


def _text(words: str, y: float, name: str, x: float = COLUMN) -> str:
    return f'<text class="{name}" x="{x:g}" y="{y:g}">{escape(words)}</text>'


def projector_table(values: Mapping[str, Any]) -> Table:
    """How much of each layer its maps keep."""
    methods = values["methods"]
    columns = ["Layer", "Numbers per picture", "Neighbourhood hit in the layer"]
    for method in methods:
        columns += [f"{METHODS[method]}: trustworthiness", f"{METHODS[method]}: neighbourhood hit"]
    if "pca" in methods:
        columns.append("PCA: variance of two axes")
    rows = []
    for name, measures in values["maps"].items():
        row = [name, measures["features"], round(measures["hit"], 4)]
        for method in methods:
            row += [round(measures[method]["trust"], 4), round(measures[method]["hit"], 4)]
        if "pca" in methods:
            row.append(round(measures["pca"]["variance"], 4))
        rows.append(tuple(row))
    caption = (
        f"How much of each layer its maps keep, from {values['count']:,} pictures and the "
        f"{values['neighbours']} nearest neighbours of each"
    )
    return Table(caption, tuple(columns), tuple(rows))
