"""How many rows each register has in an area, and when they last changed: exact, and without counting any row.

Every statement that changes a register adds what it did to `registry.tally` (`tally.sql`); here it is added up.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from django.db import connection
from psycopg import sql

from luoshi.office.registry.filters import after_all
from luoshi.office.registry.shape import AREA, TableName

GROUND = Path(__file__).with_name("tally.sql")
PASSED = {
    "inserted": ("INSERT", "NEW TABLE AS changed"),
    "updated": ("UPDATE", "OLD TABLE AS former NEW TABLE AS changed"),
    "deleted": ("DELETE", "OLD TABLE AS former"),
}


@dataclass(frozen=True)
class Tally:
    """The rows of a register in an area and below. `changed_at`: when one was last written; None if none ever was."""

    rows: int = 0
    changed_at: datetime | None = None


NOTHING = Tally()


def prepare() -> None:
    """What tallies are kept with is in the database."""
    with connection.cursor() as cursor:
        cursor.execute(GROUND.read_text(encoding="utf-8"))


def keep_tally(name: TableName) -> None:
    """The tally of a table is kept from now on; it begins with the rows that are there. Nothing where it is kept."""
    table = sql.Identifier(name.schema, name.name)
    with connection.cursor() as cursor:
        asked = "SELECT EXISTS (SELECT FROM pg_trigger WHERE tgrelid = %s::regclass AND tgname = 'tally_inserted')"
        cursor.execute(asked, [table.as_string()])
        if cursor.fetchone()[0]:
            return
        for done, (event, passed) in PASSED.items():
            form = (
                "CREATE TRIGGER {name} AFTER {event} ON {table} REFERENCING {passed}"
                " FOR EACH STATEMENT EXECUTE FUNCTION registry.{name}()"
            )
            facts = {"event": sql.SQL(event), "table": table, "passed": sql.SQL(passed)}
            cursor.execute(sql.SQL(form).format(name=sql.Identifier(f"tally_{done}"), **facts))
        form = "INSERT INTO registry.tally SELECT {}, {}, {area}, count(*), max(_changed_at) FROM {} GROUP BY {area}"
        cursor.execute(sql.SQL(form).format(name.schema, name.name, table, area=sql.Identifier(AREA)))


def tallies(names: Iterable[TableName], area: str) -> Mapping[TableName, Tally]:
    """The tallies of tables in an area and below; with an empty area of all rows, also those whose area is unknown."""
    wanted = list(names)
    form = (
        'SELECT schema, "table", sum("rows"), max(changed_at) FROM registry.tally'
        ' WHERE (schema, "table") IN (SELECT * FROM unnest(%s::text[], %s::text[]))'
        " AND (%s = '' OR (area_code >= %s AND area_code < %s))"
        ' GROUP BY schema, "table"'
    )
    with connection.cursor() as cursor:
        cursor.execute(
            form, [[name.schema for name in wanted], [name.name for name in wanted], area, area, after_all(area)]
        )
        found = {TableName(schema, table): Tally(int(rows), at) for schema, table, rows, at in cursor.fetchall()}
    return {name: found.get(name, NOTHING) for name in wanted}


def tally(name: TableName, area: str) -> Tally:
    """The tally of one table."""
    return tallies([name], area)[name]


def fold() -> None:
    """What was added by many statements is one entry for each area again. The sums stay as they are."""
    with connection.cursor() as cursor:
        cursor.execute(
            "WITH taken AS (DELETE FROM registry.tally RETURNING *)"
            ' INSERT INTO registry.tally SELECT schema, "table", area_code, sum("rows"), max(changed_at) FROM taken'
            ' GROUP BY schema, "table", area_code'
        )


def kept_tables(area: str) -> frozenset[TableName]:
    """The tables that somebody has said to keep: for an area, for a part of it, or for all around it."""
    with connection.cursor() as cursor:
        cursor.execute(
            'SELECT DISTINCT schema, "table" FROM registry.kept_register'
            " WHERE starts_with(area_code, %s) OR starts_with(%s, area_code)",
            [area, area],
        )
        return frozenset(TableName(*row) for row in cursor.fetchall())
