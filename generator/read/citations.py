"""references.bib to numbered references, in the order in which the article cites them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from pybtex.database import BibliographyData, Entry, parse_string
from pybtex.exceptions import PybtexError

from generator.errors import ArticleError


@dataclass(frozen=True)
class Reference:
    """One work, ready to print; `link` is its DOI or arXiv page."""

    key: str
    authors: tuple[str, ...]
    title: str
    venue: str
    year: str
    link: str
    identifier: str

    @property
    def short(self) -> str:
        """Family name of the first author and year, for a hover card."""
        family = self.authors[0].split()[-1] if self.authors else self.key
        more = " et al." if len(self.authors) > 2 else ""
        if len(self.authors) == 2:
            more = f" and {self.authors[1].split()[-1]}"
        return f"{family}{more} {self.year}"


def bibliography(path: Path, source: str) -> dict[str, Reference]:
    """Read an article's ``references.bib``; an absent file is an empty bibliography.

    Raises:  ArticleError for BibTeX that cannot be read, and for an entry without title, year, or
             DOI or arXiv id.
    """
    if not path.is_file():
        return {}
    where = source.replace("index.md", path.name)
    try:
        data: BibliographyData = parse_string(path.read_text("utf8"), "bibtex")
    except (PybtexError, UnicodeDecodeError) as problem:
        raise ArticleError(f"BibTeX: {problem}", where=where) from None
    return {key: _reference(key, entry, where) for key, entry in data.entries.items()}


def _reference(key: str, entry: Entry, where: str) -> Reference:
    fields = entry.fields
    for field in ("title", "year"):
        if field not in fields:
            raise ArticleError(f"reference {key!r} has no {field}", where=where)
    link, identifier = _identifier(key, entry, where)
    people = entry.persons.get("author") or entry.persons.get("editor") or []
    venue = next((fields[f] for f in ("journal", "booktitle", "publisher") if f in fields), "")
    return Reference(
        key=key,
        authors=tuple(_plain(str(_name(person))) for person in people),
        title=_plain(fields["title"]),
        venue=_plain(venue),
        year=fields["year"],
        link=link,
        identifier=identifier,
    )


def _name(person: object) -> str:
    parts = ("first_names", "middle_names", "prelast_names", "last_names", "lineage_names")
    return " ".join(word for part in parts for word in getattr(person, part))


def _identifier(key: str, entry: Entry, where: str) -> tuple[str, str]:
    doi, arxiv = entry.fields.get("doi", ""), entry.fields.get("eprint", "")
    if re.fullmatch(r"10\.\d{4,9}/\S+", doi):
        return f"https://doi.org/{doi}", f"doi:{doi}"
    if re.fullmatch(r"\d{4}\.\d{4,5}|[a-z-]+/\d{7}", arxiv):
        return f"https://arxiv.org/abs/{arxiv}", f"arXiv:{arxiv}"
    raise ArticleError(
        f"reference {key!r} has no DOI or arXiv id of the usual form",
        where=where,
        hint="give doi = {10.…/…} or eprint = {1234.56789}",
    )


def _plain(text: str) -> str:
    """LaTeX in a BibTeX field to plain text."""
    from pybtex.richtext import Text

    return str(Text.from_latex(text)).replace("~", " ")
