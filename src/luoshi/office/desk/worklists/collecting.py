"""Sheets on which a missing field is filled in, so that they can be imported as they are.

The columns are those of an import of the register: its key, its name, the field. A key in life that is kept sealed is
not written out: whoever fills in the sheet copies it from the paper, which also makes sure of the person. The last
column says whom the row is about; an import leaves it out.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _

from luoshi.office.desk.naming import NAME, RowId
from luoshi.office.desk.worklists.asking import Asking
from luoshi.office.desk.worklists.workbooks import Book
from luoshi.office.registry.filters import Filter, Sort
from luoshi.office.registry.queries import MOST_ROWS, Row, page
from luoshi.office.registry.shape import DIVISIONS, Column, RegisterTable, table_of
from luoshi.office.worklists.gaps import Name
from luoshi.office.worklists.snapshots import written
from luoshi.rulebook.explaining.values import shown
from luoshi.rulebook.model.types import Date, Ref

MOST_LINES = 5_000
SEPARATOR = "|"
"""Between the parts of a key that names a row of another register, as imports read it."""
CODE = "代码"


def collection_book(asking: Asking, name: Name, rows: Sequence[tuple[int, str]]) -> Book:
    """The sheet for rows (ids with areas) of a register; rows that are gone by now are left out."""
    table = table_of(asking.pack, name.register)
    columns = _columns(table, name.name)
    titles = [CODE if one is None else one.title.say("zh") for one in columns]
    widths = [26] * len(columns)
    lines = _lines(asking, table, columns, name.name, rows)
    return Book("", [*titles, _("（参考）对象和地区")], [*widths, 40], lines)


def _columns(table: RegisterTable, wanted: str) -> list[Column | None]:
    """The key (None: the id), the name, and the field to fill in, each once."""
    names = dict.fromkeys([*table.key, *([NAME] if NAME in table.columns else []), wanted])
    return [table.columns.get(name) for name in names]


def _lines(
    asking: Asking,
    table: RegisterTable,
    columns: list[Column | None],
    wanted: str,
    rows: Sequence[tuple[int, str]],
) -> Iterator[list[str]]:
    for start in range(0, len(rows), MOST_ROWS):
        some = [(written(table.register, row_id), area) for row_id, area in rows[start : start + MOST_ROWS]]
        kept = _rows(asking, table, [row_id for row_id, _ in some])
        keys = {
            column.name: _keys(asking, column.type.register, [row.cells[column.name] for row in kept.values()])
            for column in columns
            if column is not None and isinstance(column.type, Ref)
        }
        for listed in asking.listed(table.register, some):
            row = kept.get(listed.id)
            if row is not None:
                cells = [_cell(row, column, wanted, keys) for column in columns]
                yield [*cells, f"{listed.name} {listed.area}"]


def _cell(row: Row, column: Column | None, wanted: str, keys: Mapping[str, Mapping[Any, str]]) -> str:
    if column is None:
        return str(row.id)
    cell = row.cells[column.name]
    if column.name == wanted or column.encrypted or cell is None:
        return ""
    return keys[column.name].get(cell, "") if column.name in keys else _written(column, cell)


def _keys(asking: Asking, register: str, ids: Sequence[Any]) -> Mapping[Any, str]:
    """The keys in life of rows that are referred to; rows with a sealed key, or beyond the area, have none here."""
    if register == DIVISIONS:
        return {code: code for code in ids}
    table = table_of(asking.pack, register)
    key = [table.columns[name] for name in table.key if name in table.columns]
    if not key or any(column.encrypted for column in key):
        return {}
    kept = _rows(asking, table, [row_id for row_id in dict.fromkeys(ids) if row_id is not None])
    inner = {
        column.name: _keys(asking, column.type.register, [row.cells[column.name] for row in kept.values()])
        for column in key
        if isinstance(column.type, Ref)
    }
    return {row.id: SEPARATOR.join(_cell(row, column, "", inner) for column in key) for row in kept.values()}


def _rows(asking: Asking, table: RegisterTable, ids: Sequence[RowId]) -> Mapping[RowId, Row]:
    """Rows within the widest area, by id."""
    if not ids:
        return {}
    found = page(table, asking.reading.root, [Filter("id", "any", tuple(ids))], Sort("id"), size=len(ids)).rows
    return {row.id: row for row in found}


def _written(column: Column, cell: Any) -> str:
    return (
        cell.isoformat()
        if isinstance(column.type, Date)
        else cell
        if isinstance(cell, str)
        else shown(cell, column.type, "zh")
    )
