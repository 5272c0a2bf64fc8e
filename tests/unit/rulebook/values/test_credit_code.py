"""Unified social credit codes: what is accepted, put right, refused and why."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from luoshi.rulebook.values.credit_code import (
    COOPERATIVE,
    FIRM,
    INDIVIDUAL,
    SIGNS,
    TEST_DIVISION,
    VILLAGE_COLLECTIVE,
    BadCreditCode,
    CreditCode,
    body_check_sign,
    check_sign,
)

# Codes that well-known companies print on their own pages.
VECTORS = ["9144030071526726XG", "914403001922038216", "91110000600037341L"]
codes = st.builds(
    CreditCode.of,
    st.sampled_from([FIRM, INDIVIDUAL, COOPERATIVE, VILLAGE_COLLECTIVE]),
    st.integers(110000, 999999).map(str),
    st.integers(0, 99_999_999),
)


@pytest.mark.parametrize("text", VECTORS)
def test_known_codes(text: str) -> None:
    code = CreditCode.parse(text)
    assert (str(code), code.kind, code.division) == (text, text[:2], text[2:8])
    assert body_check_sign(text[8:16]) == text[16]
    assert not code.is_test


@pytest.mark.parametrize(
    "written", ["9144-0300-7152-6726-xg", "９１４４０３００７１５２６７２６ＸＧ", " 91440300 71526726X G"]
)
def test_layouts_are_put_right(written: str) -> None:
    assert CreditCode.parse(written).text == "9144030071526726XG"


@pytest.mark.parametrize(
    ("written", "reason"),
    [
        ("", "length"),
        ("9144030071526726X", "length"),
        ("9144O30071526726XG", "sign"),
        ("9144030071526726XI", "sign"),
        ("91A4030071526726XG", "division"),
        ("9144030071526726XH", "check"),
    ],
)
def test_refusals(written: str, reason: str) -> None:
    with pytest.raises(BadCreditCode) as refused:
        CreditCode.parse(written)
    assert refused.value.reason == reason


@given(codes)
def test_a_made_code_is_read_back(code: CreditCode) -> None:
    assert CreditCode.parse(str(code).lower()) == code


@given(codes, st.integers(0, 16), st.integers(1, 30))
def test_one_wrong_sign_is_always_found(code: CreditCode, place: int, shift: int) -> None:
    sign = SIGNS[(SIGNS.index(code.text[place]) + shift) % len(SIGNS)]
    with pytest.raises(BadCreditCode):
        CreditCode.parse(code.text[:place] + sign + code.text[place + 1 :])


@given(st.text(max_size=24))
def test_any_text_is_a_code_or_refused(text: str) -> None:
    try:
        assert len(CreditCode.parse(text).text) == 18
    except BadCreditCode as refused:
        assert refused.reason in {"length", "sign", "division", "check"}


def test_the_test_range_is_told_apart() -> None:
    assert CreditCode.of(FIRM, TEST_DIVISION, 7).is_test


def test_a_serial_too_long_makes_no_code() -> None:
    with pytest.raises(BadCreditCode):
        CreditCode.of(FIRM, TEST_DIVISION, 100_000_000)


def test_check_sign_worked_by_hand() -> None:
    # 9·1 + 1·3 + 9·9 + 9·27 + 1·30 + 9·28 = 618; 618 mod 31 = 29; 31 - 29 = 2
    assert check_sign("91990000000000019") == "2"
