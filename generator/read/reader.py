"""One text on its way to tokens: where it stands, and what it shares with the article around it."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from generator.errors import ArticleError
from generator.read import notes
from generator.read.article import Block
from generator.read.labels import Labels
from generator.read.markdown import parser

if TYPE_CHECKING:
    from markdown_it.token import Token

    from generator.read.parts import Label, Sort
    from generator.settings import Settings

DEEPEST = 8


@dataclass
class Gathered:
    """What is found anywhere in an article, in reading order: included files and notes too."""

    blocks: list[Block] = field(default_factory=list)
    labels: Labels = field(default_factory=Labels)
    counts: Counter[str] = field(default_factory=Counter)
    sections: list[int] = field(default_factory=list)
    notes: dict[str, tuple[list[Token], str]] = field(default_factory=dict)
    references: dict[str, Any] = field(default_factory=dict)
    files: dict[Path, int] = field(default_factory=dict)


@dataclass(frozen=True)
class Reader:
    """Reads the text of one file; directives read their own text with the same reader.

    `within` are the places of the directives around this text; `chain` says, for an included file,
    where it was asked for, and `asked` are the files on that way; `parent` is the
    number of the figure whose parts are being read.
    """

    source: str
    folder: Path
    root: Path
    about: Settings
    gathered: Gathered
    chain: str = ""
    asked: tuple[str, ...] = ()
    within: tuple[str, ...] = ()
    parent: str = ""

    def where(self, line: int) -> str:
        """How messages name a line of this text."""
        return f"{self.source}:{line}{self.chain}"

    def number(self, sort: Sort) -> str:
        """The number of one more figure, table, equation or listing.

        Parts of a figure have letters; past z the letters are doubled.
        """
        if sort == "figure" and self.parent:
            index = self.gathered.counts[f"parts of {self.parent}"]
            self.gathered.counts[f"parts of {self.parent}"] += 1
            return self.parent + chr(ord("a") + index % 26) * (index // 26 + 1)
        self.gathered.counts[sort] += 1
        return str(self.gathered.counts[sort])

    def label(self, label: Label) -> None:
        """Take a name for something; raises ArticleError where it is taken or cannot be one."""
        self.gathered.labels.take(label)

    def inside(self, where: str, parent: str = "") -> Reader:
        """A reader for the text of a directive that stands at `where`.

        Raises:  ArticleError for directives inside directives without end.
        """
        if len(self.within) == DEEPEST:
            raise ArticleError(f"directives stand more than {DEEPEST} deep", where=where)
        return replace(self, within=(*self.within, where), parent=parent)

    def tokens(self, text: str, first_line: int = 1) -> list[Token]:
        """Parse `text`, which starts at `first_line` of this file, directives included.

        Raises:  ArticleError for whatever the text has that cannot be read.
        """
        from generator.read.blocks import read_blocks

        md = parser(
            unsafe=self.about.unsafe_html,
            extensions=self.about.extensions,
            inside=bool(self.within or self.chain),
        )
        # Some rules of the plugins look one sign too far at the end of a text without a newline.
        env = {"references": self.gathered.references}
        parsed = md.parse(text if text.endswith("\n") else text + "\n", env)
        notes.find_words(parsed, env)
        for token in parsed:
            if token.map:
                token.map = [line + first_line - 1 for line in token.map]
            if self.chain:
                token.meta["source"] = self.source
            if "attributes" in token.meta:
                token.meta["attributes"] += first_line - 1
        return read_blocks(parsed, self) if self.about.extensions else parsed


def reader(folder: Path, about: Settings, slug: str) -> Reader:
    """A reader for the article in `folder`, whose address below ``articles/`` is `slug`."""
    root = folder.parents[slug.count("/") + 1]
    return Reader(f"articles/{slug}/index.md", folder, root, about, Gathered())
