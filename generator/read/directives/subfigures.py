"""``::::{subfigures}``: figures side by side under one number, each with a letter."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from pydantic import Field

from generator.errors import FigureError
from generator.read.article import Block
from generator.read.directives.picture import Still
from generator.read.options import Options, checked
from generator.read.parts import Label, Part

if TYPE_CHECKING:
    from markdown_it.token import Token

    from generator.read.parts import Raw
    from generator.read.reader import Reader

NAMES = ("subfigures",)


class SubfiguresOptions(Options):
    """What a group of figures may set."""

    name: str = Field(description="a name that references lead to")
    columns: Literal[1, 2, 3, 4] = Field(2, description="side by side where there is room")
    layout: Literal["body", "page", "screen"] = Field("page", description="how wide it stands")


@dataclass(frozen=True, kw_only=True)
class Subfigures(Part):
    """The figures are the first stretch of its contents, the caption of all of them the second."""

    name: str
    number: str
    columns: int
    layout: str


def read(raw: Raw, reader: Reader) -> Subfigures:
    """Figures and pictures in the text are its parts, what else stands there is the caption.

    Raises:  FigureError for a group without a figure.
    """
    options = checked(SubfiguresOptions, raw)
    number = reader.number("figure")
    reader.label(Label(options.name, "figure", number, "", raw.options["name"].where))
    parts: list[Token] = []
    caption: list[Token] = []
    for token in reader.inside(raw.where, parent=number).tokens(raw.body, raw.line):
        is_part = isinstance(token.meta.get("directive"), Block | Still) and token.level == 0
        (parts if is_part else caption).append(token)
    if not parts:
        raise FigureError(
            "there is no figure in this group",
            where=raw.where,
            hint="fence the group with more colons than the figures in it",
        )
    return Subfigures(
        family="subfigures",
        where=raw.where,
        name=options.name,
        number=number,
        columns=options.columns,
        layout=options.layout,
        contents=(parts, caption),
    )
