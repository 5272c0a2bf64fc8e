"""Quotients and rounding as the reference gives them: folded, and compiled for numbers of any width."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from luoshi.rulebook.engines.case.arithmetic import divided as divided_by_case
from luoshi.rulebook.engines.case.arithmetic import rounded as rounded_by_case
from luoshi.rulebook.engines.native.forging import Column, Forge
from luoshi.rulebook.engines.native.meanings import Quantity
from luoshi.rulebook.engines.native.numbers import Arithmetic
from luoshi.rulebook.engines.native.rounding import divided, rounded
from tests.unit.rulebook.engines.native.computing import computed

NUMBERS = Arithmetic(Forge())
MODES = ("half_up", "up", "down")
ANY = st.one_of(
    st.integers(-50, 50), st.decimals(-(10**12), 10**12, places=4), st.sampled_from([Decimal("0.005"), Decimal("-0.5")])
).map(Decimal)


def value(item: Quantity) -> Decimal | None:
    assert item.known.is_const and item.value.is_const
    if item.known.says(0):
        return None
    assert item.low <= item.value.value <= item.high
    return Decimal(item.value.value).scaleb(-item.places)


@given(ANY, ANY, st.integers(0, 3), st.sampled_from(MODES))
def test_as_the_reference(left: Decimal, right: Decimal, places: int, mode: str) -> None:
    a, b = NUMBERS.written(left, 0), NUMBERS.written(right, 0)
    assert value(divided(NUMBERS, a, b, places, mode)) == divided_by_case(left, right, places, mode)
    assert value(rounded(NUMBERS, a, places, mode)) == rounded_by_case(Fraction(left), places, mode)


@pytest.mark.parametrize("width", [32, 64, 128, 256])
@pytest.mark.parametrize("mode", MODES)
def test_of_columns(width: int, mode: str) -> None:
    """Numbers up to the widest, and a divisor that is zero in some rows."""
    most = 2 ** (width - 2) - 1
    above, below = Column("thing", "above", width), Column("thing", "below", width)
    pairs = [(most, 3), (-most, 7), (most, most), (-most, -most + 1), (5, 2), (-5, 2), (1, -2), (0, 9), (7, 0)]
    pairs += [(most, 2 ** (width // 2) + 1), (most - 1, 10)]
    make = NUMBERS.forge
    a, b = (Quantity(make.load(column), make.truth(True), 0, -most, most) for column in (above, below))
    found = divided(NUMBERS, a, b, 0, mode)
    given_cells = {above: [left for left, _ in pairs], below: [right for _, right in pairs]}
    values, known = computed([found.value, found.known], given_cells)
    seen = [number if sure else None for number, sure in zip(values, known, strict=True)]
    assert seen == [divided_by_case(left, right, 0, mode) for left, right in pairs]
