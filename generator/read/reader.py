"""One text on its way to tokens: where it stands, and what it shares with the article around it."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from generator.read.article import Block
from generator.read.markdown import parser, tokens

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.token import Token

    from generator.settings import Settings


@dataclass
class Gathered:
    """What is found anywhere in an article, in reading order: included files and notes too."""

    blocks: list[Block] = field(default_factory=list)
    counts: Counter[str] = field(default_factory=Counter)


@dataclass(frozen=True)
class Reader:
    """Reads the text of one file; directives read their own text with the same reader."""

    md: MarkdownIt
    source: str
    folder: Path
    gathered: Gathered

    def where(self, line: int) -> str:
        """How messages name a line of this text."""
        return f"{self.source}:{line}"

    def number(self, sort: str) -> int:
        """Count one more figure, table or equation."""
        self.gathered.counts[sort] += 1
        return self.gathered.counts[sort]

    def tokens(self, text: str, first_line: int = 1) -> list[Token]:
        """Parse `text`, which starts at `first_line` of this file, directives included."""
        from generator.read.directives import directive

        parsed = tokens(self.md, text, self.source, first_line)
        for token in parsed:
            if token.type == "colon_fence":
                token.meta = {"directive": directive(token, self)}
        return parsed


def reader(folder: Path, about: Settings) -> Reader:
    """A reader for the article in `folder`."""
    return Reader(parser(), f"articles/{folder.name}/index.md", folder, Gathered())
