"""explorable publish"""

from __future__ import annotations

import click

from generator.commands.project import ROOT, mistakes
from generator.project import Project


@click.command()
@ROOT
@click.option("--branch", default="main", show_default=True, help="pushes to it are published")
@click.option("--again", is_flag=True, help="write the file anew where there is one")
def publish(project: Project, branch: str, again: bool) -> None:
    """Write the workflow file that builds the site at every push and puts it on GitHub Pages.

    Any other static host serves site/ as it is; give the build its address by --url.
    """
    from generator.publish import publish as run

    with mistakes():
        run(project, branch, again, click.echo)
        click.echo("next: choose GitHub Actions under Settings, Pages; then commit and push")
