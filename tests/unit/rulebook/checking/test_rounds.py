"""Rounds of an award: people choose only when more are eligible than there are places."""

from __future__ import annotations

from decimal import Decimal

import pytest

from luoshi.rulebook.checking.answers import Answer
from luoshi.rulebook.checking.rounds import round_of

PRIZE = Decimal("1000.00")
IN = Answer("eligible", PRIZE, (), (), False)
OUT = Answer("ineligible", None, ("a",), (), False)
OPEN = Answer("undetermined", None, (), ("a",), False)


@pytest.mark.parametrize(
    ("eligible", "places", "winners", "choice"),
    [
        (0, 3, 0, "none"),
        (2, 3, 2, "none"),
        (3, 3, 3, "none"),
        (4, 3, 3, "people"),
        (4, None, None, "people"),
        (4, 0, 0, "people"),
    ],
)
def test_who_wins(eligible: int, places: int | None, winners: int | None, choice: str) -> None:
    seen = round_of([OUT, *[IN] * eligible, OPEN], places)
    prizes = PRIZE * winners if eligible and winners is not None else None
    wanted = {"eligible": eligible, "places": places, "winners": winners, "choice": choice, "prizes": prizes}
    assert seen == wanted


def test_an_award_without_money_has_no_prizes() -> None:
    assert round_of([Answer("eligible", None, (), (), False)], 3)["prizes"] is None
