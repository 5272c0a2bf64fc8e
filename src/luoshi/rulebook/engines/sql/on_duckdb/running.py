"""Runs a pack over registers on DuckDB: whole folders of Parquet files, or a few rows in memory."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path
from typing import Any, Unpack

import pyarrow as pa

from luoshi.rulebook.bulk.asking import Asked, AskOptions, FactKeys, RunSummary
from luoshi.rulebook.bulk.wanted import Wanted
from luoshi.rulebook.bulk.writing import OutputFolder
from luoshi.rulebook.engines.sql.asking import Telling
from luoshi.rulebook.engines.sql.layout.planning import Question, plan_steps
from luoshi.rulebook.engines.sql.layout.relations import Step
from luoshi.rulebook.engines.sql.meaning.holdings import Kept
from luoshi.rulebook.engines.sql.on_duckdb.budget import budget_query
from luoshi.rulebook.engines.sql.on_duckdb.giving import damage_found, give, held_registers
from luoshi.rulebook.engines.sql.on_duckdb.session import Session, large_session, small_session
from luoshi.rulebook.engines.sql.on_duckdb.steps import Spelling, parts_of
from luoshi.rulebook.engines.sql.plans import Plan, Spelled, Statement, spelled_plan
from luoshi.rulebook.inputs.settings import LocalValue, Settings
from luoshi.rulebook.model.blocks import Pack

MEMORY_LIMIT = "2GB"
"""What a run may use unless told otherwise; what does not fit is spilled to disk, at hardly any cost in time."""


class RunOptions(AskOptions, total=False):
    """What may be said about a run on DuckDB: `memory_limit` ("4GB", by default `MEMORY_LIMIT`) and `threads` bound
    what is used."""

    memory_limit: str | None
    threads: int | None


def plan(
    pack: Pack, on: date, settings: Settings, *, kept: Kept, facts: FactKeys = (), as_if_in_force: bool = False
) -> Plan:
    """The statements that decide everything a pack says about the registers that are kept."""
    return _planned(Question(pack, on, settings, kept, Wanted(tuple(facts), as_if_in_force)))


def decide_tables(
    pack: Pack,
    tables: Mapping[str, pa.Table],
    on: date,
    *,
    local: Iterable[LocalValue] = (),
    facts: FactKeys = (),
    as_if_in_force: bool = False,
) -> dict[str, pa.Table]:
    """The results for registers in memory, by register, in the order of their ids."""
    asked = Asked(pack, on, tuple(local), Wanted(tuple(facts), as_if_in_force))
    results = {}
    with small_session() as session:
        for statement in _planned(_question(session, asked, tables)).statements:
            if statement.table is None:
                results[statement.register] = session.table(statement.sql)
            else:
                session.store(statement.table, statement.sql)
    return results


def run(
    pack: Pack, source: Path | Mapping[str, pa.Table], on: date, out: Path, **options: Unpack[RunOptions]
) -> RunSummary:
    """Decide whole registers and write the results to the folder `out`, all of them or nothing.

    `source` is a folder of `<register>.parquet`, or tables by register.
    """
    asked = Asked.by(pack, on, options)
    settings: dict[str, Any] = {"memory_limit": options.get("memory_limit") or MEMORY_LIMIT}
    if threads := options.get("threads"):
        settings["threads"] = threads
    with OutputFolder(out) as folder, large_session(folder.spill, settings) as session:
        question = _question(session, asked, source)
        statements = _planned(question).statements
        telling = Telling(options.get("progress"), statements)
        with damage_found(session, question.kept):
            rows = _carry_out(statements, session, folder, telling)
        telling.about("budget")
        written = {of.register: folder.files(of.register, len(of.parts)) for of in statements if of.table is None}
        session.write(budget_query(pack, written), folder.files("budget")[0])
        telling.done()
    return RunSummary(out, rows, len(statements) + 1)


def _carry_out(
    statements: Iterable[Statement], session: Session, folder: OutputFolder, telling: Telling
) -> dict[str, int]:
    """Run the statements in order; the rows of each result by register."""
    rows: dict[str, int] = {}
    for statement in statements:
        telling.about(statement.label)
        if statement.table is None:
            files = folder.files(statement.register, len(statement.parts))
            parts = list(zip(statement.parts, files, strict=True))
            rows[statement.register] = session.write_parts(parts, telling.done)
        else:
            session.store(statement.table, statement.sql)
            telling.done()
        for table in statement.drops:
            session.drop(table)
    return rows


def _question(session: Session, asked: Asked, source: Path | Mapping[str, pa.Table]) -> Question:
    """What is asked of the registers of a source. Local values are looked at first: that takes no time."""
    settings = asked.settings()
    kept = held_registers(session, asked, give(session, asked.pack, source))
    return Question(asked.pack, asked.on, settings, kept, asked.wanted)


def _planned(question: Question) -> Plan:
    kept = question.kept

    def spell(step: Step) -> Spelled:
        parts = parts_of(kept[step.register]) if step.table is None else []
        whole = Spelling(kept).relation(step.relation)
        return whole, tuple(Spelling(kept, part).relation(step.relation) for part in parts)

    return spelled_plan(plan_steps(question), spell)
