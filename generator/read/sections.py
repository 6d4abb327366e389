"""Headings: an anchor and a number for each."""

from __future__ import annotations

from typing import TYPE_CHECKING

from generator.errors import ArticleError
from generator.read.markdown import plain, slug
from generator.read.parts import Label

if TYPE_CHECKING:
    from markdown_it.token import Token

    from generator.read.reader import Reader


def read(
    token: Token, words: Token, where: str, name: tuple[str, str] | None, reader: Reader
) -> None:
    """Give a heading its anchor: the name that stands before it, else its words.

    Raises:  ArticleError for a first-level heading, since the page's title is one.
    """
    if token.tag == "h1":
        raise ArticleError(
            "the title in the front matter is the page's one first-level heading",
            where=where,
            hint="start this heading with '##'",
        )
    title = plain(words)
    anchor, place = name or (reader.gathered.labels.free(slug(title)), where)
    number = "" if reader.within else _number(int(token.tag[1]), reader.gathered.sections)
    reader.gathered.labels.take(Label(anchor, "section", number, title, place))
    token.attrSet("id", anchor)
    token.meta["number"] = number


def _number(level: int, counts: list[int]) -> str:
    """Count one more section: '2', '2.1'; a level that is left out counts as its first."""
    depth = level - 1
    del counts[depth:]
    counts.extend([0] * (depth - len(counts)))
    counts[-1] += 1
    return ".".join(str(max(count, 1)) for count in counts)
