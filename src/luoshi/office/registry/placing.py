"""Where rows belong after a change: their area, and that of every row whose path of references leads through them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from django.db import connection
from psycopg import sql

from luoshi.office.registry.building import identifier
from luoshi.office.registry.shape import AREA, CHANGED_BY, RegisterTable, TableName, Tables


def place(tables: Tables, changed: TableName, ids: Iterable[int], *, by: str) -> int:
    """Give changed rows the area that their path leads to now, and so every row that is found through them.

    To be called in the transaction that changed the rows. Each row that moves becomes a new version, of `by`; how many
    did.
    """
    given, moved = list(ids), 0
    for table in tables.values():
        passed = list(_tables_passed(tables, table))
        for step, name in enumerate(passed):
            if name == changed:
                moved += _place(tables, table, passed, step, given, by)
    return moved


def _tables_passed(tables: Tables, table: RegisterTable) -> Iterator[TableName]:
    """The tables that the path of a register passes, its own first; not the divisions, where every path ends."""
    for name in table.area:
        yield table.name
        target = table.columns[name].references
        assert target is not None
        table = tables[target]


def _place(tables: Tables, table: RegisterTable, passed: list[TableName], step: int, ids: list[int], by: str) -> int:
    """Place the rows of a table whose path meets, at a step, one of the rows that were changed."""
    joins = sql.Composed([])
    for place, name in enumerate(passed[1:], 1):
        joins += sql.SQL(" LEFT JOIN {} {} ON {}.id = {}.{}").format(
            identifier(name), _alias(place), _alias(place), _alias(place - 1), sql.Identifier(table.area[place - 1])
        )
    facts = {
        "table": identifier(table.name), "own": _alias(0), "met": _alias(step), "last": _alias(len(passed) - 1),
        "end": sql.Identifier(table.area[-1]), "joins": joins, "area": sql.Identifier(AREA),
        "by": sql.Identifier(CHANGED_BY), "who": by, "ids": ids,
    }  # fmt: skip
    form = (
        "UPDATE {table} r SET {area} = n.place, {by} = {who} FROM (SELECT {own}.id, {last}.{end} AS place"
        " FROM {table} {own}{joins} WHERE {met}.id = ANY({ids})) n"
        " WHERE n.id = r.id AND r.{area} IS DISTINCT FROM n.place"
    )
    with connection.cursor() as cursor:
        cursor.execute(sql.SQL(form).format(**facts))
        return int(cursor.rowcount)


def _alias(step: int) -> sql.Identifier:
    return sql.Identifier(f"t{step}")
