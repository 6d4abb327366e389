"""What an article's text shows that is no mistake but should be looked at: the build's warnings."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from generator.findings import Finding
from generator.read.article import Article
from generator.read.roles.cite import Works
from generator.report import Report


def review(articles: Iterable[Article], report: Report) -> None:
    """Tell the report of everything to be looked at in these articles."""
    for article in articles:
        for finding in (*unused_references(article), *silent_figures(article)):
            report.warn(finding)


def unused_references(article: Article) -> Iterator[Finding]:
    """Works in the article's files that no sentence cites."""
    works: Works = article.found["cite"]
    for reference in works.unused:
        yield Finding(
            reference.where,
            f"no sentence cites {reference.key!r}",
            f"cite it with {{cite}}`{reference.key}` or take it out",
            "unused reference",
        )


def silent_figures(article: Article) -> Iterator[Finding]:
    """Figures that say nothing about what is to be seen."""
    for block in article.blocks:
        if not block.caption:
            yield Finding(
                block.where,
                f"the figure {block.name} has no caption",
                "say below the options what a reader should look for",
                "no caption",
            )
