"""Takes a folder of Parquet files into the registers: all of it, or nothing and every reason why."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from hashlib import file_digest, sha256
from pathlib import Path

from django.db import connection, transaction
from psycopg import sql
from psycopg.types.json import Jsonb

from luoshi.office.database.keys import secrecy
from luoshi.office.registry.building import build, identifier, leave, take_up
from luoshi.office.registry.checking import Folder, doubles_of, problems_of_rows
from luoshi.office.registry.errors import Problem, Refused
from luoshi.office.registry.shape import AREA, CHANGED_BY, DOUBLE, SOURCE, Column, TableName, table_of
from luoshi.office.registry.staging import Staged, drop, stage
from luoshi.rulebook.model.blocks import Pack

Shifts = Mapping[TableName, int]
MANY = 10_000
"""An empty register that gets so many rows is filled first, and then indexed."""


def load_folder(pack: Pack, folder: Path, *, source: str, by: str, keep_doubles: bool = False) -> dict[str, int]:
    """Load `<register>.parquet` for every register of the pack that the folder has; how many rows each got.

    Ids are the folder's own affair: a register that has rows already takes the new ones behind them, and every
    reference is moved along. Divisions are the exception: their ids are codes, and one that is known gets the cells
    that the folder has for it. A folder that was loaded for the pack before changes nothing and gives no counts.

    `source` says where the rows come from, `by` who loads them. With `keep_doubles` a row whose key another row has
    is taken and marked; otherwise it is a problem. `Refused` with all problems leaves everything as it was.
    """
    files = {name: folder / f"{name}.parquet" for name in pack.registers if (folder / f"{name}.parquet").is_file()}
    if not files:
        raise Refused([Problem("file", "", told=f"{folder} has no register of {pack.policy.id}")])
    build([pack])
    with transaction.atomic():
        digest = digest_of(files.values())
        if not _is_new(pack, digest, source, by):
            return {}
        staged = _staged(pack, files, keep_doubles=keep_doubles)
        shifts = _shifts(staged)
        empty = frozenset(name for name in staged if _is_empty(name))
        large = {name: staged[name].table for name in empty if staged[name].rows >= MANY}
        leave(large, empty)
        for each in staged.values():
            _put(each, staged, shifts, source, by)
        rows = {name.name: each.rows for name, each in staged.items()}
        keep(pack, files, by=by)
        form = 'UPDATE registry.loaded_folder SET "rows" = {} WHERE pack = {} AND digest = {}'
        _run(form, Jsonb(rows), pack.policy.id, digest)
        _run("SET CONSTRAINTS ALL IMMEDIATE")
        _run("SET CONSTRAINTS ALL DEFERRED")
        take_up(large)
        drop(*(name for each in staged.values() for name in (each.name, doubles_of(each))))
    if not connection.in_atomic_block:
        tidy(pack, rows)
    return rows


def tidy(pack: Pack, registers: Iterable[str]) -> None:
    """Let the database look over tables that were filled: counts read indexes alone from then on. In no transaction."""
    names = [table_of(pack, register).name for register in registers]
    if names:
        _run("VACUUM (ANALYZE) {}", _listed(names))


def keep(pack: Pack, registers: Iterable[str], *, by: str) -> None:
    """Say that the registers are kept for the pack's area, also where nothing has been entered yet."""
    form = "INSERT INTO registry.kept_register VALUES ({}, {}, {}, now(), {}) ON CONFLICT DO NOTHING"
    for register in registers:
        name = table_of(pack, register).name
        _run(form, name.schema, name.name, pack.policy.jurisdiction or "", by)


def digest_of(files: Iterable[Path]) -> str:
    """What tells the files of a folder from those of any other: names and contents, as hexadecimal digits."""
    digest = sha256()
    for file in sorted(files):
        with file.open("rb") as opened:
            digest.update(f"{file.name} {file_digest(opened, 'sha256').hexdigest()}\n".encode())
    return digest.hexdigest()


def _is_new(pack: Pack, digest: str, source: str, by: str) -> bool:
    """Whether nobody has loaded these files for the pack; they count as loaded from now on."""
    with connection.cursor() as cursor:
        cursor.execute(
            'INSERT INTO registry.loaded_folder (pack, digest, source, loaded_by, "rows")'
            " VALUES (%s, %s, %s, %s, '{}') ON CONFLICT DO NOTHING",
            [pack.policy.id, digest, source, by],
        )
        return bool(cursor.rowcount)


def _staged(pack: Pack, files: Mapping[str, Path], *, keep_doubles: bool) -> Folder:
    """Every file in a staged table, after every register is locked against other writers; `Refused` if any is wrong."""
    tables = [table_of(pack, register) for register in files]
    _run("LOCK TABLE {} IN SHARE ROW EXCLUSIVE MODE", _listed(table.name for table in tables))
    problems: list[Problem] = []
    keys = secrecy()
    took = [stage(table, files[table.register], keys, problems) for table in tables]
    staged = {each.table.name: each for each in took if each is not None}
    for each in staged.values():
        problems += problems_of_rows(each, staged, keep_doubles=keep_doubles)
    if problems:
        raise Refused(problems)
    return staged


