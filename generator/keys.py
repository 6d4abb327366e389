"""The key of a payload: everything its bytes depend on, part by part.

Keys are made from source text and file contents, never by importing, so an unchanged build loads
no library that computes.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from generator.closure import Closure
from generator.project import PACKAGE
from generator.resolve import Figure

POLICY = "cpu, float32, one thread"
FORMAT = "1"


@dataclass(frozen=True)
class Key:
    """Named parts, each a short text or a hash; `digest` stands for them all."""

    parts: dict[str, str]

    @property
    def digest(self) -> str:
        """SHA-256 over the parts in order of their names, in hexadecimal."""
        return sha256(json.dumps(self.parts, sort_keys=True).encode()).hexdigest()


def key(figure: Figure) -> Key:
    """Name every ingredient of a figure; layout and words of the article are none."""
    options = figure.options.model_dump(mode="json", exclude={"layout", "alt", "budget"})
    parts = {
        "format": FORMAT,
        "kind": figure.kind,
        "policy": POLICY,
        "options": json.dumps(options, sort_keys=True),
    }
    closure = Closure()
    home, label = figure.home or PACKAGE / "figures", f"generator.figures.{figure.kind}"
    closure.add(home / f"{figure.kind}.py", f"figures/{figure.kind}" if figure.home else label)
    closure.add(PACKAGE / "produce.py", "generator.produce")
    for card in (*figure.models, *figure.datasets):
        sort = "model" if card in figure.models else "dataset"
        parts |= {f"{sort} {card.name}: {name}": value for name, value in _files(card.folder)}
        for code in ("model.py", "loader.py"):
            if (card.folder / code).is_file():
                closure.add(card.folder / code, f"{sort} {card.name}: {code}")
    if figure.function:
        closure.add(figure.article / "charts.py", f"{figure.article.name}/charts.py")
    parts |= {f"file {path.name}": _hash(path) for path in figure.files}
    parts |= {f"code {name}": digest for name, digest in closure.modules.items()}
    parts |= {f"library {name}": found for name, found in closure.distributions.items()}
    return Key(parts)


def _files(folder: Path) -> list[tuple[str, str]]:
    """Card, weights, history and data of a folder; recipes and code are not contents."""
    found = [path for path in folder.iterdir() if path.is_file() and path.suffix != ".py"]
    return [(path.name, _hash(path)) for path in sorted(found)]


def _hash(path: Path) -> str:
    return sha256(path.read_bytes()).hexdigest()
