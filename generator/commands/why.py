"""explorable why"""

from __future__ import annotations

import click

from generator.commands.project import ROOT, mistakes
from generator.project import Project


@click.command()
@ROOT
@click.argument("figure")
def why(project: Project, figure: str) -> None:
    """Say which part of a figure's key has changed since it was last built.

    FIGURE is ARTICLE/NAME, or a name that only one article has.
    """
    from generator.why import explain

    with mistakes():
        click.echo(explain(project, figure))
