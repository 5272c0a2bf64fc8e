"""Large registers are written in parts: the same rows as in one file, the same bytes every time, all or nothing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from luoshi.rulebook.bulk import sizes as part_sizes
from luoshi.rulebook.engines.sql import RunSummary, decide_tables, result_files, run
from luoshi.rulebook.model.blocks import Pack
from luoshi.rulebook.model.findings import Refused
from tests.unit.rulebook.engines.sql.answers import ON, TITLE, chain
from tests.unit.rulebook.engines.sql.registers import (
    FOR,
    digests,
    given,
    in_order,
    pack,
    registers,
    sizes,
    told,
    with_text_ids,
    written,
)
from tests.unit.rulebook.packs import pack_of

ROWS = 1000


@dataclass(frozen=True)
class Sample:
    """A pack, what is asked of it, and over which registers."""

    pack: Pack
    registers: tuple[str, ...]
    facts: tuple[tuple[str, str], ...] = ()

    def tables(self, rows: int = ROWS) -> dict[str, pa.Table]:
        """The registers of the sample."""
        return {name: table for name, table in registers(rows).items() if name in self.registers}

    def run(self, source: Path | Mapping[str, pa.Table], out: Path, threads: int = 2) -> RunSummary:
        """The sample run into a folder."""
        return run(self.pack, source, ON, out, facts=self.facts, threads=threads)


ALL = ("thing", "part", "firm")
ALONE = pack_of(f"measure\nn: {{{TITLE}, {FOR}, conditions: {{big: size > 50, good: good}}, amount: price}}\n")
LONG = chain(70, "size + parts", f"parts: {{of: thing, {TITLE}, count: part, where: good}}")
SAMPLES = {
    "with joins": Sample(pack(), ALL, (("thing", "parts"),)),
    "without joins": Sample(ALONE, ("thing",)),
    "with stored steps": Sample(LONG, ALL, (("thing", "result"), ("thing", "f20"))),
    "with stored steps, without joins": Sample(chain(40), ("thing",), (("thing", "result"),)),
}


def in_parts(monkeypatch: pytest.MonkeyPatch, least: int = 100, most: int = 7) -> None:
    monkeypatch.setattr(part_sizes, "LEAST_ROWS", least)
    monkeypatch.setattr(part_sizes, "MOST_PARTS", most)


def labels(sample: Sample, out: Path) -> list[str]:
    """What a run says it is about, in turn."""
    seen: list[str] = []
    run(sample.pack, sample.tables(), ON, out, facts=sample.facts, progress=lambda *about: seen.append(about[2]))
    return seen


@pytest.mark.parametrize("name", SAMPLES)
@pytest.mark.parametrize("arranged", [dict, in_order, with_text_ids, lambda tables: in_order(with_text_ids(tables))])
@pytest.mark.parametrize("from_files", [True, False])
def test_parts_have_the_rows_of_the_whole(
    name: str, arranged: type, from_files: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    sample = SAMPLES[name]
    tables = arranged(sample.tables())
    source = given(tables, tmp_path / "in" if from_files else None)
    whole = sample.run(source, tmp_path / "whole")
    in_parts(monkeypatch)
    assert sample.run(source, tmp_path / "parts") == RunSummary(tmp_path / "parts", whole.rows, whole.statements)
    for register in whole.rows:
        assert sizes(tmp_path / "whole", register) == [ROWS]
        assert sizes(tmp_path / "parts", register) == [143] * 6 + [142]
        assert told(tmp_path / "parts", register) == told(tmp_path / "whole", register)
        assert len({pq.read_schema(path) for path in result_files(tmp_path / "parts", register)}) == 1
    assert told(tmp_path / "parts", "budget") == told(tmp_path / "whole", "budget")


def test_parts_have_the_rows_of_tables_in_memory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    in_parts(monkeypatch)
    for name, sample in SAMPLES.items():
        sample.run(sample.tables(), tmp_path / name)
        for register, table in decide_tables(sample.pack, sample.tables(), ON, facts=sample.facts).items():
            assert told(tmp_path / name, register) == table.to_pydict()


def test_the_samples_are_what_they_are_called(tmp_path: Path) -> None:
    seen = {name: labels(sample, tmp_path / name) for name, sample in SAMPLES.items()}
    assert seen["without joins"] == ["thing", "budget"]
    assert "thing joined" in seen["with joins"] and "thing part 1" not in seen["with joins"]
    assert {"thing joined", "thing part 1", "thing part 2"} <= set(seen["with stored steps"])
    assert "thing part 1" in seen["with stored steps, without joins"]
    assert "thing joined" not in seen["with stored steps, without joins"]


@pytest.mark.parametrize("name", SAMPLES)
@pytest.mark.parametrize("from_files", [True, False])
def test_the_same_input_gives_the_same_bytes_of_every_part(
    name: str, from_files: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    in_parts(monkeypatch)
    sample = SAMPLES[name]
    source = given(sample.tables(2000), tmp_path / "in" if from_files else None)
    found = []
    for number, threads in enumerate([1, 2, 2]):
        sample.run(source, tmp_path / f"out{number}", threads)
        found.append(digests(tmp_path / f"out{number}"))
    assert found[0] == found[1] == found[2] and "thing.0007.parquet" in found[0]


@pytest.mark.parametrize(
    ("rows", "wanted"),
    [
        (0, [0]),
        (1, [1]),
        (99, [99]),
        (100, [100]),
        (101, [100, 1]),
        (199, [100, 99]),
        (200, [100, 100]),
        (201, [100, 100, 1]),
        (299, [100, 100, 99]),
        (300, [100, 100, 100]),
        (301, [101, 101, 99]),
    ],
)
@pytest.mark.parametrize(("name", "arranged"), [("with joins", with_text_ids), ("with stored steps", in_order)])
def test_a_part_starts_where_the_one_before_is_full(
    rows: int, wanted: list[int], name: str, arranged: type, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    in_parts(monkeypatch, most=3)
    tables = arranged({key: table.slice(0, rows) for key, table in SAMPLES[name].tables(400).items()})
    summary = SAMPLES[name].run(tables, tmp_path / "out")
    assert sizes(tmp_path / "out", "thing") == wanted and summary.rows["thing"] == rows
    files = ["thing"] if len(wanted) == 1 else [f"thing.{number:04}" for number in range(1, len(wanted) + 1)]
    assert [path.stem for path in result_files(tmp_path / "out", "thing")] == files
    assert told(tmp_path / "out", "thing")["id"] == sorted(tables["thing"].column("id").to_pylist())


def test_the_budget_counts_all_parts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    run(pack(), registers(), ON, tmp_path / "whole")
    in_parts(monkeypatch)
    out = tmp_path / "it's in 'parts'"
    run(pack(), registers(), ON, out)
    assert len(result_files(out, "thing")) == 7
    assert (out / "budget.parquet").read_bytes() == (tmp_path / "whole" / "budget.parquet").read_bytes()
    assert pq.read_metadata(out / "budget.parquet").num_rows == 6


def test_an_earlier_result_of_more_parts_is_wholly_replaced(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    in_parts(monkeypatch)
    run(pack(), registers(), ON, tmp_path / "out")
    assert len(list((tmp_path / "out").iterdir())) == 15
    run(pack(), registers(150), ON, tmp_path / "out")
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == [
        "budget.parquet", "part.0001.parquet", "part.0002.parquet", "thing.0001.parquet", "thing.0002.parquet",
    ]  # fmt: skip
    run(pack(), registers(100), ON, tmp_path / "out")
    assert {path.stem for path in (tmp_path / "out").iterdir()} == {"budget", "part", "thing"}
    assert told(tmp_path / "out", "thing")["id"] == list(range(100))


def test_progress_is_told_of_every_part(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    in_parts(monkeypatch, most=3)
    seen: list[tuple[int, int, str]] = []
    summary = run(pack(), registers(), ON, tmp_path / "out", progress=lambda *about: seen.append(about))
    wanted = [*["part"] * 3, "part by thing #1", "thing joined", *["thing"] * 3, "budget"]
    assert seen == [(number, len(wanted), label) for number, label in enumerate(wanted, 1)]
    assert summary.statements == 5


@pytest.mark.parametrize("at", [1, 3, 4, 6, 8, 9])
@pytest.mark.parametrize(("threads", "problem"), [(1, ValueError), (2, KeyboardInterrupt)])
def test_a_run_stopped_between_parts_leaves_nothing(
    at: int, threads: int, problem: type[BaseException], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stop(done: int, total: int, label: str) -> None:
        seen.append(done)
        if done == at:
            raise problem

    in_parts(monkeypatch, most=3)
    seen: list[int] = []
    with pytest.raises(problem):
        run(pack(), registers(1000), ON, tmp_path / "out", threads=threads, progress=stop)
    assert seen == list(range(1, at + 1)) and not list(tmp_path.iterdir())


def test_a_part_that_cannot_be_read_leaves_what_was_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    in_parts(monkeypatch)
    tables = in_order(registers())
    run(pack(), tables, ON, tmp_path / "out")
    before = digests(tmp_path / "out")
    path = written(tmp_path / "in", tables) / "thing.parquet"
    pages = pq.read_metadata(path).row_group(3).column(tables["thing"].column_names.index("price"))
    content, start = bytearray(path.read_bytes()), pages.dictionary_page_offset
    content[start : start + pages.total_compressed_size] = b"\xff" * pages.total_compressed_size
    path.write_bytes(bytes(content))
    with pytest.raises(Refused) as refused:
        run(pack(), tmp_path / "in", ON, tmp_path / "out")
    assert [(found.code, found.where.file) for found in refused.value.findings] == [("DATA-011", "thing")]
    assert digests(tmp_path / "out") == before and {item.name for item in tmp_path.iterdir()} == {"in", "out"}
