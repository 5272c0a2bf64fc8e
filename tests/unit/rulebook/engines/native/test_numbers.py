"""Exact numbers: what is written comes out as decimals give it, and nothing is wider than its bounds ask for."""

from __future__ import annotations

from decimal import Context, Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from luoshi.rulebook.engines.native.forging import NARROW, WORD, Column, Forge
from luoshi.rulebook.engines.native.meanings import Quantity
from luoshi.rulebook.engines.native.numbers import OPERATORS, Arithmetic, outward, scaled
from luoshi.rulebook.model.nodes import COMPARE

NUMBERS = Arithmetic(Forge())
EXACT = Context(prec=200)
ANY = st.one_of(st.integers(-(10**9), 10**9), st.decimals(-(10**15), 10**15, places=2), st.decimals(-9, 9, places=8))


def value(item: Quantity) -> Decimal:
    assert item.known.says(1) and item.low <= item.value.value <= item.high
    return Decimal(item.value.value).scaleb(-item.places, EXACT)


def written(number: Decimal) -> Quantity:
    return NUMBERS.written(number, 0)


@given(ANY.map(Decimal), ANY.map(Decimal))
def test_arithmetic(left: Decimal, right: Decimal) -> None:
    a, b = written(left), written(right)
    assert value(NUMBERS.add(a, b)) == EXACT.add(left, right)
    assert value(NUMBERS.subtract(a, b)) == EXACT.subtract(left, right)
    assert value(NUMBERS.multiply(a, b)) == EXACT.multiply(left, right)
    assert value(NUMBERS.negate(a)) == -left
    assert value(NUMBERS.extreme("<=", [a, b])) == min(left, right)
    assert value(NUMBERS.extreme(">=", [a, b])) == max(left, right)
    for op in OPERATORS:
        assert bool(NUMBERS.compared(op, a, b).met.value) is COMPARE[op](left, right)
    test = NUMBERS.forge.truth(left < right)
    assert value(NUMBERS.select(test, a, b)) == min(left, right)


def test_what_is_unknown_stays_so() -> None:
    unknown, one = NUMBERS.written(None, 2), NUMBERS.whole(1)
    for found in (NUMBERS.add(unknown, one), NUMBERS.multiply(one, unknown), NUMBERS.extreme("<=", [one, unknown])):
        assert found.known.says(0)
    found = NUMBERS.compared("=", unknown, one)
    assert (found.met.value, found.unmet.value) == (0, 0)
    assert NUMBERS.counted(one.value, 0, 9).known.says(1)


def test_a_result_is_as_wide_as_its_bounds() -> None:
    make = NUMBERS.forge
    cell = make.load(Column("thing", "size", NARROW))
    small = Quantity(cell, make.truth(True), 0, 0, 9_999)
    assert NUMBERS.add(small, small).value.width == NARROW
    assert NUMBERS.multiply(NUMBERS.multiply(small, small), small).value.width == WORD
    assert NUMBERS.compared("<", small, NUMBERS.whole(10**12)).met.args[0].width == WORD


@pytest.mark.parametrize(("bounds", "wider"), [((0, 0), (0, 0)), ((-1, 10), (-9, 99)), ((3, 999), (0, 999))])
def test_bounds_go_outward(bounds: tuple[int, int], wider: tuple[int, int]) -> None:
    assert outward(*bounds) == wider


def test_scaled() -> None:
    assert (scaled(Decimal("-1.50"), 2), scaled(3, 2), scaled(Decimal(10) ** 30, 8)) == (-150, 300, 10**38)
