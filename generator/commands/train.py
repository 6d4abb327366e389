"""explorable train"""

from __future__ import annotations

import click

from generator.commands.project import ROOT, mistakes
from generator.project import Project


@click.command()
@ROOT
@click.argument("model")
def train(project: Project, model: str) -> None:
    """Run the recipe of a model, models/MODEL/train.py, and say where the weights went."""
    from generator.training import train as run

    with mistakes():
        click.echo(run(project, model))
