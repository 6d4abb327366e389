"""Byte budgets: what a figure and a page load before the reader asks for anything."""

from __future__ import annotations

import gzip
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from generator.check.pages import Page
from generator.errors import FigureError
from generator.findings import Finding, of
from generator.render.figures import publish
from generator.resolve import Figure
from generator.store import Entry

# In bytes: HTML, styles and scripts of a page, compressed.
PAGE = 100_000
# Lets the rest of the check go on after a figure was found too heavy.
LIFTED = "999999 kB because it is being checked"


def heavy_figures(
    figures: Sequence[Figure], entries: Mapping[str, Entry], site: Path
) -> list[Finding]:
    """Every figure that loads more at first than its budget allows."""
    found = []
    for figure in figures:
        try:
            publish(figure, entries[figure.name], site)
        except FigureError as problem:
            found.append(of(problem, "budget"))
    return found


def lifted(figures: Sequence[Figure]) -> list[Figure]:
    """The same figures without a budget."""
    lift = {"budget": LIFTED}
    return [replace(one, options=one.options.model_copy(update=lift)) for one in figures]


def heavy_pages(pages: Sequence[Page]) -> list[Finding]:
    """Pages whose own text and code weigh more than they may."""
    found = []
    for page in pages:
        bytes_ = weight(page)
        if bytes_ > PAGE:
            what = f"text and code weigh {bytes_ / 1000:.0f} kB compressed; {PAGE // 1000} kB may"
            found.append(Finding(page.name, what, "make two articles of it", "budget"))
    return found


def weight(page: Page) -> int:
    """Bytes of a page's HTML and of the styles and scripts that it names, each compressed."""
    named = {(page.path.parent / name).resolve() for name in page.loads}
    return sum(_packed(path) for path in {page.path.resolve(), *named})


def _packed(path: Path) -> int:
    return len(gzip.compress(path.read_bytes())) if path.is_file() else 0
