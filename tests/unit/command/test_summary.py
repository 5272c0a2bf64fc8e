"""Sums of a run: by measure, by county, and what a round of an award comes to."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from luoshi.command.summary import Line, Round, by_area, by_measure, rounds
from luoshi.rulebook.loading import load_pack
from tests.unit.rulebook.packs import pack_of


def row(measure: str, area: str | None, eligible: int, amount: str | None) -> dict[str, Any]:
    worth = None if amount is None else Decimal(amount)
    return {"measure": measure, "area": area, "eligible": eligible, "undetermined": 1, "ineligible": 2, "amount": worth}


BUDGET = [
    row("local-share", "331124101", 1, "1.50"),
    row("stable-grant", "331124", 2, "2.50"),
    row("stable-grant", "331125", 3, None),
    row("stable-grant", "3311", 4, "1.00"),
    row("stable-grant", None, 5, "1.00"),
    row("best", "331124", 6, "9.00"),
]


def test_a_line_per_measure_that_is_no_award(pack: str) -> None:
    lines = by_measure(load_pack(pack), BUDGET)
    assert lines == [
        Line("stable-grant", (14, 4, 8, Decimal("4.50"))),
        Line("local-share", (1, 1, 2, Decimal("1.50"))),
    ]


def test_a_line_per_county_and_wider_area(pack: str) -> None:
    lines = by_area(load_pack(pack), BUDGET)
    assert [(line.key, line.figures[0], str(line.figures[3])) for line in lines] == [
        ("-", 5, "1.00"),
        ("3311", 4, "1.00"),
        ("331124", 3, "4.00"),
        ("331125", 3, "0.00"),
    ]


@pytest.mark.parametrize(
    ("eligible", "undetermined", "places", "choice"),
    [
        (2, 0, 3, "none"),
        (3, 0, 3, "none"),
        (3, 1, 3, "open"),
        (2, 1, 3, "none"),
        (4, 0, 3, "people"),
        (0, 0, None, "people"),
    ],
)
def test_who_the_winners_are(eligible: int, undetermined: int, places: int | None, choice: str) -> None:
    assert Round("best", "", eligible, undetermined, places, Decimal(0)).choice == choice


def results(folder: Path) -> None:
    amounts = pa.array([Decimal("1.00"), None, Decimal("3.00"), Decimal("2.00")], pa.decimal128(10, 2))
    areas = ["331124", "331124", "331125", "331124101"]
    pq.write_table(pa.table({"id": list("abcd"), "area": areas, "best.amount": amounts}), folder / "thing.parquet")


def test_the_prizes_are_those_of_the_places(pack: str, tmp_path: Path) -> None:
    results(tmp_path)
    (found,) = rounds(load_pack(pack), BUDGET, tmp_path, lambda award, area: 2)
    assert (found.award, found.area, found.places, found.prizes) == ("best", "", 2, Decimal("5.00"))
    (unbounded,) = rounds(load_pack(pack), BUDGET, tmp_path, lambda award, area: None)
    assert unbounded.prizes == Decimal("6.00")


def test_an_award_may_have_a_round_per_county(tmp_path: Path) -> None:
    results(tmp_path)
    pack = pack_of(
        "award\nbest: {title: BOTH, for: thing, conditions: {c: good}, prize: $grant, quota: 2, per: county,"
        " frequency: yearly, discretion: may}\n"
    )
    budget = [row("best", area, 1, "1.00") for area in ("331125", "331124", "331124101", "3311", None)]
    found = rounds(pack, budget, tmp_path, lambda award, area: {"331124": 1, "331125": None}[area])
    assert [(item.area, item.eligible, item.choice, item.prizes) for item in found] == [
        ("331124", 2, "people", Decimal("2.00")),
        ("331125", 1, "people", Decimal("3.00")),
    ]
