"""Values of different sources that contradict one another: offered, listed, and settled by people.

A value that people have put right is not written over by what another source says later: it waits here.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from django.db import connection, transaction
from django.db.models.functions import Now
from psycopg import sql

from luoshi.office.audit import actions as audit
from luoshi.office.database.keys import secrecy
from luoshi.office.database.secrecy import masked
from luoshi.office.registry.building import identifier
from luoshi.office.registry.entering import Value, entered, written
from luoshi.office.registry.errors import Problem, Refused
from luoshi.office.registry.filters import scope
from luoshi.office.registry.models import Conflict
from luoshi.office.registry.revising import correct
from luoshi.office.registry.shape import AREA, VERSION, Column, RegisterTable, TableName, Tables
from luoshi.office.registry.storing import Basis, RowId, basis_problems, locked
from luoshi.office.registry.tracing import traces, traces_of_many
from luoshi.rulebook.model.types import Text

Open = Conflict.State.OPEN


@dataclass(frozen=True)
class Offer:
    """A value for one cell. One of an encrypted column is given in clear, or sealed as the table has it."""

    row_id: RowId
    column: str
    value: Value | bytes | None


def contested(table: RegisterTable, row_ids: Iterable[RowId], source: str) -> Mapping[RowId, frozenset[str]]:
    """The columns of rows in which `source` may not write: what they hold was put there by people, from another source.

    Rows in which there are none are left out. A change by people is a version with a reason; imports give none.
    """
    found = {}
    for row_id, since in traces_of_many(table, row_ids).items():
        columns = frozenset(name for name, one in since.items() if one.reason and one.source != source)
        if columns:
            found[row_id] = columns
    return found


def offer(
    table: RegisterTable, row_id: RowId, column: str, value: Value | bytes | None, *, source: str, by: str
) -> None:
    """The worklist has the value that a source offers for a cell, instead of the value that it had offered before.

    For an import: a cell that `contested` names is not written; its value is offered here where it is another. Nothing
    happens when the cell holds the value already, or when people have kept theirs against this very offer.
    """
    offer_all(table, [Offer(row_id, column, value)], source=source, by=by)


@transaction.atomic
def offer_all(table: RegisterTable, offers: Iterable[Offer], *, source: str, by: str, area: str = "") -> int:
    """As `offer`, for many cells of an area, with one event that tells of them; how many wait now."""
    taken_in = sum(_offer(table, each, source, by) for each in offers)
    if taken_in:
        details = {"count": taken_in}
        audit.record("conflict.offer", actor=by, subject=f"register:{table.name}", area=area, details=details)
    return taken_in


@transaction.atomic
def settle(
    table: RegisterTable, tables: Tables, numbers: Iterable[int], basis: Basis, *, take: bool, scope_prefix: str
) -> int:
    """The offered values are taken into their rows, as corrections with a reason, or the held ones kept; how many.

    All or none. Those that were settled before are passed over. `basis.source` is not asked: a value that is taken has
    the source that offered it. `NotHere` for a row outside the area, `Refused` for values that cannot be taken.
    """
    problems = [one for one in basis_problems(table, basis) if one.kind == "reason"]
    if problems:
        raise Refused(problems)
    named = {"schema": table.name.schema, "table": table.name.name, "id__in": list(numbers), "state": Open}
    found = list(Conflict.objects.select_for_update().filter(**named).order_by("id"))
    for conflict in found:
        row_id = id_of(table, conflict.row_id)
        now = locked(table, row_id, scope_prefix)
        column = table.columns.get(conflict.column)
        if column is None:
            raise Refused([Problem("column", table.register, conflict.column)])
        if take:
            changes = {column.name: _value(table, column, conflict.offered)}
            given = replace(basis, source=conflict.offered_source)
            version = now[VERSION]
            correct(table, tables, row_id, changes, given, scope_prefix=scope_prefix, expected_version=version)
        conflict.state = Conflict.State.TAKEN if take else Conflict.State.KEPT
        conflict.settled_by, conflict.settled_at, conflict.reason = basis.by, basis.at, basis.reason.strip()
        conflict.save()
        subject, details = f"conflict:{conflict.id}", {"column": column.name, "taken": take}
        place = now[AREA] or ""
        audit.record(
            "conflict.settle", actor=basis.by, subject=subject, area=place, origin=basis.origin, details=details
        )
    return len(found)


def open_counts(tables: Iterable[RegisterTable], scope_prefix: str) -> Mapping[TableName, int]:
    """How many conflicts wait in each register, about rows of the area and below; registers without are left out."""
    given = {table.name: table for table in tables}
    names = Conflict.objects.filter(state=Open).values_list("schema", "table").distinct()
    found: dict[TableName, int] = {}
    for name in sorted(TableName(*each) for each in names):
        if name in given:
            count = _rows(given[name], "SELECT count(*)", scope_prefix, sql.SQL(""))[0][0]
            found |= {name: count} if count else {}
    return found


def open_conflicts(table: RegisterTable, scope_prefix: str, after: int = 0, size: int = 50) -> list[Conflict]:
    """Conflicts that wait, about rows of the area and below, behind one with a number."""
    rest = sql.SQL("AND c.id > {} ORDER BY c.id LIMIT {}").format(after, size)
    numbers = [row[0] for row in _rows(table, "SELECT c.id", scope_prefix, rest)]
    return list(Conflict.objects.filter(id__in=numbers).order_by("id"))


def shown_value(table: RegisterTable, column: Column, text: str | None) -> Any:
    """A value of a conflict as a row's cell has it for readers: encrypted ones masked."""
    value = _value(table, column, text)
    return masked(str(value)) if column.encrypted and value is not None else value


