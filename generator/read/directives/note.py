"""``:::{note} Title``: a box of prose beside or within the text."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from generator.read.parts import Part

if TYPE_CHECKING:
    from generator.read.parts import Raw
    from generator.read.reader import Reader

TITLES = {"note": "Note", "aside": "Aside", "warning": "Careful"}
NAMES = tuple(TITLES)


@dataclass(frozen=True, kw_only=True)
class Note(Part):
    """A box: its sort, its title, its text as the one stretch of its contents."""

    sort: str
    title: str


def read(raw: Raw, reader: Reader) -> Note:
    """The argument is the title; without one the sort names itself."""
    return Note(
        family="note",
        where=raw.where,
        sort=raw.name,
        title=raw.argument or TITLES[raw.name],
        contents=(reader.tokens(raw.body, raw.line),),
    )
