"""One article rendered again in the moment after its text was edited.

Nothing is computed and the site is not touched: the page goes to a folder beside it, with figures
as they are in the store or were when last built. A whole build follows and has the last word.
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from pathlib import Path

from generator.code import Code
from generator.errors import GeneratorError
from generator.keys import key
from generator.project import Project
from generator.read import article as read_article
from generator.read.article import Article, Block
from generator.render import Press
from generator.resolve import Figure, resolve
from generator.store import Entry, Store

NEVER = (None, None, None)


class Quick:
    """Remembers every figure of the articles being edited, until something but text changes."""

    def __init__(self, project: Project, folder: Path) -> None:
        self.project, self.folder = project, folder
        self._press: Press | None = None
        self._known: dict[str, tuple[object, Figure, Entry]] = {}

    def forget(self) -> None:
        """Code, models or data have changed: take nothing for granted."""
        self.project = Project(self.project.root)
        self.project = Project(self.project.root)
        self._press = None
        self._known = {}

    def page(self, slug: str) -> bool:
        """Render an article's page into the folder; False where a figure was never built.

        Raises:  GeneratorError for whatever the author can mend.
        """
        article = read_article(self.project.articles / slug, self.project.settings)
        figures, entries = self._figures(article)
        if len(entries) < len(figures):
            return False
        self._press = self._press or Press(self.project, self.folder)
        self._press.article(article, figures, entries)
        return True

    def prime(self, slug: str) -> None:
        """Look at every figure of an article ahead of an edit; its mistakes are told elsewhere."""
        with suppress(GeneratorError, FileNotFoundError):
            self._press = self._press or Press(self.project, self.folder)
            self._figures(read_article(self.project.articles / slug, self.project.settings))

    def _figures(self, article: Article) -> tuple[list[Figure], dict[str, Entry]]:
        """Every figure of the article with its entry; only blocks that changed are looked at."""
        figures, entries = [], {}
        store = Store(self.project.store, self.project.common)
        for block in article.blocks:
            name = f"{article.slug}/{block.name}"
            stamp, figure, entry = self._known.get(name, NEVER)
            if figure and stamp == _stamp(block):
                figure = replace(figure, block=block)
            else:
                figure = resolve(block, article, self.project)
                entry = store.find(key(figure, Code(store.code)))
                if entry:
                    self._known[name] = (_stamp(block), figure, entry)
                else:
                    entry = store.aged(name)
            figures.append(figure)
            if entry:
                entries[name] = entry
        return figures, entries


def _stamp(block: Block) -> object:
    return block.kind, {name: option.value for name, option in block.options.items()}
