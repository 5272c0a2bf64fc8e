"""Whole registers from files to files: all or nothing, the same bytes every time, with a budget."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from luoshi.rulebook.engines.sql import decide_tables, run
from luoshi.rulebook.inputs.settings import LocalValue
from luoshi.rulebook.model.findings import Refused
from tests.unit.rulebook.engines.sql.answers import ON
from tests.unit.rulebook.engines.sql.registers import digests, pack, registers, written


def test_files_say_what_the_tables_say(tmp_path: Path) -> None:
    source, tables = written(tmp_path / "in", registers()), registers()
    summary = run(pack(), source, ON, tmp_path / "out", facts=[("thing", "parts")])
    wanted = decide_tables(pack(), tables, ON, facts=[("thing", "parts")])
    assert set(wanted) == {"thing", "part"} and summary.rows == {"part": 5000, "thing": 5000}
    for register, table in wanted.items():
        read = pq.read_table(tmp_path / "out" / f"{register}.parquet")
        assert read.schema.names == table.schema.names and read.schema.types == table.schema.types
        assert read.to_pydict() == table.to_pydict()
    assert wanted["thing"].column("id").to_pylist() == list(range(5000))
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == [
        "budget.parquet",
        "part.parquet",
        "thing.parquet",
    ]


def test_the_same_input_gives_the_same_bytes(tmp_path: Path) -> None:
    source = written(tmp_path / "in", registers())
    found = []
    for number, threads in enumerate([1, 2, 2, 4]):
        run(pack(), source, ON, tmp_path / f"out{number}", threads=threads)
        found.append(digests(tmp_path / f"out{number}"))
    assert found[0] == found[1] == found[2] == found[3]
    tables = registers()
    run(pack(), tables, ON, tmp_path / "a")
    run(pack(), tables, ON, tmp_path / "b")
    assert digests(tmp_path / "a") == digests(tmp_path / "b")


def test_the_budget_counts_every_outcome_by_area(tmp_path: Path) -> None:
    run(pack(), registers(), ON, tmp_path / "out")
    budget = pq.read_table(tmp_path / "out" / "budget.parquet")
    assert str(budget.schema.field("amount").type) == "decimal128(38, 2)"
    things = pq.read_table(tmp_path / "out" / "thing.parquet").to_pylist()
    wanted: list[dict[str, Any]] = []
    for area in (None, "331102", "331121"):
        rows = [row for row in things if row["area"] == area]
        for measure, fund in (("m", "x|y"), ("n", "")):
            outcomes = [row[f"{measure}.outcome"] for row in rows]
            counts = {
                name: outcomes.count(code) for name, code in (("eligible", 1), ("undetermined", 3), ("ineligible", 2))
            }
            amount = sum((row[f"{measure}.amount"] or 0 for row in rows), Decimal("0.00"))
            wanted.append({"area": area, "measure": measure, "fund": fund, **counts, "amount": amount})
    assert budget.to_pylist() == wanted
    assert any(row["undetermined"] for row in wanted) and any(row["amount"] for row in wanted)


def test_progress_counts_up_to_the_budget(tmp_path: Path) -> None:
    seen: list[tuple[int, int, str]] = []
    summary = run(pack(), registers(), ON, tmp_path / "out", progress=lambda *told: seen.append(told))
    assert [done for done, _, _ in seen] == list(range(1, summary.statements + 1))
    assert {total for _, total, _ in seen} == {summary.statements}
    assert [label for _, _, label in seen] == ["part", "part by thing #1", "thing joined", "thing", "budget"]


def leftovers(folder: Path) -> Iterator[str]:
    return (path.name for path in folder.iterdir())


def test_refused_input_leaves_nothing(tmp_path: Path) -> None:
    tables = registers()
    tables["thing"] = tables["thing"].set_column(2, "size", pa.array([0.5] * 5000))
    with pytest.raises(Refused, match="DATA-004"):
        run(pack(), tables, ON, tmp_path / "out")
    assert not list(leftovers(tmp_path))


def test_refused_local_values_leave_nothing(tmp_path: Path) -> None:
    with pytest.raises(Refused, match="CASE-008"):
        run(
            pack(),
            registers(),
            ON,
            tmp_path / "out",
            local=[LocalValue("share", Decimal("0.50"), "331102001", document="文")],
        )
    assert not list(leftovers(tmp_path))


@pytest.mark.parametrize("at", [1, 3])
def test_an_interrupted_run_leaves_nothing(tmp_path: Path, at: int) -> None:
    def interrupt(done: int, total: int, label: str) -> None:
        if done == at:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        run(pack(), registers(), ON, tmp_path / "out", progress=interrupt)
    assert not list(leftovers(tmp_path))


def test_an_interrupted_run_leaves_what_was_there(tmp_path: Path) -> None:
    run(pack(), registers(100), ON, tmp_path / "out")
    before = digests(tmp_path / "out")
    test_refused = {"thing": registers(100)["thing"].rename_columns(["key", "good", "size", "price", "firm"])}
    with pytest.raises(Refused):
        run(pack(), test_refused, ON, tmp_path / "out")
    assert digests(tmp_path / "out") == before
    run(pack(), registers(200), ON, tmp_path / "out")
    assert digests(tmp_path / "out") != before


def test_an_empty_folder_and_a_file_that_is_no_parquet(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    with pytest.raises(Refused, match="DATA-001"):
        run(pack(), tmp_path / "in", ON, tmp_path / "out")
    (tmp_path / "in" / "thing.parquet").write_bytes(b"no parquet")
    (tmp_path / "in" / "other.parquet").write_bytes(b"of another pack")
    with pytest.raises(Refused, match="DATA-011"):
        run(pack(), tmp_path / "in", ON, tmp_path / "out")


def test_a_damaged_file(tmp_path: Path) -> None:
    source = written(tmp_path / "in", registers())
    path = source / "thing.parquet"
    content = bytearray(path.read_bytes())
    content[40:2000] = b"\xff" * 1960
    path.write_bytes(bytes(content))
    with pytest.raises(Refused, match="DATA-011"):
        run(pack(), source, ON, tmp_path / "out")


def test_a_small_memory_limit_is_enough(tmp_path: Path) -> None:
    source = written(tmp_path / "in", registers(200_000))
    run(pack(), source, ON, tmp_path / "small", memory_limit="100MB", threads=1)
    run(pack(), source, ON, tmp_path / "large")
    assert digests(tmp_path / "small") == digests(tmp_path / "large")


def test_registers_without_rows(tmp_path: Path) -> None:
    tables = {name: table.slice(0, 0) for name, table in registers(10).items()}
    summary = run(pack(), tables, ON, tmp_path / "out")
    assert summary.rows == {"part": 0, "thing": 0}
    assert pq.read_table(tmp_path / "out" / "budget.parquet").num_rows == 0
    assert pq.read_table(tmp_path / "out" / "thing.parquet").column_names[:3] == ["id", "area", "m.outcome"]
