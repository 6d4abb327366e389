"""Citations in the text and the list they lead to, each leading back to the other."""

from __future__ import annotations

from html import escape
from typing import Any

from generator.read.article import Article
from generator.read.cites import Cite, cites
from generator.read.parts import Role
from generator.render.csl import Csl


class Citations:
    """One article's citations; the list is complete once the whole text has been rendered."""

    def __init__(self, article: Article, csl: Csl) -> None:
        self.csl = csl
        self._places: dict[str, list[str]] = {one.key: [] for one in article.references}
        # A caption may be rendered more than once, for its figure's own page; its place is one.
        self._known: dict[int, tuple[Role, str]] = {}

    def __call__(self, role: Role) -> str:
        """HTML for one role: each work is a link to the list, and what the link leads to."""
        if id(role) not in self._known:
            found = cites(role.text, role.where)
            html = self._named(found) if role.name == "cite:t" else self._bracketed(found)
            self._known[id(role)] = (role, html)
        return self._known[id(role)][1]

    def entries(self) -> list[dict[str, Any]]:
        """The list: key, number (0 in styles without), html, and the anchors that cite it."""
        return [
            {
                "key": one.key,
                "number": number if self.csl.numbered else 0,
                "html": self.csl.entry(one),
                "places": self._places[one.key],
            }
            for number, one in enumerate(self.csl.listed, start=1)
        ]

    def _bracketed(self, found: list[Cite]) -> str:
        return self._framed([_before(one) + self._link(one, self.csl.cited(one)) for one in found])

    def _named(self, found: list[Cite]) -> str:
        named = []
        for one in found:
            rest = self._framed([self._link(one, self.csl.rest(one))])
            named.append(f"{_before(one)}{self.csl.names(one)} {rest}")
        if len(named) == 1:
            return named[0]
        return f"{', '.join(named[:-1])} {self.csl.conjunction} {named[-1]}"

    def _framed(self, links: list[str]) -> str:
        before, between, after = self.csl.frame
        sort = "citations numbers" if self.csl.numbered else "citations"
        return f'<span class="{sort}">{before}{between.join(links)}{after}</span>'

    def _link(self, cite: Cite, words: str) -> str:
        places = self._places[cite.key]
        places.append(f"cite-{cite.key}-{len(places) + 1}")
        reference = self.csl.references[cite.key]
        hover = escape(f"{reference.short}: {reference.title}")
        return (
            f'<a class="citation" id="{escape(places[-1])}" href="#ref-{escape(cite.key)}" '
            f'title="{hover}">{words}</a>'
        )


def _before(cite: Cite) -> str:
    return f"{escape(cite.before)} " if cite.before else ""
