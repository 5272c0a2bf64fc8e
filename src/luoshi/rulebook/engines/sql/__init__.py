"""The SQL engine: a pack becomes statements of our own, strict SQL, for whole registers on DuckDB or, asked by name, on
Spark (`luoshi.rulebook.engines.sql.on_spark`)."""

from luoshi.rulebook.bulk.asking import RunSummary
from luoshi.rulebook.bulk.writing import result_files
from luoshi.rulebook.engines.sql.on_duckdb.running import RunOptions, decide_tables, plan, run
from luoshi.rulebook.engines.sql.plans import Plan, Statement

__all__ = ["Plan", "RunOptions", "RunSummary", "Statement", "decide_tables", "plan", "result_files", "run"]
