"""DuckDB by hand: staged temporary tables, one wide query per register, straight from and to Parquet."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import duckdb
import numpy as np

from bench.peers.duckdb_sql import FEATURES, MACROS, STAGES, filled
from bench.peers.results import Columns, Results, empty
from bench.rules.reading import SUBJECTS, rules
from bench.rules.sql_text import judged


def evaluate(data_dir: Path, on_date: date, out_dir: Path | None = None, memory_limit: str | None = None) -> Results:
    """Stage, judge, total; with `out_dir` the results are also written there as Parquet."""
    results = Results()
    connection = duckdb.connect(config={"preserve_insertion_order": "false"})
    if memory_limit:
        connection.execute(f"SET memory_limit = '{memory_limit}'")
    with results.phase("evaluate"):
        connection.execute(MACROS)
        for stage in STAGES:
            connection.execute(filled(stage, data_dir, on_date))
        for register in SUBJECTS:
            features = filled(FEATURES[register], data_dir, on_date)
            query = f"WITH features AS ({features})\n" + judged(rules(), register).replace("WITH ", ", ", 1)
            connection.execute(f"CREATE TEMP TABLE result_{register} AS {query}")
            _total(connection, register, results)
    if out_dir is None:
        with results.phase("collect"):
            results.columns = {register: _collected(connection, register) for register in SUBJECTS}
    else:
        with results.phase("write"):
            _write(connection, out_dir)
    return results


def _total(connection: duckdb.DuckDBPyConnection, register: str, results: Results) -> None:
    measures = rules().of(register)
    sums = ", ".join(f'count(*) FILTER ("{m.id}.outcome" = 1), sum("{m.id}.amount")::BIGINT' for m in measures)
    for county, *totals in connection.execute(
        f"SELECT county, {sums} FROM result_{register} GROUP BY county"
    ).fetchall():
        for place, measure in enumerate(measures):
            heads, amount = totals[2 * place : 2 * place + 2]
            if heads:
                results.budgets[county, measure.id] = heads, amount


def _write(connection: duckdb.DuckDBPyConnection, folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for register in SUBJECTS:
        connection.execute(
            f"COPY (SELECT * EXCLUDE (county) FROM result_{register}) "
            f"TO '{folder}/{register}.parquet' (FORMAT parquet, COMPRESSION zstd)"
        )


def _collected(connection: duckdb.DuckDBPyConnection, register: str) -> Columns:
    """The result columns in the order of ids: SQL keeps none."""
    [(rows,)] = connection.execute(f"SELECT count(*) FROM result_{register}").fetchall()
    columns = empty(register, rows)
    reader = connection.sql(f"SELECT * EXCLUDE (county) FROM result_{register}").to_arrow_reader(1 << 20)
    for batch in reader:
        ids = batch.column("id").to_numpy()
        for name, values in columns.items():
            values[ids] = np.asarray(batch.column(name))
    return columns
