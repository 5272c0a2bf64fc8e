"""What rows of registers are called on a page: by their own words, else by those of the row they are about."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from luoshi.office.registry.filters import Filter, Sort
from luoshi.office.registry.queries import MOST_ROWS, Row, page
from luoshi.office.registry.shape import DIVISIONS, Column, RegisterTable, table_of
from luoshi.rulebook.model.blocks import Pack
from luoshi.rulebook.model.types import Ref, Text

RowId = int | str
DEEPEST = 2
"""How many references are followed to find a name."""
NAME = "name"
"""The field that names a row where its key does not."""


@dataclass(frozen=True)
class Names:
    """Names of rows within the area `root`; what lies beyond it has no name here."""

    pack: Pack
    root: str
    lang: str

    def of(self, register: str, ids: Iterable[RowId], deepest: int = DEEPEST) -> Mapping[RowId, str]:
        """The names of those rows that are kept within the area; the others are left out."""
        wanted = tuple(dict.fromkeys(ids))[:MOST_ROWS]
        if not wanted:
            return {}
        table = table_of(self.pack, register)
        rows = page(table, self.root, [Filter("id", "any", wanted)], Sort("id"), size=len(wanted)).rows
        return self.of_rows(table, rows, deepest)

    def of_rows(self, table: RegisterTable, rows: Iterable[Row], deepest: int = DEEPEST) -> Mapping[RowId, str]:
        """The names of rows that were read."""
        rows, column = list(rows), _telling(table)
        cells = {row.id: row.cells[column.name] for row in rows} if column else {}
        if column is not None and isinstance(column.type, Ref):
            found = self.of(column.type.register, filter(_is_there, cells.values()), deepest - 1) if deepest else {}
            cells = {row_id: found.get(cell) for row_id, cell in cells.items()}
        return {row.id: cells.get(row.id) or self.plain(table.register, row.id) for row in rows}

    def plain(self, register: str, row_id: RowId) -> str:
        """What a row is called that has no name: its register and its number."""
        return f"{self.pack.registers[register].title.say(self.lang)} {row_id}"


def _telling(table: RegisterTable) -> Column | None:
    """The column that tells rows apart in words: a name, a text of the key, a reference of it; never encrypted."""
    key = [table.columns[name] for name in table.key if name in table.columns]
    named = [table.columns[NAME]] if NAME in table.columns else []
    plain = [column for column in (*named, *key) if isinstance(column.type, Text) and not column.encrypted]
    about = [column for column in key if isinstance(column.type, Ref) and column.type.register != DIVISIONS]
    return next(iter((*plain, *about)), None)


def _is_there(cell: RowId | None) -> bool:
    return cell is not None
