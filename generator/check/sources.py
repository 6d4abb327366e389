"""Every mistake in articles, blocks and cards, not only the first."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from generator.check.recovery import recover
from generator.errors import GeneratorError
from generator.findings import Finding, of
from generator.mapped import mapped
from generator.project import Project
from generator.read.article import Article
from generator.read.versions import FOLDER, joined, older
from generator.resolve import Figure, resolve


@dataclass
class Sources:
    """What could be read; `broken` where a site cannot be built from it."""

    articles: list[Article] = field(default_factory=list)
    figures: list[Figure] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)

    @property
    def broken(self) -> bool:
        """Whether any article or block could not be read."""
        return bool(self.findings)


def sources(project: Project) -> Sources:
    """Read all versions of every article and resolve every block; one mistake hides no other."""
    found = Sources()
    for path in sorted(project.articles.glob("*/index.md")):
        before = len(found.findings)
        articles = _versions(path.parent, project, found)
        if len(found.findings) == before:
            found.articles += articles
        for article in articles:
            for block in article.blocks:
                try:
                    found.figures.append(resolve(block, article, project))
                except GeneratorError as problem:
                    found.findings.append(of(problem, "figure"))
    try:
        mapped(project, found.figures, not found.findings)
    except GeneratorError as problem:
        found.findings.append(of(problem, "map"))
    if not (found.articles or found.findings):
        what = "there is no articles/<slug>/index.md"
        found.findings.append(Finding("articles", what, "", "article"))
    return found


def _versions(folder: Path, project: Project, found: Sources) -> list[Article]:
    """An article as it is now and as it was, each as far as it can be read."""
    try:
        folders = older(folder)
    except GeneratorError as problem:
        found.findings.append(of(problem, "article"))
        folders = []
    before = []
    for number, path in folders:
        read = recover(path, project.settings, f"{folder.name}/{FOLDER}/{number}")
        found.findings += [of(problem, "article") for problem in read.mistakes]
        if read.article:
            before.append((number, read.article))
    present = recover(folder, project.settings)
    found.findings += [of(problem, "article") for problem in present.mistakes]
    if present.article is None:
        return [one for _, one in before]
    return joined(present.article, before)
