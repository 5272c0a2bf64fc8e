"""What one row stands on: the rows that it refers to, the area that its path leads to, its key among all others."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db import connection
from psycopg import sql

from luoshi.office.registry.building import identifier
from luoshi.office.registry.entering import Cells
from luoshi.office.registry.errors import Problem
from luoshi.office.registry.filters import scope
from luoshi.office.registry.shape import AREA, DIVISIONS, DOUBLE, SHARED, RegisterTable, TableName, Tables

RowId = int | str


@dataclass(frozen=True)
class Holder:
    """A row that has a key, and the area it belongs to."""

    id: RowId
    area: str | None


def lost_references(table: RegisterTable, cells: Cells, scope_prefix: str) -> list[Problem]:
    """A problem for each given reference to a row that there is not, or that lies beyond the area.

    Divisions are known to everybody; whether the row itself may belong to one is another question.
    """
    found = []
    for column in table.references():
        value, target = cells.get(column.name), column.references
        if value is None or target is None:
            continue
        anywhere = target == TableName(SHARED, DIVISIONS)
        form = sql.SQL("SELECT 1 FROM {} WHERE id = {} AND {}")
        if not _rows(form.format(identifier(target), value, scope("" if anywhere else scope_prefix))):
            found.append(Problem("reference", table.register, column.name))
    return found


def place_of(table: RegisterTable, tables: Tables, cells: Mapping[str, Any], row_id: RowId | None) -> str | None:
    """The area that the path of references leads to from a row with these cells; None where it is not known."""
    if table.of_divisions:
        return None if row_id is None else str(row_id)
    value = cells.get(table.area[0]) if table.area else None
    for name, following in zip(table.area, table.area[1:], strict=False):
        target = table.columns[name].references
        if value is None or target is None:
            return None
        table = tables[target]
        form = sql.SQL("SELECT {} FROM {} WHERE id = {}")
        found = _rows(form.format(sql.Identifier(following), identifier(target), value))
        value = found[0][0] if found else None
    return None if value is None else str(value)


def key_holder(table: RegisterTable, key: Mapping[str, Any], but: RowId | None) -> Holder | None:
    """The other row in life that has a key, given by column as it is stored; None if part of the key is not known."""
    if not table.key_columns or any(key.get(name) is None for name in table.key_columns):
        return None
    same = sql.SQL(" AND ").join(
        sql.SQL("{} = {}").format(sql.Identifier(name), key[name]) for name in table.key_columns
    )
    form = sql.SQL("SELECT id, {} FROM {} WHERE {} AND NOT {} AND id IS DISTINCT FROM {} LIMIT 1")
    facts = (sql.Identifier(AREA), identifier(table.name), same, sql.Identifier(DOUBLE), but)
    found = _rows(form.format(*facts))
    return Holder(*found[0]) if found else None


def _rows(query: sql.Composable) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(query)
        return list(cursor.fetchall())
