"""What machines read of an article: Google Scholar, Open Graph and schema.org."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from generator.read.article import Article
from generator.read.citations import Reference
from generator.read.front import Author
from generator.render.selfcite import is_person
from generator.render.social import FILE, HEIGHT, WIDTH

Pairs = list[tuple[str, str]]


def scholar(article: Article, journal: str, address: str) -> Pairs:
    """``citation_*`` tags by name; each author's affiliations follow that author."""
    front = article.front
    day = front.date.strftime("%Y/%m/%d")
    found: Pairs = [("citation_title", front.title)]
    for author in front.authors:
        found.append(("citation_author", author.name))
        found += [("citation_author_institution", place.name) for place in author.places]
        if author.orcid:
            found.append(("citation_author_orcid", author.orcid))
    found += [
        ("citation_publication_date", day),
        ("citation_online_date", (front.updated or front.date).strftime("%Y/%m/%d")),
        ("citation_journal_title", journal),
        ("citation_doi", front.doi),
        ("citation_language", front.language),
        ("citation_keywords", "; ".join(front.tags)),
        ("citation_fulltext_html_url", address),
    ]
    found += [("citation_reference", _reference(one)) for one in article.references]
    return [(name, content) for name, content in found if content]


def open_graph(article: Article, journal: str, address: str, picture: str = "") -> Pairs:
    """``og:*`` and ``article:*`` tags by property; `picture` says what the card shows, if any."""
    front = article.front
    language, *rest = front.language.split("-")
    region = next((part.upper() for part in rest if len(part) == 2), "")
    found: Pairs = [
        ("og:type", "article"),
        ("og:title", front.title),
        ("og:description", front.description),
        ("og:site_name", journal),
        ("og:locale", f"{language}_{region}" if region else language),
        ("og:url", address),
        *((*_card(address), ("og:image:alt", picture)) if address and picture else ()),
        ("article:published_time", front.date.isoformat()),
        ("article:modified_time", front.updated.isoformat() if front.updated else ""),
    ]
    found += [("article:author", author.name) for author in front.authors]
    found += [("article:tag", tag) for tag in front.tags]
    return [(name, content) for name, content in found if content]


def _card(address: str) -> Pairs:
    """The picture that ``social.drawn`` lays beside the article."""
    return [
        ("og:image", f"{address}{FILE}"),
        ("og:image:type", "image/png"),
        ("og:image:width", str(WIDTH)),
        ("og:image:height", str(HEIGHT)),
    ]


def linked_data(article: Article, journal: str, address: str, license: str) -> dict[str, Any]:
    """The article as a schema.org ScholarlyArticle; `license` is the address of its words."""
    front = article.front
    return _filled(
        {
            "@context": "https://schema.org",
            "@type": "ScholarlyArticle",
            "headline": front.title,
            "alternativeHeadline": front.subtitle,
            "description": front.description,
            "author": [_author(author) for author in front.authors],
            "datePublished": front.date.isoformat(),
            "dateModified": (front.updated or front.date).isoformat(),
            "inLanguage": front.language,
            "keywords": list(front.tags),
            "license": license,
            "isPartOf": {"@type": "Periodical", "name": journal},
            "identifier": _doi(front.doi),
            "sameAs": f"https://doi.org/{front.doi}" if front.doi else "",
            "url": address,
            "version": str(article.version) if article.versions else "",
            "citation": [_work(one) for one in article.references],
        }
    )


def _author(author: Author) -> dict[str, Any]:
    return _filled(
        {
            "@type": "Person" if is_person(author) else "Organization",
            "name": author.name,
            "url": author.url,
            "sameAs": f"https://orcid.org/{author.orcid}" if author.orcid else "",
            "affiliation": [
                _filled({"@type": "Organization", "name": place.name, "url": place.url})
                for place in author.places
            ],
        }
    )


def _work(one: Reference) -> dict[str, Any]:
    return _filled(
        {
            "@type": "CreativeWork",
            "name": one.title,
            "author": list(one.authors),
            "datePublished": one.year,
            "url": one.link,
            "identifier": _doi(one.item.get("DOI", "")),
        }
    )


def _doi(doi: str) -> dict[str, str]:
    return {"@type": "PropertyValue", "propertyID": "doi", "value": doi} if doi else {}


def _reference(one: Reference) -> str:
    """One work in Google Scholar's own notation, where semicolons part the fields."""
    scheme, _, identifier = one.identifier.partition(":")
    fields = [("title", one.title)]
    fields += [("author", name) for name in one.authors]
    fields += [
        ("journal_title", one.item.get("container-title", "")),
        ("publication_date", one.year),
        ("doi", one.item.get("DOI", "")),
        ("arxiv_id", identifier if scheme == "arXiv" else ""),
    ]
    return "; ".join(
        f"citation_{name}={value.replace(';', ',')}" for name, value in fields if value
    )


def _filled(fields: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in fields.items() if value}
