"""Plain lines, one per event: for pipes, logs and continuous integration."""

from __future__ import annotations

from collections.abc import Sequence

import click

from generator.report import Report


class Lines(Report):
    """Prints each event when it happens and every figure at the end."""

    def computing(self, names: Sequence[str]) -> None:
        """How many payloads are to be computed."""
        super().computing(names)
        click.echo(f"computing {len(names)} of {len(self.rows)} figures")

    def computed(self, name: str, seconds: float) -> None:
        """One line for a finished payload."""
        super().computed(name, seconds)
        click.echo(f"  {name}  {self.rows[name].kind}  {seconds:.1f} s")

    def note(self, line: str) -> None:
        """Print the line."""
        click.echo(line)

    def close(self, pages: int) -> None:
        """Print the account of every figure, the warnings, and the time it all took."""
        for name, row in self.rows.items():
            source = row.state if row.seconds is None else f"{row.seconds:.1f} s"
            parity = ""
            if row.error is not None:
                parity = f"  graphs agree within {row.error:.0e}, run by {row.engine}"
            more = f" + {row.more / 1000:.0f} kB on request" if row.more else ""
            allowed = f"  ({row.allowed})" if row.allowed else ""
            size = f"{row.first / 1000:>6.0f} kB{more}" if row.weighed else f"{'':>9}"
            click.echo(f"{name:<44} {row.kind:<10} {size}  {source}{parity}{allowed}")
        for finding in sorted(self.warnings):
            click.echo(f"warning: {finding}")
        click.echo(f"{pages} pages, {len(self.rows)} figures in {self.seconds:.2f} s")
