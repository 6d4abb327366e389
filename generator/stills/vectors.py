"""The still of a projector of vectors: a map with names, axes, or arrows."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from html import escape
from typing import TYPE_CHECKING, Any

from generator.figure import Table
from generator.palette import PALETTES, Scheme, channels

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from generator.compute.vector_page import Cloud

METHODS = {
    "pca": "PCA", "tsne": "t-SNE", "axes": "Axes of words", "pairs": "Arrows of a relation",
}  # fmt: skip
MAP, COLUMN, WIDTH, HEIGHT = 740, 764, 1000, 752
LETTERS = 20  # that surely fit beside the map
TOP = 6
REACH = 0.46
DENSITY = 1.4
LABELS = 70
"""So many names are tried on a map; those that would cover another are left out."""


def vector_map(places: NDArray[Any], labels: NDArray[Any], scheme: Scheme) -> NDArray[np.uint8]:
    """Dots of a map on nothing, the last below: RGBA."""
    import numpy as np

    side = int(MAP * DENSITY)
    drawing = np.zeros((side, side, 4), np.uint8)
    colours = np.array([channels(one) for one in PALETTES[scheme].categories], np.uint8)
    x = np.rint((0.5 + REACH * places[:, 0]) * side).astype(int)
    y = np.rint((0.5 - REACH * places[:, 1]) * side).astype(int)
    ball = [(0, 0)] if len(places) > 20_000 else [(0, 0), (1, 0), (0, 1), (1, 1)]
    for i in range(len(places) - 1, -1, -1):
        for dx, dy in ball:
            drawing[min(side - 1, y[i] + dy), min(side - 1, x[i] + dx), :3] = colours[
                labels[i] % len(colours)
            ]
            drawing[min(side - 1, y[i] + dy), min(side - 1, x[i] + dx), 3] = 150
    return drawing


def vector_still(values: Mapping[str, Any], held: Cloud, places: NDArray[Any]) -> str:
    """SVG of what is shown at first; `places` are those of the vectors by the method shown."""
    method = values["method"]
    if method == "pairs":
        body = _arrows(values)
    else:
        images = "".join(
            f'<image class="{scheme}-only" href="image:{scheme}" x="0" y="{TOP}" width="{MAP}" '
            f'height="{MAP}"/>'
            for scheme in PALETTES
            if method != "axes"
        )
        shown = values["only"] or range(min(LABELS, len(places)))
        body = images + _names(places, held.names, shown) + _ends(values)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}">'
        f'<rect class="s-rule" x="0.5" y="{TOP}" width="{MAP}" height="{MAP}" rx="5"/>'
        f"{body}{_beside(values)}</svg>"
    )


def vector_words(values: Mapping[str, Any], held: Cloud) -> str:
    """The picture in words."""
    method, count = values["method"], values["count"]
    if method == "pairs":
        best = max(zip(values["relation"]["parallel"], values["pairs"], strict=True))
        return (
            f"Arrows between {len(values['pairs'])} pairs of words, most of them pointing the same "
            f"way; the most parallel leads from {best[1][0]} to {best[1][1]}, cosine {best[0]:.2f}"
        )
    if method == "axes":
        low, high = values["ends"]["across"]
        return (
            f"{len(values['only']) or count:,} names between two ends: at the left what is nearer "
            f"to {', '.join(low)}, at the right what is nearer to {', '.join(high)}"
        )
    named = ", ".join(held.names[:5])
    return (
        f"Map of {count:,} vectors by {METHODS[method]}, with names: {named} and others; "
        f"trustworthiness {values['quality'][method]['trust']:.2f}"
    )


def vector_table(values: Mapping[str, Any], held: Cloud) -> Table:
    """Pairs with their numbers, or how far each map can be trusted."""
    if values["relation"]:
        relation = values["relation"]
        rows = tuple(
            (f"{first} → {second}", round(cosine, 3))
            for (first, second), cosine in zip(values["pairs"], relation["parallel"], strict=True)
        )
        return Table(
            "Cosine between the step of each pair and the mean step of the others",
            ("Pair", "Cosine"),
            rows,
        )
    rows = tuple(
        (METHODS[method], round(one["trust"], 4)) for method, one in values["quality"].items()
    )
    return Table(
        f"Trustworthiness of maps of {values['count']:,} vectors, on at most 1,500 of them",
        ("Map", "Trustworthiness"),
        rows,
    )


def _at(place: Sequence[float]) -> tuple[float, float]:
    return MAP * (0.5 + REACH * place[0]), TOP + MAP * (0.5 - REACH * place[1])


def _names(places: NDArray[Any], names: Sequence[str], shown: Iterable[int]) -> str:
    """Names, the first first, none over another."""
    taken: list[tuple[float, float, float, float]] = []
    parts = []
    for i in shown:
        x, y = _at(places[i])
        half = 3.9 * len(names[i]) + 4
        box = (max(2, x - half), y - 11, min(MAP - 2, x + half), y + 8)
        if any(box[0] < b[2] and b[0] < box[2] and box[1] < b[3] and b[1] < box[3] for b in taken):
            continue
        taken.append(box)
        middle = min(max(x, half + 2), MAP - half - 2)
        parts.append(_text(names[i], middle, y + 4, "t-label middle bold"))
    return "".join(parts)


def _ends(values: Mapping[str, Any]) -> str:
    """The ends of both axes of words."""
    ends = values["ends"] if values["method"] == "axes" else {}
    middle = TOP + MAP / 2
    parts = []
    if "across" in ends:
        low, high = (", ".join(side[:3]) for side in ends["across"])
        parts += [
            f'<path class="s-rule" d="M{MAP / 2},{TOP}v{MAP}"/>',
            _text(f"← {low}", 8, TOP + MAP - 10, "t-label muted start"),
            _text(f"{high} →", MAP - 8, TOP + MAP - 10, "t-label muted end"),
        ]
    if "up" in ends:
        low, high = (", ".join(side[:3]) for side in ends["up"])
        parts += [
            f'<path class="s-rule" d="M0,{middle}h{MAP}"/>',
            _text(f"↑ {high}", MAP / 2 + 8, TOP + 18, "t-label muted start"),
            _text(f"↓ {low}", MAP / 2 + 8, TOP + MAP - 30, "t-label muted start"),
        ]
    return "".join(parts)


def _arrows(values: Mapping[str, Any]) -> str:
    relation = values["relation"]
    at = {
        name: _at(place)
        for name, place in zip(relation["names"], relation["places"]["relation"], strict=True)
    }
    lines = []
    for first, second in values["pairs"]:
        (x, y), (u, v) = at[first], at[second]
        length = ((u - x) ** 2 + (v - y) ** 2) ** 0.5 or 1
        a, b = (u - x) / length, (v - y) / length
        head = f"M{u - 9 * a - 4 * b:.1f},{v - 9 * b + 4 * a:.1f}L{u:.1f},{v:.1f}"
        head += f"L{u - 9 * a + 4 * b:.1f},{v - 9 * b - 4 * a:.1f}"
        lines.append(
            f'<path class="s-accent" stroke-width="2" fill="none" '
            f'd="M{x:.1f},{y:.1f}L{u:.1f},{v:.1f}{head}"/>'
        )
    texts = [
        _text(name, min(max(x, 40), MAP - 40), y - 7, "t-label middle bold")
        for name, (x, y) in at.items()
    ]
    return "".join([*lines, *texts])


def _beside(values: Mapping[str, Any]) -> str:
    """What is shown, and how far it can be trusted."""
    method = values["method"]
    parts = [_text(METHODS[method], COLUMN, 24, "t-title")]
    parts.append(_text(f"{values['count']:,} vectors", COLUMN, 48, "t-label muted"))
    if method == "pairs":
        relation = values["relation"]
        parts.append(_text("How parallel each pair is", COLUMN, 96, "t-label muted"))
        for row, (cosine, (first, second)) in enumerate(
            zip(relation["parallel"][:16], values["pairs"][:16], strict=True)
        ):
            y = 112 + 34 * row
            parts.append(_text(f"{first} → {second}", COLUMN, y + 10, "t-small"))
            parts.append(_text(f"{cosine:.2f}", WIDTH - 4, y + 10, "t-small end"))
            wide = max(0.0, cosine) * (WIDTH - COLUMN)
            parts.append(
                f'<rect class="accent" x="{COLUMN}" y="{y + 15}" width="{wide:.1f}" height="6"/>'
            )
        parts.append(_text("Distortion of this map", COLUMN, HEIGHT - 34, "t-label muted"))
        shown = f"{relation['distortion']['relation']:.3f}"
        parts.append(_text(shown, COLUMN, HEIGHT - 8, "t-title"))
    elif method in values["quality"]:
        parts.append(_text("Trustworthiness", COLUMN, HEIGHT - 34, "t-label muted"))
        trust = f"{values['quality'][method]['trust']:.3f}"
        parts.append(_text(trust, COLUMN, HEIGHT - 8, "t-title"))
    if method in ("pca", "tsne"):
        for i, name in enumerate(values["classes"][:14]):
            y = 88 + 26 * i
            short = name if len(name) <= LETTERS else name[: LETTERS - 1].rstrip(" ,") + "…"
            parts.append(f'<circle class="cat-{i % 10}" cx="{COLUMN + 8}" cy="{y}" r="6"/>')
            parts.append(_text(short, COLUMN + 22, y + 5, "t-small"))
    return "".join(parts)


def _text(words: str, x: float, y: float, name: str) -> str:
    return f'<text class="{name}" x="{x:.4g}" y="{y:.4g}">{escape(words)}</text>'
