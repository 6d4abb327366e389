"""Pictures that are files of the article: found, and told in words."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import unquote

from generator.errors import ArticleError, nearest
from generator.read.files import inside, parted
from generator.read.markdown import plain

if TYPE_CHECKING:
    from markdown_it.token import Token

    from generator.read.reader import Reader

SUFFIXES = (".avif", ".gif", ".jpeg", ".jpg", ".png", ".svg", ".webp")


@dataclass(frozen=True)
class Picture:
    """A picture in one or both colour schemes; width and height are what the author asked for."""

    light: Path
    dark: Path | None
    alt: str
    where: str
    width: int | None = None
    height: int | None = None
    title: str = ""
    classes: str = ""


def inline(token: Token, where: str, reader: Reader) -> None:
    """``![alt](file)`` within a line.

    Raises:  ArticleError for a picture of another site, of no known sort, or without words.
    """
    attrs = token.attrs
    alt = str(attrs.get("alt") or plain(token))
    classes = str(attrs.get("class", ""))
    if not alt and "decorative" not in classes.split():
        raise ArticleError(
            "this picture has no words for those who do not see it",
            where=where,
            hint="write them between the brackets, or say {.decorative} behind the picture",
        )
    token.meta["picture"] = Picture(
        light=picture(str(attrs["src"]), where, reader),
        dark=None,
        alt=alt,
        where=where,
        width=int(attrs["width"]) if "width" in attrs else None,
        height=int(attrs["height"]) if "height" in attrs else None,
        title=str(attrs.get("title", "")),
        classes=classes,
    )


def picture(address: str, where: str, reader: Reader) -> Path:
    """The file of a picture.

    Raises:  ArticleError for an address of another site, a file that is not there or outside the
             project, or one of no known sort.
    """
    parts = parted(address, where)
    if parts.netloc or parts.scheme:
        raise ArticleError(
            f"the picture {address!r} is on another site, which no page may ask",
            where=where,
            hint="keep it beside the article, with its licence",
        )
    path = inside(unquote(parts.path), where, reader)
    if path.suffix.lower() not in SUFFIXES:
        raise ArticleError(
            f"{path.name!r} is no picture that browsers know",
            where=where,
            hint=nearest(path.suffix, SUFFIXES),
        )
    return path
