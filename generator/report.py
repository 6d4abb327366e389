"""What a build says while it runs and when it is done: plain lines, one per event."""

from __future__ import annotations

from dataclasses import dataclass, field
from time import monotonic
from typing import Any

import click


@dataclass
class Row:
    """One figure's line in the closing table."""

    kind: str
    seconds: float | None
    first: int = 0
    more: int = 0
    error: float | None = None
    allowed: str = ""


@dataclass
class Report:
    """Collects rows; prints unless `quiet`."""

    quiet: bool = False
    rows: dict[str, Row] = field(default_factory=dict)
    started: float = field(default_factory=monotonic)

    def say(self, line: str) -> None:
        """Print one line, unless quiet."""
        if not self.quiet:
            click.echo(line)

    def found(self, name: str, kind: str) -> None:
        """A figure's payload was in the store."""
        self.rows[name] = Row(kind, None)

    def computing(self, names: list[str]) -> None:
        """These payloads are about to be computed."""
        self.say(f"computing {len(names)} of {len(names) + len(self.rows)} figures")

    def computed(self, name: str, kind: str, seconds: float) -> None:
        """One payload is finished and kept."""
        self.rows[name] = Row(kind, seconds)
        self.say(f"  {name}  {kind}  {seconds:.1f} s")

    def weighed(self, name: str, first: int, more: int, payload: dict[str, Any], why: str) -> None:
        """Note what one figure loads at first and on request, and how far its graphs stray."""
        row = self.rows[name]
        row.first, row.more, row.allowed = first, more, why
        errors = [e for graph in payload["graphs"].values() for e in graph["errors"].values()]
        row.error = max(errors, default=None)

    def close(self, pages: int) -> None:
        """Print the table of figures and the time it all took."""
        for name, row in self.rows.items():
            source = "from the store" if row.seconds is None else f"{row.seconds:.1f} s"
            parity = "" if row.error is None else f"  graphs agree within {row.error:.0e}"
            more = f" + {row.more / 1000:.0f} kB on request" if row.more else ""
            allowed = f"  ({row.allowed})" if row.allowed else ""
            self.say(
                f"{name:<44} {row.kind:<10} {row.first / 1000:>6.0f} kB{more}  {source}"
                f"{parity}{allowed}"
            )
        seconds = monotonic() - self.started
        self.say(f"{pages} pages, {len(self.rows)} figures in {seconds:.2f} s")
