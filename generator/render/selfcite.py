"""The article as others cite it: a BibTeX entry, and a work in the site's own citation style."""

from __future__ import annotations

import re

from generator.read.article import Article
from generator.read.citations import Reference
from generator.read.front import Author

PARTICLES = {"af", "al", "av", "bin", "da", "de", "del", "della", "den", "der", "di", "do", "dos",
             "du", "el", "ibn", "la", "le", "ten", "ter", "van", "von", "zu", "zur"}  # fmt: skip
SPECIAL = re.compile(r"[&%#_$]")


def bibtex(article: Article, journal: str, address: str = "") -> str:
    """A BibTeX entry; "" for an article without authors. `address` is the page's own, if known."""
    front = article.front
    if not front.authors:
        return ""
    fields = {
        "author": " and ".join(_person(author) for author in front.authors),
        "title": f"{{{_latex(front.title)}}}",
        "journal": _latex(journal),
        "year": str(front.date.year),
        "month": str(front.date.month),
        "doi": front.doi,
        "url": address,
        "note": f"Version {article.version}" if article.versions else "",
    }
    width = max(len(name) for name, value in fields.items() if value)
    lines = [f"  {name:<{width}} = {{{value}}}" for name, value in fields.items() if value]
    return f"@article{{{key(article)},\n" + ",\n".join(lines) + "\n}\n"


def key(article: Article) -> str:
    """Family name of the first author, year and first word of the address."""
    first = article.front.authors[0].name.split() if article.front.authors else ["anonymous"]
    words = (first[-1].casefold(), str(article.front.date.year), article.slug.split("-")[0])
    family, year, word = (re.sub(r"[^a-z0-9]", "", word) for word in words)
    return f"{family}{year}{word}" if family else f"{word or 'article'}{year}"


def reference(article: Article, journal: str, address: str = "") -> Reference:
    """The article as one more work, for the citation style to print."""
    front = article.front
    date = front.date
    item = {
        "type": "article-journal",
        "title": front.title.replace("<", "‹").replace(">", "›"),
        "container-title": journal,
        "author": [_names(author) for author in front.authors],
        "issued": {"date-parts": [[date.year, date.month, date.day]]},
    }
    doi = f"doi:{front.doi}" if front.doi else ""
    link = f"https://doi.org/{front.doi}" if front.doi else address
    item |= {"DOI": front.doi} if front.doi else {"URL": address} if address else {}
    return Reference(key(article), item, link, doi or address, article.source)


def is_person(author: Author) -> bool:
    """Two words or more, each a name or a particle; else an institution or a group."""
    words = author.name.split()
    return (
        len(words) > 1
        and words[0].casefold() not in ("the", "a")
        and all(word[0].isupper() or word in PARTICLES for word in words)
    )


def _names(author: Author) -> dict[str, str]:
    words = author.name.split()
    if not is_person(author):
        return {"literal": author.name}
    start = next((i for i, word in enumerate(words) if i and word in PARTICLES), len(words) - 1)
    family = next((i for i in range(start, len(words)) if words[i] not in PARTICLES), start)
    parts = {
        "given": " ".join(words[:start]),
        "non-dropping-particle": " ".join(words[start:family]),
        "family": " ".join(words[family:]),
    }
    return {name: value for name, value in parts.items() if value}


def _person(author: Author) -> str:
    return _latex(author.name) if is_person(author) else f"{{{_latex(author.name)}}}"


def _latex(text: str) -> str:
    """Signs that BibTeX or TeX would take for commands."""
    text = text.replace("\\", "").replace("{", "").replace("}", "")
    return SPECIAL.sub(lambda found: f"\\{found.group()}", text)
