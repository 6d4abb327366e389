"""explorable build"""

from __future__ import annotations

import sys

import click

from generator.commands.project import ROOT, mistakes
from generator.project import Project
from generator.report import report


@click.command()
@ROOT
@click.option(
    "--only",
    metavar="ARTICLE|FIGURE",
    default="",
    help="one article, or one figure as ARTICLE/NAME; the rest of the site stays as it is",
)
@click.option("--strict", is_flag=True, help="refuse what would otherwise only be warned of")
@click.option("--url", default="", help="the site's own address, in place of that of its settings")
@click.option("--events", is_flag=True, help="say what happens as JSON lines, for programs")
def build(project: Project, only: str, strict: bool, url: str, events: bool) -> None:
    """Build site/ from articles/ and models/; what has not changed is not computed again.

    With --only an article, its figures are computed and its pages written; every other page, the
    front page included, stays as it was last built. With --only a figure, nothing else is computed:
    the article's other figures stand as they were last built.
    """
    from generator.build import build as run

    try:
        with mistakes(), report(strict=strict, events=events) as told:
            run(project.at(url), told, only)
            told.close(pages=len(list(project.site.rglob("*.html"))))
    except KeyboardInterrupt:
        click.echo("stopped; finished figures are kept and the old site is untouched", err=True)
        sys.exit(1)
