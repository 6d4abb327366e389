"""A mistake as the terminal and the page show it: what, where, and the lines around."""

from __future__ import annotations

import re
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

PLACE = re.compile(r"([^\s:]+)(?::(\d+))?")
AROUND = 2


@dataclass(frozen=True)
class Trouble:
    """`excerpt` holds line numbers and lines; `line` is the one meant, 0 where none is."""

    what: str
    where: str = ""
    hint: str = ""
    line: int = 0
    excerpt: tuple[tuple[int, str], ...] = ()
    trace: str = ""

    def fields(self) -> dict[str, Any]:
        """For the page."""
        return asdict(self)

    def __str__(self) -> str:
        place = f"{self.where}: " if self.where else ""
        width = len(str(self.excerpt[-1][0])) if self.excerpt else 0
        lines = [
            f"  {'>' if number == self.line else ' '} {number:>{width}} | {text}"
            for number, text in self.excerpt
        ]
        hint = [f"  hint: {self.hint}"] if self.hint else []
        return "\n".join([f"{place}{self.what}", *lines, *hint, *filter(None, [self.trace])])


def trouble(root: Path, what: str, where: str = "", hint: str = "") -> Trouble:
    """Find the place of a mistake in the project and cut out the lines around it."""
    match = PLACE.match(where)
    line = int(match.group(2) or 0) if match else 0
    path = _file(root, match.group(1)) if match else None
    if path is None or not line:
        return Trouble(what, where, hint)
    lines = path.read_text("utf8", errors="replace").splitlines()
    first, last = max(line - AROUND, 1), min(line + AROUND, len(lines))
    excerpt = tuple((number, lines[number - 1]) for number in range(first, last + 1))
    return Trouble(what, where, hint, line, excerpt)


def _file(root: Path, name: str) -> Path | None:
    """Messages name files from the project's root, those of models from models/."""
    for path in (root / name, root / "models" / name):
        if path.resolve().is_relative_to(root) and path.is_file():
            return path
    return None
