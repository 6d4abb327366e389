"""SVG files without anything that could run or ask another host."""

from __future__ import annotations

import re
from xml.etree import ElementTree

from generator.errors import ArticleError

SVG = "http://www.w3.org/2000/svg"
XLINK = "http://www.w3.org/1999/xlink"
XML = "http://www.w3.org/XML/1998/namespace"
DROPPED = ("script", "foreignObject", "handler", "listener", "set", "animate", "animateMotion",
           "animateTransform", "iframe", "audio", "video", "a")  # fmt: skip
RASTER = re.compile(r"data:image/(png|jpeg|gif|webp);base64,[A-Za-z0-9+/=\s]*")
ADDRESS = re.compile(r"url\(\s*['\"]?\s*([^'\")\s]*)", re.IGNORECASE)
LENGTH = re.compile(r"\s*([\d.]+(?:e-?\d+)?)\s*(px|pt|pc|mm|cm|in|em|ex)?\s*")
PIXELS = {"px": 1, "pt": 4 / 3, "pc": 16, "mm": 96 / 25.4, "cm": 96 / 2.54, "in": 96, "em": 16,
          "ex": 8}  # fmt: skip
DEFAULT = (300, 150)
SHEET = re.compile(r"@import|expression\(|-moz-binding|behaviou?r:|javascript:", re.IGNORECASE)


def filtered(
    content: bytes, name: str, where: str, *, unsafe: bool = False
) -> tuple[bytes, tuple[int, int]]:
    """The file without scripts, events and addresses, and its size in pixels.

    Raises:  ArticleError with the file's own line where it is no XML or no SVG.
    """
    try:
        root = ElementTree.fromstring(content)
    except ElementTree.ParseError as problem:
        line = problem.position[0]
        raise ArticleError(f"{name}, line {line}, is not XML: {problem}", where=where) from None
    except (ValueError, LookupError) as problem:
        raise ArticleError(f"{name} is not XML: {problem}", where=where) from None
    if root.tag != f"{{{SVG}}}svg":
        hint = f'its first element is <svg xmlns="{SVG}">'
        raise ArticleError(f"{name} is no SVG", where=where, hint=hint)
    size = _size(root)
    if unsafe:
        return content, size
    _clean(root)
    ElementTree.register_namespace("", SVG)
    ElementTree.register_namespace("xlink", XLINK)
    return ElementTree.tostring(root, encoding="utf-8"), size


def _clean(root: ElementTree.Element) -> None:
    """Take out elements and attributes, from the outside inwards."""
    waiting = [root]
    while waiting:
        element = waiting.pop()
        for name, value in list(element.attrib.items()):
            if not _harmless(name, value):
                del element.attrib[name]
        for child in list(element):
            space, _, tag = str(child.tag).removeprefix("{").partition("}")
            if space != SVG or tag in DROPPED or (tag == "style" and _reaches(child.text or "")):
                element.remove(child)
            else:
                waiting.append(child)


def _harmless(name: str, value: str) -> bool:
    space, _, own = name.removeprefix("{").rpartition("}")
    if space not in ("", XLINK, XML) or own.lower().startswith("on"):
        return False
    if own in ("href", "src"):
        address = re.sub(r"[\x00-\x20]", "", value)
        return address.startswith("#") or bool(RASTER.fullmatch(value.strip()))
    return own != "base" and not _reaches(value)


def _reaches(style: str) -> bool:
    """Whether a style or value asks for anything outside the file, or could run."""
    plain = re.sub(r"/\*.*?\*/", "", style, flags=re.DOTALL)
    if "\\" in plain or SHEET.search(plain):
        return True
    return any(not address.startswith("#") for address in ADDRESS.findall(plain))


def _size(root: ElementTree.Element) -> tuple[int, int]:
    """Width and height in pixels, from those attributes or else from the viewBox."""
    box = [float(n) for n in re.findall(r"-?[\d.]+(?:e-?\d+)?", root.get("viewBox", ""))
           if re.fullmatch(r"-?\d*\.?\d+(?:e-?\d+)?", n)]  # fmt: skip
    width, height = _pixels(root.get("width")), _pixels(root.get("height"))
    if len(box) == 4 and box[2] > 0 and box[3] > 0:
        if width and not height:
            height = width * box[3] / box[2]
        elif height and not width:
            width = height * box[2] / box[3]
        width, height = width or box[2], height or box[3]
    return max(round(width or DEFAULT[0]), 1), max(round(height or DEFAULT[1]), 1)


def _pixels(length: str | None) -> float:
    """A length in pixels; 0 for none, and for a share of what surrounds the picture."""
    match = LENGTH.fullmatch(length or "")
    if not match or match.group(1).count(".") > 1 or match.group(1) == ".":
        return 0
    return min(float(match.group(1)) * PIXELS[match.group(2) or "px"], 99_999)
