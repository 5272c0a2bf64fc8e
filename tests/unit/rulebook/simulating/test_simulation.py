"""A simulation over registers: the same as two independent decisions of every subject, the same bytes every time."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest

from luoshi.rulebook.cases.case_file import Case
from luoshi.rulebook.engines.case import CaseEngine
from luoshi.rulebook.simulating import Overlay, Side, Simulation, applied, simulate
from luoshi.rulebook.simulating.simulation import kept_registers
from tests.unit.rulebook.simulating.sides import case, edited, settings, side, simulated, tables

OVERLAYS = {
    "a rate": settings("share=0.80"),
    "a rate in one county": settings("share@331124=0.80"),
    "a threshold": settings("least=4"),
    "a bar of awards": settings("bar=4"),
    "a reading": settings("strict=false"),
    "a condition off": Overlay(off=("grant-in-aid.big",)),
    "a measure off": Overlay(off=("flat",)),
    "a measure on": Overlay(on=("old",)),
    "another day": Overlay(day=date(2018, 12, 31)),
    "everything": Overlay(
        settings("share=0.80", "least=4", "bar=5").settings, ("flat.good",), ("old",), date(2019, 8, 1)
    ),
}


def decided(of: Side, data: Case) -> Iterator[tuple[tuple[str, str], tuple[str, Any]]]:
    """What the reference engine decides about every row, by row and measure."""
    engine = CaseEngine(of.pack, of.on, of.settings(), as_if_in_force=of.as_if_in_force)
    for register in ("thing", "firm"):
        for row in data.store.rows[register]:
            for item in engine.decide(data.store, register, row).determinations:
                yield (row, item.measure.id), (item.outcome.word, item.amount)


def changes(folder: Path) -> dict[tuple[str, str], dict[str, Any]]:
    rows = [row for path in sorted((folder / "out" / "changes").iterdir()) for row in pq.read_table(path).to_pylist()]
    return {(row["id"], row["measure"]): row for row in rows}


@pytest.mark.parametrize("name", OVERLAYS)
def test_changes_are_those_between_two_independent_decisions(name: str, tmp_path: Path) -> None:
    before = side()
    after = applied(before, OVERLAYS[name])
    done = simulated(before, after, tmp_path)
    old, new = dict(decided(before, case())), dict(decided(after, case()))
    expected = {key: (old[key], new[key]) for key in old if old[key] != new[key]}
    found = changes(tmp_path)
    assert (
        expected
        and {
            key: ((row["before"], row["amount_before"]), (row["after"], row["amount_after"]))
            for key, row in found.items()
        }
        == expected
    )
    assert all(row["causes"] for row in found.values())
    assert sum(done.rows.values()) == len(found)
    check_sums(done, old, new)


def check_sums(done: Simulation, old: dict[Any, Any], new: dict[Any, Any]) -> None:
    """The figures of every measure that is no award are the sums over the decisions."""
    for line in done.sums.measures:
        was = [old[key] for key in old if key[1] == line.key]
        becomes = [new[key] for key in old if key[1] == line.key]
        figures = line.figures
        pairs = list(zip(was, becomes, strict=True))
        assert figures.eligible_before == sum(outcome == "eligible" for outcome, _ in was)
        assert figures.eligible_after == sum(outcome == "eligible" for outcome, _ in becomes)
        assert figures.undetermined_after == sum(outcome == "undetermined" for outcome, _ in becomes)
        assert figures.newly_eligible == sum(a[0] != "eligible" == b[0] for a, b in pairs)
        assert figures.no_longer_eligible == sum(a[0] == "eligible" != b[0] for a, b in pairs)
        assert figures.newly_undetermined == sum(a[0] != "undetermined" == b[0] for a, b in pairs)
        assert figures.amount_changed == sum(a[0] == b[0] and a[1] != b[1] for a, b in pairs)
        if line.key in {"grant-in-aid", "flat", "old"}:
            assert figures.cost_before == sum(amount or 0 for _, amount in was)
            assert figures.cost_after == sum(amount or 0 for _, amount in becomes)


def test_a_change_tells_condition_cause_and_clause(tmp_path: Path) -> None:
    simulated(side(), applied(side(), settings("least=4", "share=0.80")), tmp_path)
    found = changes(tmp_path)
    assert found["b", "grant-in-aid"] == {
        "id": "b",
        "area": "331125",
        "measure": "grant-in-aid",
        "is_award": False,
        "before": "ineligible",
        "after": "eligible",
        "amount_before": None,
        "amount_after": Decimal("16.00"),
        "difference": Decimal("16.00"),
        "conditions": "big",
        "causes": "least",
        "clauses": "0/1",
    }
    assert (found["a", "grant-in-aid"]["conditions"], found["a", "grant-in-aid"]["causes"]) == ("amount", "share")
    assert found["a", "grant-in-aid"]["difference"] == Decimal("3.00")


def test_the_summary_has_every_grouping(tmp_path: Path) -> None:
    simulated(side(), applied(side(), settings("share=0.80")), tmp_path)
    rows = pq.read_table(tmp_path / "out" / "summary.parquet").to_pylist()
    by_key = {(row["grouping"], row["key"]): row for row in rows}
    assert by_key["measure", "grant-in-aid"]["difference"] == Decimal("3.00")
    assert by_key["county", "331124"]["difference"] == by_key["total", ""]["difference"] == Decimal("3.00")
    assert by_key["fund", "own|other"]["difference"] == by_key["payer", "county|city"]["difference"] == Decimal("3.00")
    for grouping in ("measure", "province", "city", "county", "township", "village", "fund", "payer"):
        assert (
            sum(row["cost_after"] for row in rows if row["grouping"] == grouping) == by_key["total", ""]["cost_after"]
        )


def test_a_second_simulation_gives_the_same_bytes(tmp_path: Path) -> None:
    after = applied(side(), OVERLAYS["everything"])
    for name in ("one", "two"):
        simulated(side(), after, tmp_path / name)
    files = [path.relative_to(tmp_path / "one") for path in (tmp_path / "one" / "out").rglob("*.parquet")]
    assert len(files) > 1
    assert all((tmp_path / "one" / file).read_bytes() == (tmp_path / "two" / file).read_bytes() for file in files)


def test_an_edited_pack_may_have_other_conditions_measures_and_registers(tmp_path: Path) -> None:
    line = "beside: {title: BOTH, for: firm, conditions: {named: name = 'f'}, frequency: once, discretion: may}\n"
    without = side(edited(line, ""))
    done = simulated(without, side(), tmp_path / "new")
    assert changes(tmp_path / "new")["f", "beside"]["causes"] == "beside"
    assert (done.touched, done.rows) == (("beside",), {"firm": 3})
    gone = simulated(side(), without, tmp_path / "gone")
    assert changes(tmp_path / "gone")["f", "beside"]["after"] == "not_in_force"
    assert [line.key for line in gone.sums.measures][-1] == "beside"
    other = side(edited("{big: size >= $least, sound:", "{huge: size > 7, sound:"))
    simulated(side(), other, tmp_path / "other")
    assert changes(tmp_path / "other")["a", "grant-in-aid"]["conditions"] == "huge|big"


def test_a_register_that_is_not_kept_decides_nothing(tmp_path: Path) -> None:
    done = simulated(side(), applied(side(), settings("strict=false")), tmp_path, "part")
    unknown = {item.condition: item for item in done.undecided}
    assert [(lack.kind, lack.name) for lack in unknown["sound"].missing][0] == ("fact", "part")


def test_progress_is_told_over_both_runs(tmp_path: Path) -> None:
    told: list[tuple[int, int]] = []
    (tmp_path / "work").mkdir()
    after = applied(side(), settings("share=0.80"))
    simulate(
        side(),
        after,
        tables(),
        tmp_path / "work",
        tmp_path / "out",
        progress=lambda done, total, _: told.append((done, total)),
    )
    assert told[-1][0] == told[-1][1]
    shares = [done / total for done, total in told]
    assert shares == sorted(shares)


def test_registers_of_a_folder_are_its_files(tmp_path: Path) -> None:
    (tmp_path / "thing.parquet").touch()
    (tmp_path / "local.yaml").touch()
    assert kept_registers(tmp_path) == {"thing"}
    assert kept_registers({"firm": None}) == {"firm"}
