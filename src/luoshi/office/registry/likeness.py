"""Rows of people that may be one, found all at once by the database: same or like name, days, place, telephone.

Which columns tell is read off the register: its name, its personal days, its references to what people belong to, its
encrypted texts beside the key. Pairs are looked for among rows that agree in two of these; each agreement counts, and
the names have to be the same or like one another.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass

from django.db import connection
from psycopg import sql

from luoshi.office.registry.building import identifier
from luoshi.office.registry.filters import scope
from luoshi.office.registry.models import LikelyDouble
from luoshi.office.registry.shape import AREA, DIVISIONS, DOUBLE, Column, RegisterTable
from luoshi.office.registry.sounding import is_name
from luoshi.rulebook.model.types import Date, Ref, Text

SAME_NAME, LIKE_NAME, SAME_DAY, SAME_NUMBER, SAME_PLACE, SAME_GROUP, OTHER_KEY = 40, 25, 35, 30, 15, 15, 15
LEAST = 60
"""Points from which two rows are worth a look: a name and a birthday are, a name and a village are not."""
CERTAIN = 100
MOST_ALIKE = 20
"""As many rows as share two marks at most; where more do, the marks tell nothing."""
LIKE = (
    "({0} <> {1} AND char_length({0}) > 1 AND (left({0}, -1) = left({1}, -1) OR right({0}, -1) = right({1}, -1)"
    " OR (char_length({0}) = 3 AND char_length({1}) = 3 AND left({0}, 1) = left({1}, 1)"
    " AND right({0}, 1) = right({1}, 1))))"
)
"""One sign more, fewer or other."""


@dataclass(frozen=True)
class Mark:
    """A column in which rows of one person agree, and how much this counts."""

    column: str
    points: int

    def same(self) -> sql.Composed:
        """Whether two rows, `a` and `b`, agree."""
        return sql.SQL("(a.{0} = b.{0})").format(sql.Identifier(self.column))


def is_searched(table: RegisterTable) -> bool:
    """Whether rows that may be one are looked for: in registers of people by name."""
    return _name(table) is not None and not table.of_divisions


def search(table: RegisterTable, scope_prefix: str = "") -> int:
    """The worklist has every pair of rows of the area that are likely one or have the same key; how many are open.

    Pairs that people have decided stay as they are; open ones that are alike no longer are taken off.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "CREATE TEMPORARY TABLE alike (one bigint, other bigint, score int, reasons jsonb) ON COMMIT DROP"
        )
        cursor.execute(_same_key(table, scope_prefix))
        if is_searched(table):
            cursor.execute(_likely(table, scope_prefix))
        for form in (_TAKE_OFF, _PUT_ON, "DROP TABLE alike"):
            facts = {"list": sql.Identifier(LikelyDouble._meta.db_table), "register": identifier(table.name)}
            parts = {"schema": table.name.schema, "table": table.name.name, "within": scope(scope_prefix)}
            cursor.execute(sql.SQL(form).format(**facts, **parts))
    return LikelyDouble.objects.filter(schema=table.name.schema, table=table.name.name, state="open").count()


_TAKE_OFF = (
    "DELETE FROM {list} d WHERE schema = {schema} AND \"table\" = {table} AND state = 'open'"
    " AND NOT EXISTS (SELECT FROM alike WHERE alike.one = d.one AND alike.other = d.other)"
    " AND NOT EXISTS (SELECT FROM {register} r WHERE id IN (d.one, d.other) AND ({within}) IS NOT TRUE)"
)
_PUT_ON = (
    'INSERT INTO {list} AS d (schema, "table", one, other, score, reasons, found_at, state, decided_by, reason)'
    " SELECT {schema}, {table}, one, other, score, reasons, now(), 'open', '', '' FROM alike"
    ' ON CONFLICT (schema, "table", one, other) DO UPDATE SET score = EXCLUDED.score, reasons = EXCLUDED.reasons'
    " WHERE d.state = 'open' AND (d.score, d.reasons) IS DISTINCT FROM (EXCLUDED.score, EXCLUDED.reasons)"
)


def _same_key(table: RegisterTable, scope_prefix: str) -> sql.Composed:
    """Doubles beside the row that has their key."""
    key = table.key_columns
    if not key:
        return sql.SQL("SELECT").format()
    agree = sql.SQL(" AND ").join(sql.SQL("a.{0} = b.{0}").format(sql.Identifier(name)) for name in key)
    form = (
        "INSERT INTO alike SELECT least(a.id, b.id), greatest(a.id, b.id), {points}, {reasons}"
        " FROM {rows} a JOIN {rows} b ON {agree} WHERE a.{double} AND NOT b.{double}"
    )
    reasons = json.dumps([f"key:{name}" for name in table.key])
    facts = {"points": CERTAIN, "reasons": reasons, "agree": agree}
    return sql.SQL(form).format(rows=_rows(table, scope_prefix), double=sql.Identifier(DOUBLE), **facts)


