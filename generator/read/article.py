"""An article as the later stages see it: front matter, prose tokens, blocks, references."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date as Date  # noqa: N812  the field is called date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pydantic import BaseModel, ConfigDict, Field

from generator.read.parts import Option

if TYPE_CHECKING:
    from markdown_it.token import Token

    from generator.read.citations import Reference


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Author(_Part):
    """One author, as shown under the title."""

    name: str = Field(description="as the author writes it")
    affiliation: str = Field("", description="where they work")
    orcid: str = Field("", pattern=r"^$|^\d{4}-\d{4}-\d{4}-\d{3}[\dX]$", description="ORCID iD")
    url: str = Field("", pattern=r"^$|^https?://", description="their page")


class Change(_Part):
    """One entry of the changelog."""

    date: Date = Field(description="when")
    text: str = Field(description="what changed for a reader")


class Survey(_Part):
    """What of the survey an article covers."""

    cells: tuple[str, ...] = Field((), description="5W1H cells, such as '6.3'")
    rows: tuple[str, ...] = Field((), description="catalogue rows it re-creates, such as 'T11'")


class FrontMatter(_Part):
    """The YAML block at the head of ``index.md``."""

    title: str = Field(description="the page's one h1")
    subtitle: str = Field("", description="one line under the title")
    description: str = Field(description="one sentence for lists and search engines")
    authors: tuple[Author, ...] = Field((), description="in order")
    date: Date = Field(description="first published")
    updated: Date | None = Field(None, description="last changed in a way a reader would notice")
    doi: str = Field("", pattern=r"^$|^10\.\d{4,9}/\S+$", description="without a resolver")
    license: str = Field("CC BY 4.0", description="of the text")
    tags: tuple[str, ...] = Field((), description="for lists")
    survey: Survey = Field(Survey(), description="what of the survey it covers")
    language: str = Field("en", pattern=r"^[a-z]{2,3}(-[A-Za-z0-9]+)*$", description="BCP 47 tag")
    changelog: tuple[Change, ...] = Field((), description="newest first")


@dataclass(frozen=True)
class Block:
    """One figure directive: its kind, its options as written, its caption."""

    kind: str
    name: str
    options: dict[str, Option]
    caption: list[Token]
    where: str
    number: int

    @property
    def contents(self) -> tuple[list[Token], ...]:
        """Its texts, as every part of an article has them."""
        return (self.caption,)


@dataclass(frozen=True)
class Article:
    """A folder under ``articles/``; `tokens` hold the prose with each block in its place.

    `found` has, for each family of roles, what it found in this article.
    """

    slug: str
    folder: Path
    front: FrontMatter
    tokens: list[Token]
    blocks: list[Block]
    anchors: frozenset[str] = field(default_factory=frozenset)
    found: dict[str, Any] = field(default_factory=dict)

    @property
    def references(self) -> list[Reference]:
        """Works in the order in which they are listed."""
        listed: list[Reference] = self.found["cite"]
        return listed

    @property
    def source(self) -> str:
        """How messages name the article's text."""
        return f"articles/{self.slug}/index.md"
