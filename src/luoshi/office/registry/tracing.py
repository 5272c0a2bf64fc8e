"""Where each value of a row comes from: the version since which it holds, and what a row held in a former one."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db import connection
from psycopg import sql

from luoshi.office.database.keys import secrecy
from luoshi.office.registry.building import identifier
from luoshi.office.registry.entering import Cells, Value
from luoshi.office.registry.filters import scope
from luoshi.office.registry.shape import CHANGED_AT, CHANGED_BY, REASON, SOURCE, VERSION, Column, RegisterTable
from luoshi.rulebook.model.types import Date, Number

RowId = int | str
Kept = Mapping[str, Any]


@dataclass(frozen=True)
class Since:
    """The version that brought a value: from which source, when, by whom, and why where people have said so."""

    version: int
    source: str
    at: datetime
    by: str
    reason: str


def traces(table: RegisterTable, scope_prefix: str, row_id: RowId) -> Mapping[str, Since]:
    """For each column the version since which its value holds without a break; nothing for a row outside the area."""
    versions = _versions(table, scope_prefix, row_id)
    return {name: _since(column, versions) for name, column in table.columns.items()} if versions else {}


def traces_of_many(table: RegisterTable, row_ids: Iterable[RowId]) -> Mapping[RowId, Mapping[str, Since]]:
    """The traces of those of these rows, wherever they are, in which people have ever changed something."""
    form = sql.SQL(
        "SELECT r.id, to_jsonb(r)::text FROM {table} r WHERE id = ANY(%(ids)s) AND _version > 1"
        " AND (_reason IS NOT NULL OR EXISTS (SELECT FROM registry.row_version v WHERE v.schema = %(schema)s"
        ' AND v."table" = %(table)s AND v.row_id = r.id::text AND v."row" ->> \'_reason\' IS NOT NULL))'
    ).format(table=identifier(table.name))
    found: dict[RowId, list[Kept]] = {}
    with connection.cursor() as cursor:
        cursor.execute(form, {"ids": list(row_ids), "schema": table.name.schema, "table": table.name.name})
        for row_id, text in cursor.fetchall():
            found[row_id] = [json.loads(text, parse_float=Decimal), *_former(table, row_id)]
    return {
        row_id: {name: _since(column, versions) for name, column in table.columns.items()}
        for row_id, versions in found.items()
    }


def cells_of_version(table: RegisterTable, scope_prefix: str, row_id: RowId, version: int) -> Cells | None:
    """What a row held in a version, encrypted cells in clear, for whoever writes it; None if there is none.

    Columns that the register has got since then are left out.
    """
    for kept in _versions(table, scope_prefix, row_id):
        if kept[VERSION] == version:
            return {name: typed(table, table.columns[name], kept[name]) for name in table.columns.keys() & kept.keys()}
    return None


def columns_changed_since(table: RegisterTable, scope_prefix: str, row_id: RowId, version: int) -> frozenset[str]:
    """The columns of a row that hold something else than in a former version; none where there was no such one."""
    versions = _versions(table, scope_prefix, row_id)
    then = next((kept for kept in versions if kept[VERSION] == version), None)
    if then is None:
        return frozenset()
    pairs = ((name, column.found_by) for name, column in table.columns.items())
    return frozenset(name for name, stored in pairs if then.get(stored) != versions[0].get(stored))


def typed(table: RegisterTable, column: Column, kept: Any) -> Value | None:
    """A cell as JSON has it, as a value; encrypted ones in clear."""
    if kept is None:
        return None
    if column.encrypted:
        return secrecy().open(bytes.fromhex(str(kept).removeprefix("\\x")), table.place_of(column.name))
    if isinstance(column.type, Date):
        return date.fromisoformat(kept)
    if isinstance(column.type, Number) and column.type.places:
        return Decimal(str(kept))
    value: Value = kept
    return value


def _since(column: Column, versions: list[Kept]) -> Since:
    now, first = versions[0].get(column.found_by), versions[0]
    for kept in versions[1:]:
        if kept.get(column.found_by) != now:
            break
        first = kept
    at = datetime.fromisoformat(first[CHANGED_AT])
    return Since(first[VERSION], first[SOURCE], at, first[CHANGED_BY], first.get(REASON) or "")


def _versions(table: RegisterTable, scope_prefix: str, row_id: RowId) -> list[Kept]:
    """The row as it is and as it was, the newest first, as JSON has them; none for one outside the area."""
    now = sql.SQL("SELECT to_jsonb(r)::text FROM {} r WHERE id = {} AND {}")
    with connection.cursor() as cursor:
        cursor.execute(now.format(identifier(table.name), row_id, scope(scope_prefix)))
        found = cursor.fetchone()
    return [json.loads(found[0], parse_float=Decimal), *_former(table, row_id)] if found else []


def _former(table: RegisterTable, row_id: RowId) -> list[Kept]:
    """What a row was, the newest first."""
    form = 'SELECT "row"::text FROM registry.row_version WHERE schema = %s AND "table" = %s AND row_id = %s'
    with connection.cursor() as cursor:
        cursor.execute(f"{form} ORDER BY number DESC", [table.name.schema, table.name.name, str(row_id)])
        return [json.loads(text, parse_float=Decimal) for (text,) in cursor.fetchall()]
