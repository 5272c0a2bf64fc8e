"""The files of a folder, copied into tables that last as long as the transaction; nothing of the registers changes.

A staged table has the columns of the register that the file has, as the file says them, `id` among them, and `_row`,
the number of the row in the file from 1.
"""

from __future__ import annotations

import io
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.csv
import pyarrow.parquet as pq
from django.db import connection
from psycopg import sql

from luoshi.office.database.secrecy import Secrecy
from luoshi.office.registry.cells import fitted, is_text, is_usable
from luoshi.office.registry.errors import SHOWN_ROWS, Problem
from luoshi.office.registry.shape import Column, RegisterTable

BATCH = 65_536
ROW = "_row"
NO_HEADER = pyarrow.csv.WriteOptions(include_header=False)


@dataclass
class Found:
    """The cells that do not fit, gathered while a file is read."""

    register: str
    counts: Counter[tuple[str, str]] = field(default_factory=Counter)
    rows: defaultdict[tuple[str, str], list[int]] = field(default_factory=lambda: defaultdict(list))

    def note(self, kind: str, column: str, mask: Any, first: int) -> None:
        """Rows of a batch that begins at row `first`."""
        places = [first + int(place) for place in pa.compute.indices_nonzero(mask).to_pylist()]
        self.counts[kind, column] += len(places)
        kept = self.rows[kind, column]
        kept += places[: SHOWN_ROWS - len(kept)]

    def problems(self) -> list[Problem]:
        """One for each kind of mistake in each column."""
        return [
            Problem(kind, self.register, column, tuple(self.rows[kind, column]), count)
            for (kind, column), count in self.counts.items()
        ]


@dataclass(frozen=True)
class Staged:
    """A register's file in a table of the transaction: which columns it has, and how many rows."""

    table: RegisterTable
    name: sql.Identifier
    columns: tuple[Column, ...]
    rows: int


def drop(*names: sql.Identifier) -> None:
    """Staged tables are not needed any more; the transaction may go on."""
    _run("DROP TABLE {}", sql.SQL(", ").join(names))


def stage(table: RegisterTable, path: Path, secrecy: Secrecy, problems: list[Problem]) -> Staged | None:
    """The file in a staged table; problems for what cannot be taken. None when nothing of it can."""
    try:
        file = pq.ParquetFile(path)
        schema = file.schema_arrow
    except (pa.ArrowException, OSError) as problem:
        problems.append(Problem("file", table.register, told=str(problem).splitlines()[0]))
        return None
    columns = _usable(table, schema, problems)
    if not _id_is_usable(table, schema, problems):
        return None
    staged = Staged(table, sql.Identifier(f"staged_{table.register}"), columns, file.metadata.num_rows)
    _create(staged)
    found = Found(table.register)
    names = [column.name for column in columns]
    with connection.cursor() as cursor, cursor.copy(_copy(staged)) as copy:
        first = 1
        for batch in file.iter_batches(BATCH, columns=["id", *names]):
            text = io.BytesIO()
            pyarrow.csv.write_csv(_cells(staged, batch, first, secrecy, found), text, NO_HEADER)
            copy.write(text.getvalue())
            first += batch.num_rows
    problems += found.problems()
    _run("CREATE INDEX ON {} (id)", staged.name)
    _run("ANALYZE {}", staged.name)
    return staged


def _usable(table: RegisterTable, schema: Any, problems: list[Problem]) -> tuple[Column, ...]:
    columns = []
    for name in schema.names:
        column, stored = table.columns.get(name), schema.field(name).type
        if column is None:
            if name != "id":
                problems.append(Problem("column", table.register, name, told="the register has no such field"))
        elif is_usable(column, stored):
            columns.append(column)
        else:
            problems.append(Problem("type", table.register, name, told=f"{stored} where a {column.type} is expected"))
    return tuple(columns)


def _id_is_usable(table: RegisterTable, schema: Any, problems: list[Problem]) -> bool:
    stored = schema.field("id").type if "id" in schema.names else None
    fits = stored is not None and (is_text(stored) if table.of_divisions else pa.types.is_integer(stored))
    if not fits:
        problems.append(Problem("id", table.register, "id", told=f"{stored} cannot be an id"))
    return fits


def _create(staged: Staged) -> None:
    parts = [sql.SQL("{} bigint").format(sql.Identifier(ROW)), sql.SQL("id ") + sql.SQL(staged.table.id_storage)]
    for column in staged.columns:
        parts.append(sql.SQL("{} {}").format(sql.Identifier(column.name), sql.SQL(column.storage)))
        if column.encrypted:
            parts.append(sql.SQL("{} bytea").format(sql.Identifier(column.index)))
    _run("CREATE TEMPORARY TABLE {} ({}) ON COMMIT DROP", staged.name, sql.SQL(", ").join(parts))


def _copy(staged: Staged) -> sql.Composed:
    names = [ROW, "id"]
    for column in staged.columns:
        names += [column.name, column.index] if column.encrypted else [column.name]
    listed = sql.SQL(", ").join(map(sql.Identifier, names))
    return sql.SQL("COPY {} ({}) FROM STDIN (FORMAT csv)").format(staged.name, listed)


def _cells(staged: Staged, batch: Any, first: int, secrecy: Secrecy, found: Found) -> Any:
    """The batch as it is copied, with what does not fit left out and noted."""
    ids = batch.column("id")
    ids = ids.cast(pa.string()) if is_text(ids.type) else ids
    names, arrays = [ROW, "id"], [pa.array(range(first, first + batch.num_rows), pa.int64()), ids]
    for column in staged.columns:
        took = fitted(column, batch.column(column.name))
        for kind, mask in took.wrong.items():
            found.note(kind, column.name, mask, first)
        names.append(column.name)
        if not column.encrypted:
            arrays.append(took.cells)
            continue
        names.append(column.index)
        arrays += _closed(took.cells.to_pylist(), staged.table.place_of(column.name), secrecy)
    return pa.Table.from_arrays(arrays, names)


def _closed(texts: list[str | None], place: str, secrecy: Secrecy) -> list[Any]:
    """The encrypted cells and their indexes, written as bytes are in a text."""
    closed = [None if text is None else f"\\x{secrecy.close(text, place).hex()}" for text in texts]
    indexes = [None if text is None else f"\\x{secrecy.index(text).hex()}" for text in texts]
    return [pa.array(closed, pa.string()), pa.array(indexes, pa.string())]


def _run(form: str, *parts: sql.Composable) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql.SQL(form).format(*parts))
