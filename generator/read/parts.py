"""What the marks of a text become: roles within a line, parts where a directive stood, labels."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar, Literal

if TYPE_CHECKING:
    from markdown_it.token import Token

Sort = Literal["figure", "table", "equation", "code", "section", "place"]


@dataclass(frozen=True)
class Role:
    """An inline role such as ``{cite}`key```."""

    name: str
    text: str
    where: str


@dataclass(frozen=True)
class Option:
    """One ``:name: value`` line of a directive: its value as YAML, and as it is written."""

    value: Any
    where: str
    text: str = ""


@dataclass(frozen=True)
class Raw:
    """A directive as it is written: argument on `title_line`, body from `line` on."""

    name: str
    argument: str
    options: dict[str, Option]
    body: str
    where: str
    line: int
    title_line: int = 1


@dataclass(frozen=True, kw_only=True)
class Part:
    """What a directive of prose became; each family has a subclass with fields of its own.

    `contents` are all tokens inside it, one list for each stretch of text, in reading order: roles,
    figures and notes in them are found there. A part that is `spliced` leaves its first contents in
    its place and is gone.
    """

    family: str
    where: str
    contents: tuple[list[Token], ...] = ()
    spliced: ClassVar[bool] = False


@dataclass(frozen=True)
class Label:
    """Something that a reference may lead to: its anchor, and how it is called.

    `number` is empty for what has none; `title` is a section's words or a caption's.
    """

    name: str
    sort: Sort
    number: str
    title: str
    where: str
