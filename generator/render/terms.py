"""``{term}`words <name>```: words of the glossary in the text, and the glossary's own page."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from html import escape
from typing import Any

from markupsafe import Markup

from generator.read.article import Article
from generator.read.glossary import LINK, Glossary, Term
from generator.read.parts import Role


class Terms:
    """One article's use of the glossary."""

    def __init__(self, article: Article) -> None:
        self._glossary: Glossary = article.found["term"].glossary
        self._first: dict[str, Role] = {}

    def __call__(self, role: Role) -> str:
        """HTML for one role: a link to the meaning at the foot of the page, marked at first use."""
        term, words = self._glossary.term(role.text, role.where)
        first = self._first.setdefault(term.name, role) is role
        sort = "term first" if first else "term"
        return f'<a class="{sort}" href="#{term.anchor}">{escape(words)}</a>'


def glossary(found: Glossary, articles: Sequence[Article]) -> list[dict[str, Any]]:
    """Every term for the glossary's own page: its meaning as HTML and the articles that use it."""
    return [
        {
            "term": term,
            "html": Markup(meaning(term, found, lambda other: f"#{other.anchor}")),
            "articles": [
                {"title": one.front.title, "href": f"articles/{one.slug}/index.html"}
                for one in articles
                if one.current and term in one.found["term"].terms
            ],
        }
        for term in found
    ]


def meaning(term: Term, glossary: Glossary, address: Callable[[Term], str]) -> str:
    """HTML of what a term means; `address` gives the link for each term within it, or ""."""

    def link(text: str) -> str:
        other, words = glossary.term(text, "glossary.toml")
        href = address(other)
        return f'<a href="{escape(href)}">{escape(words)}</a>' if href else escape(words)

    parts = LINK.split(term.means)
    return "".join(link(part) if i % 2 else escape(part) for i, part in enumerate(parts))
