"""What an article's text shows that is no mistake but should be looked at: the build's warnings."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from generator.findings import Finding
from generator.read.article import Article
from generator.report import Report

ENTRY = re.compile(r"^\s*@(?!comment|string|preamble)\w+\s*[{(]\s*([^\s,]+)\s*,", re.I | re.M)


def review(articles: Iterable[Article], report: Report) -> None:
    """Tell the report of everything to be looked at in these articles."""
    for article in articles:
        for finding in (*unused_references(article), *silent_figures(article)):
            report.warn(finding)


def unused_references(article: Article) -> Iterator[Finding]:
    """Works in ``references.bib`` that no sentence cites."""
    path = article.folder / "references.bib"
    if not path.is_file():
        return
    text, cited = path.read_text("utf8"), {reference.key for reference in article.references}
    for entry in ENTRY.finditer(text):
        if entry.group(1) not in cited:
            line = text.count("\n", 0, entry.start(1)) + 1
            yield Finding(
                f"articles/{article.slug}/{path.name}:{line}",
                f"no sentence cites {entry.group(1)!r}",
                f"cite it with {{cite}}`{entry.group(1)}` or take it out",
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
