"""Calendar arithmetic: ends of months, leap days, never, and the bounds beyond which a day is unknown."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from luoshi.rulebook.values import calendar as c
from luoshi.rulebook.values.calendar import NEVER

days = st.dates(date(1900, 1, 1), date(2200, 12, 31))


def day(text: str) -> date:
    return date.fromisoformat(text)


@pytest.mark.parametrize(
    ("start", "months", "end"),
    [
        ("2019-01-31", 1, "2019-02-28"),
        ("2020-01-31", 1, "2020-02-29"),
        ("2020-02-29", 12, "2021-02-28"),
        ("2020-02-29", 48, "2024-02-29"),
        ("2020-02-29", -12, "2019-02-28"),
        ("2019-12-15", 1, "2020-01-15"),
        ("2019-01-15", -1, "2018-12-15"),
        ("2019-08-31", 0, "2019-08-31"),
        ("8999-12-31", 12, "9000-12-31"),
        ("1001-01-01", -12, "1000-01-01"),
    ],
)
def test_months_later(start: str, months: int, end: str) -> None:
    assert c.add_months(day(start), months) == day(end)


@pytest.mark.parametrize(
    ("start", "months"),
    [("9000-12-31", 1), ("1000-01-01", -1), ("2019-01-01", c.MOST_MONTHS + 1), ("2019-01-01", -c.MOST_MONTHS - 1)],
)
def test_months_out_of_reach_are_unknown(start: str, months: int) -> None:
    assert c.add_months(day(start), months) is None


def test_never_stays_never_within_the_bounds() -> None:
    assert c.add_months(NEVER, c.MOST_MONTHS) == NEVER
    assert c.add_days(NEVER, c.MOST_DAYS) == NEVER
    assert c.add_months(NEVER, c.MOST_MONTHS + 1) is None
    assert c.add_days(NEVER, c.MOST_DAYS + 1) is None


@pytest.mark.parametrize(
    ("start", "days_later", "end"),
    [
        ("2019-02-28", 1, "2019-03-01"),
        ("2020-02-28", 1, "2020-02-29"),
        ("2020-03-01", -1, "2020-02-29"),
        ("9000-12-30", 1, "9000-12-31"),
        ("9000-12-31", 0, "9000-12-31"),
        ("9000-12-31", 1, None),
        ("1000-01-01", 0, "1000-01-01"),
        ("1000-01-01", -1, None),
        ("2000-01-01", -c.MOST_DAYS - 1, None),
    ],
)
def test_days_later(start: str, days_later: int, end: str | None) -> None:
    assert c.add_days(day(start), days_later) == (day(end) if end else None)


@pytest.mark.parametrize(
    ("start", "end", "months"),
    [
        ("2019-01-15", "2019-07-14", 5),
        ("2019-01-15", "2019-07-15", 6),
        ("2019-01-15", "2019-07-16", 6),
        ("2019-01-31", "2019-02-27", 0),
        ("2019-01-31", "2019-02-28", 1),
        ("2020-01-31", "2020-02-28", 0),
        ("2019-07-15", "2019-07-14", -1),
        ("2019-07-15", "2019-06-15", -1),
        ("2019-07-15", "2019-06-14", -2),
    ],
)
def test_whole_months_between(start: str, end: str, months: int) -> None:
    assert c.months_between(day(start), day(end)) == months


@pytest.mark.parametrize(
    ("start", "end", "years"),
    [
        ("2000-02-29", "2018-02-27", 17),
        ("2000-02-29", "2018-02-28", 18),
        ("2000-03-01", "2018-02-28", 17),
        ("2000-03-01", "2018-03-01", 18),
        ("2018-03-01", "2018-02-28", -1),
    ],
)
def test_whole_years_between(start: str, end: str, years: int) -> None:
    assert c.years_between(day(start), day(end)) == years


@pytest.mark.parametrize("function", [c.days_between, c.months_between, c.years_between])
@pytest.mark.parametrize("pair", [(NEVER, date(2019, 1, 1)), (date(2019, 1, 1), NEVER), (NEVER, NEVER)])
def test_no_time_runs_to_or_from_never(function: object, pair: tuple[date, date]) -> None:
    assert function(*pair) is None  # type: ignore[operator]  # each takes two days


def test_days_between_are_signed() -> None:
    assert c.days_between(day("2020-02-28"), day("2020-03-01")) == 2
    assert c.days_between(day("2020-03-01"), day("2020-02-28")) == -2


@given(days, days)
def test_whole_months_are_the_most_that_fit(start: date, end: date) -> None:
    months = c.months_between(start, end)
    assert months is not None
    now, next_one = c.add_months(start, months), c.add_months(start, months + 1)
    assert now is not None and next_one is not None
    assert now <= end < next_one


@pytest.mark.parametrize(
    ("end", "on", "first_day", "answer"),
    [
        ("9999-12-31", "2019-07-13", True, False),
        ("9999-12-31", "2019-07-14", True, True),
        ("9999-12-31", "2019-07-14", False, False),
        ("9999-12-31", "2019-07-15", False, True),
        ("2019-08-01", "2019-07-31", True, True),
        ("2019-08-01", "2019-08-01", True, False),
        ("9999-12-31", "2019-01-14", True, False),
        ("9999-12-31", "2019-01-15", True, False),
    ],
)
def test_half_a_year_served(end: str, on: str, first_day: bool, answer: bool) -> None:
    assert c.served(day("2019-01-15"), day(end), day(on), 6, first_day) is answer


def test_service_out_of_reach_is_unknown() -> None:
    assert c.served(day("2019-01-15"), NEVER, day("2019-07-14"), c.MOST_MONTHS + 1, True) is None


def test_service_of_no_months_is_complete_at_once() -> None:
    assert c.served(day("2019-01-15"), NEVER, day("2019-01-15"), 0, False) is True


@pytest.mark.parametrize(
    ("function", "edge"),
    [
        (c.first_of_month, "2020-02-01"),
        (c.last_of_month, "2020-02-29"),
        (c.first_of_year, "2020-01-01"),
        (c.last_of_year, "2020-12-31"),
    ],
)
def test_edges(function: object, edge: str) -> None:
    assert function(day("2020-02-10")) == day(edge)  # type: ignore[operator]  # each takes a day
    assert function(NEVER) == NEVER  # type: ignore[operator]  # each takes a day