def id_of(table: RegisterTable, row_id: str) -> RowId:
    """The id of a row as its table has it."""
    return row_id if table.of_divisions else int(row_id)


def _offer(table: RegisterTable, offered: Offer, source: str, by: str) -> bool:
    column = table.columns[offered.column]
    now = locked(table, offered.row_id, "")
    held, given = _text(table, column, now[column.name]), _text(table, column, offered.value)
    if _same(table, column, held, given):
        return False
    about: dict[str, Any] = {
        "schema": table.name.schema, "table": table.name.name, "row_id": str(offered.row_id), "column": column.name,
        "offered_source": source,
    }  # fmt: skip
    kept = Conflict.objects.filter(**about, state=Conflict.State.KEPT)
    if any(_same(table, column, one.offered, given) for one in kept):
        return False
    since = traces(table, "", offered.row_id)[column.name]
    told = {
        "held": held, "held_source": since.source, "offered": given, "offered_by": by, "offered_at": Now(),
    }  # fmt: skip
    Conflict.objects.update_or_create(**about, state=Open, defaults=told)
    return True


def _text(table: RegisterTable, column: Column, value: Value | bytes | None) -> str | None:
    """A value as it is kept here."""
    if value is None:
        return None
    if column.encrypted:
        sealed = value if isinstance(value, bytes) else secrecy().close(str(value), table.place_of(column.name))
        return sealed.hex()
    assert not isinstance(value, bytes)
    return written(value)


def _value(table: RegisterTable, column: Column, text: str | None) -> Value | None:
    """The value that was kept here, in clear."""
    if text is None:
        return None
    if column.encrypted:
        return secrecy().open(bytes.fromhex(text), table.place_of(column.name))
    return text if isinstance(column.type, Text) else entered(column, text)


def _same(table: RegisterTable, column: Column, one: str | None, other: str | None) -> bool:
    first, second = (_value(table, column, text) for text in (one, other))
    if column.encrypted and first is not None and second is not None:
        return secrecy().index(str(first)) == secrecy().index(str(second))
    return first == second


def _rows(table: RegisterTable, select: str, scope_prefix: str, rest: sql.Composable) -> list[tuple[Any, ...]]:
    """Conflicts that wait beside the rows that they are about."""
    form = (
        '{} FROM {} c JOIN {} r ON r.id = c.row_id{} WHERE c.schema = {} AND c."table" = {}'
        " AND c.state = 'open' AND {} {}"
    )
    kind = sql.SQL("" if table.of_divisions else "::bigint")
    parts = (
        sql.SQL(select), sql.Identifier(Conflict._meta.db_table), identifier(table.name), kind, table.name.schema,
        table.name.name, scope(scope_prefix), rest,
    )  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute(sql.SQL(form).format(*parts))
        return list(cursor.fetchall())
