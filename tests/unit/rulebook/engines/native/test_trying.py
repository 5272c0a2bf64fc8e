"""A setting tried with several values: each gives what a run with that value alone gives."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from luoshi.rulebook.bulk.asking import Asked
from luoshi.rulebook.bulk.wanted import Wanted
from luoshi.rulebook.bulk.writing import result_files
from luoshi.rulebook.engines import native
from luoshi.rulebook.engines.native import running
from luoshi.rulebook.simulating.setting_values import with_value
from luoshi.rulebook.simulating.side import Side
from tests.unit.rulebook.engines.native.rows import ON, TITLE
from tests.unit.rulebook.engines.sql.registers import registers
from tests.unit.rulebook.packs import pack_of

FOR = "frequency: once, discretion: may"
BLOCKS = f"""parameter
p: {{title: BOTH, unit: item, 2018-01-01: 50, areas: {{"331102": {{2018-01-01: 60}}}}}}
--- measure
direct: {{{TITLE}, for: thing, {FOR}, conditions: {{big: size > $p}}, amount: price * $p}}
members: {{{TITLE}, for: thing, {FOR}, conditions: {{some: large_parts >= 1, kinds: kinds < 2}}, amount: cheapest}}
beside: {{{TITLE}, for: thing, {FOR}, conditions: {{some: parts >= 1}}, amount: price}}
around: {{{TITLE}, for: area, {FOR}, conditions: {{some: large_things >= $p * 10}}}}
firms: {{{TITLE}, for: firm, {FOR}, conditions: {{some: all_large}}}}
--- fact
parts: {{of: thing, {TITLE}, count: part}}
is_large: {{of: thing, {TITLE}, value: "size > $p"}}
large_parts: {{of: thing, {TITLE}, count: part, where: thing.is_large}}
kinds: {{of: thing, {TITLE}, count: part, distinct: paid, where: thing.is_large}}
cheapest: {{of: thing, {TITLE}, min: part, of_value: paid, where: thing.size >= $p}}
large_things: {{of: area, {TITLE}, count: thing, via: firm.area, where: is_large}}
all_large: {{of: firm, {TITLE}, any: thing, where: is_large and parts > 0}}
"""
VALUES = (0, 30, 96, 98, 7)


def tables() -> dict[str, pa.Table]:
    """Some thousand things and parts, and the areas in which they lie."""
    areas = pa.table({"id": ["33", "3311", "331102", "331121"]})
    return {**registers(3000), "area": areas}


def sides(area: str) -> list[Side]:
    return [with_value(Side(pack_of(BLOCKS), ON), "p", value, area) for value in VALUES]


def tried(area: str, threads: int) -> native.Trying:
    held = native.Tried("p", tuple(side.settings() for side in sides(area)))
    return native.Trying(Asked(sides(area)[0].pack, ON, (), Wanted()), held, tables(), threads)


@pytest.mark.parametrize(("area", "many", "threads"), [("", 10**9, 3), ("331121", 0, 2)])
def test_each_value_alone(area: str, many: int, threads: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(running, "MANY", many)
    found, seen = tried(area, threads), set()
    for number, (side, outcomes) in enumerate(zip(sides(area), found.outcomes(), strict=True)):
        native.run(side.pack, tables(), ON, tmp_path / str(number))
        assert outcomes.budget.equals(pq.read_table(tmp_path / str(number) / "budget.parquet"))
        amounts = outcomes.amounts(side.pack.measures["members"])
        (file,) = result_files(tmp_path / str(number), "thing")
        wanted = pq.read_table(file, columns=["area", "members.amount"]).rename_columns(["area", "amount"])
        assert amounts is not None
        assert amounts.to_pylist() == [row for row in wanted.to_pylist() if row["amount"] is not None]
        seen.add(str(outcomes.budget))
    assert len(seen) == len(VALUES), "every value makes a difference"


def test_what_a_value_does_not_touch_is_computed_once() -> None:
    passes = tried("", 1).plan.passes
    once, again = ([step for step in passes if step.is_later is later] for later in (False, True))
    assert [len(step.gathers) for step in once] == [1, 0]
    assert sum(len(step.gathers) + len(step.distinct) for step in again) == 5


def test_a_register_that_nobody_keeps() -> None:
    pack = pack_of(BLOCKS)
    few = {"firm": tables()["firm"]}
    settings = tuple(side.settings() for side in sides(""))
    trying = native.Trying(Asked(pack, date(2019, 1, 1), (), Wanted()), native.Tried("p", settings), few, 1)
    for outcomes in trying.outcomes():
        assert outcomes.amounts(pack.measures["direct"]) is None
        assert set(outcomes.budget["measure"].to_pylist()) == {"firms"}
