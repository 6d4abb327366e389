"""One JSON object per line: what the preview and other programs read.

Every line has ``event``: ``computing`` (figures), ``started`` and ``computed`` (figure), ``note``
(line), ``warning`` and ``problem`` (where, what, hint), ``done`` (pages, figures, seconds).
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from types import TracebackType
from typing import Any

import click

from generator.errors import GeneratorError
from generator.findings import Finding
from generator.report import Report


class Events(Report):
    """Prints each event as one line of JSON."""

    def computing(self, names: Sequence[str]) -> None:
        """The figures to be computed."""
        super().computing(names)
        _say("computing", figures=list(names))

    def started(self, name: str) -> None:
        """One figure's turn has come."""
        super().started(name)
        _say("started", figure=name)

    def computed(self, name: str, seconds: float) -> None:
        """One figure is finished."""
        super().computed(name, seconds)
        _say("computed", figure=name, seconds=round(seconds, 3))

    def note(self, line: str) -> None:
        """Something to know."""
        _say("note", line=line)

    def warn(self, finding: Finding) -> None:
        """Something to look at."""
        super().warn(finding)
        _say("warning", where=finding.where, what=finding.what, hint=finding.hint)

    def close(self, pages: int) -> None:
        """The build is done."""
        _say("done", pages=pages, figures=len(self.rows), seconds=round(self.seconds, 3))

    def __exit__(
        self,
        kind: type[BaseException] | None,
        problem: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """A mistake that ends the build is an event too."""
        if isinstance(problem, GeneratorError):
            _say("problem", where=problem.where, what=problem.what, hint=problem.hint)


def _say(event: str, **fields: Any) -> None:
    click.echo(json.dumps({"event": event, **fields}, ensure_ascii=False))
