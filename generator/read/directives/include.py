"""``:::{include} part.md``: the text of another file of the project, in place."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, ClassVar

from generator.errors import ArticleError
from generator.read.files import inside, text_of
from generator.read.options import Options, checked
from generator.read.parts import Part

if TYPE_CHECKING:
    from generator.read.parts import Raw
    from generator.read.reader import Reader

NAMES = ("include",)
# Files may ask for one another without end; their text may double with each.
MOST = 200
LONGEST = 2_000_000


@dataclass(frozen=True, kw_only=True)
class Include(Part):
    """The tokens of another file; they take the place of the directive."""

    spliced: ClassVar[bool] = True


def read(raw: Raw, reader: Reader) -> Include:
    """Read the file with a reader of its own, whose places say where it was asked for.

    Raises:  ArticleError for a file that is not there, outside the project, not UTF-8, or asks for
             itself by way of others.
    """
    checked(Options, raw)
    if raw.body.strip():
        raise ArticleError("an include has no text of its own", where=raw.where)
    path = inside(raw.argument, raw.where, reader)
    source = path.relative_to(reader.root.resolve()).as_posix()
    if source in (reader.source, *reader.asked):
        round_trip = " -> ".join([*reader.asked, reader.source, source])
        raise ArticleError(f"the file asks for itself: {round_trip}", where=raw.where)
    text = text_of(path, raw.where)
    count = reader.gathered.counts
    count["includes"] += 1
    count["included"] += len(text)
    if count["includes"] > MOST or count["included"] > LONGEST:
        raise ArticleError(
            f"more than {MOST} files, or {LONGEST // 1_000_000} MB, are included", where=raw.where
        )
    inner = replace(
        reader,
        source=source,
        folder=path.parent,
        chain=f" (included at {raw.where})",
        asked=(*reader.asked, reader.source),
    )
    return Include(family="include", where=raw.where, contents=(inner.tokens(text),))
