"""What a run does with Spark: tables are given, stored and dropped, results are written as folders of part files."""

from __future__ import annotations

import time
from collections.abc import Sequence
from pathlib import Path
from types import TracebackType
from typing import Any

import pyarrow as pa
from pyspark import StorageLevel
from pyspark.sql import DataFrame, SparkSession

from luoshi.rulebook.engines.sql.on_spark.text import quoted
from luoshi.rulebook.engines.sql.spelling.relations import input_name

STRICT = {
    "spark.sql.ansi.enabled": "true",
    "spark.sql.caseSensitive": "true",
    "spark.sql.decimalOperations.allowPrecisionLoss": "true",
    "spark.sql.files.ignoreCorruptFiles": "false",
    "spark.sql.files.ignoreMissingFiles": "false",
    "spark.sql.orderByOrdinal": "true",
    "spark.sql.parquet.datetimeRebaseModeInRead": "CORRECTED",
    "spark.sql.parquet.datetimeRebaseModeInWrite": "CORRECTED",
    "spark.sql.parser.escapedStringLiterals": "false",
    "spark.sql.session.timeZone": "UTC",
    "spark.sql.variable.substitute": "false",
}
"""What our statements mean rests on these; they hold whatever else a user sets."""
FAST = {
    "spark.sql.codegen.hugeMethodLimit": "8000",
    "spark.sql.parquet.compression.codec": "zstd",
}
"""Java compiles no method of more than 8000 bytes: a stage that would be one is taken operation by operation."""
STORED = {
    "tinyint": "TINYINT",
    "smallint": "SMALLINT",
    "int": "INTEGER",
    "bigint": "BIGINT",
    "string": "VARCHAR",
    "timestamp": "TIMESTAMP WITH TIME ZONE",
    "timestamp_ntz": "TIMESTAMP",
    "binary": "BLOB",
    "void": '"NULL"',
}
"""The words for stored types that `given.reading` knows; others are the same in capitals."""


class Session:
    """The tables of one run, on a Spark session of its own that shares everything else with the given one."""

    def __init__(self, spark: SparkSession) -> None:
        self._spark = spark.newSession()
        for name, value in (STRICT | FAST).items():
            self._spark.conf.set(name, value)
        self._cached: dict[str, DataFrame] = {}

    def __enter__(self) -> Session:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, problem: BaseException | None, trace: TracebackType | None
    ) -> None:
        context = self._spark.sparkContext
        while kind is not None and context.statusTracker().getActiveJobsIds():
            context.cancelAllJobs()
            time.sleep(1)
        for table in list(self._cached):
            self.drop(table)

    def give_table(self, register: str, table: pa.Table) -> None:
        """Give a register as a table in memory."""
        self._name(self._spark.createDataFrame(table), input_name(register))

    def give_files(self, name: str, files: Sequence[Path]) -> None:
        """Give Parquet files, or folders of them, as one table."""
        self._name(self._spark.read.parquet(*map(str, files)), name)

    def _name(self, frame: DataFrame, name: str) -> None:
        frame.createOrReplaceTempView(quoted(name))

    def stored_types(self, register: str) -> dict[str, str]:
        """The stored type of every column of a given table."""
        columns = self._spark.table(quoted(input_name(register))).dtypes
        return {name: STORED.get(kind, kind.upper()) for name, kind in columns}

    def store(self, table: str, query: str, *, kept: bool) -> None:
        """Name the rows of a query; with `kept` they are computed once, however often they are read."""
        frame = self._spark.sql(query)
        if kept:
            frame = self._cached[table] = frame.persist(StorageLevel.MEMORY_AND_DISK)
        self._name(frame, table)

    def drop(self, table: str) -> None:
        """Keep a table no longer."""
        self._spark.catalog.dropTempView(table)
        if frame := self._cached.pop(table, None):
            frame.unpersist()

    def rows(self, query: str) -> list[tuple[Any, ...]]:
        """The rows of a query."""
        return [tuple(row) for row in self._spark.sql(query).collect()]

    def table(self, query: str) -> pa.Table:
        """The rows of a query as an Arrow table."""
        return self._spark.sql(query).toArrow()

    def write(self, query: str, folder: Path) -> list[Path]:
        """Write the rows of a query to a new folder; the files that hold them, in order."""
        self._spark.sql(query).write.parquet(str(folder))
        return sorted(folder.glob("part-*.parquet"))
