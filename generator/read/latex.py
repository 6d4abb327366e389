"""What people write in BibTeX fields, as plain words or with the few marks that CSL-JSON has."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import groupby

from pybtex.richtext import BaseMultipartText as MultiPart
from pybtex.richtext import BaseText, Protected, String, Text

# pybtex decodes accents and knows braces; commands it would print, so a mark carries each over.
MARKS = {"\ue020": "i", "\ue021": "b", "\ue022": "sup", "\ue023": "sub", "\ue024": ""}
COMMANDS = {
    "emph": "\ue020", "textit": "\ue020", "textsl": "\ue020", "textbf": "\ue021",
    "textsuperscript": "\ue022", "textsubscript": "\ue023", "textrm": "\ue024",
    "texttt": "\ue024", "textsc": "\ue024", "mbox": "\ue024", "text": "\ue024",
    "url": "\ue024", "mathrm": "\ue024", "uppercase": "\ue024",
}  # fmt: skip
SWITCHES = {"em": "\ue020", "it": "\ue020", "itshape": "\ue020", "bf": "\ue021", "sc": "\ue024",
            "tt": "\ue024", "rm": "\ue024"}  # fmt: skip
PRIVATE = re.compile(r"[\ue000-\uf8ff]")
# What TeX reads as more than letters; most fields have none of it.
SPECIAL = re.compile(r"[\\{}$~`]|--|''")
NOCASE = "nocase"
OPEN = {NOCASE: '<span class="nocase">'}
CLOSE = {NOCASE: "</span>"}


def plain(text: str) -> str:
    """The words alone."""
    return re.sub(r"[^\S\u00a0]+", " ", "".join(part for part, _ in _runs(text))).strip()


def rich(text: str) -> str:
    """Words with ``<i> <b> <sup> <sub>`` and ``<span class="nocase">``, as CSL-JSON writes them.

    A word that braces protect in part is protected whole, since styles change case by the word.
    """
    letters = [(letter, marks) for part, marks in _runs(text) for letter in part]
    words = "".join(letter for letter, _ in letters)
    kept = [NOCASE in marks for _, marks in letters]
    for match in re.finditer(r"\S+", words):
        if any(kept[match.start() : match.end()]):
            kept[match.start() : match.end()] = [True] * (match.end() - match.start())
    marked = [
        (letter, (marks - {NOCASE}) | ({NOCASE} if keep else frozenset()))
        for (letter, marks), keep in zip(letters, kept, strict=True)
    ]
    out = ""
    for marks, run in groupby(marked, key=lambda one: one[1]):
        inner = "".join(letter for letter, _ in run)
        for mark in sorted(marks, reverse=True):
            inner = OPEN.get(mark, f"<{mark}>") + inner + CLOSE.get(mark, f"</{mark}>")
        out += inner
    return re.sub(r"[^\S\u00a0]+", " ", out).strip()


def _runs(text: str) -> Iterator[tuple[str, frozenset[str]]]:
    """Pieces of text, each with the marks in force."""
    if not SPECIAL.search(text):
        yield PRIVATE.sub("", text), frozenset()
        return
    yield from _walk([Text.from_latex(_carried(PRIVATE.sub("", text)))], frozenset())


def _carried(text: str) -> str:
    """Commands replaced by their mark, in front of the braces that hold what they apply to."""
    if "\\" not in text and "$" not in text:
        return text
    for name, mark in SWITCHES.items():
        text = re.sub(rf"\{{\\{name}\s+", f"{mark}{{", text)
    for name, mark in COMMANDS.items():
        text = re.sub(rf"\\{name}\s*\{{", f"{mark}{{", text)
    # A formula in a title is read as words; its braces only group.
    return re.sub(r"(?<!\\)\$([^$]*)(?<!\\)\$", lambda found: _formula(found.group(1)), text)


def _formula(text: str) -> str:
    text = re.sub(r"\\[A-Za-z]+", lambda found: str(Text.from_latex(f"${found.group()}$")), text)
    text = text.replace("$", "")
    for sign, mark in (("\\^", "\ue022"), ("_", "\ue023")):
        text = re.sub(rf"{sign}(?:\{{([^{{}}]*)\}}|(\w))", rf"{mark}{{\1\2}}", text)
    return text


def _walk(parts: Iterable[BaseText], marks: frozenset[str]) -> Iterator[tuple[str, frozenset[str]]]:
    mark: str | None = None
    for part in parts:
        if isinstance(part, String):
            words = str(part)
            mark = MARKS.get(words[-1:])
            yield PRIVATE.sub("", words), marks
        elif isinstance(part, Protected):
            # The braces behind a command hold its argument; others protect capitals.
            inner = {NOCASE} if mark is None else {mark} - {""}
            yield from _walk(part.parts, marks | inner)
            mark = None
        elif isinstance(part, MultiPart):
            yield from _walk(part.parts, marks)
