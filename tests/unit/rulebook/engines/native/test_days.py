"""The calendar in plain operations gives what `values.calendar` says, for written days and for columns."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from luoshi.rulebook.engines.native.days import EPOCH, Days, day_number
from luoshi.rulebook.engines.native.forging import NARROW, Column, Forge
from luoshi.rulebook.engines.native.meanings import Day, Quantity
from luoshi.rulebook.engines.native.numbers import Arithmetic
from luoshi.rulebook.values import calendar
from luoshi.rulebook.values.calendar import FIRST, LAST, MOST_DAYS, MOST_MONTHS, NEVER
from tests.unit.rulebook.engines.native.computing import computed

DAYS = Days(Arithmetic(Forge()))
EDGES = ("first_of_month", "last_of_month", "first_of_year", "last_of_year")
ANY = st.one_of(
    st.dates(FIRST, LAST),
    st.sampled_from([NEVER, FIRST, LAST, date(2020, 2, 29), date(2019, 2, 28), date(2018, 8, 31), date(2000, 3, 1)]),
)
LENGTHS = st.one_of(st.integers(-40, 40), st.integers(-MOST_MONTHS - 1, MOST_MONTHS + 1))


def told(item: Day | Quantity) -> Any:
    if not item.known.value:
        return None
    return date.fromordinal(item.value.value + EPOCH) if isinstance(item, Day) else item.value.value


@given(ANY, LENGTHS, st.one_of(st.integers(-900, 900), st.integers(-MOST_DAYS - 1, MOST_DAYS + 1)))
def test_days_moved(day: date, months: int, days: int) -> None:
    start, numbers = DAYS.written(day), DAYS.numbers
    assert told(DAYS.add(start, numbers.whole(months), "month")) == calendar.add_months(day, months)
    assert told(DAYS.add(start, numbers.whole(days), "day")) == calendar.add_days(day, days)
    assert {edge: told(DAYS.edge(edge, start)) for edge in EDGES} == {
        edge: getattr(calendar, edge)(day) for edge in EDGES
    }
    assert told(DAYS.part("year", start)) == (None if day == NEVER else day.year)
    assert told(DAYS.part("month", start)) == (None if day == NEVER else day.month)


@given(ANY, ANY)
def test_lengths_between(start: date, end: date) -> None:
    first, last = DAYS.written(start), DAYS.written(end)
    assert told(DAYS.between("day", first, last)) == calendar.days_between(start, end)
    assert told(DAYS.between("month", first, last)) == calendar.months_between(start, end)
    assert told(DAYS.between("year", first, last)) == calendar.years_between(start, end)
    assert told(DAYS.extreme("<=", [first, last])) == min(start, end)
    assert told(DAYS.extreme(">=", [first, last])) == max(start, end)
    assert bool(DAYS.compared("<", first, last).met.value) is (start < end)
    assert told(DAYS.select(DAYS.forge.truth(True), first, last)) == start


@given(ANY, ANY, ANY, st.integers(-15, 40), st.booleans())
def test_service(start: date, end: date, day: date, months: int, first_day: bool) -> None:
    truth = DAYS.truths.written(first_day)
    found = DAYS.served(DAYS.written(start), DAYS.written(end), DAYS.numbers.whole(months), DAYS.written(day), truth)
    wanted = calendar.served(start, end, day, months, first_day)
    assert (bool(found.met.value), bool(found.unmet.value)) == (wanted is True, wanted is False)


def test_an_unknown_day() -> None:
    assert told(DAYS.edge("last_of_year", DAYS.written(None))) is None
    assert told(DAYS.add(DAYS.written(NEVER), DAYS.numbers.unknown(), "month")) is None


@pytest.mark.parametrize("fast", [False, True])
def test_columns_of_days(fast: bool) -> None:
    """Every day of a few years, a century's end and the borders, by compiled code."""
    days = [date.fromordinal(number) for number in range(date(1999, 12, 1).toordinal(), date(2001, 3, 5).toordinal())]
    days += [FIRST, LAST, date(1900, 2, 28), date(2100, 3, 1), NEVER]
    cell = DAYS.forge.load(Column("thing", "born", NARROW))
    day = Day(cell, DAYS.forge.truth(True))
    later = DAYS.add(day, DAYS.numbers.whole(13), "month")
    between = DAYS.between("month", day, DAYS.written(date(2020, 2, 29)))
    exprs = [later.value, later.known, between.value, between.known]
    moved, there, months, sure = computed(exprs, {cell.column: [day_number(each) for each in days]}, fast=fast)  # type: ignore[dict-item]  # a load has a column
    for at, each in enumerate(days):
        wanted = calendar.add_months(each, 13)
        assert (date.fromordinal(moved[at] + EPOCH) if there[at] else None) == wanted
        assert (months[at] if sure[at] else None) == calendar.months_between(each, date(2020, 2, 29))
