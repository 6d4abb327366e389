"""The command `explorable`: one file per command under commands/."""

from __future__ import annotations

import os
from importlib import import_module

import click

from generator.errors import nearest

# Pydantic would ask everything that is installed for a plugin, and let it change what is read.
os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")
COMMANDS = ("new", "build", "serve", "check", "train", "publish", "pack", "why", "schema")


class _Commands(click.Group):
    """Imports a command when it is asked for, so that each starts quickly."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            raise click.UsageError(
                f"there is no command {cmd_name!r}; {nearest(cmd_name, COMMANDS)}"
            )
        command: click.Command = getattr(import_module(f"generator.commands.{cmd_name}"), cmd_name)
        return command


@click.command(cls=_Commands)
@click.version_option(package_name="explorable")
def main() -> None:
    """Turn Markdown and PyTorch into a static site of live explanations."""
