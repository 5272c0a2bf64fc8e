"""Runs a pack over registers: whole folders of Parquet files, or a few rows in memory."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pyarrow as pa

from luoshi.rulebook.engines.sql.checking import Check
from luoshi.rulebook.engines.sql.duckdb_text import quoted
from luoshi.rulebook.engines.sql.holdings import Held, Kept
from luoshi.rulebook.engines.sql.needs import columns_read
from luoshi.rulebook.engines.sql.planning import plan_steps
from luoshi.rulebook.engines.sql.plans import Plan, Statement, spelled_plan
from luoshi.rulebook.engines.sql.reading import given_columns
from luoshi.rulebook.engines.sql.results import Wanted, nodes_wanted
from luoshi.rulebook.engines.sql.session import Session, large_session, small_session
from luoshi.rulebook.engines.sql.writing import OutputFolder, write_budget, write_result
from luoshi.rulebook.inputs.settings import LocalValue, Settings, check_local_value
from luoshi.rulebook.model.blocks import Pack
from luoshi.rulebook.model.findings import Findings, Refused, Where

Progress = Callable[[int, int, str], None]
FactKeys = Sequence[tuple[str, str]]


@dataclass(frozen=True)
class RunSummary:
    """What a run has written: rows by register, and the folder."""

    out: Path
    rows: Mapping[str, int]
    statements: int


def plan(
    pack: Pack, on: date, settings: Settings, *, kept: Kept, facts: FactKeys = (), as_if_in_force: bool = False
) -> Plan:
    """The statements that decide everything a pack says about the registers that are kept."""
    wanted = Wanted(tuple(facts), as_if_in_force)
    return spelled_plan(plan_steps(pack, on, settings, kept, wanted), kept)


def decide_tables(
    pack: Pack,
    tables: Mapping[str, pa.Table],
    on: date,
    *,
    local: Iterable[LocalValue] = (),
    facts: FactKeys = (),
    as_if_in_force: bool = False,
) -> dict[str, pa.Table]:
    """The results for registers in memory, by register."""
    wanted, values = Wanted(tuple(facts), as_if_in_force), tuple(local)
    with small_session() as session:
        for register, table in tables.items():
            session.give_table(register, table)
        made = _planned(session, pack, tables, on, values, wanted)
        results = {}
        for statement in made.statements:
            if statement.table is None:
                results[statement.register] = session.table(f"{statement.sql} ORDER BY id")
            else:
                _store(session, statement)
    return results
