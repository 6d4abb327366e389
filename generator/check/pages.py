"""Built pages, looked at without a browser: links, anchors, names, pictures, order of headings."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path

from generator.check.marks import MARK
from generator.findings import Finding
from generator.links import POINTERS, Site

# Elements that hold nothing and have no end.
VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source",
        "track", "wbr"}  # fmt: skip
PICTURES = {"svg", "img", "picture", "canvas"}
LOADED = {"stylesheet", "modulepreload"}


@dataclass
class _Open:
    """An element that is open; `still` where it holds a figure's picture, `drawn` once it does."""

    tag: str
    place: str
    still: bool = False
    drawn: bool = False


@dataclass
class Page(HTMLParser):
    """One page; whatever is said of an element names the line of its source where it has one.

    `figures` are the places of the figures' blocks by the anchors that they have on this page.
    """

    path: Path
    name: str
    figures: Mapping[str, str]
    ids: Counter[str] = field(default_factory=Counter)
    links: list[tuple[str, str]] = field(default_factory=list)
    loads: list[str] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    _open: list[_Open] = field(default_factory=list)
    _level: int = 1

    def __post_init__(self) -> None:
        super().__init__()
        self.feed(self.path.read_text("utf8"))
        for name, count in self.ids.items():
            if count > 1:
                self._say(f"{count} elements are called {name!r}", "an anchor has one place")

    @property
    def where(self) -> str:
        """The place of the innermost open element that has one, else the page itself."""
        return next((one.place for one in reversed(self._open) if one.place), self.name)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Look at one element and, unless it can hold nothing, wait for its end."""
        given = {name: value or "" for name, value in attrs}
        place = given.get(MARK) or (
            self.figures.get(given.get("id", "")) if tag == "figure" else ""
        )
        still = "still" in given.get("class", "").split() and given.get("role") == "img"
        self._open.append(_Open(tag, place or "", still))
        if "id" in given:
            self.ids[given["id"]] += 1
        self.links += [(given[n], self.where) for n in given if (tag, n) in POINTERS and given[n]]
        if tag == "script" and given.get("src") or given.get("rel") in LOADED:
            self.loads.append(given.get("src") or given["href"])
        if still and not given.get("aria-label"):
            self._say("a figure's picture has no alternative text", "set the figure's option 'alt'")
        if tag == "img" and "alt" not in given:
            self._say("a picture has no alternative text", "say between the brackets what it shows")
        if tag in PICTURES:
            for one in self._open:
                one.drawn = True
        if tag in ("h2", "h3", "h4", "h5", "h6"):
            self._heading(int(tag[1]))
        if tag in VOID:
            self._open.pop()

    def handle_endtag(self, tag: str) -> None:
        """Close the element and those within that were left open."""
        while self._open:
            last = self._open[-1]
            if last.still and not last.drawn:
                self._say("a figure has no still picture", "its kind must draw one")
            self._open.pop()
            if last.tag == tag:
                break

    def _heading(self, level: int) -> None:
        if level > self._level + 1:
            self._say(f"a heading of level {level} follows one of level {self._level}")
        self._level = level

    def _say(self, what: str, hint: str = "") -> None:
        self.findings.append(Finding(self.where, what, hint, "page"))


def look(site: Path, figures: Mapping[str, Mapping[str, str]]) -> list[Page]:
    """Read every page and follow its links; `figures` are places of blocks by article and name."""
    pages = []
    for path in sorted(site.rglob("*.html")):
        name = path.relative_to(site).as_posix()
        # An older version's address begins with that of the present one.
        slug = max((one for one in figures if f"/{one}/" in name), key=len, default="")
        pages.append(Page(path, f"site/{name}", figures.get(slug, {})))
    ground = Site(site, {str(page.path): page.ids for page in pages})
    for page in pages:
        for link, where in page.links:
            if what := ground.broken(link, str(page.path)):
                page.findings.append(Finding(where, what, "", "link"))
    return pages
