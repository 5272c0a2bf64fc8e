"""Runs a pack over registers on Spark: folders of Parquet files that all machines see, or a few rows in memory."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Unpack

import pyarrow as pa
import pyarrow.parquet as pq
from pyspark.sql import SparkSession

from luoshi.rulebook.bulk.asking import Asked, AskOptions, RunSummary
from luoshi.rulebook.bulk.writing import OutputFolder
from luoshi.rulebook.engines.sql.asking import Telling
from luoshi.rulebook.engines.sql.given.taking import give, held_registers
from luoshi.rulebook.engines.sql.layout.planning import Question, plan_steps
from luoshi.rulebook.engines.sql.on_spark.budget import budget_query, result_name
from luoshi.rulebook.engines.sql.on_spark.giving import Taker
from luoshi.rulebook.engines.sql.on_spark.session import Session
from luoshi.rulebook.engines.sql.on_spark.steps import Spelling
from luoshi.rulebook.engines.sql.plans import Plan, Statement, spelled_plan
from luoshi.rulebook.model.blocks import Pack


def decide_tables(
    spark: SparkSession, pack: Pack, tables: Mapping[str, pa.Table], on: date, **options: Unpack[AskOptions]
) -> dict[str, pa.Table]:
    """The results for registers in memory, by register, in the order of their ids."""
    results = {}
    with Session(spark) as session:
        for statement in _planned(session, Asked.by(pack, on, options), tables).statements:
            if statement.table is None:
                results[statement.register] = session.table(statement.sql)
            else:
                session.store(statement.table, statement.sql, kept=statement.readers > 1)
    return results


def run(
    spark: SparkSession,
    pack: Pack,
    source: Path | Mapping[str, pa.Table],
    on: date,
    out: Path,
    **options: Unpack[AskOptions],
) -> RunSummary:
    """Decide whole registers and write the results to the folder `out`, all of them or nothing.

    `source` is a folder of `<register>.parquet` (files, or folders of files), or tables by register. Both folders are
    seen under the same path by all machines that take part.
    """
    with OutputFolder(out) as folder, Session(spark) as session:
        statements = _planned(session, Asked.by(pack, on, options), source).statements
        telling, rows = Telling(options.get("progress"), statements), {}
        for statement in statements:
            telling.about(statement.label)
            if statement.table is None:
                rows[statement.register] = _write(session, statement, folder)
            else:
                session.store(statement.table, statement.sql, kept=statement.readers > 1)
            for table in statement.drops:
                session.drop(table)
            telling.done()
        telling.about("budget")
        (budget,) = session.write(budget_query(pack, rows), folder.spill / "budget")
        budget.rename(folder.files("budget")[0])
        telling.done()
    return RunSummary(out, rows, len(statements) + 1)


def _write(session: Session, statement: Statement, folder: OutputFolder) -> int:
    """Write the result of a register; how many rows there were. The budget is counted from it later."""
    parts = session.write(statement.sql, folder.spill / statement.register)
    files = folder.files(statement.register, len(parts))
    for part, file in zip(parts, files, strict=True):
        part.rename(file)
    session.give_files(result_name(statement.register), files)
    return sum(pq.read_metadata(file).num_rows for file in files)


def _planned(session: Session, asked: Asked, source: Path | Mapping[str, pa.Table]) -> Plan:
    """What is to be done for what is asked. Local values are looked at first: that takes no time."""
    settings, taker = asked.settings(), Taker(session)
    kept = held_registers(taker, asked, give(taker, asked.pack, source))
    question = Question(asked.pack, asked.on, settings, kept, asked.wanted, ordered=False)
    return spelled_plan(plan_steps(question), lambda step: (Spelling(kept).relation(step.relation), ()))
