"""While a figure is computed, it may read only what its key knows of.

Otherwise a file could change and the figure would not. Python announces the files that it opens;
what a library opens by itself, in compiled code, is not seen. No pickle is read on an author's
behalf either, since a pickle runs what its maker wished.
"""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Iterator, Set
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import cache
from importlib.util import source_from_cache
from pathlib import Path
from typing import Any

from generator.blame import Line, author_line
from generator.errors import ArticleError, DatasetError, GeneratorError, ModelError
from generator.libraries import library

# Who reads source text to show it in a traceback or to look at it, not to run it.
ONLOOKERS = ("linecache", "tokenize", "inspect")
SYSTEM = tuple(map(Path, ("/proc", "/sys", "/dev", "/etc", "/usr", "/lib", "/lib64", "/run", "/var",
                          "/System", "/Library", "/private")))  # fmt: skip
HINTS = {
    "articles": "name it in the block's option 'files'",
    "models": "keep it in the folder of the card and name it in the card's 'files'",
}


@dataclass(frozen=True)
class Guard:
    """What may be read: `files`, and whatever belongs to the system or to a library."""

    root: Path
    files: Set[Path]

    def refuses(self, path: Path) -> bool:
        """Whether reading the file would go behind the key's back."""
        if not path.is_file() or library(path) or path in self.files:
            return False
        real = path.resolve()
        if any(real == file.resolve() for file in self.files if file.name == path.name):
            return False
        if path.is_relative_to(self.root):
            return not path.is_relative_to(self.root / ".explorable")
        hidden = any(part.startswith(".") for part in path.parts)
        passing = (*SYSTEM, Path(tempfile.gettempdir()))
        return not (hidden or any(path.is_relative_to(folder) for folder in passing))


_active: list[Guard] = []


@contextmanager
def only(root: Path, files: Set[Path]) -> Iterator[None]:
    """Refuse to open, inside the block, a file that is neither among `files` nor the system's.

    Raises:  ModelError, DatasetError or ArticleError with the line of the author's code that reads;
             RuntimeError where it is code of ours.
    """
    _listen()
    _active.append(Guard(root, files))
    try:
        yield
    finally:
        _active.pop()


@cache
def _listen() -> None:
    """Once in a process, because a listener cannot be removed."""
    sys.addaudithook(_heard)


def _heard(event: str, given: tuple[Any, ...]) -> None:
    if not _active:
        return
    if event == "pickle.find_class":
        line = author_line(sys._getframe(1), _active[-1].root)
        if line:
            raise _mistake(line, "reads a pickle, which could run anything", "")
    elif event == "open" and isinstance(given[0], str | bytes):
        name, mode, flags = given
        frame = sys._getframe(1)
        changes = flags & (os.O_WRONLY | os.O_RDWR) if flags else "r" not in (mode or "r")
        if not changes and frame.f_globals.get("__name__") not in ONLOOKERS:
            _opened(_source(Path(os.path.abspath(os.fsdecode(name)))), _active[-1])


def _opened(path: Path, guard: Guard) -> None:
    if not guard.refuses(path):
        return
    shown = path.relative_to(guard.root) if path.is_relative_to(guard.root) else path
    line = author_line(sys._getframe(2), guard.root)
    if line is None:
        raise RuntimeError(f"{shown} is read, but no key knows of it")
    hint = HINTS.get(line.path.parts[0], "")
    if path.suffix == ".py":
        hint = "import it by its full name, so that its changes are noticed"
    raise _mistake(line, f"reads {shown.as_posix()}, whose changes nobody would notice", hint)


def _mistake(line: Line, what: str, hint: str) -> GeneratorError:
    kind: type[GeneratorError] = ArticleError
    if line.path.parts[0] == "models":
        kind = DatasetError if line.path.parts[1] == "datasets" else ModelError
    return kind(what, where=str(line), hint=hint)


def _source(path: Path) -> Path:
    """The file whose compiled form this is."""
    if path.suffix == ".pyc":
        with suppress(ValueError):  # a name that Python itself would not give
            return Path(source_from_cache(str(path)))
    return path
