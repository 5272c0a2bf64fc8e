"""How many rows: totals, shares, sizes, months."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from typing import Any

import pytest

from luoshi.rulebook.model.findings import Refused

HOUSEHOLDS = """
registers:
  area:
    fields:
      poor: {cases: [{when: {level: village}, chance: 0.5}, {then: false}]}
      _weight: {cases: [{when: {kind: community}, then: 9}, {then: 1}]}
  household:
    rows: %s
    fields:
      number: {serial: "H{n:04}"}
"""


def household(sampled: Callable[..., Any], rows: str, **options: float) -> Any:
    return sampled(HOUSEHOLDS % rows, **options)


def test_one_row_for_each(sampled: Callable[..., Any]) -> None:
    areas = household(sampled, "{each: area, where: {level: village}}")["household"]["area"]
    assert len(areas) == len(set(areas)) == 25
    assert {len(area) for area in areas} == {12}


def test_a_total_is_shared_out_by_size_to_the_last_row(sampled: Callable[..., Any]) -> None:
    areas = household(sampled, "{each: area, where: {level: village}, total: 5700, size: {field: _weight}}")
    times = Counter(areas["household"]["area"])
    assert sum(times.values()) == 5700
    assert all(abs(count - (900 if code[9] == "0" else 100)) <= 1 for code, count in times.items())


def test_a_small_sample_keeps_the_least(sampled: Callable[..., Any]) -> None:
    rows = "{each: area, where: {level: village}, total: 5000, least: 40}"
    assert len(household(sampled, rows, scale=0.001)["household"]["id"]) == 40


def test_sizes_may_be_nothing_and_nobody_may_qualify(sampled: Callable[..., Any]) -> None:
    rows = "{each: area, where: {level: village, poor: true}, size: {choice: {0: 1, 3: 1}}}"
    areas = household(sampled, rows)
    poor = {area for area, flag in zip(areas["area"]["id"], areas["area"]["poor"], strict=True) if flag}
    times = Counter(areas["household"]["area"])
    assert set(times) <= poor
    assert set(times.values()) == {3}
    assert (
        household(sampled, "{each: area, where: {level: village, poor: {known: false}}, total: 9}")["household"]["id"]
        == []
    )


@pytest.mark.parametrize(
    ("every", "first", "last", "rows"),
    [
        ("month", "2019-11-15", "2020-02-01", 4),
        ("quarter", "2019-11-15", "2020-06-30", 2),
        ("year", "2018-01-01", "2020-01-01", 3),
    ],
)
def test_one_row_per_month_quarter_or_year(
    sampled: Callable[..., Any], every: str, first: str, last: str, rows: int
) -> None:
    plan = f"""
registers:
  shop:
    rows: {{total: 3}}
    fields:
      area: "990101"
      opened: {first}
      closed: {{after: {{date: opened, days: 1}}, never: 1}}
  sale:
    rows: {{each: shop, every: {every}, from: opened, to: [closed, {last}]}}
    fields:
      day: {{month: {{day: 1}}}}
"""
    assert Counter(sampled(plan)["sale"]["shop"]) == {0: rows, 1: rows, 2: rows}


def test_an_unknown_start_gives_no_rows(sampled: Callable[..., Any]) -> None:
    plan = """
registers:
  shop:
    rows: {total: 50}
    fields:
      area: "990101"
      opened: {value: 2020-01-01, unknown: 0.5}
  sale:
    rows: {each: shop, every: month, from: opened, to: 2020-01-31}
"""
    registers = sampled(plan)
    opened = {row for row, day in enumerate(registers["shop"]["opened"]) if day}
    assert 10 < len(opened) < 40
    assert set(registers["sale"]["shop"]) == opened


@pytest.mark.parametrize("rows", ["{total: 1000000000}", "{each: area, size: {value: 100000000}}"])
def test_more_rows_than_can_be_held_are_refused(sampled: Callable[..., Any], rows: str) -> None:
    with pytest.raises(Refused) as refused:
        household(sampled, rows)
    assert [finding.code for finding in refused.value.findings] == ["SAMPLE-023"]
