"""Stage 5: articles and finished payloads to pages; templates place, nothing here calculates."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from generator.errors import ArticleError
from generator.project import Project
from generator.read.article import Article
from generator.render.code import copy_code
from generator.render.figures import PAGE_LOAD, Published, publish
from generator.render.pages import Pages
from generator.report import Report
from generator.resolve import Figure
from generator.store import Entry


def render(
    articles: Sequence[Article],
    figures: Sequence[Figure],
    entries: Mapping[str, Entry],
    project: Project,
    site: Path,
    report: Report,
) -> None:
    """Write every page and asset into the staged folder.

    Raises:  ArticleError for a value that is not there, for a page whose figures load too much, and
             FigureError for a figure that does.
    """
    pages = Pages(site, copy_code(site), project.settings)
    shelf: list[tuple[Article, list[Published]]] = []
    for article in articles:
        own = [figure for figure in figures if figure.article == article.folder]
        published = [publish(figure, entries[figure.name], site) for figure in own]
        for one in published:
            report.weighed(one.figure.name, one.first, one.more, one.payload, one.allowed)
        _within(article, published)
        pages.article(article, published, entries, project)
        shelf.append((article, published))
    pages.index(shelf)
    pages.privacy()


def _within(article: Article, published: list[Published]) -> None:
    """Parts that figures share, such as an atlas, are loaded and counted once."""
    parts = {name: size for one in published for name, size in one.parts.items()}
    total = sum(parts.values())
    if total > PAGE_LOAD:
        raise ArticleError(
            f"the figures load {total / 1e6:.1f} MB before the reader asks for more; "
            f"a page may load {PAGE_LOAD / 1e6:.0f} MB",
            where=article.source,
        )
