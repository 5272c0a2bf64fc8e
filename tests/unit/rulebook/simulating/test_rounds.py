"""Awards cost the prizes of as many as there are places, the highest first."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from luoshi.rulebook.engines import sql
from luoshi.rulebook.simulating import applied
from luoshi.rulebook.simulating.rounds import prizes
from luoshi.rulebook.simulating.side import Side
from tests.unit.rulebook.simulating.sides import edited, settings, side, tables


def found(of: Side, folder: Path) -> dict[tuple[str, str], Decimal]:
    sql.run(of.pack, tables(), of.on, folder, local=of.local)
    return {(row["measure"], row["area"]): row["amount"] for row in prizes(of, folder).to_pylist()}


def test_each_county_has_its_places_and_a_single_round_the_whole_area(tmp_path: Path) -> None:
    assert found(side(), tmp_path / "run") == {
        ("best", "331124"): Decimal("50.00"),
        ("best", "331125"): Decimal("50.00"),
        ("whole", "3311"): Decimal("50.00"),
        ("open", "3311"): Decimal("150.00"),
    }


@pytest.mark.parametrize(("places", "cost"), [(0, "0.00"), (1, "50.00"), (2, "100.00"), (3, "100.00")])
def test_more_places_cost_more_until_all_are_served(places: int, cost: str, tmp_path: Path) -> None:
    of = applied(side(), settings(f"places={places}")) if places != 1 else side()
    assert found(of, tmp_path / "run").get(("best", "331124"), Decimal("0.00")) == Decimal(cost)


def test_nobody_eligible_costs_nothing(tmp_path: Path) -> None:
    assert found(applied(side(), settings("bar=99")), tmp_path / "run") == {}


def test_places_that_nobody_has_set_bound_nothing(tmp_path: Path) -> None:
    unset = edited(
        "places: {title: BOTH, unit: item, 2000-01-01: 1}",
        "places: {title: BOTH, unit: item, local: {set_by: [county]}}",
    )
    assert found(side(unset), tmp_path / "run")["best", "331124"] == Decimal("100.00")
