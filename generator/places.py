"""Where a mistake stands: a file of the project and, where there is one, its line."""

import re
from pathlib import Path

from generator.errors import GeneratorError

# A name in TOML: bare, or in quotes; several with dots between them.
NAME = r"""(?:[\w\-]+|"[^"]*"|'[^']*')"""
DOTTED = rf"{NAME}(?:\s*\.\s*{NAME})*"
OPENED = re.compile(rf"\[+\s*({DOTTED})\s*\]+")
FIELD = re.compile(rf"({DOTTED})\s*=")


def place(path: Path, line: int = 0) -> str:
    """Name a file as an author sees it, from ``articles/`` or ``models/`` on.

    The files of a dataset lie a folder deeper than those of an article or a model.
    """
    depth = 4 if path.parents[1].name == "datasets" else 3
    name = "/".join(path.parts[-depth:])
    return f"{name}:{line}" if line else name


def line_with(path: Path, text: str) -> int:
    """Line of the first occurrence of `text` in a file; 0 where it has none."""
    lines = path.read_text("utf8", errors="replace").splitlines() if path.is_file() else []
    return next((number for number, line in enumerate(lines, start=1) if text in line), 0)


def toml_line(text: str, key: tuple[str | int, ...]) -> int:
    """Line at which a TOML text says `key`, or else the part of it that it does say; at least 1.

    Found by its looks: a table opens with ``[a.b]``, a field stands at the start of a line.
    """
    names = [str(part) for part in key if isinstance(part, str)]
    table: list[str] = []
    best, deepest = 1, 0
    for number, line in enumerate(text.splitlines(), start=1):
        opened, field = OPENED.match(line), FIELD.match(line)
        if opened:
            table = _names(opened.group(1))
        elif not field:
            continue
        said = table + (_names(field.group(1)) if field and not opened else [])
        if names[: len(said)] == said and len(said) > deepest:
            best, deepest = number, len(said)
    return best


def _names(dotted: str) -> list[str]:
    names = re.findall(NAME, dotted)
    return [name[1:-1] if name[0] in "\"'" else name for name in names]


def text_at(path: Path, where: str, error: type[GeneratorError]) -> str:
    """The text of a file, its ends of lines as they are.

    Raises:  `error` with the line of the first byte that is not UTF-8.
    """
    content = path.read_bytes()
    try:
        return content.decode("utf8")
    except UnicodeDecodeError as problem:
        line = content.count(b"\n", 0, problem.start) + 1
        raise error(f"not UTF-8: {problem.reason}", where=f"{where}:{line}") from None
