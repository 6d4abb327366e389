"""The shared glossary: terms of deep learning in plain words, and what a project adds to them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field

from generator.errors import ArticleError, nearest
from generator.toml import Toml, read_toml

SHIPPED = Path(__file__).with_name("glossary.toml")
LINK = re.compile(r"\{term\}`([^`]+)`")
ROLE = re.compile(r"(?P<words>.*?)\s*<(?P<name>[^<>]+)>", re.DOTALL)


class _Entry(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, str_strip_whitespace=True)

    means: str = Field(description="in plain words, {term}`name` a link", min_length=1)
    also: tuple[str, ...] = Field((), description="other names of the same thing")


@dataclass(frozen=True)
class Term:
    """One entry; `language` is that of its words, `said` the table that the file has for it."""

    name: str
    means: str
    also: tuple[str, ...]
    language: str
    said: Toml | None = field(default=None, compare=False, repr=False)

    @property
    def anchor(self) -> str:
        """The entry's id on a page."""
        return "term-" + re.sub(r"\W+", "-", self.name.casefold()).strip("-")

    @property
    def letter(self) -> str:
        """Under which the entry stands."""
        return self.name[0].upper()


class Glossary:
    """Entries by name, found in upper or lower case, by their other names and by their plurals."""

    def __init__(self, terms: list[Term]) -> None:
        self.terms = sorted(terms, key=lambda one: one.name.casefold())
        self._found = {name.casefold(): one for one in terms for name in (*one.also, one.name)}

    def __iter__(self) -> Iterator[Term]:
        return iter(self.terms)

    def find(self, name: str) -> Term | None:
        """The entry of that name."""
        wanted = " ".join(name.casefold().split())
        singular = (wanted, wanted[:-1] if wanted.endswith("s") else "",
                    wanted[:-2] if wanted.endswith("es") else "",
                    f"{wanted[:-3]}y" if wanted.endswith("ies") else "")  # fmt: skip
        return next((self._found[one] for one in singular if one in self._found), None)

    def term(self, text: str, where: str) -> tuple[Term, str]:
        """The entry that a role names and the words to show: ``text`` or ``words <name>``.

        Raises:  ArticleError with the nearest entry for one that is not there.
        """
        match = ROLE.fullmatch(text)
        name, words = (match["name"], match["words"]) if match else (text, text)
        found = self.find(name)
        if found is None:
            hint = nearest(name.casefold(), self._found)
            raise ArticleError(f"the glossary has no term {name!r}", where=where, hint=hint)
        return found, words


def load(root: Path, language: str) -> Glossary:
    """The shipped glossary, then ``glossary.toml`` and ``glossary.<language>.toml`` of the project.

    A later file's entry takes the place of an earlier one of that name.

    Raises:  ArticleError for a file that is no TOML, an entry without a meaning, and a link to an
             entry that is not there.
    """
    entries: dict[str, Term] = {term.name.casefold(): term for term in _shipped()}
    primary = language.split("-")[0]
    for name, tongue in (("glossary.toml", "en"), (f"glossary.{primary}.toml", primary)):
        path = root / name
        if path.is_file():
            own = _terms(path, tongue)
            entries |= {term.name.casefold(): term for term in own}
    found = Glossary(list(entries.values()))
    for term in found:
        for words in LINK.findall(term.means):
            try:
                found.term(words, "")
            except ArticleError as problem:
                # Only now: a file is searched for its line, and there are hundreds of links.
                problem.where = term.said.where("means") if term.said else ""
                raise
    return found


@cache
def _shipped() -> tuple[Term, ...]:
    return tuple(_terms(SHIPPED, "en"))


def _terms(path: Path, language: str) -> list[Term]:
    file = read_toml(path, ArticleError, shown=path.name)
    found = []
    for name in file.fields:
        said = file.part(name)
        entry = said.fit(_Entry, {})
        found.append(Term(name, entry.means, entry.also, language, said))
    return found
