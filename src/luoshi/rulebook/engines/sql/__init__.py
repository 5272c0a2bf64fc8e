"""The SQL engine: a pack becomes statements of our own, strict SQL, for whole registers on DuckDB."""

from luoshi.rulebook.engines.sql.plans import Plan, Statement
from luoshi.rulebook.engines.sql.running import RunOptions, RunSummary, decide_tables, plan, run
from luoshi.rulebook.engines.sql.writing import result_files

__all__ = ["Plan", "RunOptions", "RunSummary", "Statement", "decide_tables", "plan", "result_files", "run"]
