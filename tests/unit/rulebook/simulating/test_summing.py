"""Figures by area, fund and payer."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

from luoshi.rulebook.simulating import applied
from luoshi.rulebook.simulating.summing import Figures
from tests.unit.rulebook.simulating.sides import edited, settings, side, simulated


def test_areas_are_rolled_up_and_nothing_is_lost(tmp_path: Path) -> None:
    sums = simulated(side(), applied(side(), settings("grant=300.00")), tmp_path).sums
    counties = {line.key: line.figures for line in sums.areas("county")}
    assert {key: figures.cost_after for key, figures in counties.items()} == {
        "": Decimal("300.00"),
        "3311": Decimal("200.00"),
        "331124": Decimal("355.00"),
        "331125": Decimal("350.00"),
    }
    assert [line.key for line in sums.areas("city")] == ["", "3311"]
    assert sum((figures for figures in counties.values()), Figures()) == sums.total
    assert sums.total.difference == Decimal("300.00")


def test_a_measure_of_several_funds_stands_with_all_of_them(tmp_path: Path) -> None:
    sums = simulated(side(), applied(side(), settings("share=0.80")), tmp_path).sums
    funds = {line.key: line.figures.difference for line in sums.funds()}
    assert funds == {"": 0, "own": 0, "own|other": Decimal("3.00")}
    assert {line.key for line in sums.payers()} == {"", "county", "county|city"}


def test_a_measure_that_changes_its_fund_moves(tmp_path: Path) -> None:
    other = edited("amount: $grant, funds: [own]", "amount: $grant, funds: [other]")
    sums = simulated(side(), side(other), tmp_path).sums
    funds = {line.key: line.figures for line in sums.funds()}
    assert (funds["own"].cost_before, funds["own"].cost_after) == (Decimal("600.00"), 0)
    assert (funds["other"].cost_before, funds["other"].cost_after) == (0, Decimal("600.00"))
    assert (funds["own"].eligible_before, funds["other"].eligible_after) == (3, 3)


def test_a_measure_without_a_fund_that_goes_leaves_no_other_line(tmp_path: Path) -> None:
    gone = edited(
        "praise: {title: BOTH, for: thing, conditions: {big: size > $bar}, frequency: once, discretion: may}\n", ""
    )
    sums = simulated(side(), side(gone), tmp_path).sums
    assert [line.key for line in sums.funds()] == ["", "own", "own|other"]


def test_causes_are_counted(tmp_path: Path) -> None:
    done = simulated(side(), applied(side(), settings("share=0.80", "least=4")), tmp_path)
    assert [
        (line.causes, line.conditions, line.count, line.newly_eligible, line.difference) for line in done.causes
    ] == [
        ("least", "big", 1, 1, Decimal("16.00")),
        ("share", "amount", 1, 0, Decimal("3.00")),
    ]
