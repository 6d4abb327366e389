"""What surrounds the prose of a scholarly article: contents, references, rights, metadata."""

from __future__ import annotations

from typing import Any

from markupsafe import Markup

from generator.licenses import known
from generator.read.article import Article, Block
from generator.read.directives.picture import Still
from generator.read.glossary import Term
from generator.read.language import direction
from generator.read.markdown import everything
from generator.read.roles.term import Used
from generator.read.survey import covered
from generator.render.contents import contents
from generator.render.csl import styled
from generator.render.metadata import linked_data, open_graph, scholar
from generator.render.prose import Prose
from generator.render.selfcite import bibtex, reference
from generator.render.terms import meaning
from generator.render.words import Words
from generator.settings import Settings


class Apparatus:
    """The context of an article's template, besides its text, once that has been rendered."""

    def __init__(self, prose: Prose, about: Settings) -> None:
        self.prose, self.about = prose, about
        self.article = prose.article
        self.address = f"{about.url}articles/{self.article.slug}/" if about.url else ""
        self.bibtex = bibtex(self.article, about.name, self.address)

    def context(self, content: str, root: str, picture: str = "") -> dict[str, Any]:
        """All that article.html asks for; `content` is the text as HTML, `root` leads home.

        `picture` says what the article's card shows, where it has one.
        """
        article, front = self.article, self.article.front
        name = self.about.name
        license = known(front.license or self.about.license)
        own = reference(article, name, self.address)
        itself = styled([own], self.prose.style, front.language)
        newest = article.versions[0] if article.versions else None
        # An address that is not whole says nothing of a page about itself.
        old = newest is not None and article.version != newest.number
        index = f"{self.about.url}articles/{newest.slug if newest else article.slug}/"
        return {
            "words": Words(front.language),
            "canonical": index if self.about.url else "../../" * old,
            "direction": direction(front.language),
            "license": license,
            "sections": contents(content, article.tokens),
            "numbered": self.prose.cite.csl.numbered,
            "references": [
                {**one, "html": Markup(one["html"])} for one in self.prose.cite.entries()
            ],
            "terms": self._terms(root),
            "pictures": _pictures(article),
            "covered": covered(front.survey.cells),
            "this_work": Markup(itself.entry(own)),
            "bibtex": self.bibtex,
            "version": article.version,
            "versions": article.versions,
            "newest": newest,
            "scholar": scholar(article, name, self.address),
            "open_graph": open_graph(article, name, self.address, picture),
            "linked_data": linked_data(article, name, self.address, license.url),
        }

    def _terms(self, root: str) -> list[dict[str, Any]]:
        used: Used = self.article.found["term"]

        def address(term: Term) -> str:
            return f"#{term.anchor}" if term in used.terms else f"{root}glossary.html#{term.anchor}"

        return [
            {"term": term, "html": Markup(meaning(term, used.glossary, address))}
            for term in used.terms
        ]


def _pictures(article: Article) -> list[Block | Still]:
    """What the article shows under terms of its own, in reading order."""
    parts = [token.meta.get("directive") for token in everything(article.tokens)]
    return [part for part in parts if isinstance(part, Block | Still) and part.rights]
