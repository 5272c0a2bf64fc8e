"""Comparisons are exact at any scale; lengths of time up to a written day are compared by their start."""

from __future__ import annotations

import operator
from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from luoshi.rulebook.engines.sql.meaning.comparing import Comparing
from luoshi.rulebook.engines.sql.meaning.dates import Dates, Span
from luoshi.rulebook.engines.sql.meaning.expressions import Kind
from luoshi.rulebook.engines.sql.meaning.forging import Forge
from luoshi.rulebook.engines.sql.meaning.numbers import Arithmetic, Quantity
from luoshi.rulebook.values import calendar
from tests.unit.rulebook.engines.sql.columns_in import values_of

OPERATORS = {
    "=": operator.eq,
    "<>": operator.ne,
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
}
MOST = 10**38 - 1


def comparing() -> Comparing:
    forge = Forge()
    return Comparing(Arithmetic(forge), Dates(forge))


@pytest.mark.parametrize("places", [(0, 0), (2, 4), (4, 2), (0, 10), (37, 0), (0, 37), (20, 3)])
@pytest.mark.parametrize("op", OPERATORS)
def test_numbers_of_any_scale(op: str, places: tuple[int, int]) -> None:
    engine = comparing()
    samples = [
        0,
        1,
        -1,
        10,
        -10,
        10**4,
        10**18,
        -(10**18),
        10**37,
        -(10**37),
        10**37 + 1,
        -(10**37) - 1,
        MOST,
        -MOST,
        None,
    ]
    rows = [(a, b) for a in samples for b in samples]
    left, right = (
        Quantity(engine.forge.field("thing", name, Kind.WIDE), at, -MOST, MOST)
        for name, at in zip("ab", places, strict=True)
    )
    found = engine.numbers_compared(op, left, right)
    wanted = [
        None if a is None or b is None else OPERATORS[op](Fraction(a, 10 ** places[0]), Fraction(b, 10 ** places[1]))
        for a, b in rows
    ]
    assert values_of(found, {left.expr: [a for a, _ in rows], right.expr: [b for _, b in rows]}) == wanted


DAYS = st.one_of(
    st.sampled_from([date(2018, 8, 31), date(2019, 2, 28), date(2020, 2, 29), date(2019, 7, 14), calendar.NEVER]),
    st.dates(date(1000, 1, 1), date(9000, 12, 31)),
    st.dates(date(2015, 1, 1), date(2021, 12, 31)),
)


@pytest.mark.parametrize("unit", ["day", "month", "year"])
@given(
    st.lists(st.one_of(st.none(), DAYS), min_size=1, max_size=12),
    st.sampled_from([date(2019, 2, 28), date(2020, 2, 29), date(2019, 12, 31), date(2019, 7, 14)]),
    st.one_of(st.integers(-40, 400), st.sampled_from([-(10**7), 10**7, 12_000, 96_000])),
    st.sampled_from(list(OPERATORS)),
    st.booleans(),
)
def test_lengths_of_time(unit: str, starts: list[date | None], end: date, number: int, op: str, mirrored: bool) -> None:
    engine = comparing()
    start = engine.forge.field("thing", "start", Kind.DAY)
    if calendar.NEVER not in starts:
        engine.dates.learn(start, Span(never=False))
    length, low, high = engine.dates.between(unit, start, engine.dates.day(end))
    sides = [Quantity(length, 0, low, high), engine.numbers.whole(number)]
    found = engine.numbers_compared(op, *(reversed(sides) if mirrored else sides))
    between = {"day": calendar.days_between, "month": calendar.months_between, "year": calendar.years_between}[unit]
    lengths = [None if day is None else between(day, end) for day in starts]
    pairs = [(number, value) if mirrored else (value, number) for value in lengths]
    wanted = [None if None in pair else OPERATORS[op](*pair) for pair in pairs]
    assert values_of(found, {start: starts}) == wanted
    assert {part.op for part in _parts(found)} <= {"<=", "not", "and", "case", "=", "field", "literal"}


def _parts(expr: object) -> list[object]:
    return [expr, *(inner for arg in expr.args for inner in _parts(arg))]


def test_a_length_of_time_of_another_row_is_compared_there() -> None:
    engine = comparing()
    start = engine.forge.field("person", "born", Kind.DAY, known=True)
    age, low, high = engine.dates.between("year", start, engine.dates.day(date(2019, 12, 31)))
    followed = engine.forge.follow(engine.forge.field("claim", "person", Kind.WHOLE), "person", age)
    found = engine.numbers_compared(">=", Quantity(followed, 0, low, high), engine.numbers.whole(60))
    assert found.op == "follow" and found.data[1].op == "<="


def test_kinds_that_differ_are_compared_as_text() -> None:
    engine = comparing()
    left, right = engine.forge.field("a", "x", Kind.WHOLE), engine.forge.field("a", "y", Kind.TEXT)
    assert values_of(engine.compared("=", left, right), {left: [1, 2, None], right: ["1", "3", "1"]}) == [
        True,
        False,
        None,
    ]
