"""What a build tells while it runs: a live table, plain lines when piped, or JSON for programs.

`Report` keeps the account; `lines.py`, `table.py` and `events.py` tell it.
"""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from time import monotonic
from types import TracebackType
from typing import Any, Literal, Self

from generator.errors import GeneratorError
from generator.findings import Finding

State = Literal["waiting", "computing", "from the store", "done", "as last built"]


@dataclass
class Row:
    """One figure's account; `since` is when its computing began."""

    kind: str
    state: State
    seconds: float | None = None
    since: float = 0.0
    first: int = 0
    more: int = 0
    error: float | None = None
    engine: str = ""
    allowed: str = ""
    weighed: bool = False


class Report:
    """Keeps the account and says nothing; what the stages call on the way."""

    def __init__(self, *, strict: bool = False) -> None:
        self.strict = strict
        self.rows: dict[str, Row] = {}
        self.warnings: list[Finding] = []
        self.started_at = monotonic()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        problem: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """End whatever the screen shows, also when the build failed."""

    def planned(self, kinds: Mapping[str, str]) -> None:
        """The figures of this build in order, each with its kind."""
        for name, kind in kinds.items():
            self.rows[name] = Row(kind, "waiting")

    def found(self, name: str) -> None:
        """A figure's payload was in the store."""
        self.rows[name].state = "from the store"

    def aged(self, name: str) -> None:
        """A figure was not asked for and stands as it was last built."""
        self.rows[name].state = "as last built"

    def computing(self, names: Sequence[str]) -> None:
        """The payloads of these figures are about to be computed."""

    def started(self, name: str) -> None:
        """One payload's computing begins."""
        row = self.rows[name]
        row.state, row.since = "computing", monotonic()

    def computed(self, name: str, seconds: float) -> None:
        """One payload is finished and kept."""
        row = self.rows[name]
        row.state, row.seconds = "done", seconds

    def weighed(self, name: str, first: int, more: int, payload: dict[str, Any], why: str) -> None:
        """Note what one figure loads at first and on request, and how far its graphs stray."""
        row = self.rows[name]
        row.first, row.more, row.allowed, row.weighed = first, more, why, True
        errors = [e for graph in payload["graphs"].values() for e in graph["errors"].values()]
        row.error = max(errors, default=None)

    def run_by(self, name: str, engine: str) -> None:
        """Note which engine runs a figure's graphs in the page; "" where it has none."""
        self.rows[name].engine = engine

    def note(self, line: str) -> None:
        """Something to know that is no fault."""

    def warn(self, finding: Finding) -> None:
        """Something an author should look at."""
        if finding not in self.warnings:
            self.warnings.append(finding)

    def judge(self) -> None:
        """Refuse the build when it is strict and something was warned of.

        Raises:  GeneratorError that lists every warning.
        """
        if self.strict and self.warnings:
            count = f"{len(self.warnings)} warning" + "s" * (len(self.warnings) > 1)
            listed = "\n".join(str(one) for one in sorted(self.warnings))
            raise GeneratorError(f"{listed}\n{count}, which --strict does not let pass")

    def close(self, pages: int) -> None:
        """The build is done."""

    @property
    def seconds(self) -> float:
        """Since the report was opened."""
        return monotonic() - self.started_at


def report(*, strict: bool = False, events: bool = False) -> Report:
    """The report that suits whoever reads it: a program, a terminal or a pipe."""
    if events:
        from generator.report.events import Events

        return Events(strict=strict)
    if sys.stdout.isatty():
        from generator.report.table import Table

        return Table(strict=strict)
    from generator.report.lines import Lines

    return Lines(strict=strict)
