"""Altair charts to SVG stills in both colour schemes, with the site's own font.

The renderer's SVG is cut down to what a picture needs: no fixed size, no style attributes (the
page's policy forbids them), no roles (the figure has one alternative text), nothing invisible.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from hashlib import sha256
from json import dumps
from typing import Any
from xml.etree import ElementTree

from generator.errors import FigureError
from generator.export.chart_theme import chart_theme
from generator.figure import Still
from generator.package import templates_folder
from generator.palette import DARK, LIGHT, Palette

SVG = "http://www.w3.org/2000/svg"
XLINK = "http://www.w3.org/1999/xlink"
# As in clip-path="url(#clip3)".
REFERENCE = re.compile(r"(?<=url\()#([\w-]+)(?=\))")
KEPT_CLASS = re.compile(r"\brole-(axis|legend|title)\b")


def chart_still(spec: Mapping[str, Any]) -> Still:
    """Draw a Vega-Lite chart twice; text keeps its words and is set in the page's font.

    Raises:  FigureError for a specification that the renderer does not take.
    """
    return Still(light=_svg(spec, LIGHT, "l"), dark=_svg(spec, DARK, "d"))


def _svg(spec: Mapping[str, Any], palette: Palette, scheme: str) -> str:
    import vl_convert

    _fonts()
    try:
        svg: str = vl_convert.vegalite_to_svg(
            {**spec, "background": None}, config=chart_theme(palette)
        )
    except ValueError as problem:
        first = str(problem).strip().splitlines()[0]
        raise FigureError(f"the chart cannot be drawn: {first}") from None
    told = sha256(dumps(spec, sort_keys=True).encode()).hexdigest()[:8]
    return plain(svg, f"{scheme}{told}")


def plain(svg: str, prefix: str) -> str:
    """The same picture without what only a lone SVG file needs; ids begin with `prefix`.

    The renderer numbers ids through all charts it draws; here they are counted anew, so that the
    bytes do not depend on what was drawn before.

    Raises:  ValueError for a style attribute, which the page would not apply.
    """
    ElementTree.register_namespace("", SVG)
    ElementTree.register_namespace("xlink", XLINK)
    root = ElementTree.fromstring(svg)
    for name in ("width", "height", "version", "class"):
        root.attrib.pop(name, None)
    _prune(root)
    _forget(root)
    ids = [element.attrib["id"] for element in root.iter() if "id" in element.attrib]
    names = {name: f"{prefix}-{i}" for i, name in enumerate(ids)}
    for element in root.iter():
        _strip(element, names)
    return ElementTree.tostring(root, encoding="unicode")


def _forget(root: ElementTree.Element) -> None:
    """Remove definitions that nothing refers to any more."""
    used = {name for element in root.iter() for name in REFERENCE.findall(str(element.attrib))}
    for parent in root.iter(f"{{{SVG}}}defs"):
        for child in [child for child in parent if child.get("id") not in used]:
            parent.remove(child)


def _prune(parent: ElementTree.Element) -> None:
    """Remove what is drawn but not seen, and groups that it leaves empty."""
    for child in list(parent):
        _prune(child)
        hidden = child.get("opacity") == "0" or child.get("display") == "none"
        unpainted = (
            child.tag == f"{{{SVG}}}path"
            and child.get("fill", "none") in ("none", "transparent")
            and child.get("stroke", "transparent") == "transparent"
        )
        empty = child.tag == f"{{{SVG}}}g" and len(child) == 0
        if hidden or empty or (unpainted and not _inherits(parent)):
            parent.remove(child)


def _inherits(group: ElementTree.Element) -> bool:
    """Clip paths are shapes without paint."""
    return group.tag == f"{{{SVG}}}clipPath"


def _strip(element: ElementTree.Element, names: Mapping[str, str]) -> None:
    if element.get("style"):
        raise ValueError(f"a chart's picture has a style attribute: {element.get('style')}")
    for name in list(element.attrib):
        if name.startswith("aria-") or name in ("role", "pointer-events"):
            del element.attrib[name]
    if "class" in element.attrib:
        kept = KEPT_CLASS.search(element.attrib.pop("class"))
        if kept:
            element.set("class", f"chart-{kept.group(1)}")
    for name, value in element.attrib.items():
        if name == "id":
            element.set(name, names[value])
        else:
            element.set(name, REFERENCE.sub(lambda found: f"#{names[found.group(1)]}", value))


@cache
def _fonts() -> None:
    """Measure text with the fonts that the page will use, whatever this machine has."""
    import vl_convert

    vl_convert.register_font_directory(str(templates_folder() / "vendor/fonts/ttf"))
