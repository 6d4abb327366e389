"""Whose mistake an exception is: the author's or ours, told by whose code ran last."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from types import FrameType, TracebackType
from typing import Self

from generator.errors import GeneratorError
from generator.libraries import library
from generator.package import PACKAGE

AUTHORED = ("articles", "models", "figures")
LONGEST = 300


@dataclass(frozen=True)
class Line:
    """A line of an author's file, below the project's folder."""

    path: Path
    number: int

    def __str__(self) -> str:
        return f"{self.path.as_posix()}:{self.number}"


class Authored:
    """A call of an author's code: what it raises becomes one clear message with the line.

    An exception is the author's if, of their code and ours, theirs ran last; what our own code
    raises keeps its traceback. Where neither ran, as in a network of PyTorch's own layers, the
    author's `where` is to blame, if it is given, and `otherwise` says what raised.

    Raises:  `error` in place of what the author's code raised.
    """

    def __init__(
        self, root: Path, error: type[GeneratorError], what: str = "", where: str = ""
    ) -> None:
        self.root, self.error, self.what, self.where = root, error, what, where
        self.otherwise = what

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, _: type[BaseException] | None, problem: BaseException | None,
        trace: TracebackType | None,
    ) -> None:  # fmt: skip
        if not isinstance(problem, Exception | SystemExit) or isinstance(problem, GeneratorError):
            return
        # The first frame is the one that entered the block.
        line, ours = _last(_raised(problem, trace and trace.tb_next), self.root)
        if ours or not (line or self.where):
            return
        said = f"{self.what if line else self.otherwise} raises {type(problem).__name__}".strip()
        first = str(problem).strip().partition("\n")[0][:LONGEST]
        said = f"{said}: {first}" if first else said
        if isinstance(problem, SyntaxError):
            said = f"not Python: {problem.msg}"
        raise self.error(said, where=str(line or self.where)) from None


def author_line(frame: FrameType | None, root: Path) -> Line | None:
    """The author's line that is running, unless code of ours runs inside it."""
    running = []
    while frame:
        running.append((frame.f_code.co_filename, frame.f_lineno))
        frame = frame.f_back
    line, ours = _last(iter(running[::-1]), root)
    return None if ours else line


def _raised(problem: BaseException, trace: TracebackType | None) -> Iterator[tuple[str, int]]:
    while trace:
        yield trace.tb_frame.f_code.co_filename, trace.tb_lineno
        trace = trace.tb_next
    if isinstance(problem, SyntaxError) and problem.filename and problem.lineno:
        yield problem.filename, problem.lineno


def _last(lines: Iterator[tuple[str, int]], root: Path) -> tuple[Line | None, bool]:
    """The last line that is an author's, and whether one of ours comes after it."""
    found, ours = None, False
    for name, number in lines:
        path = Path(name)
        if path.is_relative_to(PACKAGE):
            ours = True
        elif any(path.is_relative_to(root / folder) for folder in AUTHORED) and not library(path):
            found, ours = Line(path.relative_to(root), number), False
    return found, ours
