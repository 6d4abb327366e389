"""The text of a ``{cite}`` role: works with what stands before them and the place within them.

{cite}`olah2017`                                  one work
{cite}`olah2017, zeiler2013`                      several
{cite:p}`see olah2017, pp. 3-5; zeiler2013`       words before it, a place in it
{cite:t}`olah2017, fig. 2`                        authors named in the sentence
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from generator.errors import ArticleError

# How people abbreviate the parts of a work, and what citation styles call them.
PLACES = {
    "p": "page", "pp": "page", "page": "page", "pages": "page",
    "ch": "chapter", "chap": "chapter", "chapter": "chapter", "chapters": "chapter",
    "sec": "section", "section": "section", "sections": "section", "§": "section", "§§": "section",
    "fig": "figure", "figs": "figure", "figure": "figure", "figures": "figure",
    "eq": "equation", "eqs": "equation", "equation": "equation", "equations": "equation",
    "tab": "table", "table": "table", "tables": "table",
    "alg": "algorithm", "algorithm": "algorithm",
    "app": "appendix", "appendix": "appendix", "part": "part", "n": "note", "note": "note",
    "para": "paragraph", "paragraph": "paragraph", "l": "line", "line": "line", "lines": "line",
    "vol": "volume", "volume": "volume", "thm": "theorem", "theorem": "theorem",
}  # fmt: skip
LABEL = r"(§§?\s*|[A-Za-z]+(?:\.\s*|\s+))"
NUMBER = r"(?:\d[\w.]*|[IVXLC]+|[ivxlc]+|[A-Z](?:\.?\d[\w.]*)?)"
PLACE = re.compile(rf"{LABEL}({NUMBER}(?:\s*[-–]\s*{NUMBER})?)")  # noqa: RUF001
MORE = re.compile(rf"\d[\w.]*(?:\s*[-–]\s*{NUMBER})?")  # noqa: RUF001


@dataclass(frozen=True)
class Cite:
    """One work within a citation; `label` and `place` are empty for the whole of it."""

    key: str
    before: str = ""
    label: str = ""
    place: str = ""


def cites(text: str, where: str) -> list[Cite]:
    """Read the text of a role.

    Raises:  ArticleError for an empty citation and for a place that belongs to no work.
    """
    found: list[Cite] = []
    for part in text.split(";"):
        fresh = True
        for piece in (piece.strip() for piece in part.split(",")):
            place = _place(piece)
            if place and not fresh:
                found[-1] = replace(found[-1], label=place[0], place=place[1])
            elif not fresh and found[-1].place and MORE.fullmatch(piece):
                found[-1] = replace(found[-1], place=f"{found[-1].place}, {_range(piece)}")
            elif place:
                raise ArticleError(
                    f"{piece!r} names a place in no work",
                    where=where,
                    hint="write the work first, as in 'olah2017, p. 12'",
                )
            elif piece:
                before, _, key = piece.rpartition(" ")
                found.append(Cite(key, before.strip()))
                fresh = False
    if not found:
        raise ArticleError("this citation names no work", where=where)
    return found


def _place(piece: str) -> tuple[str, str] | None:
    match = PLACE.fullmatch(piece)
    label = match.group(1).strip(" .").casefold() if match else ""
    if not match or label not in PLACES:
        return None
    return PLACES[label], _range(match.group(2)) if match else ""


def _range(text: str) -> str:
    return re.sub(r"\s*[-–]\s*", "–", text)
