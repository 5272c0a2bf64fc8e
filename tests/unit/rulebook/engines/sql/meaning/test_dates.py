"""The calendar on DuckDB equals `values.calendar`, with columns and with written days."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from luoshi.rulebook.engines.sql.meaning.dates import Dates, Span
from luoshi.rulebook.engines.sql.meaning.expressions import Expr, Kind
from luoshi.rulebook.engines.sql.meaning.forging import Forge
from luoshi.rulebook.engines.sql.meaning.numbers import extreme
from luoshi.rulebook.values import calendar
from luoshi.rulebook.values.calendar import FIRST, LAST, NEVER
from tests.unit.rulebook.engines.sql.columns_in import values_of

EDGES = [
    FIRST,
    LAST,
    NEVER,
    date(2020, 2, 29),
    date(2019, 2, 28),
    date(2018, 8, 31),
    date(2019, 1, 31),
    date(2019, 12, 31),
]
DAYS = st.one_of(st.sampled_from(EDGES), st.dates(FIRST, LAST), st.dates(date(2015, 1, 1), date(2021, 12, 31)))
MAYBE = st.one_of(st.none(), DAYS)
MOVES = {"day": calendar.add_days, "month": calendar.add_months}
BETWEEN = {"day": calendar.days_between, "month": calendar.months_between, "year": calendar.years_between}
COUNTS = st.one_of(
    st.none(),
    st.integers(-40, 40),
    st.sampled_from([12_000, 12_001, -12_000, -12_001, 400_000, 400_001, -400_000, -400_001, 96_000, 2**62, -(2**62)]),
)


def strictly(function: Callable[..., Any], *operands: Any) -> Any:
    return None if None in operands else function(*operands)


def day(dates: Dates, name: str, values: list[date | None]) -> Expr:
    """A column, known to be narrow when its values are."""
    known = [value for value in values if value is not None]
    inside = [value for value in known if value != NEVER] or [FIRST]
    return dates.learn(dates.forge.field("thing", name, Kind.DAY), Span(min(inside), max(inside), NEVER in known))


@pytest.mark.parametrize("unit", MOVES)
@given(st.lists(st.tuples(MAYBE, COUNTS), min_size=1, max_size=12))
def test_moving_a_day(unit: str, rows: list[tuple[date | None, int | None]]) -> None:
    dates = Dates(Forge())
    start, length = dates.forge.field("thing", "d", Kind.DAY), dates.forge.field("thing", "n", Kind.WHOLE)
    columns = {start: [row[0] for row in rows], length: [row[1] for row in rows]}
    wanted = [strictly(MOVES[unit], *row) for row in rows]
    assert values_of(dates.add(start, length, unit), columns) == wanted
    for row, result in zip(rows, wanted, strict=True):
        assert values_of(dates.add(start, dates.whole(row[1]), unit), {start: [row[0]]}) == [result]
        assert values_of(dates.add(dates.day(row[0]), length, unit), {length: [row[1]]}) == [result]
        assert dates.add(dates.day(row[0]), dates.whole(row[1]), unit).data == result


@pytest.mark.parametrize("unit", BETWEEN)
@given(st.lists(st.tuples(MAYBE, MAYBE), min_size=1, max_size=12))
def test_time_between(unit: str, rows: list[tuple[date | None, date | None]]) -> None:
    dates = Dates(Forge())
    starts, ends = [row[0] for row in rows], [row[1] for row in rows]
    start, end = day(dates, "a", starts), day(dates, "b", ends)
    found, low, high = dates.between(unit, start, end)
    wanted = [strictly(BETWEEN[unit], *row) for row in rows]
    assert values_of(found, {start: starts, end: ends}) == wanted
    assert all(low <= value <= high for value in wanted if value is not None)
    for row, result in zip(rows, wanted, strict=True):
        assert values_of(dates.between(unit, start, dates.day(row[1]))[0], {start: [row[0]]}) == [result]
        assert values_of(dates.between(unit, dates.day(row[0]), end)[0], {end: [row[1]]}) == [result]
        assert dates.between(unit, dates.day(row[0]), dates.day(row[1]))[0].data == result


@pytest.mark.parametrize("edge", ["first_of_month", "last_of_month", "first_of_year", "last_of_year"])
@given(st.lists(MAYBE, min_size=1, max_size=12))
def test_edges(edge: str, days: list[date | None]) -> None:
    dates = Dates(Forge())
    column = day(dates, "d", days)
    wanted = [strictly(getattr(calendar, edge), value) for value in days]
    assert values_of(dates.edge(edge, column), {column: days}) == wanted
    assert [dates.edge(edge, dates.day(value)).data for value in days] == wanted


@pytest.mark.parametrize("part", ["year", "month"])
@given(st.lists(MAYBE, min_size=1, max_size=12))
def test_parts(part: str, days: list[date | None]) -> None:
    dates = Dates(Forge())
    column = day(dates, "d", days)
    wanted = [None if value in (None, NEVER) else getattr(value, part) for value in days]
    assert values_of(dates.part(part, column), {column: days}) == wanted
    assert [dates.part(part, dates.day(value)).data for value in days] == wanted


@pytest.mark.parametrize("op", ["<=", ">="])
@given(st.lists(st.tuples(MAYBE, MAYBE, DAYS), min_size=1, max_size=12))
def test_what_is_known_of_an_extreme_holds(op: str, rows: list[tuple[date | None, date | None, date]]) -> None:
    dates, choose = Dates(Forge()), min if op == "<=" else max
    values = [[row[at] for row in rows] for at in range(3)]
    columns = [day(dates, name, held) for name, held in zip("abc", values, strict=True)]
    found = dates.extreme(op, columns, extreme(dates.forge, op, columns))
    wanted = [strictly(choose, *row) for row in rows]
    assert values_of(found, dict(zip(columns, values, strict=True))) == wanted
    span = dates.span(found)
    for value in wanted:
        assert value is None or (span.never if value == NEVER else span.first <= value <= span.last)
