"""The whole program: articles and models in, site out, in six stages. Start reading here."""

from generator.links import check_links
from generator.project import Project
from generator.read import read
from generator.render import render
from generator.report import Report
from generator.resolve import resolve
from generator.site import staged
from generator.store import Store
from generator.tasks import compute


def build(project: Project, report: Report) -> None:
    """Read articles/ and models/, write site/.

    Raises:  GeneratorError for whatever an author can mend; the old site is then untouched.
    """
    articles = read(project)
    figures = [resolve(block, article, project) for article in articles for block in article.blocks]
    entries = compute(figures, Store(project.store), report)
    with staged(project.site) as site:
        render(articles, figures, entries, project, site, report)
        check_links(site)
