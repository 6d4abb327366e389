"""Reading on after a mistake, so that an author sees all of an article's mistakes at once.

What cannot be read is blanked out, line by line in its place, and the article is read again: the
directive whose head or options are wrong, else the paragraph. Front matter that cannot be read
gives way to one that says nothing. Names that vanish with what is blanked out are not missed.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path

from generator.errors import GeneratorError
from generator.read import article as read_article
from generator.read.article import Article
from generator.read.files import text_of
from generator.settings import Settings

# Beyond this many, an article is better mended from the top.
MOST = 40
OPENING = re.compile(r"\s*(:{3,}|`{3,})\{")
OPTION = re.compile(r"\s*:[\w-]+:(\s|$)")
NAMED = re.compile(r"^\s*:name:\s*(\S+)|^\((\S+)\)=|\\label\{([^}]+)\}|\{#([\w-]+)", re.MULTILINE)
QUOTED = re.compile(r"'([^']*)'")
EDGE = re.compile(r"\$\$|\\(begin|end)\b|^\s*(`{3,}|~{3,})")
NOTHING = "{title: Unread, description: Unread, date: 2000-01-01}"


@dataclass
class Recovered:
    """An article as far as it could be read, or None, and every mistake on the way."""

    article: Article | None = None
    mistakes: list[GeneratorError] = field(default_factory=list)


def recover(folder: Path, about: Settings, slug: str = "") -> Recovered:
    """Read an article's folder to its end whatever is wrong with it; raises nothing of its own.

    `slug` is its address below ``articles/``, else the folder's name.
    """
    found, slug = Recovered(), slug or folder.name
    lines: list[str] | None = None
    vanished: set[str] = set()
    while len(found.mistakes) < MOST:
        try:
            text = None if lines is None else "\n".join(lines)
            found.article = read_article(folder, about, slug, text=text)
            return found
        except GeneratorError as problem:
            said = {str(one) for one in found.mistakes}
            if str(problem) not in said and not vanished & {*QUOTED.findall(problem.what)}:
                found.mistakes.append(problem)
            try:
                lines = lines or text_of(folder / "index.md", "").split("\n")
            except GeneratorError:
                return found
            left = _without(lines, _line(problem.where, slug))
            if left == lines:
                return found
            for before, after in zip(lines, left, strict=True):
                if before != after:
                    vanished.update(
                        name for names in NAMED.findall(before) for name in names if name
                    )
            lines = left
    return found


def _line(where: str, slug: str) -> int:
    """The line of the article's own file that a place speaks of; 0 where it speaks of none."""
    lines = re.findall(rf"articles/{re.escape(slug)}/index\.md:(\d+)", where)
    return int(lines[-1]) if lines else 0


def _without(lines: list[str], line: int) -> list[str]:
    """The lines without what is wrong at `line`; as they are where that cannot be told."""
    here, end = line - 1, _front(lines)
    if here < 0 or here >= len(lines):
        return lines
    if here < end:
        return ["---", NOTHING, *[""] * (end - 3), "---", *lines[end:]] if end > 2 else lines
    place = _directive(lines, here) or _line_alone(lines, here) or _paragraph(lines, here, end)
    start, stop = place
    return [*lines[:start], *[""] * (stop + 1 - start), *lines[stop + 1 :]]


def _directive(lines: list[str], here: int) -> tuple[int, int] | None:
    """The innermost directive with this line in its head, among its options or at its end."""
    found = []
    for start, stop in _fences(lines):
        head = start + 1
        while head < stop and OPTION.match(lines[head]):
            head += 1
        if start <= here < head or here == stop:
            found.append((start, stop))
    return max(found, default=None)


def _line_alone(lines: list[str], here: int) -> tuple[int, int] | None:
    """One line of a paragraph, unless it opens or closes mathematics: others may be wrong too."""
    line = lines[here]
    return (here, here) if line.strip() and not EDGE.search(line) else None


def _paragraph(lines: list[str], here: int, end: int) -> tuple[int, int]:
    """The lines around this one, up to an empty line, a fence or the front matter."""
    edges = {edge for fence in _fences(lines) for edge in fence}
    start = stop = here
    while start > end and lines[start - 1].strip() and start - 1 not in edges:
        start -= 1
    while stop + 1 < len(lines) and lines[stop + 1].strip() and stop + 1 not in edges:
        stop += 1
    return start, stop


def _front(lines: list[str]) -> int:
    """How many lines the front matter has, both rules included; 0 without one."""
    if lines[0].strip() != "---":
        return 0
    return next((i + 1 for i, line in enumerate(lines[1:], 1) if line.strip() == "---"), 0)


def _fences(lines: list[str]) -> list[tuple[int, int]]:
    """First and last place of each directive; one that is never closed reaches to the end."""
    found: list[tuple[int, int]] = []
    opened: list[tuple[int, str]] = []
    for i, line in enumerate(lines):
        if match := OPENING.match(line):
            opened.append((i, match.group(1)))
        elif (bare := line.strip()) and set(bare) <= {":"} or set(bare) == {"`"}:
            while opened and (bare[0] != opened[-1][1][0] or len(bare) > len(opened[-1][1])):
                start, _ = opened.pop()
                found.append((start, i - 1))
            if opened and len(bare) == len(opened[-1][1]):
                found.append((opened.pop()[0], i))
    return found + [(start, len(lines) - 1) for start, _ in opened]
