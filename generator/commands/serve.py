"""explorable serve"""

from __future__ import annotations

import click

from generator.commands.project import ROOT, mistakes
from generator.project import Project


@click.command()
@ROOT
@click.option("--host", default="127.0.0.1", help="0.0.0.0 lets everyone in the network see it")
@click.option("--port", default=8000, type=click.IntRange(1, 65535), help="the next free one from")
def serve(project: Project, host: str, port: int) -> None:
    """Build the site, show it, and follow every edit.

    An edit of an article's text reaches the open page in a moment, without reloading it: the page
    keeps its place and figures that are not touched keep their state. Mistakes are shown here and
    over the page until they are mended.
    """
    from generator.serve import addresses
    from generator.serve import serve as run
    from generator.serve.address import listening

    with mistakes():
        found = listening(host, port)
        taken = found.getsockname()[1] != port
        click.echo(f"port {port} is taken\n" * taken, nl=False)
        click.echo(f"serving {' and '.join(addresses(found, host))}  (Ctrl-C ends it)")
        try:
            run(project, found, host)
        except KeyboardInterrupt:
            click.echo("ended")
