"""Whole registers: the files of the other engine, in parts, all or nothing."""

from __future__ import annotations

import os
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from luoshi.rulebook.bulk import sizes as part_sizes
from luoshi.rulebook.bulk.writing import result_files
from luoshi.rulebook.engines import native, sql
from luoshi.rulebook.engines.native import answering
from luoshi.rulebook.inputs.settings import LocalValue
from luoshi.rulebook.model.findings import Refused
from tests.unit.rulebook.engines.native.rows import ON
from tests.unit.rulebook.engines.sql.registers import given, pack, registers, sizes, told, with_text_ids
from tests.unit.rulebook.packs import pack_of

FACTS = [("thing", "parts")]
ENGINES = {"native": native, "sql": sql}


def types(out: Path, register: str) -> list[tuple[str, pa.DataType]]:
    """The columns of a result and their types."""
    return [(field.name, field.type) for field in pq.read_schema(result_files(out, register)[0])]


@pytest.mark.parametrize("arranged", [dict, with_text_ids])
@pytest.mark.parametrize("from_files", [True, False])
def test_the_files_of_the_other_engine(
    arranged: type, from_files: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(part_sizes, "LEAST_ROWS", 400)
    source = given(arranged(registers(1000)), tmp_path / "in" if from_files else None)
    done = {name: engine.run(pack(), source, ON, tmp_path / name, facts=FACTS) for name, engine in ENGINES.items()}
    assert done["native"].rows == done["sql"].rows
    for register in (*done["sql"].rows, "budget"):
        files = [[path.name for path in result_files(tmp_path / name, register)] for name in ENGINES]
        assert files[0] == files[1]
        assert told(tmp_path / "native", register) == told(tmp_path / "sql", register)
        assert types(tmp_path / "native", register) == types(tmp_path / "sql", register)
    assert sizes(tmp_path / "native", "thing") == [400, 400, 200]


def test_how_far_a_run_is(tmp_path: Path) -> None:
    seen: list[tuple[int, int, str]] = []
    native.run(pack(), registers(100), ON, tmp_path / "out", progress=lambda *about: seen.append(about))
    assert [done for done, _, _ in seen] == list(range(1, len(seen) + 1))
    assert {total for _, total, _ in seen} == {len(seen)} and seen[-1][2] == "budget"


def test_all_or_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def stop(done: int, total: int, label: str) -> None:
        if label == "thing":
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        native.run(pack(), registers(100), ON, tmp_path / "out", progress=stop)
    monkeypatch.setattr(answering, "ParquetWriter", None)
    with pytest.raises(TypeError):
        native.run(pack(), registers(100), ON, tmp_path / "out")
    assert list(tmp_path.iterdir()) == []


def test_wrong_local_values_are_refused(tmp_path: Path) -> None:
    setting = pack_of("parameter\nn: {title: BOTH, unit: item, 2018-01-01: 2}\n")
    with pytest.raises(Refused):
        native.run(setting, registers(9), ON, tmp_path / "out", local=[LocalValue("n", 3)])


def test_threads_are_those_of_the_machine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "cpu_count", lambda: None)
    assert native.run(pack(), registers(9), ON, tmp_path / "out").rows == {"thing": 9, "part": 9}
