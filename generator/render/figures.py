"""A store entry to the assets of one figure, and its still to the page's HTML."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from gzip import compress
from pathlib import Path
from typing import Any

from generator.errors import FigureError
from generator.render.downloads import Download, downloads
from generator.render.engines import engine
from generator.render.provenance import provenance
from generator.resolve import Figure
from generator.site import asset
from generator.store import Entry

FIRST_LOAD = 1_000_000
PAGE_LOAD = 5_000_000
# Share of its size that a packed file may have; the page unpacks it.
WORTH = 0.8
BUDGET = re.compile(r"(\d+) ?kB because (\S.*)")


@dataclass(frozen=True)
class Published:
    """One figure with its files in the site."""

    figure: Figure
    payload: dict[str, Any]
    json: Path
    arrays: Path | None
    images: dict[str, Path]
    stills: dict[str, str | None]
    parts: dict[str, int]
    more: int
    downloads: list[Download]
    allowed: str
    provenance: dict[str, Any]
    engine: str
    graphs: dict[str, Any]

    @property
    def first(self) -> int:
        """Bytes that a reader loads before asking for more."""
        return sum(self.parts.values())


def publish(figure: Figure, entry: Entry, site: Path) -> Published:
    """Copy the parts of a payload under their hashes and write the JSON that lists them.

    Raises:  FigureError for a figure that loads more at first than its budget.
    """
    payload = entry.payload
    parts = _Parts(entry.folder, site)
    chosen = engine(figure, payload["graphs"])
    listing = {
        "kind": figure.kind,
        "name": figure.block.name,
        "alt": figure.options.alt or payload["alt"],
        "values": payload["values"],
        "arrays": payload["arrays"] and parts.packed(payload["arrays"]),
        "more": {group: parts.add(file, first=False) for group, file in payload["more"].items()},
        "images": {
            name: {**image, **parts.add(image["file"], first=not name.startswith("more-"))}
            for name, image in payload["images"].items()
        },
        "graphs": {name: _graph(graph, parts, chosen) for name, graph in payload["graphs"].items()},
        "charts": {name: parts.add(file)["url"] for name, file in payload["charts"].items()},
    }
    for image in listing["images"].values():
        del image["file"]
    content = json.dumps(listing, ensure_ascii=False, sort_keys=True).encode()
    listed = asset(site, content, ".json")
    parts.first[listed.name] = len(content)
    _within(figure, sum(parts.first.values()))
    return Published(
        figure,
        payload,
        listed,
        listed.with_name(listing["arrays"]) if listing["arrays"] else None,
        {name: parts.paths[image["file"]] for name, image in payload["images"].items()},
        {
            scheme: file and (entry.folder / file).read_text("utf8")
            for scheme, file in payload["still"].items()
        },
        parts.first,
        sum(parts.more.values()),
        downloads(figure.block.name, payload, parts.paths, site),
        figure.options.budget,
        provenance(figure, entry),
        chosen if payload["graphs"] else "",
        listing["graphs"],
    )


class _Parts:
    """Writes files of an entry as assets and adds up what a reader loads at first and later."""

    def __init__(self, folder: Path, site: Path) -> None:
        self.folder, self.site = folder, site
        self.first: dict[str, int] = {}
        self.more: dict[str, int] = {}
        self.paths: dict[str, Path] = {}

    def add(self, file: str, first: bool = True) -> dict[str, Any]:
        content = (self.folder / file).read_bytes()
        path = asset(self.site, content, Path(file).suffix)
        (self.first if first else self.more)[path.name] = len(content)
        self.paths[file] = path
        # Relative to the listing, which lies in the same folder.
        return {"url": path.name, "bytes": len(content)}

    def packed(self, file: str) -> str:
        """Arrays that a figure begins with, compressed where that pays: few servers do it."""
        content = (self.folder / file).read_bytes()
        self.paths[file] = path = asset(self.site, content, Path(file).suffix)
        packed = compress(content, mtime=0)
        if len(packed) < WORTH * len(content):
            path, content = asset(self.site, packed, ".packed"), packed
        self.first[path.name] = len(content)
        return path.name


def _graph(graph: dict[str, Any], parts: _Parts, engine: str) -> dict[str, Any]:
    nothing = {"url": graph["weights"], "bytes": 0}
    weights = parts.add(graph["weights"], first=False) if graph["weights"] else nothing
    file = parts.add(graph["file"], first=False)
    keep = {key: graph[key] for key in ("location", "inputs", "outputs")}
    loads = file["bytes"] + weights["bytes"]
    return {**file, "weights": weights["url"], "loads": loads, **keep, "engine": engine}


def _within(figure: Figure, first: int) -> None:
    allowed, match = FIRST_LOAD, BUDGET.fullmatch(figure.options.budget)
    if figure.options.budget and not match:
        raise FigureError(
            f"budget {figure.options.budget!r} is not 'SIZE kB because REASON'",
            where=figure.block.where,
        )
    if match:
        allowed = int(match.group(1)) * 1000
    if first > allowed:
        raise FigureError(
            f"{figure.block.name} loads {first / 1000:.0f} kB before the reader asks for more; "
            f"the budget is {allowed / 1000:.0f} kB",
            where=figure.block.where,
            hint="show fewer layers or examples, or set ':budget: SIZE kB because REASON'",
        )
