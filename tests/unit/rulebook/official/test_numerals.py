"""Numerals in Chinese and in digits."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from luoshi.rulebook.official.numerals import in_chinese, number


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("1,200", 1200),
        ("3千", 3000),
        ("35亿", 3_500_000_000),
        ("一亿二千万", 120_000_000),
        ("3.5万", 35_000),
        ("0.03", Fraction(3, 100)),
        ("两", 2),
        ("一百零五", 105),
        ("十", 10),
        ("二〇二〇", 2020),
        ("五百", 500),
    ],
)
def test_values(written: str, value: int) -> None:
    assert number(written) == value


@pytest.mark.parametrize("written", ["", "万", "名", "1.", "1.2.3", "1" * 25, "五x", "1x千", "二万万x", "１"])
def test_what_is_no_numeral(written: str) -> None:
    assert number(written) is None


@given(st.integers(1, 9_999))
def test_chinese_is_read_back(value: int) -> None:
    assert number(in_chinese(value)) == value


@pytest.mark.parametrize("value", [0, -1, 10_000])
def test_others_stay_in_digits(value: int) -> None:
    assert in_chinese(value) == str(value)
