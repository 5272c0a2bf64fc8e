"""Counts of a comparison, and what becomes of many rows in several files and batches."""

from __future__ import annotations

from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from luoshi.rulebook.simulating import applied, simulate
from luoshi.rulebook.simulating import decided as batching
from tests.unit.rulebook.simulating.sides import settings, side, tables

ROWS = 1000


def many() -> dict[str, pa.Table]:
    """A thousand things of the sizes 0 to 9, each with a part of its own."""
    given = tables("part")
    ids = [f"t{number:04}" for number in range(ROWS)]
    columns = {name: pa.nulls(ROWS, given["thing"].schema.field(name).type) for name in given["thing"].column_names}
    sizes = pa.array([number % 10 for number in range(ROWS)])
    columns |= {"id": pa.array(ids), "size": sizes, "firm": pa.array(["f", "g"] * (ROWS // 2))}
    return {**given, "thing": pa.table(columns)}


@pytest.mark.parametrize("rows", [7, 250, ROWS, 5 * ROWS])
def test_batches_make_no_difference(rows: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(batching, "ROWS", rows)
    (tmp_path / "work").mkdir()
    done = simulate(side(), applied(side(), settings("bar=5")), many(), tmp_path / "work", tmp_path / "out")
    found = pq.read_table(tmp_path / "out" / "changes" / "thing.parquet")
    by_measure = found.group_by("measure").aggregate([([], "count_all")]).to_pylist()
    assert {row["measure"]: row["count_all"] for row in by_measure} == {
        "best": 300,
        "open": 300,
        "praise": 300,
        "whole": 300,
    }
    keys = list(zip(found.column("id").to_pylist(), found.column("measure").to_pylist(), strict=True))
    order = {"best": 0, "whole": 1, "open": 2, "praise": 3}
    assert keys == sorted(keys, key=lambda key: (key[0], order[key[1]]))
    figures = {line.key: line.figures for line in done.sums.measures}
    assert figures["praise"].no_longer_eligible == 300
    assert [(line.count, line.causes, line.difference) for line in done.causes] == [(300, "bar", None)] * 4


def test_a_register_without_rows_has_no_changes(tmp_path: Path) -> None:
    (tmp_path / "work").mkdir()
    empty = {**many(), "thing": many()["thing"].slice(0, 0)}
    done = simulate(side(), applied(side(), settings("bar=5")), empty, tmp_path / "work", tmp_path / "out")
    assert done.rows == {"thing": 0}
    assert list((tmp_path / "out" / "changes").iterdir()) == []
    assert done.causes == done.undecided == []
