"""explorable new"""

from __future__ import annotations

from pathlib import Path

import click

from generator.commands.project import ROOT, mistakes
from generator.project import Project


@click.group()
def new() -> None:
    """Start a site, an article, a model or a kind of figure, with comments that teach."""


@new.command()
@click.argument("name")
@click.option(
    "--train/--no-train", default=True, help="train its small network at once, in seconds"
)
def site(name: str, train: bool) -> None:
    """A folder NAME with an article and a small network that it explains."""
    from generator.starts import new_site
    from generator.training import train as run

    with mistakes():
        parent = Path.cwd() / Path(name).parent
        project = new_site(parent, Path(name).name, click.echo)
        if train:
            click.echo(run(project, "shapes-cnn"))
        steps = [f"cd {name}", *(["explorable train shapes-cnn"] if not train else [])]
        click.echo(f"next: {' && '.join([*steps, 'explorable serve'])}")


@new.command()
@ROOT
@click.argument("name")
def article(project: Project, name: str) -> None:
    """An article: articles/NAME/index.md, with a figure of the site's first model."""
    from generator.starts import new_article

    with mistakes():
        folder = new_article(project, name, click.echo)
        click.echo(f"next: edit {folder.relative_to(project.root)}/index.md under explorable serve")


@new.command()
@ROOT
@click.argument("name")
@click.option(
    "--dataset", default="", help="folder in models/datasets/; the first there is if left out"
)
@click.option(
    "--from-onnx",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="a foreign model: this file is copied, and its layers are named after its nodes",
)
def model(project: Project, name: str, dataset: str, from_onnx: Path | None) -> None:
    """A model: models/NAME/ with architecture, card and recipe, or around an ONNX file."""
    from generator.starts import new_foreign, new_model

    with mistakes():
        if from_onnx:
            new_foreign(project, name, from_onnx, dataset, click.echo)
            click.echo(f"next: say in models/{name}/model.toml what it is, and show it")
            return
        new_model(project, name, dataset, click.echo)
        click.echo(f"next: explorable train {name}")


@new.command()
@ROOT
@click.argument("name")
def kind(project: Project, name: str) -> None:
    """A kind of figure: figures/NAME/ with Python, template, script, style and tests."""
    from generator.starts import new_kind

    with mistakes():
        new_kind(project, name, click.echo)
        click.echo(f"next: show it in an article:\n\n:::{{{name}}}\n:name: fig-curve")
        click.echo(":function: tanh\n:layout: body\nThe caption.\n:::")
