"""What is wrong with staged rows as a whole: ids, references, keys. Set by set, in the database."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from django.db import connection
from psycopg import sql

from luoshi.office.registry.building import identifier
from luoshi.office.registry.errors import SHOWN_ROWS, Problem
from luoshi.office.registry.shape import DIVISIONS, DOUBLE, SHARED, Column, TableName
from luoshi.office.registry.staging import ROW, Staged

Folder = Mapping[TableName, Staged]


def problems_of_rows(staged: Staged, folder: Folder, *, keep_doubles: bool) -> Iterator[Problem]:
    """Everything wrong with ids and references, and with keys unless doubles are kept.

    What is found of keys stays in the table of `doubles_of`, for whoever puts the rows into their register.
    """
    register = staged.table.register
    empty = sql.SQL("SELECT {row} FROM {staged} WHERE id IS NULL")
    yield from _problem("id", register, "id", _of(empty, staged), "has none")
    twice = "SELECT {row} FROM (SELECT *, row_number() OVER (PARTITION BY id) AS _turn FROM {staged}) WHERE _turn > 1"
    if _rows(_of(sql.SQL("SELECT id FROM {staged} GROUP BY id HAVING count(*) > 1 LIMIT 1"), staged)):
        yield from _problem("id", register, "id", _of(sql.SQL(twice), staged), "is that of an earlier row")
    for column in staged.columns:
        if column.references is not None:
            lost = _lost(staged, column, column.references, folder)
            yield from _problem("reference", register, column.name, lost, f"no such row of {column.references.name}")
    _find_doubles(staged)
    if not keep_doubles:
        doubles = sql.SQL("SELECT {row} FROM {doubles}").format(row=sql.Identifier(ROW), doubles=doubles_of(staged))
        yield from _problem("key", register, ", ".join(staged.table.key), doubles, "another row has the same")


def doubles_of(staged: Staged) -> sql.Identifier:
    """The table of the rows whose key an earlier row has, in the file or in the register: their ids and rows."""
    return sql.Identifier(f"doubles_{staged.table.register}")


def _lost(staged: Staged, column: Column, target: TableName, folder: Folder) -> sql.Composed:
    """The rows whose reference leads nowhere. Divisions may be there already; all other ids are the folder's own."""
    among = [sql.SQL("SELECT id FROM {}").format(folder[target].name)] if target in folder else []
    if target == TableName(SHARED, DIVISIONS):
        among.append(sql.SQL("SELECT id FROM {}").format(identifier(target)))
    if not among:
        return _of(sql.SQL("SELECT {row} FROM {staged} WHERE {column} IS NOT NULL"), staged, column)
    form = (
        "SELECT {row} FROM {staged} s WHERE {column} IS NOT NULL"
        " AND NOT EXISTS (SELECT FROM ({among}) t WHERE t.id = s.{column})"
    )
    named = {"row": sql.Identifier(ROW), "staged": staged.name, "column": sql.Identifier(column.name)}
    return sql.SQL(form).format(among=sql.SQL(" UNION ALL ").join(among), **named)


def _find_doubles(staged: Staged) -> None:
    given = {column.name for column in staged.columns}
    whole = staged.table.key_columns if given.issuperset(staged.table.key) else ()
    keys = sql.SQL(", ").join(map(sql.Identifier, whole))
    known = sql.SQL(" AND ").join(sql.SQL("s.{} IS NOT NULL").format(sql.Identifier(name)) for name in whole)
    facts = {
        "doubles": doubles_of(staged), "row": sql.Identifier(ROW), "staged": staged.name, "keys": keys, "known": known,
        "register": identifier(staged.table.name), "double": sql.Identifier(DOUBLE),
    }  # fmt: skip
    _run(sql.SQL("CREATE TEMPORARY TABLE {doubles} (id {kind}, {row} bigint) ON COMMIT DROP").format(
        kind=sql.SQL(staged.table.id_storage), **facts
    ))  # fmt: skip
    if not whole:
        return
    _run(sql.SQL(
        "INSERT INTO {doubles} SELECT id, {row} FROM (SELECT id, {row}, row_number() OVER (PARTITION BY {keys} ORDER BY"
        " {row}) AS _turn FROM {staged} s WHERE ({keys}) IN (SELECT {keys} FROM {staged} s WHERE {known}"
        " GROUP BY {keys} HAVING count(*) > 1)) WHERE _turn > 1"
    ).format(**facts))  # fmt: skip
    if any(
        staged.table.columns[name].references not in {None, TableName(SHARED, DIVISIONS)} for name in staged.table.key
    ):
        return
    _run(sql.SQL(
        "INSERT INTO {doubles} SELECT s.id, s.{row} FROM {staged} s JOIN {register} t USING ({keys})"
        " WHERE NOT t.{double} AND {known} AND s.id NOT IN (SELECT id FROM {doubles})"
    ).format(**facts))  # fmt: skip


def _problem(kind: str, register: str, column: str, rows: sql.Composable, told: str) -> Iterator[Problem]:
    """A problem for the rows of a query, if there are any."""
    counted = _rows(sql.SQL("SELECT count(*) FROM ({}) AS w").format(rows))[0][0]
    if counted:
        form = "SELECT {row} FROM ({rows}) AS w ORDER BY 1 LIMIT {most}"
        shown = _rows(sql.SQL(form).format(row=sql.Identifier(ROW), rows=rows, most=SHOWN_ROWS))
        yield Problem(kind, register, column, tuple(row[0] for row in shown), counted, told)


def _of(form: sql.SQL, staged: Staged, column: Column | None = None) -> sql.Composed:
    name = sql.Identifier(column.name if column else "id")
    return form.format(row=sql.Identifier(ROW), staged=staged.name, column=name)


def _rows(query: sql.Composable) -> list[tuple[int, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(query)
        return list(cursor.fetchall())


def _run(statement: sql.Composable) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement)
