"""Keeps the figures of a run: what its result files come to, area by area."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
from django.db import connection

from luoshi.office.registry.shape import DIVISIONS
from luoshi.office.runs.models import Run
from luoshi.rulebook.bulk.wanted import tests_of
from luoshi.rulebook.bulk.writing import result_files
from luoshi.rulebook.model.blocks import Pack
from luoshi.rulebook.model.outcomes import FULFILMENTS, State

HELD = pa.array([*State], pa.uint8())
"""The states of those who are held to something; others do not count."""
BUDGET = ["area", "measure", "fund", "eligible", "undetermined", "ineligible", "amount"]


def keep(run: Run, pack: Pack, results: Path) -> None:
    """Write the budget, the states of targets and those of duties into the database."""
    _copy("runs_figure", BUDGET, run, pq.read_table(results / "budget.parquet", columns=BUDGET))
    for states in _target_states(pack, results):
        _copy("runs_targetstate", ["target", "area", "state"], run, states)
    for states in _duty_states(pack, results):
        _copy("runs_dutystate", ["duty", "area", *FULFILMENTS.values()], run, states)


def _target_states(pack: Pack, results: Path) -> Iterator[pa.Table]:
    """The states of every target that areas are held to, as tables of target, area and state."""
    targets = [target.id for target in pack.targets.values() if target.register == DIVISIONS]
    for file in result_files(results, DIVISIONS):
        areas = pq.read_table(file)
        for name in targets:
            held = areas.select(["id", f"{name}.state"]).filter(pc.is_in(areas[f"{name}.state"], HELD))
            yield pa.table({"target": [name] * len(held), "area": held["id"], "state": held[f"{name}.state"]})


def _duty_states(pack: Pack, results: Path) -> Iterator[pa.Table]:
    """For every duty that rows tell of: how many of them tell what, as tables of duty, area and a count a word."""
    for register in pack.registers:
        for duty in (test.id for test in tests_of(pack, register) if test.id in pack.duties):
            tally: Counter[tuple[str, int]] = Counter()
            for file in result_files(results, register):
                tally.update(_counted(pq.read_table(file, columns=["area", f"{duty}.state"])))
            areas = sorted({area for area, state in tally if state in FULFILMENTS})
            counts = {word: [tally[area, state] for area in areas] for state, word in FULFILMENTS.items()}
            yield pa.table({"duty": pa.array([duty] * len(areas), pa.string()), "area": areas, **counts})


def _counted(rows: pa.Table) -> dict[tuple[str, int], int]:
    """How many rows have an area and a state; an empty area where a row has none."""
    counted = rows.group_by(rows.column_names).aggregate([([], "count_all")])
    columns = (column.to_pylist() for column in counted.columns)
    return {(area or "", state): count for area, state, count in zip(*columns, strict=True)}


def _copy(table: str, columns: list[str], run: Run, rows: pa.Table) -> None:
    with connection.cursor() as cursor, cursor.copy(f"COPY {table} (run_id, {', '.join(columns)}) FROM STDIN") as copy:
        for batch in rows.to_batches():
            for row in zip(*(batch.column(name).to_pylist() for name in columns), strict=True):
                copy.write_row((run.id, *("" if value is None else value for value in row)))
