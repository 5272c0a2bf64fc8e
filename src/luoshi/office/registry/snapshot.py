"""Takes the registers of a pack out of the database as they are at one moment, as the files an engine reads.

The files have the columns and the types of Arrow that a sampled city has, so that a run cannot tell them apart.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import adbc_driver_postgresql.dbapi as adbc  # type: ignore[import-untyped]  # ships no types
import pyarrow as pa
import pyarrow.parquet as pq
from django.db import connection
from psycopg import conninfo, sql

from luoshi.office.database.keys import secrecy
from luoshi.office.database.secrecy import Secrecy
from luoshi.office.registry.building import identifier
from luoshi.office.registry.filters import after_all
from luoshi.office.registry.needs import kept_registers, texts_read
from luoshi.office.registry.shape import AREA, SHARED, Column, RegisterTable, table_of
from luoshi.rulebook.inputs.arrow import arrow_type, decimals
from luoshi.rulebook.model.blocks import Pack
from luoshi.rulebook.model.types import Number

ROW_GROUP = 131_072
BYTES_PER_BATCH = 8 << 20
ONE_MOMENT = "SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY"


def snapshot(pack: Pack, folder: Path) -> dict[str, int]:
    """Write `<register>.parquet`, in the order of ids, for every register of the pack that is kept; rows by register.

    All files show the database at one moment, whatever is written meanwhile. Shared registers give the rows of the
    policy's jurisdiction, the divisions above it, and rows whose area is not known: no other pack would miss them. A
    register that nobody keeps gets no file, for that means unknown. Encrypted cells are opened only in columns that the
    pack's expressions read; the others are left out. The folder appears when it is whole; `FileExistsError` if it is
    there already.
    """
    if folder.exists():
        raise FileExistsError(folder)
    half = folder.with_name(f".{folder.name}.half")
    shutil.rmtree(half, ignore_errors=True)
    half.mkdir(parents=True)
    try:
        with adbc.connect(_address()) as database, database.cursor() as cursor:
            cursor.adbc_statement.set_options(**{"adbc.postgresql.batch_size_hint_bytes": BYTES_PER_BATCH})
            cursor.execute(ONE_MOMENT)
            rows = _write_all(pack, half, cursor)
        half.rename(folder)
    except BaseException:
        shutil.rmtree(half, ignore_errors=True)
        raise
    return rows


def _write_all(pack: Pack, folder: Path, cursor: Any) -> dict[str, int]:
    opened, keys, rows = texts_read(pack), secrecy(), {}
    cursor.execute(kept_registers(pack).as_string())
    kept = set(cursor.fetchall())
    for register in pack.registers:
        table = table_of(pack, register)
        if (table.name.schema, table.name.name) not in kept:
            continue
        columns = [c for c in table.columns.values() if not c.encrypted or (register, c.name) in opened]
        cursor.execute(_select(table, columns, pack.policy.jurisdiction or "").as_string())
        rows[register] = _write(table, columns, cursor, folder / f"{register}.parquet", keys)
    return rows


def _select(table: RegisterTable, columns: list[Column], jurisdiction: str) -> sql.Composed:
    """The rows of a table. Numbers with places come as whole numbers of their smallest step: exact, and quick."""
    cells: list[sql.Composable] = [sql.SQL("id")]
    for column in columns:
        name = sql.Identifier(column.name)
        places = column.type.places if isinstance(column.type, Number) else 0
        cells.append(sql.SQL("({0} * {1})::bigint AS {0}").format(name, 10**places) if places else name)
    where: sql.Composable = sql.SQL("")
    if table.name.schema == SHARED:
        form = "WHERE ({0} >= {1} AND {0} < {2}) OR {0} IS NULL OR ({3} AND starts_with({1}, {0}))"
        where = sql.SQL(form).format(sql.Identifier(AREA), jurisdiction, after_all(jurisdiction), table.of_divisions)
    form = "SELECT {} FROM {} {} ORDER BY id"
    return sql.SQL(form).format(sql.SQL(", ").join(cells), identifier(table.name), where)


def _write(table: RegisterTable, columns: list[Column], cursor: Any, path: Path, keys: Secrecy) -> int:
    """The rows of the statement that was executed, in a file; how many."""
    schema = pa.schema([("id", pa.string() if table.of_divisions else pa.int64())])
    for column in columns:
        schema = schema.append(pa.field(column.name, arrow_type(column.type)))
    count = 0
    options = {"compression": "zstd", "compression_level": 1, "store_decimal_as_integer": True}
    with pq.ParquetWriter(path, schema, **options) as file:
        for rows in _groups(cursor.fetch_record_batch()):
            arrays = [rows["id"], *(_cells(table, column, rows[column.name], keys) for column in columns)]
            file.write_table(pa.Table.from_arrays(arrays, schema=schema), row_group_size=ROW_GROUP)
            count += rows.num_rows
    return count


def _groups(reader: Any) -> Iterator[Any]:
    """The batches gathered into tables of a row group each."""
    waiting, rows = [], 0
    for batch in reader:
        waiting.append(batch)
        rows += batch.num_rows
        if rows >= ROW_GROUP:
            yield pa.Table.from_batches(waiting)
            waiting, rows = [], 0
    if waiting:
        yield pa.Table.from_batches(waiting)


def _cells(table: RegisterTable, column: Column, cells: Any, keys: Secrecy) -> Any:
    if column.encrypted:
        return pa.array(keys.open_all(cells.to_pylist(), table.place_of(column.name)), pa.string())
    kind = arrow_type(column.type)
    if isinstance(column.type, Number) and column.type.places:
        return pa.chunked_array([_decimals(chunk, column.type) for chunk in cells.chunks], kind)
    return cells.dictionary_encode() if pa.types.is_dictionary(kind) else cells


def _decimals(steps: Any, kind: Number) -> Any:
    values, known = steps.fill_null(0), steps.is_valid()
    return decimals(values.to_numpy(zero_copy_only=False), known.to_numpy(zero_copy_only=False), kind)


def _address() -> str:
    """Where Django's database is, for a connection of its own."""
    given = connection.get_connection_params()
    wanted = ("host", "port", "dbname", "user", "password")
    return conninfo.make_conninfo(**{key: given[key] for key in wanted if key in given})
