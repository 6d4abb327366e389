"""``:::{note} Title``: a box of prose in the text, or beside it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from pydantic import Field

from generator.errors import ArticleError
from generator.read.options import Options, checked
from generator.read.parts import Label, Part

if TYPE_CHECKING:
    from generator.read.parts import Raw
    from generator.read.reader import Reader

TITLES = {
    "note": "Note",
    "tip": "Tip",
    "hint": "Hint",
    "important": "Important",
    "warning": "Careful",
    "caution": "Careful",
    "attention": "Careful",
    "danger": "Danger",
    "error": "Error",
    "seealso": "See also",
    "admonition": "",
    "dropdown": "",
    "aside": "",
    "margin": "",
}
NAMES = tuple(TITLES)
SORTS = {"hint": "tip", "caution": "warning", "attention": "warning", "error": "danger",
         "admonition": "note", "margin": "aside"}  # fmt: skip


class NoteOptions(Options):
    """What a box may set."""

    name: str = Field("", description="a name that references lead to")
    classes: str = Field("", alias="class", description="'dropdown': shut until it is asked for")
    open: bool = Field(False, description="whether a box that can be shut is open at first")


@dataclass(frozen=True, kw_only=True)
class Note(Part):
    """A box: its sort, its title as the first stretch of its contents, its text as the second."""

    sort: str
    name: str
    folds: bool
    open: bool


def read(raw: Raw, reader: Reader) -> Note:
    """The argument is the title; without one the sort names itself.

    Raises:  ArticleError for a box that can be shut, or is of no sort, and has no title.
    """
    options = checked(NoteOptions, raw)
    folds = raw.name == "dropdown" or "dropdown" in options.classes.split()
    title = raw.argument or TITLES[raw.name]
    if not title and (folds or raw.name == "admonition"):
        raise ArticleError(
            f"this {raw.name} has no title",
            where=raw.where,
            hint=f":::{{{raw.name}}} A few words",
        )
    if options.name:
        where = raw.options["name"].where
        reader.label(Label(options.name, "place", "", title, where))
    inner = reader.inside(raw.where)
    return Note(
        family="note",
        where=raw.where,
        sort=SORTS.get(raw.name, raw.name),
        name=options.name,
        folds=folds,
        open=options.open,
        contents=(inner.tokens(title, raw.title_line), inner.tokens(raw.body, raw.line)),
    )
