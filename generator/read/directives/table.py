"""``:::{table} Caption`` around a table, and ``:::{list-table} Caption`` for one made of lists."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from pydantic import Field

from generator.errors import ArticleError
from generator.read.options import Options, checked
from generator.read.parts import Label, Part

if TYPE_CHECKING:
    from markdown_it.token import Token

    from generator.read.parts import Raw
    from generator.read.reader import Reader

NAMES = ("table", "list-table")
Cells = tuple[list["Token"], ...]


class TableOptions(Options):
    """What a table may set."""

    name: str = Field("", description="a name that references lead to")


class ListTableOptions(TableOptions):
    """What a table made of lists may set besides."""

    header_rows: int = Field(
        1, alias="header-rows", ge=0, le=5, description="rows at the top that are headings"
    )
    stub_columns: int = Field(
        0, alias="stub-columns", ge=0, le=5, description="columns at the start that are headings"
    )


@dataclass(frozen=True, kw_only=True)
class Table(Part):
    """A numbered table: the caption is the first stretch of its contents; then its own text.

    A table made of lists has `rows` of cells, of which the first `heads` are headings.
    """

    name: str
    number: str
    rows: tuple[Cells, ...] = ()
    heads: int = 0
    stubs: int = 0


def read(raw: Raw, reader: Reader) -> Table:
    """The argument is the caption.

    Raises:  ArticleError for a body that is not one table, or not one list of lists of one length.
    """
    number = reader.number("table")
    options = checked(ListTableOptions if raw.name == "list-table" else TableOptions, raw)
    name = options.name or reader.gathered.labels.free(f"table-{number}")
    where = raw.options["name"].where if options.name else raw.where
    reader.label(Label(name, "table", number, raw.argument, where))
    inner = reader.inside(raw.where)
    caption = inner.tokens(raw.argument, raw.title_line)
    body = inner.tokens(raw.body, raw.line)
    if not isinstance(options, ListTableOptions):
        if [token.type for token in body if token.level == 0] != ["table_open", "table_close"]:
            what = "this block holds exactly one table, of '|' and '-'"
            raise ArticleError(what, where=raw.where)
        return Table(
            family="table", where=raw.where, name=name, number=number, contents=(caption, body)
        )
    rows = _rows(body, raw, reader)
    return Table(
        family="table",
        where=raw.where,
        name=name,
        number=number,
        rows=rows,
        heads=options.header_rows,
        stubs=options.stub_columns,
        contents=(caption, *(cell for row in rows for cell in row)),
    )


def _rows(body: list[Token], raw: Raw, reader: Reader) -> tuple[Cells, ...]:
    """Items of the items of a list."""
    rows = [_items(item) for item in _items(body)]
    if not rows or not all(rows) or [t for t in body if t.level == 0][2:]:
        raise ArticleError(
            "this block holds one list of lists: a row for each item, a cell for each of its items",
            where=raw.where,
            hint="* - first cell",
        )
    for item, row in zip(_items(body), rows, strict=True):
        if len(row) != len(rows[0]):
            line = next((token.map[0] + 1 for token in item if token.map), raw.line)
            raise ArticleError(
                f"this row has {len(row)} cells, the first has {len(rows[0])}",
                where=reader.where(line),
            )
    return tuple(tuple(row) for row in rows)


def _items(tokens: list[Token]) -> list[list[Token]]:
    """What stands in each item of the one list that `tokens` are; empty for anything else."""
    lists = ("bullet_list_open", "ordered_list_open")
    if not tokens or tokens[0].type not in lists:
        return []
    level = tokens[0].level + 1
    items: list[list[Token]] = []
    for token in tokens[1:-1]:
        if token.level == level and token.type == "list_item_open":
            items.append([])
        elif not (token.level == level and token.type == "list_item_close"):
            if token.level <= level:
                return []
            items[-1].append(token)
    return items
