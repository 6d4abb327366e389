"""The whole program: articles and models in, site out, in six stages. Start reading here."""

from generator.links import check_links
from generator.mapped import mapped
from generator.project import Project
from generator.read import read
from generator.render import render
from generator.report import Report
from generator.resolve import resolve
from generator.review import review
from generator.selection import select
from generator.site import staged
from generator.store import Store
from generator.tasks import compute


def build(project: Project, report: Report, only: str = "") -> None:
    """Read articles/ and models/, write site/; `only` one article or one figure of it.

    Raises:  GeneratorError for whatever an author can mend; the old site is then untouched.
    """
    chosen = select(project, only)
    articles = read(project, chosen.article)
    figures = [resolve(block, article, project) for article in articles for block in article.blocks]
    mapped(project, figures, chosen.whole)
    review(articles, report)
    report.judge()
    entries = compute(figures, Store(project.store, project.common), report, chosen)
    with staged(project.site, keep=not chosen.whole) as site:
        render(articles, figures, entries, project, site, report, chosen.whole)
        check_links(site)
        report.judge()
