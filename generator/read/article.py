"""An article as the later stages see it: front matter, prose tokens, blocks, references."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from generator.read.labels import Labels
from generator.read.parts import Option

if TYPE_CHECKING:
    from markdown_it.token import Token

    from generator.read.citations import Reference
    from generator.read.front import FrontMatter
    from generator.read.rights import Rights
    from generator.read.versions import Version


@dataclass(frozen=True)
class Block:
    """One figure directive: its kind, its options as written, its caption."""

    kind: str
    name: str
    options: dict[str, Option]
    caption: list[Token]
    where: str
    number: str
    rights: Rights | None = None

    @property
    def contents(self) -> tuple[list[Token], ...]:
        """Its texts, as every part of an article has them."""
        return (self.caption,)


@dataclass(frozen=True)
class Article:
    """A folder under ``articles/``; `tokens` hold the prose with each block in its place.

    `labels` are what references lead to, `files` what the text shows, includes or links to.
    `found` has, for each family of roles, what it found in this article. `versions` are newest
    first, and none where the article has only one; `version` is this one's number.
    """

    slug: str
    folder: Path
    front: FrontMatter
    tokens: list[Token]
    blocks: list[Block]
    labels: Labels = field(default_factory=Labels)
    files: set[Path] = field(default_factory=set)
    found: dict[str, Any] = field(default_factory=dict)
    version: int = 0
    versions: tuple[Version, ...] = ()

    @property
    def anchors(self) -> frozenset[str]:
        """Every anchor that the text can be entered at."""
        return frozenset(self.labels)

    @property
    def references(self) -> list[Reference]:
        """Works in the order in which they are first cited."""
        cited: list[Reference] = self.found["cite"].cited
        return cited

    @property
    def current(self) -> bool:
        """Whether this is the version that lists and links mean."""
        return not self.versions or self.version == self.versions[0].number

    @property
    def source(self) -> str:
        """How messages name the article's text."""
        return f"articles/{self.slug}/index.md"
