"""Pictures and other files of an article: copied into the site under their hash, and placed."""

from __future__ import annotations

from html import escape
from pathlib import Path
from typing import TYPE_CHECKING

from generator.errors import ArticleError
from generator.render.prose import Placed
from generator.render.svg import filtered
from generator.site import asset

if TYPE_CHECKING:
    from generator.read.pictures import Picture
    from generator.render.prose import Prose

PICTURES = (".avif", ".gif", ".jpeg", ".jpg", ".png", ".webp")
# What runs when a browser opens it.
ACTIVE = (".htm", ".html", ".js", ".mjs", ".xhtml", ".xht", ".xml", ".xsl")
TURNED = range(5, 9)


def img(picture: Picture, prose: Prose) -> str:
    """One picture, or one for each colour scheme, of which the other is never fetched."""
    if picture.dark is None:
        return _img(picture, picture.light, picture.classes, prose)
    return _img(picture, picture.light, f"light-only {picture.classes}".strip(), prose) + _img(
        picture, picture.dark, f"dark-only {picture.classes}".strip(), prose
    )


def _img(picture: Picture, path: Path, classes: str, prose: Prose) -> str:
    placed = prose.place(path, picture.where)
    width, height = _size(picture, placed)
    attributes = {
        "src": placed.href,
        "alt": picture.alt,
        "title": picture.title or None,
        "width": str(width) if width else None,
        "height": str(height) if height else None,
        "class": classes or None,
        "loading": "lazy",
        "decoding": "async",
    }
    shown = (f'{name}="{escape(value)}"' for name, value in attributes.items() if value is not None)
    return f"<img {' '.join(shown)}>"


def _size(picture: Picture, placed: Placed) -> tuple[int, int]:
    """Width and height in pixels: as asked for, in the picture's own proportion, or its own."""
    if not placed.width or not placed.height:
        return picture.width or 0, picture.height or 0
    if picture.width:
        own = round(picture.width * placed.height / placed.width)
        return picture.width, picture.height or max(own, 1)
    if picture.height:
        return max(round(picture.height * placed.width / placed.height), 1), picture.height
    return placed.width, placed.height


def publish(path: Path, where: str, site: Path, *, unsafe: bool) -> tuple[Path, int, int]:
    """Copy a file into the site; gives its place there and a picture's size in pixels.

    Raises:  ArticleError for a picture that cannot be read, and for a file that would run in the
             reader's browser, unless the site allows what is unsafe.
    """
    suffix = path.suffix.lower()
    content, size = path.read_bytes(), (0, 0)
    if suffix == ".svg":
        content, size = filtered(content, path.name, where, unsafe=unsafe)
    elif suffix in PICTURES:
        size = _measured(path, where)
    elif suffix in ACTIVE and not unsafe:
        raise ArticleError(
            f"{path.name} would run in the reader's browser",
            where=where,
            hint="set 'unsafe_html = true' in explorable.toml if you wrote it yourself",
        )
    return asset(site, content, suffix), *size


def _measured(path: Path, where: str) -> tuple[int, int]:
    """Width and height as the picture is shown, turned as its camera says."""
    from PIL import Image, UnidentifiedImageError

    try:
        with Image.open(path) as image:
            width, height = image.size
            turned = image.getexif().get(0x0112, 1) in TURNED
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        raise ArticleError(f"{path.name} is damaged, or no picture", where=where) from None
    return (height, width) if turned else (width, height)
