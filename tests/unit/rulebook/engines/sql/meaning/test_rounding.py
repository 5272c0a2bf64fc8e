"""Quotients and rounding equal exact arithmetic in every mode, below zero and at the ends of the columns."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from luoshi.rulebook.engines.sql.meaning.expressions import Kind
from luoshi.rulebook.engines.sql.meaning.forging import Forge
from luoshi.rulebook.engines.sql.meaning.numbers import Arithmetic, Quantity, kind_of
from luoshi.rulebook.engines.sql.meaning.rounding import divided, rounded
from tests.unit.rulebook.engines.sql.columns_in import values_of

MODES = ("half_up", "down", "up")


def exact(value: Fraction, places: int, mode: str) -> int:
    """The value × 10^places, rounded."""
    whole, rest = divmod(abs(value) * 10**places, 1)
    whole += {"half_up": 2 * rest >= 1, "up": rest > 0, "down": False}[mode]
    return int(-whole if value < 0 else whole)


def column(numbers: Arithmetic, name: str, places: int, bounds: tuple[int, int]) -> Quantity:
    return Quantity(numbers.forge.field("thing", name, kind_of(*bounds)), places, *bounds)


NEAR_HALF = [0, 1, -1, 4, 5, -5, 49, 50, 51, -49, -50, -51, 99, 100, 150, -150, 10**17 + 5, 5 - 10**17]
NUMBERS = st.one_of(st.sampled_from(NEAR_HALF), st.integers(-(10**18) + 1, 10**18 - 1))


@given(st.lists(st.one_of(st.none(), NUMBERS), min_size=1, max_size=20), st.integers(1, 17), st.sampled_from(MODES))
def test_rounding(values: list[int | None], shift: int, mode: str) -> None:
    numbers = Arithmetic(Forge())
    known = [value for value in values if value is not None] or [0]
    for bounds in ((-(10**18), 10**18), (min(known), max(known))):
        item = column(numbers, "a", 18, bounds)
        found = rounded(numbers, item, 18 - shift, mode)
        wanted = [None if v is None else exact(Fraction(v, 10**18), 18 - shift, mode) for v in values]
        assert values_of(found.expr, {item.expr: values}) == wanted
        assert all(found.low <= value <= found.high for value in wanted if value is not None)


WIDEST = 10**38 - 1


@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize("shift", [1, 37, 38, 39, 42])
def test_rounding_the_widest_numbers(shift: int, mode: str) -> None:
    numbers = Arithmetic(Forge())
    item = column(numbers, "a", shift, (-WIDEST, WIDEST))
    values = [WIDEST, -WIDEST, 5 * 10**37, -5 * 10**37, 5 * 10**37 - 1, 1, 0, None]
    found = rounded(numbers, item, 0, mode)
    wanted = [None if v is None else exact(Fraction(v, 10**shift), 0, mode) for v in values]
    assert values_of(found.expr, {item.expr: values}) == wanted


@given(
    st.lists(st.tuples(st.one_of(st.none(), NUMBERS), st.one_of(st.none(), NUMBERS)), min_size=1, max_size=20),
    st.sampled_from([(2, 0, 2), (2, 4, 2), (0, 0, 0), (4, 0, 2), (0, 2, 3)]),
    st.sampled_from(MODES),
)
def test_dividing(pairs: list[tuple[int | None, int | None]], places: tuple[int, int, int], mode: str) -> None:
    numbers = Arithmetic(Forge())
    left, right = (
        column(numbers, name, at, (min([0, *known]), max([0, *known])))
        for name, at, known in (
            ("a", places[0], [a for a, _ in pairs if a is not None]),
            ("b", places[1], [b for _, b in pairs if b is not None]),
        )
    )
    found = divided(numbers, left, right, places[2], mode)
    wanted = [
        None
        if a is None or not b
        else exact(Fraction(a, 10 ** places[0]) / Fraction(b, 10 ** places[1]), places[2], mode)
        for a, b in pairs
    ]
    columns = {left.expr: [a for a, _ in pairs], right.expr: [b for _, b in pairs]}
    assert values_of(found.expr, columns) == wanted
    assert all(found.low <= value <= found.high for value in wanted if value is not None)


@given(st.lists(NUMBERS, min_size=1, max_size=20), st.decimals(-99, 99, places=2), st.sampled_from(MODES))
def test_dividing_by_a_written_number(values: list[int], divisor: Decimal, mode: str) -> None:
    numbers = Arithmetic(Forge())
    item = column(numbers, "a", 2, (-(10**18), 10**18))
    found = divided(numbers, item, numbers.literal(divisor, 2), 2, mode)
    wanted = [None if divisor == 0 else exact(Fraction(v, 100) / Fraction(divisor), 2, mode) for v in values]
    assert values_of(found.expr, {item.expr: values}) == wanted


@pytest.mark.parametrize("mode", MODES)
def test_rounding_to_finer_places_changes_nothing(mode: str) -> None:
    numbers = Arithmetic(Forge())
    item = column(numbers, "a", 1, (-99, 99))
    assert values_of(rounded(numbers, item, 3, mode).expr, {item.expr: [15, -15, None]}) == [1500, -1500, None]


def test_no_care_for_signs_that_do_not_occur() -> None:
    numbers = Arithmetic(Forge())
    assert rounded(numbers, column(numbers, "a", 2, (0, 99)), 1, "half_up").expr.args[0].args[1].is_literal


def test_the_widest_numbers() -> None:
    numbers = Arithmetic(Forge())
    most = 10**38 - 1
    item = column(numbers, "a", 4, (-most, most))
    assert item.expr.kind is Kind.WIDE
    for mode in MODES:
        wanted = [exact(Fraction(value, 10**4), 2, mode) for value in (most, -most, most // 2)]
        assert values_of(rounded(numbers, item, 2, mode).expr, {item.expr: [most, -most, most // 2]}) == wanted
