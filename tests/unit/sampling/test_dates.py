"""Drawing dates: spans, counted dates, days of the row's month."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from luoshi.rulebook.values import calendar
from luoshi.sampling.dates import add_months

SHOPS = """
registers:
  shop:
    rows: {total: 2000}
    fields:
      area: "990101100"
      %s
"""


@given(st.dates(date(1950, 1, 1), date(2100, 1, 1)), st.integers(-400, 400))
def test_months_are_added_as_the_rulebook_adds_them(day: date, months: int) -> None:
    moved = add_months(np.array([np.datetime64(day).astype(np.int64)]), np.array([months]))
    assert moved.astype("datetime64[D]").tolist() == [calendar.add_months(day, months)]


def test_spans_have_weights_and_include_both_ends(sampled: Callable[..., Any]) -> None:
    spans = "[{from: 2020-02-27, to: 2020-03-01, weight: 3}, {from: 2021-01-01, to: 2021-01-01}]"
    values = sampled(SHOPS % f"opened: {{dates: {spans}}}")["shop"]["opened"]
    assert set(values) == {date(2020, 2, 27), date(2020, 2, 28), date(2020, 2, 29), date(2020, 3, 1), date(2021, 1, 1)}
    assert abs(values.count(date(2021, 1, 1)) / 2000 - 0.25) < 0.03


def test_spans_may_run_between_fields(sampled: Callable[..., Any]) -> None:
    fields = """opened: {dates: {from: 2018-01-01, to: 2019-12-31}, unknown: 0.1}
      closed: {after: {date: opened, days: {uniform: {from: 1, to: 500}}}, never: 0.5}
      _seen: {dates: {from: [opened, 2017-01-01], to: [closed, 2020-01-31]}}
      _late: {after: {date: _seen, days: 0}}
      staff: {year: _late}"""
    shop = sampled(SHOPS % fields)["shop"]
    for opened, closed, year in zip(shop["opened"], shop["closed"], shop["staff"], strict=True):
        assert (opened is None) == (year is None)
        assert opened is None or opened.year <= year <= min(closed or date.max, date(2020, 1, 31)).year


@pytest.mark.parametrize(("unit", "count", "expected"), [("months", 1, "2019-02-28"), ("days", -31, "2018-12-31")])
def test_counted_from_another_date(sampled: Callable[..., Any], unit: str, count: int, expected: str) -> None:
    fields = f"opened: 2019-01-31\n      closed: {{after: {{date: opened, {unit}: {count}}}}}"
    assert set(sampled(SHOPS % fields)["shop"]["closed"]) == {date.fromisoformat(expected)}


def test_what_lies_after_the_last_day_has_not_happened(sampled: Callable[..., Any]) -> None:
    fields = (
        "opened: 2020-01-01\n      closed: {after: {date: opened, days: {choice: {9: 1, 10: 1}}}, until: 2020-01-10}"
    )
    assert set(sampled(SHOPS % fields)["shop"]["closed"]) == {date(2020, 1, 10), None}


def test_days_of_the_month_stay_within_it(sampled: Callable[..., Any]) -> None:
    plan = (
        SHOPS % "opened: 2020-01-15"
        + """
  sale:
    rows: {each: shop, every: month, from: opened, to: 2020-03-31}
    fields:
      day: {month: {day: 31, later: -1}}
"""
    )
    assert set(sampled(plan, scale=0.01)["sale"]["day"]) == {date(2019, 12, 31), date(2020, 1, 31), date(2020, 2, 29)}
