"""Tiers by interval arithmetic: cases out of reach, gaps and overlaps, one below, at and one above."""

from __future__ import annotations

import pytest

from luoshi.rulebook.checking.review.tiers import tiers_apart, unreachable_arms
from tests.unit.rulebook.packs import pack_of

PARAMETER = """parameter
five: {title: BOTH, unit: item, 2000-01-01: 5}
local_five: {title: BOTH, unit: item, local: {set_by: [county]}, 2000-01-01: 5}
five_yuan: {title: BOTH, unit: CNY, 2000-01-01: 5.00}
day: {title: BOTH, type: date, 2000-01-01: 2019-01-01}
--- """


@pytest.mark.parametrize(
    ("cases", "unreachable"),
    [
        ("case when size >= 5 then 2 when size >= 10 then 3 else 1 end", [2]),
        ("case when size >= 10 then 3 when size >= 5 then 2 else 1 end", []),
        ("case when size > 4 then 2 when size >= 5 then 3 else 1 end", [2]),
        ("case when size > 5 then 2 when size >= 5 then 3 else 1 end", []),
        ("case when size < 5 then 2 when size <= 5 then 3 when size > 5 then 4 when size = 9 then 5 else 1 end", [4]),
        ("case when size <> 7 then 2 when size = 7 then 3 when size = 8 then 4 else 1 end", [3]),
        ("case when 5 <= size then 2 when size >= $five then 3 else 1 end", [2]),
        (
            "case when size > 4 or size < 2 then 2 when size between 2 and 4 then 3 when size = 3 then 4 else 1 end",
            [3],
        ),
        ("case when not size < 5 then 2 when size = 6 then 3 else 1 end", [2]),
        ("case when born >= $day then 2 when born > $day then 3 else 1 end", [2]),
        ("case when size >= 5 then 2 when price >= $five_yuan then 3 when size >= 6 then 4 else 1 end", []),
        ("case when size >= $local_five then 2 when size >= 6 then 3 else 1 end", []),
        ("case when $five > 4 then 2 when size >= 6 then 3 else 1 end", []),
        ("case when good then 2 when size >= 6 then 4 when size >= 7 then 5 else 1 end", []),
        ("case when size >= 5 and good then 2 when size >= 5 then 4 else 1 end", []),
        ("case when not good then 2 when size >= 5 then 4 else 1 end", []),
        ("case when colour = 'red' then 2 when size = 5 then 4 else 1 end", []),
        ("case when size > next.size then 2 when size > next.size then 4 else 1 end", []),
    ],
)
def test_arms_that_earlier_ones_have_taken(cases: str, unreachable: list[int]) -> None:
    pack = pack_of(f'{PARAMETER}fact\nf: {{of: thing, value: "{cases}"}}\n')
    assert [item.facts["arm"] for item in unreachable_arms(pack)] == unreachable


M = "%s: {title: BOTH, for: thing, frequency: once, discretion: may, conditions: {a: good, b: %s}%s}\n"


@pytest.mark.parametrize(
    ("lower", "upper", "found"),
    [
        ("size between 1 and 4", "size >= 5", []),
        ("size between 1 and 4", "size > 5", [("REVIEW-008", "5 – 6")]),
        ("size between 1 and 5", "size >= 5", [("REVIEW-009", "5 – 6")]),
        ("size < 5", "size >= 5", []),
        ("size <= 5", "size > 5", []),
        ("size < 5", "size > 5", [("REVIEW-008", "5 – 6")]),
        ("price < $five_yuan", "price > $five_yuan", [("REVIEW-008", "5.00 – 5.01")]),
        ("size >= 3", "size >= 5", []),
        ("size between 1 and 4", "size between 1 and 4", []),
        ("size between 1 and 4", "price >= $five_yuan", []),
        ("size < 2 or size = 3", "size > 5", []),
    ],
)
def test_measures_that_leave_a_gap_or_overlap(lower: str, upper: str, found: list[tuple[str, str]]) -> None:
    pack = pack_of(PARAMETER + "measure\n" + M % ("m", lower, "") + M % ("n", upper, ""))
    assert [(item.code, item.facts["values"]) for item in tiers_apart(pack)] == found


def test_measures_of_another_kind_are_no_tiers() -> None:
    pack = pack_of("measure\n" + M % ("m", "size < 5", "") + M % ("n", "size > 5", ", support: praise"))
    assert list(tiers_apart(pack)) == []
