"""Every link of the built pages leads somewhere inside the site, anchors included."""

from __future__ import annotations

from collections.abc import Container, Mapping
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urldefrag, urlsplit

from generator.errors import SiteError

POINTERS = {("a", "href"), ("link", "href"), ("script", "src"), ("img", "src"), ("image", "href"),
            ("iframe", "src"), ("source", "srcset"), ("figure", "data-payload"),
            ("figure", "data-arrays"), ("figure", "data-living")}  # fmt: skip


@dataclass
class _Page(HTMLParser):
    """Anchors and outgoing links of one page."""

    ids: set[str] = field(default_factory=set)
    links: list[tuple[str, int]] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        for name, value in attrs:
            if name == "id" and value:
                self.ids.add(value)
            elif (tag, name) in POINTERS and value:
                self.links.append((value, self.getpos()[0]))


def check_links(site: Path) -> None:
    """Follow every internal link of every page.

    Raises:  SiteError naming the page, its line and the first link that leads nowhere.
    """
    pages: dict[Path, _Page] = {}
    for path in sorted(site.rglob("*.html")):
        page = pages[path.resolve()] = _Page()
        page.feed(path.read_text("utf8"))
    anchors = {path: page.ids for path, page in pages.items()}
    for path, page in pages.items():
        for link, line in page.links:
            follow(link, path, f"{path.relative_to(site.resolve())}:{line}", anchors)


def follow(link: str, path: Path, where: str, anchors: Mapping[Path, Container[str]]) -> None:
    """Go where one link of a page leads; raises SiteError, at `where`, if that is nowhere."""
    if urlsplit(link).scheme:
        return
    address, anchor = urldefrag(link)
    target = (path.parent / unquote(urlsplit(address).path)).resolve() if address else path
    if target.is_dir():
        target = target / "index.html"
    if not target.is_file():
        raise SiteError(f"the link {link!r} leads to no page or file", where=where)
    name = unquote(anchor).split("~")[0]
    if name and target in anchors and name not in anchors[target]:
        raise SiteError(f"the link {link!r} leads to no anchor", where=where)
