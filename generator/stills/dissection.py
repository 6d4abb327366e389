"""The still of `units` beside concepts: what is found by category, and the units that find most."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from generator.stills.board import Pinned, board, drawn

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from generator.compute.dissection.shown import Card, Drawn

WIDTH, GAP, ROW, MOST = 760, 12, 8, 24
NAMES, BAR, LINE = 130, 500, 16


def dissection_still(shown: Drawn) -> tuple[str, dict[str, NDArray[np.uint8]]]:
    """SVG: a bar for each category and version, then the units in the order of their IoU.

    Beside it the images that it places.
    """
    head = (
        f"{shown.layer}: concepts found by its {shown.units} channels, each at the top "
        f"{100 * shown.share:.3g}% of its pixels"
    )
    bars, top = _bars(shown, 34.0)
    cards, pinned, end = _cards(shown.cards[:MOST], shown.least, top + 26)
    few = len(shown.cards) > MOST
    said = f"The {MOST} that overlap a concept most" if few else "All, by how much they overlap"
    parts = [_text(head, 0, 16, "t-title"), *bars, _text(said, 0, top + 14, "t-label muted")]
    images = board(pinned, WIDTH, end)
    whole = "".join([drawn([*images], WIDTH, end), *parts, *cards])
    open_ = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {end:g}">'
    return f"{open_}<g>{whole}</g></svg>", images


def _bars(shown: Drawn, top: float) -> tuple[list[str], float]:
    """As long as the number of different concepts that a version's units find."""
    most = max(1, *(count for counts in shown.found for count in counts))
    parts = []
    for i, category in enumerate(shown.categories):
        parts.append(_text(category, 0, top + LINE - 3, "t-label"))
        for j, counts in enumerate(shown.found):
            length = BAR * counts[i] / most
            fill = f"cat-{j}"
            parts.append(
                f'<rect class="{fill}" x="{NAMES}" y="{top:g}" width="{length:.1f}" '
                f'height="{LINE - 3}"/>'
            )
            words = f"{counts[i]} {shown.versions[j]}" if len(shown.found) > 1 else str(counts[i])
            parts.append(_text(words, NAMES + length + 6, top + LINE - 5, "t-small"))
            top += LINE
        top += 5
    return parts, top


def _cards(
    cards: tuple[Card, ...], least: float, top: float
) -> tuple[list[str], list[Pinned], float]:
    side = (WIDTH - (ROW - 1) * GAP) / ROW
    high = side * cards[0].picture.shape[0] / cards[0].picture.shape[1]
    step = high + 2 * LINE + GAP
    parts, pinned = [], []
    for i, card in enumerate(cards):
        x, y = i % ROW * (side + GAP), top + i // ROW * step
        pinned.append(Pinned(card.picture, (x, y, side, high)))
        parts.append(
            f'<rect class="frame" x="{x:.1f}" y="{y:.1f}" width="{side:.1f}" height="{high:.1f}"/>'
        )
        found = card.overlap >= least
        words = card.concept if found else f"({card.concept})"
        parts.append(_text(words, x, y + high + 14, "t-small bold" if found else "t-small muted"))
        below = f"{card.unit}: {card.overlap:.2f}"
        parts.append(_text(below, x, y + high + 14 + LINE - 2, "t-number muted"))
    return parts, pinned, top + -(-len(cards) // ROW) * step


def _text(words: str, x: float, y: float, name: str) -> str:
    return f'<text class="{name}" x="{x:g}" y="{y:g}">{escape(words)}</text>'
