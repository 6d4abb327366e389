"""The live table of a build in a terminal."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import groupby
from time import monotonic
from types import TracebackType
from typing import Self

from rich.console import Console, ConsoleOptions, Group, RenderableType, RenderResult
from rich.live import Live
from rich.table import Table as Grid
from rich.text import Text

from generator.report import Report, Row, State

# A sign beside each word, so that colour never stands alone.
LOOK: dict[State, tuple[str, str]] = {
    "waiting": ("·", "dim"),
    "computing": ("▸", "bold yellow"),
    "from the store": ("=", "green"),
    "done": ("✓", "bold green"),
    "as last built": ("~", "yellow"),
}
STATE, SIZES, GRAPHS, WIDE = 16, (8, 8, 8), (13, 6), 110
URGENCY: tuple[State, ...] = ("computing", "waiting", "done", "as last built", "from the store")


class Table(Report):
    """Draws every figure's state while the build runs; what cannot fit on the screen is counted."""

    def __init__(self, *, strict: bool = False) -> None:
        super().__init__(strict=strict)
        self.console = Console(highlight=False)
        self.live = Live(self, console=self.console, refresh_per_second=8, transient=True)

    def __enter__(self) -> Self:
        self.live.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        problem: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Take the live table down; what follows is printed below what was there before."""
        self.live.stop()

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        room = max(options.size.height - 6, 3)
        rows = dict(self.rows)
        if len(rows) > room:
            urgent = sorted(rows, key=lambda name: URGENCY.index(rows[name].state))[:room]
            shown = {name: row for name, row in rows.items() if name in urgent}
        else:
            shown = rows
        yield grid(shown, options.max_width)
        if len(shown) < len(rows):
            yield Text(f"… and {len(rows) - len(shown)} more", style="dim")
        yield Text(summary(rows.values()) + f"   {self.seconds:.0f} s")

    def note(self, line: str) -> None:
        """Print above the table."""
        self.console.print(line, markup=False)

    def close(self, pages: int) -> None:
        """Leave the finished table, the warnings and one closing line on the screen."""
        self.live.stop()
        self.console.print(grid(self.rows, self.console.width))
        for finding in sorted(self.warnings):
            self.console.print(Text("warning: ", style="bold yellow") + Text(str(finding)))
        took = f"{pages} pages, {len(self.rows)} figures in {self.seconds:.2f} s"
        self.console.print(Text(took, style="bold"))


def grid(rows: Mapping[str, Row], width: int) -> Group:
    """Figures under their articles; a narrow screen goes without what is said of graphs."""
    parts: list[RenderableType] = []
    kinds = max((len(row.kind) for row in rows.values()), default=4)
    for article, names in groupby(rows, key=lambda name: name.partition("/")[0]):
        parts.append(Text(article, style="bold", overflow="ellipsis", no_wrap=True))
        table = _columns(kinds, width, header=len(parts) == 1)
        for name in names:
            table.add_row(*_cells(name, rows[name])[: len(table.columns)])
            if rows[name].allowed:
                table.add_row(Text(f"    {rows[name].allowed}", style="dim italic"))
        parts.append(table)
    return Group(*parts)


def _columns(kinds: int, width: int, *, header: bool) -> Grid:
    table = Grid(box=None, padding=(0, 2, 0, 0), show_header=header, header_style="dim")
    wide = width >= WIDE
    fixed = kinds + STATE + sum(SIZES) + 2 * 6 + (sum(GRAPHS) + 4 if wide else 0)
    table.add_column("  figure", width=max(min(width - fixed, 44), 12), no_wrap=True)
    table.add_column("kind", width=kinds, no_wrap=True)
    table.add_column("", width=STATE, no_wrap=True)
    for title, room in zip(("at first", "later", "time"), SIZES, strict=True):
        table.add_column(title, width=room, justify="right", no_wrap=True)
    if wide:
        table.add_column("graphs within", width=GRAPHS[0], justify="right", no_wrap=True)
        table.add_column("run by", width=GRAPHS[1], no_wrap=True)
    return table


def summary(rows: Iterable[Row]) -> str:
    """How many figures are in each state."""
    states = [row.state for row in rows]
    return ", ".join(f"{states.count(s)} {s}" for s in URGENCY if s in states) or "reading"


def _cells(name: str, row: Row) -> list[Text]:
    sign, style = LOOK[row.state]
    seconds = monotonic() - row.since if row.state == "computing" else row.seconds
    return [
        Text("  " + name.partition("/")[2]),
        Text(row.kind),
        Text(f"{sign} {row.state}", style=style),
        Text(_size(row.first) if row.weighed else ""),
        Text(_size(row.more) if row.more else ""),
        Text("" if seconds is None else f"{seconds:.1f} s"),
        Text("" if row.error is None else f"{row.error:.0e}"),
        Text(row.engine),
    ]


def _size(count: int) -> str:
    return f"{count / 1e6:.1f} MB" if count >= 1e6 else f"{count / 1e3:.0f} kB"
