"""The worklist of rows that may be one: listed by area, and told apart by people."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.db import connection, transaction
from psycopg import sql

from luoshi.office.audit import actions as audit
from luoshi.office.registry.building import identifier
from luoshi.office.registry.errors import NotHere, Refused
from luoshi.office.registry.filters import scope
from luoshi.office.registry.models import LikelyDouble
from luoshi.office.registry.shape import RegisterTable, TableName
from luoshi.office.registry.storing import Basis, basis_problems

After = tuple[int, int]
"""Score and number of the last pair of a page."""


def open_counts(tables: Iterable[RegisterTable], scope_prefix: str) -> Mapping[TableName, int]:
    """How many pairs wait in each register, both rows in the area or below; registers without are left out."""
    given = {table.name: table for table in tables}
    names = LikelyDouble.objects.filter(state="open").values_list("schema", "table").distinct()
    found: dict[TableName, int] = {}
    for name in sorted(TableName(*each) for each in names):
        if name in given:
            count = _rows(given[name], "count(*)", scope_prefix, sql.SQL(""))[0][0]
            found |= {name: count} if count else {}
    return found


def open_pairs(
    table: RegisterTable, scope_prefix: str, after: After | None = None, size: int = 50
) -> list[LikelyDouble]:
    """Pairs that wait, both rows in the area or below, the likeliest first, behind one of them."""
    behind: sql.Composable = sql.SQL("")
    if after is not None:
        behind = sql.SQL("AND (d.score < {0} OR (d.score = {0} AND d.id > {1}))").format(*after)
    rest = sql.SQL("{} ORDER BY d.score DESC, d.id LIMIT {}").format(behind, size)
    numbers = [row[0] for row in _rows(table, "d.id", scope_prefix, rest)]
    return list(LikelyDouble.objects.filter(id__in=numbers).order_by("-score", "id"))


def find_pair(table: RegisterTable, number: int) -> LikelyDouble | None:
    """A pair of the register; whether its rows may be seen is for whoever reads them."""
    return LikelyDouble.objects.filter(schema=table.name.schema, table=table.name.name, id=number).first()


@transaction.atomic
def tell_apart(table: RegisterTable, number: int, basis: Basis, *, scope_prefix: str) -> None:
    """People have looked: these are two. The pair is never listed again.

    One that was decided before stays so. `NotHere` if a row is not within the area, `Refused` without a reason.
    """
    problems = [one for one in basis_problems(table, basis) if one.kind == "reason"]
    if problems:
        raise Refused(problems)
    about = sql.SQL("AND d.id = {}").format(number)
    if not _rows(table, "d.id", scope_prefix, about):
        if find_pair(table, number) is None or _is_open(number):
            raise NotHere(f"pair:{number}")
        return
    told = {"state": "different", "decided_by": basis.by, "decided_at": basis.at, "reason": basis.reason.strip()}
    LikelyDouble.objects.filter(id=number).update(**told)
    audit.record(
        "register.tell-apart", actor=basis.by, subject=f"pair:{number}", area=scope_prefix, origin=basis.origin
    )


def _is_open(number: int) -> bool:
    return LikelyDouble.objects.filter(id=number, state="open").exists()


def _rows(table: RegisterTable, what: str, scope_prefix: str, rest: sql.Composable) -> list[tuple[Any, ...]]:
    """Pairs that wait whose rows are both there and in the area."""
    form = (
        "SELECT {} FROM {} d JOIN {} a ON a.id = d.one JOIN {} b ON b.id = d.other"
        " WHERE d.schema = {} AND d.\"table\" = {} AND d.state = 'open' AND {} AND {} {}"
    )
    register, listed = identifier(table.name), sql.Identifier(LikelyDouble._meta.db_table)
    one, other = scope(scope_prefix, "a"), scope(scope_prefix, "b")
    parts = (sql.SQL(what), listed, register, register, table.name.schema, table.name.name, one, other, rest)
    with connection.cursor() as cursor:
        cursor.execute(sql.SQL(form).format(*parts))
        return list(cursor.fetchall())
