"""A still in its page: the drawing with its images in their places, fetched when they come near."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

from markupsafe import Markup

PLACED = re.compile(r'href="image:([\w-]+)"')
IMAGE = re.compile(r"<image\b([^>]*?)/>")
MASK = re.compile(r"(<mask\b.*?</mask>)", re.DOTALL)
ATTRIBUTE = re.compile(r'([\w-]+)="([^"]*)"')
# Of an image's attributes, those that its place has; the others are the picture's own.
PLACE = ("class", "x", "y", "width", "height", "opacity")
# By how much the shape of a picture may differ from that of its place and fill it, as a share.
CLOSE = 0.01
FREE = "preserveAspectRatio"

Images = Mapping[str, Mapping[str, Any]]


def placed(
    stills: Mapping[str, str | None], images: Images, address: Callable[[str], str]
) -> Markup:
    """The drawing, in both schemes where they differ.

    images: `width` and `height` of each image of the payload; `address` says where one lies.
    """

    def whole(svg: str) -> str:
        # What is in a mask has no place on the page, so no browser could tell that it is near.
        parts = MASK.split(svg)
        parts[::2] = [IMAGE.sub(lambda one: _waiting(one, images), part) for part in parts[::2]]
        return PLACED.sub(lambda one: f'href="{address(one.group(1))}"', "".join(parts)).replace(
            "<img href=", "<img src="
        )

    light, dark = stills["light"] or "", stills["dark"]
    if dark is None:
        return Markup(whole(light))
    both = f'<div class="light-only">{whole(light)}</div>'
    return Markup(f'{both}<div class="dark-only">{whole(dark)}</div>')


def _waiting(match: re.Match[str], images: Images) -> str:
    """An image of SVG, which browsers fetch at once, as one of HTML, which waits to be near.

    One that would not fill its place stays as it is.
    """
    given = dict(ATTRIBUTE.findall(match.group(1)))
    name = given.get("href", "").removeprefix("image:")
    if name not in images or not _fills(given, images[name]):
        return match.group()
    classes = given.get("class", "").split()
    own = ' class="pixels"' if "pixels" in classes else ""
    given["class"] = " ".join(one for one in classes if one != "pixels")
    place = "".join(f' {key}="{given[key]}"' for key in PLACE if given.get(key))
    size = f'width="{images[name]["width"]}" height="{images[name]["height"]}"'
    picture = f'<img href="{given["href"]}" {size}{own} alt="" loading="lazy" decoding="async">'
    return f"<foreignObject{place}>{picture}</foreignObject>"


def _fills(given: Mapping[str, str], image: Mapping[str, Any]) -> bool:
    if "width" not in given or "height" not in given or {*given} - {*PLACE, "href", FREE}:
        return False
    shape = float(given["width"]) * image["height"] / (float(given["height"]) * image["width"])
    return given.get(FREE) == "none" or abs(shape - 1) <= CLOSE
