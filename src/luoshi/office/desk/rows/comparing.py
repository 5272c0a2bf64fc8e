"""What a row holds before and after a change, field by field, in words."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from luoshi.office.database.secrecy import masked
from luoshi.office.desk.keeping import in_words
from luoshi.office.desk.naming import Names
from luoshi.office.desk.rows.referring import label
from luoshi.office.registry.entering import Cells
from luoshi.office.registry.queries import Row
from luoshi.office.registry.shape import Column, RegisterTable
from luoshi.rulebook.model.types import Ref


@dataclass(frozen=True)
class Change:
    """A field that a change makes another; "" stands for what is not known. Of `hidden` ones most signs are covered.

    `meanwhile`: somebody else has changed it since the form was opened.
    """

    name: str
    title: str
    before: str
    after: str
    hidden: bool = False
    meanwhile: bool = False


def changes(
    names: Names, table: RegisterTable, row: Row | None, new: Cells, meanwhile: Collection[str] = ()
) -> Iterator[Change]:
    """The fields that a change makes another, all of which `new` holds; others may have changed some `meanwhile`."""
    for column in table.columns.values():
        if column.name in new:
            value, before = new[column.name], row.cells[column.name] if row else None
            if column.encrypted and value is not None:
                value = masked(str(value))
            old, given = (told_cell(names, table, column, cell) for cell in (before, value))
            title, is_meanwhile = column.title.say(names.lang), column.name in meanwhile
            yield Change(column.name, title, old, given, column.encrypted, is_meanwhile)


def told_cell(names: Names, table: RegisterTable, column: Column, cell: Any) -> str:
    """A cell in words, a reference by the name of its row."""
    if isinstance(column.type, Ref):
        return "" if cell is None else label(names, column.type.register, cell)
    return in_words(names, table, column, cell)


def told_cells(names: Names, table: RegisterTable, cells: Mapping[str, Any]) -> dict[str, str]:
    """All cells of a row in words."""
    return {column.name: told_cell(names, table, column, cells[column.name]) for column in table.columns.values()}
