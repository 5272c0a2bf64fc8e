"""A DuckDB connection that reads only what it is given and tells the given tables' columns."""

from __future__ import annotations

import warnings
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed, wait
from contextlib import ExitStack, contextmanager
from functools import cache
from pathlib import Path
from queue import SimpleQueue
from typing import Any

import duckdb
import pyarrow as pa

from luoshi.rulebook.engines.sql.meaning.expressions import Kind
from luoshi.rulebook.engines.sql.on_duckdb.text import literal, quoted
from luoshi.rulebook.engines.sql.spelling.relations import input_name

WRITTEN = "FORMAT parquet, COMPRESSION zstd, COMPRESSION_LEVEL 1, DICTIONARY_SIZE_LIMIT 300, WRITE_BLOOM_FILTER false"
"""Columns of a result have a few different values or very many: larger dictionaries only cost time."""
CLOSED = {"autoinstall_known_extensions": "false", "autoload_known_extensions": "false"}


class Session:
    """What a run does with a connection. `scope` is TEMP where others use the same database, else empty."""

    def __init__(self, connection: duckdb.DuckDBPyConnection, scope: str) -> None:
        self._connection, self._scope = connection, scope
        self._in_memory: dict[str, pa.Table] = {}

    def give_table(self, register: str, table: pa.Table) -> None:
        """Give a register as a table in memory."""
        self._in_memory[input_name(register)] = table
        self._connection.register(input_name(register), table)

    def give_file(self, register: str, path: Path) -> None:
        """Give a register as a Parquet file."""
        self._view(register, f"SELECT * FROM read_parquet({literal(Kind.TEXT, str(path))})")

    def put_in_order(self, register: str, columns: Sequence[str], by: str) -> None:
        """Replace a given table by its columns in rising order of `by`."""
        given, stored = input_name(register), f"{register} in order"
        listed = ", ".join(quoted(column) for column in columns)
        self.store(stored, f"SELECT {listed} FROM {quoted(given)} ORDER BY {by}")
        if self._in_memory.pop(given, None) is not None:
            self._connection.unregister(given)
        self._view(register, f"SELECT * FROM {quoted(stored)}")

    def _view(self, register: str, query: str) -> None:
        self.run(f"CREATE OR REPLACE {self._scope} VIEW {quoted(input_name(register))} AS {query}")

    def stored_types(self, register: str) -> dict[str, str]:
        """The stored type of every column of a given table."""
        rows = self.rows(f"DESCRIBE SELECT * FROM {quoted(input_name(register))}")
        return {name: stored for name, stored, *_ in rows}

    def blank_columns(self, register: str, columns: Sequence[str]) -> set[str]:
        """Those of the columns of a given table that have blank cells. Files often know; tables have to be counted."""
        name = input_name(register)
        blank = "count(*) > count({0})" if name in self._in_memory else "EXISTS (FROM {1} WHERE {0} IS NULL)"
        asked = ", ".join(blank.format(quoted(column), quoted(name)) for column in columns)
        source = f" FROM {quoted(name)}" if name in self._in_memory else ""
        answers = self.rows(f"SELECT {asked}{source}")[0]
        return {column for column, found in zip(columns, answers, strict=True) if found}

    def run(self, statement: str) -> None:
        """Run a statement whose answer is of no interest."""
        self._connection.execute(statement)

    def store(self, table: str, query: str) -> None:
        """Keep the rows of a query as a table."""
        self.run(f"CREATE {self._scope} TABLE {quoted(table)} AS {query}")

    def drop(self, table: str) -> None:
        """Keep a table no longer."""
        self.run(f"DROP TABLE {quoted(table)}")

    def rows(self, query: str) -> list[tuple[Any, ...]]:
        """The rows of a query."""
        return self._connection.execute(query).fetchall()

    def write(self, query: str, path: Path) -> int:
        """Write the rows of a query to a Parquet file; how many there were."""
        count: int = self.rows(f"COPY ({query}) TO {literal(Kind.TEXT, str(path))} ({WRITTEN})")[0][0]
        return count

    def write_parts(self, parts: Sequence[tuple[str, Path]], done: Callable[[], None]) -> int:
        """Write the rows of several queries to a Parquet file each, some at once; `done` is told of each."""
        if len(parts) == 1:
            count = self.write(*parts[0])
            done()
            return count
        return self._written(parts, done)

    def _written(self, parts: Sequence[tuple[str, Path]], done: Callable[[], None]) -> int:
        """Each part has a thread and a connection; whatever stops one stops them all."""
        threads = min(len(parts), self.rows("SELECT current_setting('threads')")[0][0])
        workers: SimpleQueue[Session] = SimpleQueue()

        def written(query: str, path: Path) -> int:
            worker = workers.get()
            try:
                return worker.write(query, path)
            finally:
                workers.put(worker)

        with ExitStack() as opened, ThreadPoolExecutor(threads) as pool:
            connections = [opened.enter_context(self._connection.cursor()) for _ in range(threads)]
            for connection in connections:
                workers.put(self._another(connection))
            count, waiting = 0, [pool.submit(written, *part) for part in parts]
            try:
                for part in as_completed(waiting):
                    count += part.result()
                    done()
            except BaseException:
                pool.shutdown(wait=False, cancel_futures=True)
                running = [part for part in waiting if not part.cancelled()]
                while not all(part.done() for part in running):
                    _interrupt(connections)
                    wait(running, timeout=1)
                raise
        return count

    def _another(self, connection: duckdb.DuckDBPyConnection) -> Session:
        """A session with the same tables on another connection to the database."""
        for name, table in self._in_memory.items():
            connection.register(name, table)
        return Session(connection, self._scope)

    def table(self, query: str) -> pa.Table:
        """The rows of a query as an Arrow table. What DuckDB recommends here would compile the query twice."""
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", UserWarning)
            return self._connection.execute(query).to_arrow_table()


def _interrupt(connections: Iterable[duckdb.DuckDBPyConnection]) -> None:
    """Stop what runs on connections. A query that only just starts does not hear of it: ask again after a while."""
    for connection in connections:
        connection.interrupt()


@cache
def _small() -> duckdb.DuckDBPyConnection:
    """One database for small questions: opening one costs more than answering. It has no threads of its own."""
    return duckdb.connect(config={**CLOSED, "threads": 1})


@contextmanager
def small_session() -> Iterator[Session]:
    """A session for a few rows, whose tables nobody else sees."""
    connection = _small().cursor()
    try:
        yield Session(connection, "TEMP")
    finally:
        connection.close()


@contextmanager
def large_session(spill: Path, settings: Mapping[str, Any]) -> Iterator[Session]:
    """A session of its own that may write to the folder `spill` what does not fit in memory.

    `MemoryError` if the limit is too small for what has to be in memory at once.
    """
    connection = duckdb.connect(config={**CLOSED, "temp_directory": str(spill), **settings})
    try:
        yield Session(connection, "")
    except duckdb.OutOfMemoryException as problem:
        raise MemoryError(str(problem).splitlines()[0]) from problem
    finally:
        connection.close()