def _likely(table: RegisterTable, scope_prefix: str) -> sql.Composed:
    """Pairs that agree enough, each once."""
    name = _name(table)
    assert name is not None
    cell = (sql.Identifier("a", name.name), sql.Identifier("b", name.name))
    same, like = sql.SQL("({} = {})").format(*cell), sql.SQL(LIKE).format(*cell)
    marks = list(_marks(table))
    counted = [(same, SAME_NAME, "same", name.name), (like, LIKE_NAME, "like", name.name)]
    counted += [(mark.same(), mark.points, "same", mark.column) for mark in marks]
    points = sql.SQL(" + ").join(sql.SQL("CASE WHEN {} THEN {} ELSE 0 END").format(*each[:2]) for each in counted)
    reasons = sql.SQL(", ").join(
        sql.SQL("CASE WHEN {} THEN {} END").format(test, f"{word}:{_told(table, column)}")
        for test, _points, word, column in counted
    )
    form = (
        "INSERT INTO alike SELECT a.id, b.id, least({points}, {most}),"
        " to_jsonb(array_remove(ARRAY[{reasons}]::text[], NULL)) FROM ({pairs}) p"
        " JOIN {register} a ON a.id = p.one JOIN {register} b ON b.id = p.other WHERE {alike} AND {points} >= {least}"
        " AND NOT EXISTS (SELECT FROM alike k WHERE k.one = a.id AND k.other = b.id)"
    )
    points += sql.SQL(" - CASE WHEN {} THEN {} ELSE 0 END").format(_other_key(table), OTHER_KEY)
    pairs = sql.SQL(" UNION ").join(_pairs(table, name, marks, scope_prefix))
    alike = sql.SQL("({} OR {})").format(same, like)
    facts = {"alike": alike, "points": points, "most": CERTAIN - 1, "reasons": reasons, "pairs": pairs, "least": LEAST}
    return sql.SQL(form).format(register=identifier(table.name), **facts)


def _pairs(table: RegisterTable, name: Column, marks: list[Mark], scope_prefix: str) -> Iterator[sql.Composed]:
    """Pairs of ids of rows that agree in two marks or more: the name and another, or a day and a place."""
    strong = [mark for mark in marks if mark.points > SAME_PLACE]
    for mark in strong:
        yield _groups(table, [name.name, mark.column], scope_prefix)
    groups = [mark.column for mark in marks if mark.points == SAME_GROUP]
    for one in strong:
        for other in groups:
            yield _groups(table, [one.column, other], scope_prefix)
    if len(groups) > 1:
        yield _groups(table, [name.name, *groups], scope_prefix)


def _groups(table: RegisterTable, columns: list[str], scope_prefix: str) -> sql.Composed:
    """Every two rows that agree in some columns, unless very many do."""
    listed = sql.SQL(", ").join(map(sql.Identifier, columns))
    known = sql.SQL(" AND ").join(sql.SQL("{} IS NOT NULL").format(sql.Identifier(column)) for column in columns)
    form = (
        "SELECT x.ids[i] AS one, x.ids[j] AS other FROM (SELECT array_agg(id ORDER BY id) AS ids FROM {rows} r"
        " WHERE {known} GROUP BY {listed} HAVING count(*) BETWEEN 2 AND {most}) x,"
        " generate_subscripts(x.ids, 1) i, generate_subscripts(x.ids, 1) j WHERE i < j"
    )
    facts = {"rows": _rows(table, scope_prefix), "known": known, "listed": listed, "most": MOST_ALIKE}
    return sql.SQL(form).format(**facts)


def _rows(table: RegisterTable, scope_prefix: str) -> sql.Composed:
    return sql.SQL("(SELECT * FROM {} WHERE {})").format(identifier(table.name), scope(scope_prefix))


def _name(table: RegisterTable) -> Column | None:
    """The name of people: a personal text that is shown, beside a key that says who is who."""
    names = (column for column in table.columns.values() if is_name(column) and column.personal)
    return next((column for column in names if column.name not in table.key), None)


def _marks(table: RegisterTable) -> Iterator[Mark]:
    """What tells people apart: where they belong, their day of birth, their numbers, the groups they are in.

    Of several personal days the first of the register is that of birth; others are shared by whole households.
    """
    yield Mark(AREA, SAME_PLACE)
    own = [column for column in table.columns.values() if column.personal and not column.judged]
    days = [column for column in own if isinstance(column.type, Date)]
    yield from (Mark(column.name, SAME_DAY) for column in days[:1])
    for column in own:
        if column.name in table.key:
            continue
        if isinstance(column.type, Text) and column.encrypted:
            yield Mark(column.index, SAME_NUMBER)
        elif isinstance(column.type, Ref) and column.type.register != DIVISIONS:
            yield Mark(column.name, SAME_GROUP)


def _other_key(table: RegisterTable) -> sql.Composable:
    """Whether both rows have a key, and not the same: mostly two people, else somebody mistook a sign."""
    differ = (sql.SQL("a.{0} <> b.{0}").format(sql.Identifier(name)) for name in table.key_columns)
    return (
        sql.SQL("coalesce({}, false)").format(sql.SQL(" AND ").join(differ)) if table.key_columns else sql.SQL("false")
    )


def _told(table: RegisterTable, stored: str) -> str:
    """The field that a stored column belongs to."""
    return next((column.name for column in table.columns.values() if column.found_by == stored), stored)


def differing_columns(table: RegisterTable, one: int, other: int) -> frozenset[str]:
    """The columns in which two rows hold something else; encrypted ones are compared by their index."""
    columns = list(table.columns.values())
    tests = (sql.SQL("a.{0} IS DISTINCT FROM b.{0}").format(sql.Identifier(column.found_by)) for column in columns)
    form = sql.SQL("SELECT {} FROM {} a, {} b WHERE a.id = {} AND b.id = {}")
    with connection.cursor() as cursor:
        register = identifier(table.name)
        cursor.execute(form.format(sql.SQL(", ").join(tests), register, register, one, other))
        found = cursor.fetchone()
    return frozenset(column.name for column, differs in zip(columns, found or (), strict=False) if differs)
