"""A DuckDB connection that reads only what it is given and tells the given tables' columns."""

from __future__ import annotations

import warnings
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa

from luoshi.rulebook.engines.sql.on_duckdb.steps import input_name
from luoshi.rulebook.engines.sql.on_duckdb.text import quoted

WRITTEN = "FORMAT parquet, COMPRESSION zstd, COMPRESSION_LEVEL 1, DICTIONARY_SIZE_LIMIT 300, WRITE_BLOOM_FILTER false"
"""Columns of a result have a few different values or very many: larger dictionaries only cost time."""
CLOSED = {"autoinstall_known_extensions": "false", "autoload_known_extensions": "false"}


class Session:
    """What a run does with a connection. Tables it makes are temporary."""

    def __init__(self, connection: duckdb.DuckDBPyConnection) -> None:
        self._connection = connection

    def give_table(self, register: str, table: pa.Table) -> None:
        """Give a register as a table in memory."""
        self._connection.register(input_name(register), table)

    def give_file(self, register: str, path: Path) -> None:
        """Give a register as a Parquet file."""
        name = str(path).replace("'", "''")
        self.run(f"CREATE TEMP VIEW {quoted(input_name(register))} AS SELECT * FROM read_parquet('{name}')")

    def stored_types(self, register: str) -> dict[str, str]:
        """The stored type of every column of a given table."""
        rows = self.rows(f"DESCRIBE SELECT * FROM {quoted(input_name(register))}")
        return {name: stored for name, stored, *_ in rows}

    def run(self, statement: str) -> None:
        """Run a statement whose answer is of no interest."""
        self._connection.execute(statement)

    def rows(self, query: str) -> list[tuple[Any, ...]]:
        """The rows of a query."""
        return self._connection.execute(query).fetchall()

    def write(self, query: str, path: Path) -> int:
        """Write the rows of a query to a Parquet file; how many there were."""
        name = str(path).replace("'", "''")
        count: int = self.rows(f"COPY ({query}) TO '{name}' ({WRITTEN})")[0][0]
        return count

    def table(self, query: str) -> pa.Table:
        """The rows of a query as an Arrow table. What DuckDB recommends here would compile the query twice."""
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", UserWarning)
            return self._connection.execute(query).to_arrow_table()


@cache
def _small() -> duckdb.DuckDBPyConnection:
    """One database for small questions: opening one costs more than answering. It has no threads of its own."""
    return duckdb.connect(config={**CLOSED, "threads": 1})


@contextmanager
def small_session() -> Iterator[Session]:
    """A session for a few rows, whose tables nobody else sees."""
    connection = _small().cursor()
    try:
        yield Session(connection)
    finally:
        connection.close()


@contextmanager
def large_session(spill: Path, settings: Mapping[str, Any]) -> Iterator[Session]:
    """A session of its own that may write to the folder `spill` what does not fit in memory."""
    connection = duckdb.connect(config={**CLOSED, "temp_directory": str(spill), **settings})
    try:
        yield Session(connection)
    finally:
        connection.close()
