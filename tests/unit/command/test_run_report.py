"""The tables of a run: measures, rounds of awards, areas by name."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

Call = Callable[..., Any]


@pytest.fixture
def run(luoshi: Call, pack: str, data: Path, tmp_path: Path) -> Call:
    return lambda *more: luoshi("run", pack, "--data", data, "--on", "2019-07-14", "--out", tmp_path / "out", *more)


def test_awards_stand_in_a_table_of_their_own(run: Call) -> None:
    told = run("--lang", "en").stdout
    assert (
        "│ best thing │        2 │            1 │      2 │ open: some are undetermined │                400.00 │"
        in told
    )
    assert (
        "│ open award │        2 │            1 │        │ people choose               │                  0.00 │"
        in told
    )


def test_rounds_as_json(run: Call) -> None:
    rounds = json.loads(run("--json").stdout)["rounds"]
    assert rounds[0] == {
        "award": "best",
        "area": None,
        "eligible": 2,
        "undetermined": 1,
        "places": 2,
        "choice": "open",
        "prizes_at_most": "400.00",
    }
    assert (rounds[1]["places"], rounds[1]["choice"]) == (None, "people")


def test_areas_are_called_by_their_names_where_there_are_names(run: Call, data: Path) -> None:
    told = run().stdout
    assert "331124 缙云" in told and "331125 " in told
    pq.write_table(pa.table({"id": ["331124"]}), data / "area.parquet")
    assert "缙云" not in run().stdout


def test_without_awards_there_is_no_table_of_rounds(luoshi: Call, data: Path, tmp_path: Path) -> None:
    from tests.unit.rulebook.packs import write_pack

    measure = "{title: BOTH, for: thing, conditions: {c: good}, amount: price, frequency: once, discretion: may}"
    folder = write_pack(tmp_path / "p", f"measure\nm: {measure}\n")
    (data / "area.parquet").unlink()
    told = luoshi("run", folder, "--data", data, "--on", "2019-07-14", "--out", tmp_path / "out", "--lang", "en").stdout
    assert "┃ award" not in told
    assert "│ 331124 │" in told
