"""Expressions evaluated on DuckDB over written columns."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

import duckdb
import pyarrow as pa

from luoshi.rulebook.engines.sql.meaning.expressions import Expr, Kind
from luoshi.rulebook.engines.sql.on_duckdb.text import quoted, spelled

ARROW = {
    Kind.TRUTH: pa.bool_(),
    Kind.WHOLE: pa.int64(),
    Kind.WIDE: pa.decimal128(38, 0),
    Kind.DAY: pa.date32(),
    Kind.TEXT: pa.string(),
}


def values_of(expr: Expr, columns: Mapping[Expr, Sequence[Any]]) -> list[Any]:
    """The values of an expression, row by row. Columns are fields with their values."""
    names = {field: field.data[1] for field in columns}
    rows = len(next(iter(columns.values()), [None]))
    arrays = {names[field]: pa.array(list(values), ARROW[field.kind]) for field, values in columns.items()}
    with database().cursor() as connection:
        connection.register("given", pa.table(arrays | {"row": pa.array(range(rows))}))
        wide = [field for field in columns if field.kind is Kind.WIDE]
        casts = ", ".join(f"CAST({quoted(names[field])} AS HUGEINT) AS {quoted(names[field])}" for field in wide)
        table = f"(SELECT * REPLACE ({casts}) FROM given)" if wide else "given"
        return [value for (value,) in connection.execute(f"SELECT {spelled(expr, names)} FROM {table}").fetchall()]


@cache
def database() -> duckdb.DuckDBPyConnection:
    """One database for all; each evaluation has a cursor of its own."""
    return duckdb.connect(config={"threads": 1})
