"""Two rows become one, and two again.

The row that goes leaves its register, so that nothing counts it any more; what it was stays in its history, which the
register's triggers write. Every row that referred to it refers to the one that stays.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db import connection, transaction
from django.db.models import Q
from psycopg import sql

from luoshi.office.registry.building import identifier
from luoshi.office.registry.errors import ChangedMeanwhile, NotHere, Problem, Refused
from luoshi.office.registry.grounding import key_holder, place_of
from luoshi.office.registry.models import LikelyDouble, Merger
from luoshi.office.registry.placing import place
from luoshi.office.registry.shape import AREA, CHANGED_BY, DOUBLE, VERSION, Column, RegisterTable, TableName, Tables
from luoshi.office.registry.storing import (
    Basis,
    basis_problems,
    key_is_free,
    locked,
    record,
    stored_names,
    update,
)

Rows = list[tuple[Any, ...]]


@dataclass(frozen=True)
class Pair:
    """Two rows of a register by id, and the version of each that somebody has looked at."""

    kept: int
    kept_version: int
    gone: int
    gone_version: int


@transaction.atomic
def merge(
    table: RegisterTable, tables: Tables, pair: Pair, chosen: Iterable[str], basis: Basis, *, scope_prefix: str
) -> Merger:
    """The row `gone` is part of the row `kept`, which has its cells in the `chosen` columns and keeps the others.

    What referred to the one refers to the other, in whatever area; a row that would have the key of another then is
    marked as a double. `NotHere` where one of them is not within the area, `ChangedMeanwhile` when one was changed,
    `Refused` without a reason, or where the row would lie outside the area.
    """
    if pair.kept == pair.gone or table.of_divisions:
        raise Refused([Problem("id", table.register)])
    both = {row_id: locked(table, row_id, scope_prefix) for row_id in sorted((pair.kept, pair.gone))}
    kept, gone = both[pair.kept], both[pair.gone]
    for now, seen in ((kept, pair.kept_version), (gone, pair.gone_version)):
        if now[VERSION] != seen:
            raise ChangedMeanwhile(now[VERSION])
    problems = list(basis_problems(table, basis))
    after = {**kept, **{name: gone[name] for name in stored_names(table, chosen)}}
    area = place_of(table, tables, after, pair.kept)
    if not (area or "").startswith(scope_prefix):
        problems.append(Problem("place", table.register))
    if problems:
        raise Refused(problems)
    moved = [each for column in _references_to(tables, table) for each in _move(*column, pair.gone, pair.kept, basis)]
    _take_out(table, pair.gone)
    cells = {name: after[name] for name in stored_names(table, table.columns)}
    taken = key_holder(table, after, pair.kept) is not None
    update(table, pair.kept, {**cells, AREA: area, DOUBLE: taken}, basis)
    _place_all(table, tables, pair.kept, moved, basis)
    done = _keep(table, pair, moved, basis)
    details = {"gone": pair.gone, "moved": len(moved), "columns": sorted(chosen)}
    record("register.merge", table, pair.kept, area, basis, details)
    return done


@transaction.atomic
def separate(table: RegisterTable, tables: Tables, number: int, basis: Basis, *, scope_prefix: str) -> None:
    """Two rows that were merged are two again, with everything as it was before.

    `NotHere` for a merger that there is not, that was undone, or whose row is not within the area. `Refused` with what
    was changed since: then nobody can say what belongs to whom.
    """
    facts = {"schema": table.name.schema, "table": table.name.name, "separated_at": None, "id": number}
    merger = Merger.objects.select_for_update().filter(**facts).first()
    if merger is None:
        raise NotHere(f"merger:{number}")
    now = locked(table, merger.kept, scope_prefix)
    problems = [*basis_problems(table, basis), *changed_since(table, tables, merger, now[VERSION])]
    if problems:
        raise Refused(problems)
    update(table, merger.kept, _version(table, merger.kept, merger.kept_before), basis)
    _put_back(table, merger, basis)
    by_table: dict[TableName, list[int]] = {}
    for schema, name, column, row_id, _version_now, was_double in merger.moved:
        update(tables[TableName(schema, name)], row_id, {column: merger.gone, DOUBLE: was_double}, basis)
        by_table.setdefault(TableName(schema, name), []).append(row_id)
    for name, ids in {table.name: [merger.kept, merger.gone], **by_table}.items():
        place(tables, name, ids, by=basis.by)
    merger.separated_by, merger.separated_at = basis.by, basis.at
    merger.save()
    _pairs_of(table, merger.kept, merger.gone).update(state="open", decided_by="", decided_at=None, reason="")
    record("register.separate", table, merger.kept, now[AREA], basis, {"gone": merger.gone})


def changed_since(table: RegisterTable, tables: Tables, merger: Merger, version: int) -> list[Problem]:
    """A problem for each row that was written since a merger: the one that stayed, and those that had been moved."""
    found = [Problem("version", table.register, told=str(merger.kept))] if version != merger.kept_version else []
    for schema, name, _column, row_id, then, _was_double in merger.moved:
        other = tables.get(TableName(schema, name))
        rows = _rows("SELECT _version FROM {} WHERE id = {}", identifier(other.name), row_id) if other else []
        if not rows or rows[0][0] != then:
            found.append(Problem("version", name, told=str(row_id)))
    return found


def find_merger(table: RegisterTable, gone: int) -> Merger | None:
    """The merger through which a row has left its register; None for one that is there."""
    facts = {"schema": table.name.schema, "table": table.name.name, "separated_at": None}
    return Merger.objects.filter(**facts, gone=gone).first()


def mergers_into(table: RegisterTable, kept: int) -> list[Merger]:
    """The rows that have become part of a row, the newest first."""
    facts = {"schema": table.name.schema, "table": table.name.name, "separated_at": None}
    return list(Merger.objects.filter(**facts, kept=kept).order_by("-id"))


def _references_to(tables: Tables, table: RegisterTable) -> list[tuple[RegisterTable, Column]]:
    return [
        (other, column) for other in tables.values() for column in other.references() if column.references == table.name
    ]


def _move(table: RegisterTable, column: Column, gone: int, kept: int, basis: Basis) -> Rows:
    """The rows that refer to the one that goes refer to the one that stays: schema, table, column, id, was a double."""
    key = [sql.Identifier(name) for name in table.key_columns]
    here = sql.Identifier(column.name)
    is_key = column.name in table.key_columns
    same = sql.SQL(" AND ").join(
        sql.SQL("o.{} = {}").format(name, kept if name == here else sql.SQL("r.{}").format(name)) for name in key
    )
    taken = sql.SQL("EXISTS (SELECT FROM {} o WHERE {} AND NOT o._double)").format(identifier(table.name), same)
    form = (
        "WITH was AS (SELECT id, _double FROM {table} WHERE {here} = {gone} FOR UPDATE)"
        " UPDATE {table} r SET {here} = {kept}, {by} = {who}, _double = r._double OR {taken} FROM was"
        " WHERE was.id = r.id RETURNING r.id, was._double"
    )
    found = _rows(
        form, table=identifier(table.name), here=here, gone=gone, kept=kept, by=sql.Identifier(CHANGED_BY),
        who=basis.by, taken=taken if is_key else sql.SQL("false"),
    )  # fmt: skip
    return [(table.name.schema, table.name.name, column.name, row_id, was_double) for row_id, was_double in found]


def _take_out(table: RegisterTable, row_id: int) -> None:
    """A row leaves its register; the trigger keeps what it was."""
    _rows("DELETE FROM {} WHERE id = {} RETURNING id", identifier(table.name), row_id)


def _place_all(table: RegisterTable, tables: Tables, kept: int, moved: Rows, basis: Basis) -> None:
    place(tables, table.name, [kept], by=basis.by)
    for name in {TableName(each[0], each[1]) for each in moved}:
        place(tables, name, [each[3] for each in moved if TableName(each[0], each[1]) == name], by=basis.by)


def _keep(table: RegisterTable, pair: Pair, moved: Rows, basis: Basis) -> Merger:
    """The record of a merger, with the versions that rows have now. What was open about the row that went is over."""
    told = []
    for schema, name, column, row_id, was_double in moved:
        version = _rows("SELECT _version FROM {} WHERE id = {}", sql.Identifier(schema, name), row_id)[0][0]
        told.append((schema, name, column, row_id, version, was_double))
    kept_version = _rows("SELECT _version FROM {} WHERE id = {}", identifier(table.name), pair.kept)[0][0]
    _pairs_of(table, pair.kept, pair.gone).update(
        state="same", decided_by=basis.by, decided_at=basis.at, reason=basis.reason
    )
    about = Q(schema=table.name.schema, table=table.name.name, state="open")
    LikelyDouble.objects.filter(about & (Q(one=pair.gone) | Q(other=pair.gone))).delete()
    return Merger.objects.create(
        schema=table.name.schema, table=table.name.name, kept=pair.kept, kept_before=pair.kept_version,
        kept_version=kept_version, gone=pair.gone,
        gone_version=pair.gone_version, moved=told, reason=basis.reason.strip(), merged_by=basis.by,
        merged_at=basis.at,
    )  # fmt: skip


def _pairs_of(table: RegisterTable, first: int, second: int) -> Any:
    one, other = sorted((first, second))
    return LikelyDouble.objects.filter(schema=table.name.schema, table=table.name.name, one=one, other=other)


def _version(table: RegisterTable, row_id: int, version: int) -> Mapping[str, Any]:
    """A former version of a row, as it was stored."""
    names = [AREA, DOUBLE, *stored_names(table, table.columns)]
    form = (
        'SELECT {names} FROM registry.row_version v, jsonb_populate_record(NULL::{table}, v."row") r'
        ' WHERE v.schema = {schema} AND v."table" = {name} AND v.row_id = {id} AND v.version = {version}'
        " ORDER BY v.number DESC LIMIT 1"
    )
    found = _rows(
        form, names=sql.SQL(", ").join(sql.Identifier("r", name) for name in names), table=identifier(table.name),
        schema=table.name.schema, name=table.name.name, id=str(row_id), version=version,
    )  # fmt: skip
    return dict(zip(names, found[0], strict=True))


def _put_back(table: RegisterTable, merger: Merger, basis: Basis) -> None:
    """The row that went is in its register again, as it was, as its next version."""
    form = (
        'INSERT INTO {table} SELECT r.* FROM registry.row_version v, jsonb_populate_record(NULL::{table}, v."row" ||'
        " jsonb_build_object('_version', v.version + 1, '_changed_by', {by}::text, '_changed_at', {at}::timestamptz,"
        " '_reason', {reason}::text)) r WHERE v.schema = {schema} AND v.\"table\" = {name} AND v.row_id = {id}"
        " AND v.version = {version} ORDER BY v.number DESC LIMIT 1 RETURNING id"
    )
    with key_is_free(table):
        _rows(
            form, table=identifier(table.name), by=basis.by, at=basis.at, reason=basis.reason.strip(),
            schema=table.name.schema, name=table.name.name, id=str(merger.gone), version=merger.gone_version,
        )  # fmt: skip


def _rows(form: str, *parts: object, **named: object) -> Rows:
    with connection.cursor() as cursor:
        cursor.execute(sql.SQL(form).format(*parts, **named))
        return list(cursor.fetchall())
