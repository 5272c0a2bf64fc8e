"""Rows of a file beside those of a register: which are new, which change what, and then all of them at once.

The rows stand in a table of their own, with `_row`, their number, and the columns that the file gives, as the register
has them. What becomes of each stands in a second table, the plan: `_row`, the row of the register that has the same key
(`id`, its `version`), the columns that change, the area the row belongs to afterwards and the one it has now.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.db import connection
from psycopg import sql

from luoshi.office.registry.building import identifier
from luoshi.office.registry.placing import place
from luoshi.office.registry.shape import AREA, CHANGED_BY, DOUBLE, SOURCE, VERSION, Column, RegisterTable, Tables

ROW = "_row"


@dataclass(frozen=True)
class Incoming:
    """Rows that are to go into a register. An empty cell leaves what is kept, or clears it where `clears` says so."""

    table: RegisterTable
    rows: sql.Identifier
    plan: sql.Identifier
    columns: tuple[Column, ...]
    clears: bool = False

    @property
    def kept(self) -> dict[str, Column]:
        """The given columns that are compared and changed: all but those of the key."""
        return {column.name: column for column in self.columns if column.name not in self.table.key}


@dataclass(frozen=True)
class Counts:
    """How many rows are new, change something, or are there already as they are."""

    new: int
    changed: int
    same: int


@dataclass(frozen=True)
class Touched:
    """A table of the rows that were written: `id`, the version `before` (none for new ones) and the one `after`."""

    name: sql.Identifier


def lock(table: RegisterTable) -> None:
    """Nobody else writes to the register until the transaction ends."""
    _run("LOCK TABLE {} IN SHARE ROW EXCLUSIVE MODE", identifier(table.name))


def lay_beside(incoming: Incoming) -> None:
    """The plan is made anew from the rows and the register as they are now."""
    table = incoming.table
    form = (
        "CREATE TABLE {plan} AS SELECT s.{row}, t.id, t.{version} AS version, {changes} AS changes,"
        " {area} AS area, t.{own_area} AS old_area, '{{}}'::text[] AS conflicts FROM {rows} s"
        " LEFT JOIN {register} t ON {same_key} AND NOT t.{double}{joins}"
    )
    area, joins = _area(incoming)
    _run("DROP TABLE IF EXISTS {}", incoming.plan)
    _run(
        form, plan=incoming.plan, row=sql.Identifier(ROW), version=sql.Identifier(VERSION), changes=_changes(incoming),
        area=area, own_area=sql.Identifier(AREA), rows=incoming.rows, register=identifier(table.name),
        same_key=_same_key(incoming), double=sql.Identifier(DOUBLE), joins=joins,
    )  # fmt: skip
    _run("CREATE INDEX ON {} ({})", incoming.plan, sql.Identifier(ROW))
    _run("ANALYZE {}", incoming.plan)


def counts(incoming: Incoming) -> Counts:
    """What the plan comes to."""
    form = (
        "SELECT count(*) FILTER (WHERE id IS NULL), count(*) FILTER (WHERE id IS NOT NULL AND changes <> '{{}}'),"
        " count(*) FILTER (WHERE id IS NOT NULL AND changes = '{{}}') FROM {}"
    )
    with connection.cursor() as cursor:
        cursor.execute(sql.SQL(form).format(incoming.plan))
        return Counts(*cursor.fetchone())


def slices(incoming: Incoming, size: int) -> list[tuple[int, int]]:
    """The first and last numbers of the rows, so many at a time, in their order."""
    form = (
        "SELECT min(n), max(n) FROM (SELECT {0} AS n, (row_number() OVER (ORDER BY {0}) - 1) / {1} AS turn FROM {2}) r"
    )
    with connection.cursor() as cursor:
        cursor.execute(sql.SQL(form + " GROUP BY turn ORDER BY 1").format(sql.Identifier(ROW), size, incoming.rows))
        return list(cursor.fetchall())


def put(incoming: Incoming, first: int, last: int, into: Touched, *, source: str, by: str) -> None:
    """The rows with numbers from `first` to `last` are in the register as the plan says; `into` has them too."""
    told = {SOURCE: sql.Literal(source), CHANGED_BY: sql.Literal(by)}
    facts = {
        "register": identifier(incoming.table.name), "rows": incoming.rows, "plan": incoming.plan,
        "row": sql.Identifier(ROW), "first": first, "last": last, "into": into.name, "version": sql.Identifier(VERSION),
    }  # fmt: skip
    new = {AREA: sql.SQL("p.area"), **told} | {name: _cell("s", name) for name in _stored(incoming.columns)}
    _run(
        "WITH put AS (INSERT INTO {register} ({names}) SELECT {cells} FROM {rows} s JOIN {plan} p USING ({row})"
        " WHERE p.id IS NULL AND {row} BETWEEN {first} AND {last} ORDER BY {row} RETURNING id, {version})"
        " INSERT INTO {into} SELECT id, NULL, {version} FROM put",
        names=_listed(map(sql.Identifier, new)), cells=_listed(new.values()), **facts,
    )  # fmt: skip
    changed = {AREA: sql.SQL("p.area"), **told} | dict(_taken(incoming))
    _run(
        "WITH put AS (UPDATE {register} t SET {changed} FROM {rows} s JOIN {plan} p USING ({row})"
        " WHERE p.id = t.id AND p.changes <> '{{}}' AND s.{row} BETWEEN {first} AND {last}"
        " RETURNING t.id, p.version AS before, t.{version})"
        " INSERT INTO {into} SELECT id, before, {version} FROM put",
        changed=_listed(sql.SQL("{} = {}").format(sql.Identifier(name), cell) for name, cell in changed.items()),
        **facts,
    )


def place_moved(incoming: Incoming, tables: Tables, *, by: str) -> int:
    """Rows that are found through changed ones are where these are now; how many moved."""
    path = incoming.table.area
    if not path or path[0] not in incoming.kept:
        return 0
    with connection.cursor() as cursor:
        cursor.execute(sql.SQL("SELECT id FROM {} WHERE {} = ANY(changes)").format(incoming.plan, path[0]))
        moved = [row[0] for row in cursor.fetchall()]
    return place(tables, incoming.table.name, moved, by=by) if moved else 0


def make_touched() -> Touched:
    """An empty table that lasts as long as the transaction."""
    touched = Touched(sql.Identifier("touched_rows"))
    _run(
        "CREATE TEMPORARY TABLE {} (id bigint NOT NULL, before integer, after integer NOT NULL) ON COMMIT DROP",
        touched.name,
    )
    return touched


def _stored(columns: Iterable[Column]) -> Iterator[str]:
    """The columns of the register that hold given ones: themselves, and the indexes of encrypted ones."""
    for column in columns:
        yield column.name
        if column.encrypted:
            yield column.index


def _taken(incoming: Incoming) -> Iterator[tuple[str, sql.Composable]]:
    """What each compared column holds afterwards: the cell of the file where the plan says that it changes."""
    for column in incoming.kept.values():
        for name in _stored([column]):
            form = "CASE WHEN {} = ANY(p.changes) THEN {} ELSE {} END"
            yield name, sql.SQL(form).format(column.name, _cell("s", name), _cell("t", name))


def _changes(incoming: Incoming) -> sql.Composed:
    """The names of the columns in which a known row will be another."""
    names = []
    for name, column in incoming.kept.items():
        new, old = _cell("s", column.found_by), _cell("t", column.found_by)
        given = sql.SQL("") if incoming.clears else sql.SQL(" AND {} IS NOT NULL").format(new)
        form = "CASE WHEN t.id IS NOT NULL AND {} IS DISTINCT FROM {}{} THEN {} END"
        names.append(sql.SQL(form).format(new, old, given, name))
    return sql.SQL("array_remove(ARRAY[{}]::text[], NULL)").format(_listed(names))


def _same_key(incoming: Incoming) -> sql.Composed:
    """Whether a row of the file and one of the register have the same key; an unknown part is equal to an unknown."""
    keys = incoming.table.key_columns
    new, old = (_listed(_cell(alias, name) for name in keys) for alias in ("s", "t"))
    unknown = sql.SQL(" OR ").join(sql.SQL("{} IS NULL").format(sql.Identifier(name)) for name in keys)
    with connection.cursor() as cursor:
        cursor.execute(sql.SQL("SELECT EXISTS (SELECT FROM {} WHERE {})").format(incoming.rows, unknown))
        has_unknown = cursor.fetchone()[0]
    form = "ROW({})::text = ROW({})::text" if has_unknown else "({}) = ({})"
    return sql.SQL(form).format(new, old)


def _area(incoming: Incoming) -> tuple[sql.Composable, sql.Composable]:
    """The area that a row belongs to afterwards, and the table that tells it."""
    table = incoming.table
    if not table.area:
        return sql.SQL("t.{}").format(sql.Identifier(AREA)), sql.SQL("")
    name = table.area[0]
    given = name in {column.name for column in incoming.columns}
    kept = _cell("t", name)
    leads_to: sql.Composable = kept
    if given:
        stays = sql.SQL("CASE WHEN t.id IS NULL OR {} = ANY({}) THEN {} ELSE {} END")
        leads_to = stays.format(name, _changes(incoming), _cell("s", name), kept)
        if name in table.key:
            leads_to = _cell("s", name)
    if len(table.area) == 1:
        return leads_to, sql.SQL("")
    target = table.columns[name].references
    assert target is not None
    return sql.SQL("x.{}").format(sql.Identifier(AREA)), sql.SQL(" LEFT JOIN {} x ON x.id = {}").format(
        identifier(target), leads_to
    )


def _cell(alias: str, name: str) -> sql.Composed:
    return sql.SQL("{}.{}").format(sql.Identifier(alias), sql.Identifier(name))


def _listed(parts: Iterable[sql.Composable]) -> sql.Composed:
    return sql.SQL(", ").join(parts)


def _run(form: str, *parts: object, **named: object) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql.SQL(form).format(*parts, **named))
