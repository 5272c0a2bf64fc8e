"""How single rows are stored: cells as their table has them, a version with its reason, the event that tells of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import IntegrityError, connection, transaction
from psycopg import sql

from luoshi.office.audit import actions as audit
from luoshi.office.database.keys import secrecy
from luoshi.office.registry.building import identifier
from luoshi.office.registry.entering import Cells, Value
from luoshi.office.registry.errors import NotHere, Problem, Refused
from luoshi.office.registry.filters import scope
from luoshi.office.registry.shape import (
    AREA,
    CHANGED_AT,
    CHANGED_BY,
    DOUBLE,
    REASON,
    SOURCE,
    VERSION,
    Column,
    RegisterTable,
)

RowId = int | str
MOST_REASON = 500


@dataclass(frozen=True)
class Basis:
    """Who writes a row, when, why, and where the new values come from; `origin` is the address that it came from."""

    by: str
    at: datetime
    reason: str
    source: str
    origin: str = ""


def basis_problems(table: RegisterTable, basis: Basis) -> Iterator[Problem]:
    """A problem for a reason or a source that is missing or too long."""
    for name, text in (("reason", basis.reason), ("source", basis.source)):
        if not text.strip() or len(text) > MOST_REASON or "\0" in text:
            yield Problem(name, table.register)


def locked(table: RegisterTable, row_id: RowId, scope_prefix: str) -> Mapping[str, Any]:
    """A row of the area as it is stored, held until the transaction ends; `NotHere` if there is none."""
    names = [VERSION, AREA, DOUBLE, *stored_names(table, table.columns)]
    listed = sql.SQL(", ").join(map(sql.Identifier, names))
    form = sql.SQL("SELECT {} FROM {} WHERE id = {} AND {} FOR UPDATE")
    with connection.cursor() as cursor:
        cursor.execute(form.format(listed, identifier(table.name), row_id, scope(scope_prefix)))
        found = cursor.fetchone()
    if found is None:
        raise NotHere(f"{table.register}:{row_id}")
    return dict(zip(names, found, strict=True))


def stored_names(table: RegisterTable, names: Iterable[str]) -> list[str]:
    """The columns of the database that hold fields: themselves, and the indexes of encrypted ones."""
    return [stored for name in names for stored in dict.fromkeys((name, table.columns[name].found_by))]


def stored(table: RegisterTable, cells: Cells) -> dict[str, Any]:
    """Cells as the table has them: encrypted ones closed, with their index beside them."""
    return {name: cell for key, value in cells.items() for name, cell in _closed(table, table.columns[key], value)}


def update(table: RegisterTable, row_id: RowId, cells: Mapping[str, Any], basis: Basis) -> None:
    """The row has these stored cells, as its next version; `Refused` if another has taken its key meanwhile."""
    told = {**cells, **_told(basis)}
    pairs = sql.SQL(", ").join(sql.SQL("{} = %s").format(sql.Identifier(name)) for name in told)
    form = sql.SQL("UPDATE {} SET {} WHERE id = %s").format(identifier(table.name), pairs)
    with key_is_free(table), connection.cursor() as cursor:
        cursor.execute(form, [*told.values(), row_id])


def insert(table: RegisterTable, cells: Mapping[str, Any], basis: Basis) -> int:
    """A new row has these stored cells; its id. `Refused` if another has taken its key meanwhile."""
    told = {**cells, **_told(basis)}
    names = sql.SQL(", ").join(map(sql.Identifier, told))
    signs = sql.SQL(", ").join(sql.SQL("%s") for _ in told)
    form = sql.SQL("INSERT INTO {} ({}) VALUES ({}) RETURNING id").format(identifier(table.name), names, signs)
    with key_is_free(table), connection.cursor() as cursor:
        cursor.execute(form, list(told.values()))
        return int(cursor.fetchone()[0])


@contextmanager
def key_is_free(table: RegisterTable) -> Iterator[None]:
    """`Refused` if something written here has the key of another row; nothing of it is written then."""
    try:
        with transaction.atomic():
            yield
    except IntegrityError as problem:
        raise Refused([key_problem(table, None)]) from problem


def key_problem(table: RegisterTable, holder: RowId | None) -> Problem:
    """Another row has the key: which, where it may be told."""
    return Problem("key", table.register, table.key[0], told="" if holder is None else str(holder))


def record(
    action: str, table: RegisterTable, row_id: RowId, area: str | None, basis: Basis, details: Mapping[str, Any]
) -> None:
    """The event that tells of a row that was written: its columns, never a value."""
    subject = f"{table.register}:{row_id}"
    audit.record(action, actor=basis.by, subject=subject, area=area or "", origin=basis.origin, details=details)


def _told(basis: Basis) -> dict[str, Any]:
    reason, source = basis.reason.strip(), basis.source.strip()
    return {SOURCE: source, CHANGED_BY: basis.by, CHANGED_AT: basis.at, REASON: reason}


def _closed(table: RegisterTable, column: Column, value: Value | None) -> Iterator[tuple[str, Any]]:
    if not column.encrypted:
        yield column.name, value
        return
    keys = secrecy()
    yield column.name, None if value is None else keys.close(str(value), table.place_of(column.name))
    yield column.index, None if value is None else keys.index(str(value))
