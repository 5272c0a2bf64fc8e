"""Reading registers: pages, counts, single rows, what a row was before. Always within an area; ids always masked."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db import connection
from psycopg import sql

from luoshi.office.database.keys import secrecy
from luoshi.office.database.secrecy import Secrecy, masked
from luoshi.office.registry.building import identifier
from luoshi.office.registry.filters import After, Filter, Sort, ahead, behind, condition, order, order_back, scope
from luoshi.office.registry.shape import AREA, CHANGED_AT, CHANGED_BY, DOUBLE, REASON, SOURCE, VERSION, RegisterTable

HEAD = ("id", AREA, VERSION, SOURCE, CHANGED_AT, CHANGED_BY, DOUBLE, REASON)
MOST_ROWS = 1_000
FOUND_FIRST = (
    "WITH found AS MATERIALIZED (SELECT {names} FROM {table} WHERE {asked} LIMIT {most})"
    " SELECT {names}, (SELECT count(*) FROM found) FROM found WHERE {behind} ORDER BY {order} LIMIT {size}"
)
"""All rows are found before they are put in order: for few of them much faster than meeting them in order."""


@dataclass(frozen=True)
class Row:
    """A row of a register. `cells` by column, unknown ones None, encrypted ones masked.

    `area_code` is where the row belongs, None if unknown; `source`, `changed_at` and `changed_by` say where this
    version comes from, `reason` why people made it. `double`: another row has the same key.
    """

    id: int | str
    area_code: str | None
    version: int
    source: str
    changed_at: datetime
    changed_by: str
    double: bool
    reason: str | None
    cells: Mapping[str, Any]


@dataclass(frozen=True)
class Page:
    """Some rows in order. `after` is where the next page goes on, None on the last; `before` where the former one ends.

    Only a page that was asked for from behind knows `before`: any other begins where it was told to.
    """

    rows: tuple[Row, ...]
    after: After | None
    before: After | None = None


@dataclass(frozen=True)
class Former:
    """What a row was until `replaced_at`; days and moments in `cells` are texts, as they were kept."""

    version: int
    changed_at: datetime
    changed_by: str
    replaced_at: datetime
    source: str
    reason: str
    cells: Mapping[str, Any]


def page(
    table: RegisterTable,
    scope_prefix: str,
    filters: Iterable[Filter] = (),
    sort: Sort | None = None,
    after: After | None = None,
    size: int = 50,
    *,
    masks: bool = True,
) -> Page:
    """Rows of the area `scope_prefix` and below that pass all filters; `size` of them, at most a thousand.

    Without `masks` encrypted cells are given out in full: only for who may read them and has said why.
    `WrongQuestion` for a filter or an order that the table cannot be asked for.
    """
    sort, keys, size = sort or Sort(), secrecy(), min(size, MOST_ROWS)
    where = [scope(scope_prefix), condition(table, filters, keys), _behind(table, scope_prefix, sort, after)]
    rest = sql.SQL("ORDER BY {} LIMIT {}").format(order(table, sort), size + 1)
    found = _rows(table, where, rest, keys, masks=masks)
    return _page(found, sort, size)


def counted_page(
    table: RegisterTable,
    scope_prefix: str,
    filters: Iterable[Filter],
    sort: Sort,
    after: After | None = None,
    size: int = 50,
    most: int = 20_000,
) -> tuple[Page | None, int]:
    """The page, as by `page`, with how many rows pass on all pages together.

    No page, and a count of `most` and one more, where more pass: then `page` is the faster way.
    """
    filters, keys = list(filters), secrecy()
    facts = {
        "names": _names(table),
        "table": identifier(table.name),
        "asked": sql.SQL("{} AND {}").format(scope(scope_prefix), condition(table, filters, keys)),
        "behind": _behind(table, scope_prefix, sort, after),
        "order": order(table, sort),
        "most": most + 1,
        "size": size + 1,
    }
    with connection.cursor() as cursor:
        cursor.execute(sql.SQL(FOUND_FIRST).format(**facts))
        found = cursor.fetchall()
    rows = found[0][-1] if found else count(table, scope_prefix, filters, most + 1) if after else 0
    return (_page(_read(table, found, keys), sort, size) if rows <= most else None), rows


def page_before(
    table: RegisterTable, scope_prefix: str, filters: Iterable[Filter], sort: Sort, before: After, size: int = 50
) -> Page:
    """The rows that come right before one, in the same order; `before` is None on the first page."""
    keys, size = secrecy(), min(size, MOST_ROWS)
    where = [scope(scope_prefix), condition(table, filters, keys), ahead(table, sort, before)]
    rest = sql.SQL("ORDER BY {} LIMIT {}").format(order_back(table, sort), size + 1)
    found = _rows(table, where, rest, keys)
    rows = found[:size][::-1]
    if not rows:
        return Page((), None)
    return Page(tuple(rows), place_of(rows[-1], sort), place_of(rows[0], sort) if len(found) > size else None)


def place_of(row: Row, sort: Sort) -> After:
    """Where a row stands in an order: what comes after it, and what before, can be asked for."""
    return After(_cell(row, sort), row.id)


def opened(table: RegisterTable, scope_prefix: str, row_id: int | str, column: str) -> str | None:
    """An encrypted cell in full; None where it is unknown, or the row is not within the area.

    Only for who may read it and has said why.
    """
    if not table.columns[column].encrypted or not _may_be_id(table, row_id):
        return None
    found = _rows(table, [scope(scope_prefix), sql.SQL("id = {}").format(row_id)], sql.SQL(""), secrecy(), masks=False)
    return found[0].cells[column] if found else None


def count(table: RegisterTable, scope_prefix: str, filters: Iterable[Filter] = (), most: int | None = None) -> int:
    """How many rows of the area and below pass all filters; with `most` no further than to that many."""
    where = sql.SQL("{} AND {}").format(scope(scope_prefix), condition(table, filters, secrecy()))
    end = sql.SQL("") if most is None else sql.SQL("LIMIT {}").format(most)
    form = sql.SQL("SELECT count(*) FROM (SELECT FROM {} WHERE {} {}) found")
    with connection.cursor() as cursor:
        cursor.execute(form.format(identifier(table.name), where, end))
        return int(cursor.fetchone()[0])


def row(table: RegisterTable, scope_prefix: str, row_id: int | str) -> Row | None:
    """The row with an id; None where there is none within the area."""
    if not _may_be_id(table, row_id):
        return None
    found = _rows(table, [scope(scope_prefix), sql.SQL("id = {}").format(row_id)], sql.SQL("LIMIT 1"), secrecy())
    return found[0] if found else None


def history(table: RegisterTable, scope_prefix: str, row_id: int | str) -> list[Former]:
    """What a row was before, the newest first; nothing for a row that is elsewhere now, or was when it was deleted."""
    if not _may_be_id(table, row_id):
        return []
    with connection.cursor() as cursor:
        cursor.execute(
            'SELECT version, changed_at, changed_by, replaced_at, "row" FROM registry.row_version'
            ' WHERE schema = %s AND "table" = %s AND row_id = %s ORDER BY number DESC',
            [table.name.schema, table.name.name, str(row_id)],
        )
        found = [(*each[:-1], json.loads(each[-1], parse_float=Decimal)) for each in cursor.fetchall()]
        cursor.execute(
            sql.SQL("SELECT {} FROM {} WHERE id = {}").format(sql.Identifier(AREA), identifier(table.name), row_id)
        )
        now = cursor.fetchone()
    area = now[0] if now else found[0][-1][AREA] if found else None
    if scope_prefix and not (area or "").startswith(scope_prefix):
        return []
    keys = secrecy()
    return [
        Former(
            version,
            changed_at,
            changed_by,
            replaced_at,
            kept[SOURCE],
            kept.get(REASON) or "",
            _former_cells(table, kept, keys),
        )
        for version, changed_at, changed_by, replaced_at, kept in found
    ]


def _page(found: list[Row], sort: Sort, size: int) -> Page:
    rows = found[:size]
    return Page(tuple(rows), place_of(rows[-1], sort) if len(found) > size else None)


def _behind(table: RegisterTable, scope_prefix: str, sort: Sort, after: After | None) -> sql.Composable:
    if after is None:
        return sql.SQL("true")
    all_known = sort.column == "id" or (sort.column == AREA and bool(scope_prefix))
    return behind(table, sort, after, all_known=all_known)


def _names(table: RegisterTable) -> sql.Composable:
    return sql.SQL(", ").join(map(sql.Identifier, (*HEAD, *table.columns)))


def _may_be_id(table: RegisterTable, row_id: int | str) -> bool:
    return isinstance(row_id, str) and "\0" not in row_id if table.of_divisions else isinstance(row_id, int)


def _rows(
    table: RegisterTable,
    where: list[sql.Composable],
    rest: sql.Composable,
    keys: Secrecy,
    *,
    masks: bool = True,
) -> list[Row]:
    parts = (_names(table), identifier(table.name), sql.SQL(" AND ").join(where), rest)
    with connection.cursor() as cursor:
        cursor.execute(sql.SQL("SELECT {} FROM {} WHERE {} {}").format(*parts))
        found = cursor.fetchall()
    return _read(table, found, keys, masks=masks)


def _read(table: RegisterTable, found: list[tuple[Any, ...]], keys: Secrecy, *, masks: bool = True) -> list[Row]:
    named = [name.removeprefix("_") for name in HEAD]
    return [
        Row(
            **dict(zip(named, each, strict=False)),
            cells=_cells(table, each[len(HEAD) : len(HEAD) + len(table.columns)], keys, masks=masks),
        )
        for each in found
    ]


def _cells(table: RegisterTable, given: tuple[Any, ...], keys: Secrecy, *, masks: bool) -> Mapping[str, Any]:
    cells = dict(zip(table.columns, given, strict=True))
    for column in table.columns.values():
        if column.encrypted and cells[column.name] is not None:
            whole = keys.open(bytes(cells[column.name]), table.place_of(column.name))
            cells[column.name] = masked(whole) if masks else whole
    return cells


def _former_cells(table: RegisterTable, kept: Mapping[str, Any], keys: Secrecy) -> Mapping[str, Any]:
    cells = {name: kept.get(name) for name in table.columns}
    for column in table.columns.values():
        written = cells[column.name]
        if column.encrypted and written is not None:
            opened = keys.open(bytes.fromhex(written.removeprefix("\\x")), table.place_of(column.name))
            cells[column.name] = masked(opened)
    return cells


def _cell(row: Row, sort: Sort) -> Any:
    if sort.column in row.cells:
        return row.cells[sort.column]
    return getattr(row, sort.column.removeprefix("_"))
