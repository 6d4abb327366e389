"""What a reader may keep of a figure: arrays, graphs, weights, the table; each by a good name."""

from __future__ import annotations

import csv
import json
import struct
from collections.abc import Mapping
from dataclasses import dataclass
from io import StringIO
from pathlib import Path
from typing import Any

from generator.site import asset


@dataclass(frozen=True)
class Download:
    """One file of the site under the name that it is saved as.

    `part` is "arrays", "more", "graph", "weights" or "table"; `title` tells several of a part
    apart. `weights` is the file that a graph refers to, or None.
    """

    part: str
    title: str
    format: str
    name: str
    path: Path
    weights: Path | None = None

    @property
    def bytes(self) -> int:
        """Its size."""
        return self.path.stat().st_size

    @property
    def readable(self) -> bool:
        """Whether a graph can read these weights as they travel, without half floats."""
        if self.weights is None:
            return True
        with self.weights.open("rb") as file:
            (length,) = struct.unpack("<Q", file.read(8))
            header = json.loads(file.read(length))
        return all(one.get("dtype") != "F16" for one in header.values())


def downloads(
    figure: str, payload: Mapping[str, Any], paths: Mapping[str, Path], site: Path
) -> list[Download]:
    """Name the files of a payload and write its table as one more.

    `paths` are the assets by the names that the payload has for them.
    """
    found: list[Download] = []
    if payload["arrays"]:
        file = paths[payload["arrays"]]
        found.append(Download("arrays", "", "safetensors", f"{figure}.safetensors", file))
    for group, part in payload["more"].items():
        name = f"{figure}.{group.replace('/', '-')}.safetensors"
        found.append(Download("more", group, "safetensors", name, paths[part]))
    # A graph finds its weights by their name, so these keep the one that it knows.
    weights: dict[str, Download] = {}
    for title, graph in payload["graphs"].items():
        shared = graph["weights"] and paths[graph["weights"]]
        name = f"{figure}.{title}.onnx"
        found.append(Download("graph", title, "ONNX", name, paths[graph["file"]], shared))
        if shared:
            location = graph["location"]
            weights[location] = Download("weights", "", "safetensors", location, shared)
    found.extend(weights.values())
    if payload["table"]:
        file = asset(site, table_file(payload["table"]), ".csv")
        found.append(Download("table", "", "CSV", f"{figure}.csv", file))
    return found


def table_file(table: Mapping[str, Any]) -> bytes:
    """A payload's table as CSV after RFC 4180, in UTF-8: columns first, numbers in full."""
    text = StringIO()
    writer = csv.writer(text)
    writer.writerow(table["columns"])
    writer.writerows(table["rows"])
    return text.getvalue().encode()
