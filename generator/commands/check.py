"""explorable check"""

from __future__ import annotations

import sys
from itertools import groupby

import click

from generator.commands.project import ROOT, mistakes
from generator.project import Project
from generator.report import Report


@click.command()
@ROOT
@click.option(
    "--browser/--no-browser",
    default=None,
    help="insist on looking at pages in a browser, or do without; else: if there is one",
)
def check(project: Project, browser: bool | None) -> None:
    """Say everything that is wrong with the site, with file and line; status 1 if anything is.

    Links and anchors, alternative text, stills, byte budgets, references that nobody cites,
    misspelt names; in a browser also accessibility and contrast (axe), and whether every figure
    comes to life. Figures that are not in the store are computed; site/ is not touched.
    """
    from generator.check import check as run

    with mistakes():
        told = Report()
        done = run(project, told, browser)
        for file, findings in groupby(done.findings, key=lambda one: one.where.partition(":")[0]):
            click.secho(file or "here", bold=True)
            for finding in findings:
                line = finding.where.partition(":")[2]
                click.echo(f"  {f'{line}: ' * bool(line)}{finding.what}  [{finding.rule}]")
                if finding.hint:
                    click.echo(f"    hint: {finding.hint}")
        for line in done.omitted:
            click.echo(f"not checked: {line}")
        looked = f"{done.pages} pages, {done.figures} figures"
        looked += f", {done.visited} pages in a browser in light and dark" if done.visited else ""
        count = len(done.findings)
        said = "nothing to mend" if not count else f"{count} thing{'s' * (count > 1)} to mend"
        click.echo(f"{looked}: {said}, {told.seconds:.1f} s")
        if done.findings:
            sys.exit(1)
