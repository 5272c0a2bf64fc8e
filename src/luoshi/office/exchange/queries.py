"""Reading imports: lists within an area, what is wrong with one, what one would change."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db import connection, transaction
from psycopg import sql

from luoshi.office.accounts.roles import Scope
from luoshi.office.database.keys import secrecy
from luoshi.office.database.secrecy import masked
from luoshi.office.exchange.faults import Shown, shown
from luoshi.office.exchange.judging import incoming_of
from luoshi.office.exchange.models import Import
from luoshi.office.exchange.working import written_by
from luoshi.office.registry.building import identifier
from luoshi.office.registry.merging import ROW
from luoshi.office.registry.shape import RegisterTable, Tables
from luoshi.office.registry.unmerging import Obstacle, noted, obstacles

SHOWN_FAULTS = 200
WAYS = {
    "new": "p.id IS NULL",
    "changed": "p.id IS NOT NULL AND p.changes <> '{{}}'",
    "contested": "p.conflicts <> '{{}}'",
}
"""What may be asked of a plan."""


@dataclass(frozen=True)
class Line:
    """A row of a file beside the row of the register that it belongs to: cells by column, encrypted ones masked.

    `old` is None for a new row. `changes` will be written, `conflicts` wait for somebody to decide them.
    """

    row: int
    id: int | None
    new: Mapping[str, Any]
    old: Mapping[str, Any] | None
    changes: tuple[str, ...]
    conflicts: tuple[str, ...]


def imports(scope: Scope, before: int | None = None, size: int = 25) -> list[Import]:
    """Imports for the area and below, the newest first, behind the one with a number."""
    found = Import.objects.filter(area__startswith=scope.area)
    return list((found if before is None else found.filter(id__lt=before)).order_by("-id")[:size])


def find_import(number: int, scope: Scope) -> Import | None:
    """The import with a number; None where there is none for the area or below."""
    found = Import.objects.filter(id=number).first()
    return found if found is not None and scope.covers(found.area) else None


def faults(work: Import, most: int = SHOWN_FAULTS) -> list[Shown]:
    """The first faults of an import, in the order of the sheet."""
    return [shown(fault) for fault in work.faults.order_by("row", "letter", "id")[:most]]


def lines(work: Import, table: RegisterTable, way: str, after: int = 0, size: int = 20) -> list[Line]:
    """What an import that is ready would do, the rows of one of `WAYS` behind the one with a number."""
    incoming = incoming_of(work, table)
    names = [column.name for column in incoming.columns]
    form = (
        "SELECT p.{row}, p.id, p.changes, p.conflicts, {new}, {old} FROM {plan} p JOIN {rows} s USING ({row})"
        f" LEFT JOIN {{register}} t ON t.id = p.id WHERE {WAYS[way]} AND p.{{row}} > {{after}}"
        " ORDER BY 1 LIMIT {size}"
    )
    with connection.cursor() as cursor:
        cursor.execute(sql.SQL(form).format(
            row=sql.Identifier(ROW), new=_cells("s", names), old=_cells("t", names), plan=incoming.plan,
            rows=incoming.rows, register=identifier(table.name), after=after, size=size,
        ))  # fmt: skip
        found = cursor.fetchall()
    return [
        Line(
            row, row_id, _opened(table, names, cells[: len(names)]),
            None if row_id is None else _opened(table, names, cells[len(names) :]), tuple(changes), tuple(conflicts),
        )
        for row, row_id, changes, conflicts, *cells in found
    ]  # fmt: skip


def hindrances(work: Import, table: RegisterTable, tables: Tables) -> list[Obstacle]:
    """What stands in the way of taking back an accepted import."""
    with transaction.atomic():
        return obstacles(table, tables, noted(written_by(work)))


def _cells(alias: str, names: list[str]) -> sql.Composed:
    return sql.SQL(", ").join(sql.SQL("{}.{}").format(sql.Identifier(alias), sql.Identifier(name)) for name in names)


def _opened(table: RegisterTable, names: list[str], cells: list[Any]) -> dict[str, Any]:
    keys = secrecy()
    found = dict(zip(names, cells, strict=True))
    for name in names:
        if table.columns[name].encrypted and found[name] is not None:
            found[name] = masked(keys.open(bytes(found[name]), table.place_of(name)))
    return found
