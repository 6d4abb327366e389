"""The command `explorable`."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from generator.errors import GeneratorError
from generator.project import Project

ROOT = click.option(
    "--root",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    default=Path("."),
    help="the folder with articles/ and models/ in it",
)


@click.group()
def main() -> None:
    """Turn Markdown and PyTorch into a static site of live explanations."""


@main.command("build")
@ROOT
def build_command(root: Path) -> None:
    """Build site/ from articles/ and models/; what has not changed is not computed again."""
    from generator.build import build
    from generator.report import Report

    report = Report()
    project = Project(root.resolve())
    try:
        build(project, report)
    except GeneratorError as problem:
        click.echo(str(problem), err=True)
        sys.exit(1)
    except KeyboardInterrupt:
        click.echo("stopped; finished figures are kept and the old site is untouched", err=True)
        sys.exit(1)
    report.close(pages=len(list(project.site.rglob("*.html"))))


@main.command()
@ROOT
@click.argument("figure")
def why(root: Path, figure: str) -> None:
    """Say which part of a figure's key has changed since it was last built.

    FIGURE is ARTICLE/NAME, or a name that only one article has.
    """
    from generator.why import explain

    try:
        click.echo(explain(Project(root.resolve()), figure))
    except GeneratorError as problem:
        click.echo(str(problem), err=True)
        sys.exit(1)
