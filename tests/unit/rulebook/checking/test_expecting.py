"""Expectations against answers: what counts as the same value, and how a difference is told."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from luoshi.rulebook.checking.answers import Answer, Answers
from luoshi.rulebook.checking.expecting import comparable, departures, same_value

OWN = Answers(
    {
        "m": Answer("ineligible", None, ("a", "b"), ("c",), False),
        "paid": Answer("eligible", Decimal("5.00"), (), (), False),
    },
    {"cap": "met"},
    {"size": 6, "open": None},
)


@pytest.mark.parametrize(
    ("wanted", "seen", "same"),
    [
        ("unknown", None, True),
        (None, None, True),
        ("unknown", 0, False),
        (None, False, False),
        ("0", None, False),
        ("true", True, True),
        ("false", True, False),
        (True, True, False),
        ("5", Decimal("5.00"), True),
        ("5.01", Decimal("5.00"), False),
        ("many", 5, False),
        (["5"], 5, False),
        ("2019-07-14", date(2019, 7, 14), True),
        ("red", "red", True),
        ("blue", "red", False),
    ],
)
def test_the_same_value(wanted: Any, seen: Any, same: bool) -> None:
    assert same_value(wanted, seen) is same


@pytest.mark.parametrize(
    ("expect", "told"),
    [
        ({"m": {"outcome": "ineligible", "unmet": ["b", "a"], "unknown": ["c"]}}, []),
        ({"paid": {"outcome": "eligible", "amount": "5.00", "unmet": None}}, []),
        ({"paid": {"missing": []}}, []),
        ({"cap": "met", "facts": {"size": "6", "open": "unknown"}}, []),
        ({"findings": ["X"], "rounds": {"y": {}}}, []),
        (
            {"m": {"outcome": "eligible"}},
            ["m: expected outcome eligible, got ineligible (unmet ('a', 'b'), unknown ('c',))"],
        ),
        ({"m": {"unmet": ["a"]}}, ["m: expected unmet ['a'], got ('a', 'b') (unmet ('a', 'b'), unknown ('c',))"]),
        ({"paid": {"amount": "4"}}, ["paid: expected amount 4, got 5.00 (unmet (), unknown ())"]),
        ({"other": {"outcome": "eligible"}}, ["other: not decided for this subject"]),
        ({"cap": "unmet"}, ["cap: expected unmet, got met"]),
        ({"gap": "met"}, ["gap: expected met, got None"]),
        ({"facts": {"size": "5"}}, ["fact size: expected 5, got 6"]),
        ({"facts": {"else": "5"}}, ["fact else: expected 5, got None"]),
    ],
)
def test_differences_are_told(expect: dict[str, Any], told: list[str]) -> None:
    assert list(departures(expect, OWN)) == told


def test_equal_answers_look_equal() -> None:
    one = Answers({"m": Answer("eligible", Decimal("5.00"), (), (), False)}, {}, {"n": 5, "t": True, "d": None})
    other = Answers(
        {"m": Answer("eligible", Decimal("5.0"), (), (), False)}, {}, {"n": Decimal("5"), "t": True, "d": None}
    )
    assert comparable({1: one}) == comparable({"1": other})
    zero = Answers({}, {}, {"n": Decimal("0E+3")})
    assert comparable({"x": zero}) == {"x": ({}, {}, {"n": "0"})}
