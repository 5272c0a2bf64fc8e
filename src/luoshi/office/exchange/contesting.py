"""Cells of a file that say otherwise than what people have put right by hand: they are offered, never written."""

from __future__ import annotations

from collections.abc import Iterator

from django.db import connection
from psycopg import sql

from luoshi.office.registry import conflicts
from luoshi.office.registry.conflicts import Offer
from luoshi.office.registry.merging import ROW, Incoming
from luoshi.office.registry.models import Conflict
from luoshi.office.registry.shape import RegisterTable


def contest(incoming: Incoming, source: str) -> int:
    """Such cells are no changes of the plan any more, but its conflicts; how many rows have some."""
    with connection.cursor() as cursor:
        cursor.execute(
            sql.SQL("SELECT id FROM {} WHERE version > 1 AND changes <> '{{}}' ORDER BY id").format(incoming.plan)
        )
        found = conflicts.contested(incoming.table, [row[0] for row in cursor.fetchall()], source)
        form = sql.SQL(
            "UPDATE {} SET conflicts = ARRAY(SELECT unnest(changes) INTERSECT SELECT unnest(%s::text[])),"
            " changes = ARRAY(SELECT c FROM unnest(changes) c WHERE c <> ALL(%s::text[])) WHERE id = %s"
        ).format(incoming.plan)
        cursor.executemany(form, [(sorted(names), sorted(names), row_id) for row_id, names in found.items()])
        cursor.execute(sql.SQL("SELECT count(*) FROM {} WHERE conflicts <> '{{}}'").format(incoming.plan))
        return int(cursor.fetchone()[0])


def offer(incoming: Incoming, *, source: str, by: str, area: str) -> None:
    """Every conflict of the plan waits for somebody to decide it."""
    conflicts.offer_all(incoming.table, _offers(incoming), source=source, by=by, area=area)


def withdraw(table: RegisterTable, source: str) -> None:
    """What a source has offered and nobody has decided is not offered any more."""
    named = {"schema": table.name.schema, "table": table.name.name, "offered_source": source}
    Conflict.objects.filter(**named, state=Conflict.State.OPEN).delete()


def _offers(incoming: Incoming) -> Iterator[Offer]:
    for column in incoming.kept.values():
        form = "SELECT p.id, s.{} FROM {} p JOIN {} s USING ({}) WHERE {} = ANY(p.conflicts) ORDER BY p.id"
        parts = (sql.Identifier(column.name), incoming.plan, incoming.rows, sql.Identifier(ROW), column.name)
        with connection.cursor() as cursor:
            cursor.execute(sql.SQL(form).format(*parts))
            for row_id, value in cursor.fetchall():
                yield Offer(row_id, column.name, bytes(value) if isinstance(value, memoryview) else value)
