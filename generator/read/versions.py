"""Older versions of an article: ``articles/<slug>/v/<n>/``, whole folders, each with an address."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date as Date  # noqa: N812
from pathlib import Path
from typing import TYPE_CHECKING

from generator.errors import ArticleError

if TYPE_CHECKING:
    from generator.read.article import Article

FOLDER = "v"


@dataclass(frozen=True)
class Version:
    """One version of an article: its number, the address below ``articles/``, its day."""

    number: int
    slug: str
    date: Date


def older(folder: Path) -> list[tuple[int, Path]]:
    """Folders of an article's older versions, oldest first.

    Raises:  ArticleError for a folder below ``v/`` whose name is no number.
    """
    found = []
    for path in (folder / FOLDER).glob("*/index.md"):
        name = path.parent.name
        if not (name.isascii() and name.isdigit()) or name.startswith("0"):
            raise ArticleError(
                f"{name!r} is no number of a version",
                where=f"articles/{folder.name}/{FOLDER}/{name}",
                hint="older versions lie in v/1, v/2 and so on",
            )
        found.append((int(name), path.parent))
    return sorted(found)


def joined(present: Article, before: list[tuple[int, Article]]) -> list[Article]:
    """The present version and those before it, each knowing all of them."""
    if not before:
        return [present]
    numbered = [(before[-1][0] + 1, present), *reversed(before)]
    known = tuple(
        Version(number, one.slug, one.front.updated or one.front.date) for number, one in numbered
    )
    return [replace(one, version=number, versions=known) for number, one in numbered]
