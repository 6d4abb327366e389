"""Stage 5: articles and finished payloads to pages; templates place, nothing here calculates."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from generator.errors import ArticleError
from generator.project import Project
from generator.read.article import Article
from generator.read.claims import survey
from generator.render.alone import copy_script
from generator.render.code import copy_code
from generator.render.figures import PAGE_LOAD, Published, publish
from generator.render.machines import machines
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
    whole: bool = True,
) -> None:
    """Write every page and asset into the staged folder.

    Unless the `whole` site is built, pages that list articles stay as they are, and an article of
    whose figures one was never built gets no page.

    Raises:  ArticleError for a value that is not there, for a page whose figures load too much, and
             FigureError for a figure that does.
    """
    press = Press(project, site)
    shelf: list[tuple[Article, list[Published]]] = []
    for article in articles:
        own = [figure for figure in figures if figure.article == article.folder]
        absent = [figure.block.name for figure in own if figure.name not in entries]
        if absent:
            report.note(f"the page of {article.slug} waits for {', '.join(absent)}")
            continue
        published = press.article(article, own, entries)
        for one in published:
            report.weighed(one.figure.name, one.first, one.more, one.payload, one.allowed)
            report.run_by(one.figure.name, one.engine)
        shelf.append((article, published))
    if whole or not (site / "index.html").exists():
        press.pages.index(shelf, survey(project))
        press.pages.glossary([article for article, _ in shelf])
        press.pages.privacy()
        press.pages.missing()
        machines(site, press.pages.about, articles)
    press.pages.compiled.keep()


class Press:
    """Renders articles into one folder, as often as asked; what has not changed is not repeated."""

    def __init__(self, project: Project, site: Path) -> None:
        self.project, self.site = project, site
        copy_script(site)
        code = copy_code(site, project.figures)
        self.pages = Pages(site, code, project)
        self._done: dict[str, tuple[Entry, Published]] = {}

    def article(
        self, article: Article, figures: Sequence[Figure], entries: Mapping[str, Entry]
    ) -> list[Published]:
        """Write the pages of one article and give its figures with their files.

        Raises:  as `render` does.
        """
        published = [self._publish(figure, entries[figure.name]) for figure in figures]
        _within(article, published)
        self.pages.article(article, published, entries, self.project)
        return published

    def _publish(self, figure: Figure, entry: Entry) -> Published:
        before, done = self._done.get(figure.name, (None, None))
        if done and before == entry and done.figure.options == figure.options:
            done = replace(done, figure=figure)
        else:
            done = publish(figure, entry, self.site)
        self._done[figure.name] = (entry, done)
        return done


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
