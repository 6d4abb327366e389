"""references.bib and references.json to checked references, whatever form they were written in."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from generator.errors import ArticleError
from generator.read import bibtex, csljson

READERS = {"references.bib": bibtex.items, "references.json": csljson.items}
DOI = re.compile(r"10\.\d{4,9}/[^\s<>\"{}\\]+")
ARXIV = re.compile(r"(\d{4}\.\d{4,5}|[a-z-]+(?:\.[A-Z]{2})?/\d{7})(v\d+)?")
OWN = ("doi", "eprint", "archiveprefix", "eprinttype", "url", "others")


@dataclass(frozen=True)
class Reference:
    """One work: `item` as citation styles want it (CSL-JSON); `link` is its DOI or arXiv page.

    `others` holds the roles whose list of names ended in "and others".
    """

    key: str
    item: Mapping[str, Any]
    link: str
    identifier: str
    where: str
    others: tuple[str, ...] = ()

    def __hash__(self) -> int:
        """Equal works have equal keys and places; their fields need not be looked at."""
        return hash((self.key, self.identifier, self.where))

    @property
    def title(self) -> str:
        """The title without marks."""
        return re.sub(r'</?(?:i|b|sup|sub|span(?: class="nocase")?)>', "", self.item["title"])

    @property
    def people(self) -> list[Mapping[str, str]]:
        """Authors, or editors where there are none."""
        found: list[Mapping[str, str]] = self.item.get("author") or self.item.get("editor") or []
        return found

    @property
    def authors(self) -> tuple[str, ...]:
        """Whole names as one says them."""
        order = ("given", "dropping-particle", "non-dropping-particle", "family", "suffix")
        return tuple(
            one.get("literal") or " ".join(one[part] for part in order if part in one)
            for one in self.people
        )

    @property
    def year(self) -> str:
        """Year of publication, or words such as "in press"; empty where it is not known."""
        issued = self.item.get("issued", {})
        if "date-parts" in issued:
            return str(issued["date-parts"][0][0])
        return str(issued.get("literal", ""))

    @property
    def short(self) -> str:
        """Family names of one or two authors, or of the first with "et al.", and the year."""
        families = [
            one.get("literal")
            or " ".join(one[part] for part in ("non-dropping-particle", "family") if part in one)
            for one in self.people
        ]
        names = " and ".join(families[:2]) or self.title
        if len(families) > 2 or (self.others and families):
            names = f"{families[0]} et al."
        return f"{names} {self.year}".strip()


def bibliography(folder: Path, source: str) -> dict[str, Reference]:
    """Read an article's references; where there is no file there are none.

    Raises:  ArticleError with file and line for what cannot be read, for a work without a title, a
             malformed DOI, arXiv id or address, and for a key or an identifier that stands twice.
    """
    found: dict[str, Reference] = {}
    for name in READERS:
        path = folder / name
        if not path.is_file():
            continue
        where = source.replace("index.md", name)
        try:
            text = path.read_text("utf8")
        except UnicodeDecodeError as problem:
            raise ArticleError(f"not UTF-8: {problem.reason}", where=where) from None
        for reference in _works(name, text, where):
            _once(reference, found.values())
            found[reference.key] = reference
    return found


@lru_cache(maxsize=128)
def _works(name: str, text: str, where: str) -> tuple[Reference, ...]:
    """Works of one file; one that has not changed since it was last read is not read again."""
    return tuple(
        _reference(key, item, f"{where}:{_line(key, text, name)}")
        for key, item in READERS[name](text, where).items()
    )


def _line(key: str, text: str, name: str) -> int:
    return bibtex.line_of(key, text) if name.endswith(".bib") else csljson.line_of(key, text)


def _reference(key: str, item: Mapping[str, Any], where: str) -> Reference:
    if not item.get("title"):
        raise ArticleError(f"reference {key!r} has no title", where=where)
    if re.search(r"[\s`,;~%#\"<>&]", key):
        raise ArticleError(f"reference {key!r} has a key that no citation can name", where=where)
    link, identifier = _identifier(key, item, where)
    public = {name: value for name, value in item.items() if name not in OWN}
    if identifier.startswith("doi:"):
        public["DOI"] = identifier.removeprefix("doi:")
    elif link:
        # One address is enough: a style that prints both would print the same place twice.
        public["URL"] = link
    if identifier.startswith("arXiv:"):
        public.setdefault("publisher", "arXiv")
        public["number"] = identifier
    return Reference(key, public, link, identifier, where, tuple(item.get("others", ())))


def _identifier(key: str, item: Mapping[str, Any], where: str) -> tuple[str, str]:
    """Where the work is found, and the name of that place: DOI before arXiv before an address."""
    doi = re.sub(r"^(?:https?://(?:dx\.)?doi\.org/|doi:\s*)", "", item.get("doi", ""))
    if doi:
        if not DOI.fullmatch(doi):
            raise ArticleError(
                f"reference {key!r} has the DOI {doi!r}, which is of no usual form", where=where,
                hint="a DOI is written like doi = {10.1109/5.726791}",
            )  # fmt: skip
        return f"https://doi.org/{doi}", f"doi:{doi}"
    arxiv = re.sub(r"^(?:https?://arxiv\.org/abs/|arxiv:\s*)", "", item.get("eprint", ""),
                   flags=re.IGNORECASE)  # fmt: skip
    kind = (item.get("archiveprefix") or item.get("eprinttype") or "arxiv").casefold()
    if arxiv and kind == "arxiv":
        if not ARXIV.fullmatch(arxiv):
            raise ArticleError(
                f"reference {key!r} has the arXiv id {arxiv!r}, which is of no usual form",
                where=where, hint="an arXiv id is written like eprint = {1312.6199}",
            )  # fmt: skip
        return f"https://arxiv.org/abs/{arxiv}", f"arXiv:{arxiv}"
    url = item.get("url", "")
    if url and not re.fullmatch(r"https?://[^\s<>\"]+", url):
        raise ArticleError(
            f"reference {key!r} has the address {url!r}", where=where,
            hint="an address starts with https:// or http:// and holds no space",
        )  # fmt: skip
    return url, url


def _once(reference: Reference, before: Iterable[Reference]) -> None:
    for other in before:
        if other.key == reference.key:
            what = f"the key {reference.key!r} is taken at {other.where}"
            raise ArticleError(what, where=reference.where)
        if reference.identifier and other.identifier.casefold() == reference.identifier.casefold():
            raise ArticleError(
                f"{reference.key!r} and {other.key!r} are one work, {reference.identifier}",
                where=reference.where, hint="keep one of them",
            )  # fmt: skip
