"""Every mistake in articles, blocks and cards, not only the first."""

from __future__ import annotations

from dataclasses import dataclass, field

from generator.check.recovery import recover
from generator.errors import GeneratorError
from generator.findings import Finding, of
from generator.mapped import mapped
from generator.project import Project
from generator.read.article import Article
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
    """Read every article and resolve every block; a misspelt layer here hides none there."""
    found = Sources()
    for path in sorted(project.articles.glob("*/index.md")):
        read = recover(path.parent, project.settings)
        found.findings += [of(problem, "article") for problem in read.mistakes]
        if read.article is None:
            continue
        article = read.article
        if not read.mistakes:
            found.articles.append(article)
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
