"""``:::{figure} file`` and ``:::{image} file``: pictures that are files, numbered and plain."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from pydantic import Field

from generator.errors import ArticleError, FigureError
from generator.read.options import Options, checked
from generator.read.parts import Label, Part
from generator.read.pictures import Picture, picture
from generator.read.rights import Rights, stated

if TYPE_CHECKING:
    from generator.read.parts import Raw
    from generator.read.reader import Reader

NAMES = ("figure", "image")


class PictureOptions(Options):
    """What a picture may set."""

    name: str = Field("", description="a name that references lead to")
    alt: str = Field(description="what the picture tells, in words; empty for mere decoration")
    dark: str = Field("", description="the file to show on dark pages")
    width: int | None = Field(None, ge=1, le=99_999, description="in pixels")
    height: int | None = Field(None, ge=1, le=99_999, description="in pixels")
    layout: Literal["body", "page", "screen"] = Field("body", description="how wide it stands")
    credit: str = Field("", description="who made the picture")
    license: str = Field("", description="what may be done with it, if not what the site says")
    source: str = Field("", pattern=r"^$|^https?://\S+$", description="where it comes from")


@dataclass(frozen=True, kw_only=True)
class Still(Part):
    """A picture; its caption is the one stretch of its contents, `number` is "" without one."""

    name: str
    number: str
    picture: Picture
    layout: str
    rights: Rights | None


def read(raw: Raw, reader: Reader) -> Still:
    """The argument is the file.

    Raises:  ArticleError for a file that is no picture of the project; FigureError for a figure
             without a name.
    """
    options = checked(PictureOptions, raw)
    numbered = raw.name == "figure"
    if numbered and not options.name:
        hint = "add a line ':name: fig-something'"
        raise FigureError("this figure has no name", where=raw.where, hint=hint)
    if raw.name == "image" and raw.body.strip():
        hint = "write {figure}, and give it a name"
        raise ArticleError("an image has no caption", where=raw.where, hint=hint)
    number = reader.number("figure") if numbered else ""
    if options.name:
        sort: Literal["figure", "place"] = "figure" if numbered else "place"
        where = raw.options["name"].where
        reader.label(Label(options.name, sort, number, "", where))
    dark = raw.options["dark"].where if "dark" in raw.options else raw.where
    return Still(
        family="picture",
        where=raw.where,
        name=options.name,
        number=number,
        picture=Picture(
            light=picture(raw.argument, raw.where, reader),
            dark=picture(options.dark, dark, reader) if options.dark else None,
            alt=options.alt,
            where=raw.where,
            width=options.width,
            height=options.height,
        ),
        layout=options.layout,
        rights=stated(options.credit, options.license, options.source),
        contents=(reader.inside(raw.where).tokens(raw.body, raw.line),),
    )
