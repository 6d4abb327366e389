"""A numbered table under its caption."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from generator.read.directives.table import Table
    from generator.render.prose import Prose


def html(part: Table, prose: Prose) -> str:
    """A region that scrolls by itself and is named by the table's caption."""
    name = escape(part.name)
    called = prose.words.number("table", part.number)
    number = f'<span class="figure-number"><a href="#{name}">{called}</a></span>'
    caption = f'<caption id="{name}-caption">{number} {prose.line(part.contents[0])}</caption>'
    if part.rows:
        table = f"<table>\n{caption}\n{_rows(part, prose)}</table>\n"
    else:
        # The table brings a region of its own; ours has the caption's name.
        inner = prose.html(part.contents[1]).strip()
        table = inner[inner.index("<table>") : inner.rindex("</table>")] + "</table>\n"
        table = table.replace("<table>", f"<table>\n{caption}", 1)
    return (
        f'<div class="table captioned" id="{name}" role="region" tabindex="0"'
        f' aria-labelledby="{name}-caption">\n{table}</div>\n'
    )


def _rows(part: Table, prose: Prose) -> str:
    lines = []
    for index, row in enumerate(part.rows):
        cells = []
        for column, cell in enumerate(row):
            words = prose.line(cell)
            if index < part.heads:
                cells.append(f'<th scope="col">{words}</th>')
            elif column < part.stubs:
                cells.append(f'<th scope="row">{words}</th>')
            else:
                cells.append(f"<td>{words}</td>")
        lines.append(f"<tr>{''.join(cells)}</tr>\n")
    head, body = lines[: part.heads], lines[part.heads :]
    parts = [(head, "thead"), (body, "tbody")]
    return "".join(f"<{tag}>\n{''.join(rows)}</{tag}>\n" for rows, tag in parts if rows)
