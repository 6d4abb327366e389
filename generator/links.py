"""Every link of the built pages leads somewhere inside the site, anchors included."""

from __future__ import annotations

import os
import re
from collections.abc import Container, Iterator, Mapping
from html import unescape
from pathlib import Path
from urllib.parse import unquote, urldefrag, urlsplit

from generator.errors import SiteError

POINTERS = {("a", "href"), ("link", "href"), ("script", "src"), ("img", "src"), ("image", "href"),
            ("iframe", "src"), ("source", "srcset"), ("figure", "data-payload"),
            ("figure", "data-arrays"), ("figure", "data-living")}  # fmt: skip
POINTING = {tag for tag, _ in POINTERS}
# Of the tags of a page most are parts of drawings, so they are told apart at the regexp's speed.
INSIDE = r"""((?:[^>"']|"[^"]*+"|'[^']*+')*+)>"""
TAG = re.compile(
    rf"<!--.*?-->|<(script|style)\b{INSIDE}.*?</\1\b|<([a-z][^\s/>]*+){INSIDE}",
    re.DOTALL | re.IGNORECASE,
)
ATTRIBUTE = re.compile(r"""([^\s"'<>/=]++)(?:\s*+=\s*+(?:"([^"]*+)"|'([^']*+)'|([^\s"'>]++)))?""")


class Site:
    """The files of a built site, and the anchors of its pages by file."""

    def __init__(self, folder: Path, anchors: Mapping[str, Container[str]]) -> None:
        self.root, self.anchors = os.fspath(folder), anchors
        self._files = {
            os.path.join(above, name) for above, _, names in os.walk(folder) for name in names
        }

    def broken(self, link: str, page: str) -> str:
        """Go where one link of a page leads; say what is wrong with it, or nothing."""
        if urlsplit(link).scheme:
            return ""
        address, anchor = urldefrag(link)
        target = page
        if address:
            inside = unquote(urlsplit(address).path)
            target = os.path.normpath(os.path.join(os.path.dirname(page), inside))
        if target not in self._files:
            target = os.path.join(target, "index.html")
        if target not in self._files:
            return f"the link {link!r} leads to no page or file"
        name = unquote(anchor).split("~")[0]
        if name and target in self.anchors and name not in self.anchors[target]:
            return f"the link {link!r} leads to no anchor"
        return ""


def check_links(site: Path) -> None:
    """Follow every internal link of every page.

    Raises:  SiteError naming the page, its line and the first link that leads nowhere.
    """
    pages = {os.fspath(path): path.read_text("utf8") for path in sorted(site.rglob("*.html"))}
    found = {page: list(_attributes(text)) for page, text in pages.items()}
    anchors = {page: {one for name, one, _ in found[page] if name == "id"} for page in pages}
    ground = Site(site, anchors)
    for page, text in pages.items():
        links: dict[str, int] = {}
        for name, link, place in found[page]:
            if name != "id":
                links.setdefault(link, place)
        for link, place in links.items():
            if what := ground.broken(link, page):
                line = text.count("\n", 0, place) + 1
                raise SiteError(what, where=f"{os.path.relpath(page, site)}:{line}")


def _attributes(html: str) -> Iterator[tuple[str, str, int]]:
    """Name, value and place of each anchor and each pointer of a page."""
    for tag in TAG.finditer(html):
        name = (tag[1] or tag[3] or "").lower()
        inside = tag[2] or tag[4] or ""
        if name not in POINTING and "id" not in inside:
            continue
        for attribute in ATTRIBUTE.finditer(inside):
            key = attribute[1].lower()
            if key == "id" or (name, key) in POINTERS:
                value = attribute[2] or attribute[3] or attribute[4]
                if value:
                    yield key, unescape(value), tag.start()