def _listed(names: Iterable[TableName]) -> sql.Composed:
    """Tables in an order that is always the same, so that no two writers wait for one another."""
    return sql.SQL(", ").join(map(identifier, sorted(names)))


def _shifts(folder: Folder) -> Shifts:
    """By how much the ids of each register move: behind every id that it ever gave. The numbers are taken."""
    shifts = {}
    for name, staged in folder.items():
        if staged.table.of_divisions:
            continue
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_get_serial_sequence(%s, 'id')", [identifier(name).as_string()])
            sequence = sql.SQL(cursor.fetchone()[0])
            cursor.execute(sql.SQL("SELECT last_value + is_called::int FROM {}").format(sequence))
            shifts[name] = int(cursor.fetchone()[0])
            form = "SELECT setval({}, max(id) + {}) FROM {} HAVING max(id) IS NOT NULL"
            cursor.execute(sql.SQL(form).format(sequence.as_string(), shifts[name], staged.name))
    return shifts


def _is_empty(name: TableName) -> bool:
    with connection.cursor() as cursor:
        cursor.execute(sql.SQL("SELECT NOT EXISTS (SELECT FROM {})").format(identifier(name)))
        return bool(cursor.fetchone()[0])


def _put(staged: Staged, folder: Folder, shifts: Shifts, source: str, by: str) -> None:
    """The staged rows in their register, with their area as the path of references gives it."""
    table = staged.table
    names = ["id", AREA, SOURCE, CHANGED_BY, DOUBLE]
    area, joins = _area(staged, folder)
    cells: list[sql.Composable] = [_moved("id", shifts.get(table.name, 0)), area]
    cells += [sql.Literal(source), sql.Literal(by), sql.SQL("d.id IS NOT NULL")]
    for column in staged.columns:
        names.append(column.name)
        cells.append(_moved(column.name, shifts.get(column.references, 0) if column.references else 0))
        if column.encrypted:
            names.append(column.index)
            cells.append(_moved(column.index, 0))
    form = "INSERT INTO {} ({}) SELECT {} FROM {} s {} LEFT JOIN {} d ON d.id = s.id {}"
    listed = sql.SQL(", ").join(map(sql.Identifier, names))
    _run(form, identifier(table.name), listed, sql.SQL(", ").join(cells), staged.name, joins, doubles_of(staged),
         _merged(staged.columns) if table.of_divisions else sql.SQL("ORDER BY s.id"))  # fmt: skip


def _moved(column: str, shift: int) -> sql.Composed:
    cell = sql.SQL("s.{}").format(sql.Identifier(column))
    return sql.SQL("{} + {}").format(cell, shift) if shift else cell


def _area(staged: Staged, folder: Folder) -> tuple[sql.Composable, sql.Composable]:
    """The code of the area that the path of references leads to, and the tables that it passes."""
    table, path, alias, joins = staged.table, staged.table.area, "s", sql.Composed([])
    if table.of_divisions:
        return sql.SQL("s.id"), joins
    for step, name in enumerate(path):
        here = sql.SQL("{}.{}").format(sql.Identifier(alias), sql.Identifier(name))
        target = table.columns[name].references
        given = name in {column.name for column in (folder[table.name].columns if table.name in folder else ())}
        if target is None or not given:
            break
        if step == len(path) - 1:
            return here, joins
        if target not in folder:
            break
        alias, table = f"t{step}", folder[target].table
        joins += sql.SQL(" LEFT JOIN {} {} ON {}.id = {}").format(
            folder[target].name, sql.Identifier(alias), sql.Identifier(alias), here
        )
    return sql.SQL("NULL"), joins


def _merged(columns: Iterable[Column]) -> sql.Composed:
    """What happens to a division that is known: the cells of the folder are taken where they say something else."""
    names = [sql.Identifier(column.name) for column in columns]
    own = [sql.Identifier(SOURCE), sql.Identifier(CHANGED_BY)]
    if not names:
        return sql.SQL("ON CONFLICT (id) DO NOTHING").format()
    form = "ON CONFLICT (id) DO UPDATE SET {} WHERE ({}) IS DISTINCT FROM ({})"
    taken = sql.SQL(", ").join(sql.SQL("{0} = EXCLUDED.{0}").format(name) for name in names + own)
    old = sql.SQL(", ").join(sql.SQL("{}.{}").format(sql.Identifier("area"), name) for name in names)
    new = sql.SQL(", ").join(sql.SQL("EXCLUDED.{}").format(name) for name in names)
    return sql.SQL(form).format(taken, old, new)


def _run(form: str, *parts: object) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql.SQL(form).format(*parts))
