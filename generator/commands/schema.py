"""explorable schema"""

from __future__ import annotations

import click


@click.command()
def schema() -> None:
    """Print a JSON Schema of an article's front matter, for editors that check YAML."""
    import json

    from generator.read.front import schema as front_matter

    click.echo(json.dumps(front_matter(), indent=2))
