"""``:::{code} python``, ``:::{literalinclude} file``: code with a caption and numbers."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from pydantic import Field, field_validator

from generator.errors import ArticleError
from generator.read.files import inside, text_of
from generator.read.languages import language
from generator.read.options import Options, checked
from generator.read.parts import Label, Part

if TYPE_CHECKING:
    from generator.read.parts import Raw
    from generator.read.reader import Reader

NAMES = ("code", "code-block", "literalinclude")
LANGUAGES = {".js": "javascript", ".mjs": "javascript", ".css": "css", ".html": "html",
             ".json": "json", ".py": "python", ".sh": "bash", ".toml": "toml", ".yaml": "yaml",
             ".yml": "yaml", ".md": "markdown", ".bib": "bibtex"}  # fmt: skip
MOST_LINES = 100_000


class CodeOptions(Options):
    """What a listing may set."""

    name: str = Field("", description="a name that references lead to")
    caption: str = Field("", description="words under the code")
    linenos: bool = Field(False, description="whether lines are numbered; also set without a value")
    start: int = Field(1, alias="lineno-start", ge=0, description="number of the first line")
    marked: str = Field("", alias="emphasize-lines", description="lines to set off, as in '2, 4-6'")

    @field_validator("linenos", mode="before")
    @classmethod
    def bare(cls, value: Any) -> Any:
        """``:linenos:`` alone means yes."""
        return True if value is None else value


class FileOptions(CodeOptions):
    """What a listing made from a file may set besides."""

    language: str = Field("", description="the file's language, where its name does not tell")
    lines: str = Field("", description="the lines to show, as in '3-10'; all of them if empty")


@dataclass(frozen=True, kw_only=True)
class Listing(Part):
    """Code; its caption is the one stretch of its contents. `number` is "" for one without name."""

    name: str
    number: str
    text: str
    language: str
    linenos: bool
    start: int
    marked: frozenset[int]


def read(raw: Raw, reader: Reader) -> Listing:
    """The argument is the language, or the file.

    Raises:  ArticleError for an unknown language, a file that is not there, lines that are not.
    """
    options = checked(FileOptions if raw.name == "literalinclude" else CodeOptions, raw)
    text, start, name = raw.body.removesuffix("\n"), options.start, raw.argument
    if isinstance(options, FileOptions):
        path = inside(raw.argument, raw.where, reader)
        lines = text_of(path, raw.where).rstrip("\n").split("\n")
        place = raw.options["lines"].where if options.lines else raw.where
        chosen = _lines(options.lines, len(lines), place) or range(1, len(lines) + 1)
        text = "\n".join(lines[number - 1] for number in sorted(chosen))
        start = options.start if "lineno-start" in raw.options else min(chosen, default=1)
        name = options.language or LANGUAGES.get(path.suffix, "text")
    count = text.count("\n") + 1
    place = raw.options["emphasize-lines"].where if options.marked else raw.where
    number = reader.number("code") if options.name or options.caption else ""
    if options.name:
        where = raw.options["name"].where
        reader.label(Label(options.name, "code", number, options.caption, where))
    line = int(re.findall(r":(\d+)", raw.options["caption"].where)[0]) if options.caption else 1
    return Listing(
        family="code",
        where=raw.where,
        name=options.name,
        number=number,
        text=text,
        language=language(name, raw.where),
        linenos=options.linenos,
        start=start,
        marked=_lines(options.marked, count, place),
        contents=(reader.inside(raw.where).tokens(options.caption, line),),
    )


def _lines(text: str, count: int, where: str) -> frozenset[int]:
    """Numbers of lines such as '2, 4-6'; raises ArticleError for lines that are not there."""
    found: set[int] = set()
    for part in filter(None, (one.strip() for one in text.split(","))):
        match = re.fullmatch(r"(\d{1,6})(?:\s*-\s*(\d{1,6}))?", part)
        if not match:
            raise ArticleError(f"{part!r} is no line or range of lines", where=where, hint="2, 4-6")
        first, last = int(match.group(1)), int(match.group(2) or match.group(1))
        if not 1 <= first <= last <= count:
            what = f"lines {part} are not there: the code has lines 1-{count}"
            raise ArticleError(what, where=where)
        found.update(range(first, last + 1))
    return frozenset(found)
