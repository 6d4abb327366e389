"""What every command shares: the folder it works on, and how a mistake is said."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import click

from generator.errors import GeneratorError
from generator.project import Project


class _Root(click.Path):
    """A folder, given to commands as a `Project`."""

    def convert(self, value: Any, param: Any, ctx: Any) -> Any:
        return Project(Path(os.fsdecode(super().convert(value, param, ctx))).resolve())


ROOT = click.option(
    "--root",
    "project",
    type=_Root(exists=True, file_okay=False),
    default=".",
    help="the folder with articles/ and models/ in it",
)


@contextmanager
def mistakes() -> Iterator[None]:
    """Say an author's mistake without a traceback and leave with status 1."""
    try:
        yield
    except GeneratorError as problem:
        click.echo(str(problem), err=True)
        sys.exit(1)
