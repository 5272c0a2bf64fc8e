"""Rounding as it is written, on both sides of zero and exactly at the half."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from luoshi.rulebook.engines.case.arithmetic import divided, rounded


@pytest.mark.parametrize(
    ("value", "half_up", "down", "up"),
    [
        ("0.004", "0.00", "0.00", "0.01"),
        ("0.005", "0.01", "0.00", "0.01"),
        ("0.0049999999", "0.00", "0.00", "0.01"),
        ("0.01", "0.01", "0.01", "0.01"),
        ("2.675", "2.68", "2.67", "2.68"),
        ("-0.005", "-0.01", "0.00", "-0.01"),
        ("-0.004", "0.00", "0.00", "-0.01"),
        ("0", "0.00", "0.00", "0.00"),
    ],
)
def test_rounding_to_the_fen(value: str, half_up: str, down: str, up: str) -> None:
    found = [rounded(Fraction(value), 2, mode) for mode in ("half_up", "down", "up")]
    assert found == [Decimal(half_up), Decimal(down), Decimal(up)]
    assert all(str(Decimal(number)).count(".") == 1 for number in found)


def test_whole_numbers_are_whole() -> None:
    assert rounded(Fraction(5, 2), 0, "half_up") == 3
    assert isinstance(rounded(Fraction(5, 2), 0, "down"), int)


def test_division() -> None:
    assert divided(1, 3, 4, "half_up") == Decimal("0.3333")
    assert divided(Decimal("-1"), Decimal("0.3"), 0, "up") == -4
    assert divided(5, Decimal("0.00"), 2, "half_up") is None


@given(st.fractions(-(10**9), 10**9), st.integers(0, 6))
def test_down_and_up_enclose_the_value(value: Fraction, places: int) -> None:
    low, near, high = (abs(Fraction(rounded(value, places, mode))) for mode in ("down", "half_up", "up"))
    assert low <= abs(value) <= high
    assert near in (low, high)
    assert high - low in (0, Fraction(1, 10**places))
