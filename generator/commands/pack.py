"""explorable pack"""

from __future__ import annotations

from pathlib import Path

import click

from generator.commands.project import ROOT, mistakes
from generator.project import Project


@click.command()
@ROOT
@click.option(
    "--to",
    type=click.Path(dir_okay=False, path_type=Path),
    default=None,
    help="the zip; by default the site's name",
)
def pack(project: Project, to: Path | None) -> None:
    """Pack the built site into one zip for a class without internet.

    Whoever unpacks it starts start.py, which needs Python alone, and gets the address for everybody
    in the same network, and a code for telephones.
    """
    from generator.pack import pack as run

    with mistakes():
        target = run(project, to)
        click.echo(f"{target.name}, {target.stat().st_size / 1e6:.1f} MB")
        click.echo("next: unpack it where the class is, and run start.py")
