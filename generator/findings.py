"""One thing to be mended, with its place: what warnings and checks are made of."""

from __future__ import annotations

import re
from dataclasses import dataclass

from generator.errors import GeneratorError

LINE = re.compile(r"(.*?):(\d+)")


@dataclass(frozen=True, order=True)
class Finding:
    """`where` is FILE or FILE:LINE; `rule` is the short name under which it is counted."""

    where: str
    what: str
    hint: str = ""
    rule: str = ""

    @property
    def place(self) -> tuple[str, int]:
        """File and line, in an order in which line 9 comes before line 10."""
        match = LINE.match(self.where)
        return (match.group(1), int(match.group(2))) if match else (self.where, 0)

    def __str__(self) -> str:
        return str(GeneratorError(self.what, where=self.where, hint=self.hint))


def of(problem: GeneratorError, rule: str) -> Finding:
    """An author's mistake as a finding."""
    return Finding(problem.where, problem.what, problem.hint, rule)
