"""Rows that were written together, taken back together: new ones are deleted, changed ones hold what they held.

What was written stands in a relation of three columns: `row_id`, the version `before` (none for a new row), and the one
`after`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.db import connection
from psycopg import sql

from luoshi.office.registry.building import identifier
from luoshi.office.registry.placing import place
from luoshi.office.registry.shape import (
    AREA,
    CHANGED_AT,
    CHANGED_BY,
    DOUBLE,
    REASON,
    SOURCE,
    VERSION,
    RegisterTable,
    Tables,
)

SHOWN = 200
TOLD = (VERSION, SOURCE, CHANGED_AT, CHANGED_BY, REASON)
"""What a version says of itself, beside what it holds."""


@dataclass(frozen=True)
class Obstacle:
    """A row that cannot be taken back: it was `changed` since, is `gone`, or is `referred` to by rows of a register."""

    row_id: int
    kind: str
    by: str = ""
    register: str = ""


def obstacles(table: RegisterTable, tables: Tables, written: sql.Composable, most: int = SHOWN) -> list[Obstacle]:
    """What stands in the way, the first of it in the order of ids. A row that holds the same again was not changed."""
    found: list[Obstacle] = []
    for form, register in _ways(table, tables, written):
        with connection.cursor() as cursor:
            cursor.execute(sql.SQL("{} ORDER BY 1 LIMIT {}").format(form, most))
            found += [Obstacle(row_id, kind, by or "", register) for row_id, kind, by in cursor.fetchall()]
    return sorted(found, key=lambda each: (each.row_id, each.kind, each.register))[:most]


def noted(written: sql.Composable) -> sql.Composed:
    """The same relation, kept until the transaction ends in a table where it is found fast."""
    name = sql.Identifier("written_rows")
    _run("DROP TABLE IF EXISTS {name}", name=name)
    _run("CREATE TEMPORARY TABLE {name} ON COMMIT DROP AS {written}", name=name, written=written)
    _run("CREATE UNIQUE INDEX ON {name} (row_id)", name=name)
    _run("ANALYZE {name}", name=name)
    return sql.SQL("SELECT row_id, before, after FROM {}").format(name)


def take_back(table: RegisterTable, tables: Tables, written: sql.Composable, *, by: str) -> None:
    """Every row is as it was before, as a new version of `by`; new ones are gone. Nothing stands in the way."""
    _run("ANALYZE registry.row_version")  # what was written just now is found by its index only where this is known
    names = [AREA, SOURCE, DOUBLE]
    for column in table.columns.values():
        names += [column.name, column.index] if column.encrypted else [column.name]
    former = sql.SQL(", ").join(sql.SQL("{0} = o.{0}").format(sql.Identifier(name)) for name in names)
    facts = {
        "register": identifier(table.name), "written": written, "former": former, "by": by,
        "changed_by": sql.Identifier(CHANGED_BY), "schema": table.name.schema, "table": table.name.name,
    }  # fmt: skip
    _run(
        "UPDATE {register} t SET {former}, {changed_by} = {by} FROM ({written}) w"
        ' JOIN registry.row_version v ON v.schema = {schema} AND v."table" = {table} AND v.row_id = w.row_id::text'
        " AND v.version = w.before, jsonb_populate_record(NULL::{register}, v.row) o WHERE t.id = w.row_id",
        **facts,
    )
    with connection.cursor() as cursor:
        cursor.execute(sql.SQL("SELECT row_id FROM ({}) w WHERE before IS NOT NULL").format(written))
        place(tables, table.name, [row[0] for row in cursor.fetchall()], by=by)
    _run("DELETE FROM {register} t USING ({written}) w WHERE t.id = w.row_id AND w.before IS NULL", **facts)


def _ways(table: RegisterTable, tables: Tables, written: sql.Composable) -> Iterator[tuple[sql.Composed, str]]:
    """The queries of what stands in the way, each with the register it is about."""
    yield sql.SQL(
        "SELECT w.row_id, CASE WHEN t.id IS NULL THEN 'gone' ELSE 'changed' END, t.{by} FROM ({written}) w"
        " LEFT JOIN {register} t ON t.id = w.row_id LEFT JOIN registry.row_version v ON t.{version} <> w.after"
        " AND v.schema = {schema} AND v.{table} = {name} AND v.row_id = w.row_id::text AND v.version = w.after"
        " WHERE t.{version} IS DISTINCT FROM w.after"
        " AND to_jsonb(t) - {told}::text[] IS DISTINCT FROM v.row - {told}::text[]"
    ).format(
        register=identifier(table.name), version=sql.Identifier(VERSION), by=sql.Identifier(CHANGED_BY),
        schema=table.name.schema, table=sql.Identifier("table"), name=table.name.name, told=list(TOLD), written=written,
    ), table.register  # fmt: skip
    for other in tables.values():
        for column in other.references():
            if column.references != table.name:
                continue
            among = " AND c.id NOT IN (SELECT row_id FROM ({written}) n WHERE n.before IS NULL)"
            yield sql.SQL(
                "SELECT DISTINCT w.row_id, 'referred', '' FROM ({written}) w JOIN {other} c ON c.{column} = w.row_id"
                " WHERE w.before IS NULL" + (among if other.name == table.name else "")
            ).format(
                other=identifier(other.name), column=sql.Identifier(column.name), written=written
            ), other.register  # fmt: skip


def _run(form: str, **named: object) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql.SQL(form).format(**named))
