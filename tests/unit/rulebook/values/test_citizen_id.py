"""Citizen identity numbers: what is accepted, put right, refused and why."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from luoshi.rulebook.values.citizen_id import (
    FIRST_YEAR,
    SERIALS,
    TEST_ADDRESS,
    BadCitizenId,
    CitizenId,
    check_sign,
)

# Worked by hand: the two examples printed in GB 11643 and one that is often quoted.
VECTORS = [
    ("11010519491231002X", date(1949, 12, 31), "female", "110105"),
    ("440524188001010014", date(1880, 1, 1), "male", "440524"),
    ("360426199101010071", date(1991, 1, 1), "male", "360426"),
]
numbers = st.builds(
    CitizenId.of,
    st.integers(110000, 999999).map(str),
    st.dates(date(FIRST_YEAR, 1, 1), date(2200, 12, 31)),
    st.sampled_from(["female", "male"]),
    st.integers(0, SERIALS - 1),
)


@pytest.mark.parametrize(("text", "born", "sex", "address"), VECTORS)
def test_known_numbers(text: str, born: date, sex: str, address: str) -> None:
    number = CitizenId.parse(text)
    assert (number.birth_date, number.sex, number.address, str(number)) == (born, sex, address, text)
    assert not number.is_test


@pytest.mark.parametrize(
    "written", [" 110105 19491231 002x ", "１１０１０５１９４９１２３１００２Ｘ", "110105194912 31002x"]
)
def test_layouts_are_put_right(written: str) -> None:
    assert CitizenId.parse(written).text == "11010519491231002X"


@pytest.mark.parametrize(
    ("written", "reason"),
    [
        ("", "length"),
        ("110105491231002", "length"),
        ("11010519491231002", "length"),
        ("1101051949123100XX", "sign"),
        ("11010519491231002A", "sign"),
        ("A1010519491231002X", "sign"),
        ("١١٠١٠٥١٩٤٩١٢٣١٠٠٢X", "sign"),
        ("110105190002290020", "birth_date"),
        ("110105194902310020", "birth_date"),
        ("110105174912310020", "birth_date"),
        ("110105194912310021", "check"),
    ],
)
def test_refusals(written: str, reason: str) -> None:
    with pytest.raises(BadCitizenId) as refused:
        CitizenId.parse(written)
    assert refused.value.reason == reason


@given(numbers)
def test_a_made_number_is_read_back(number: CitizenId) -> None:
    assert CitizenId.parse(str(number).lower()) == number


@given(numbers, st.integers(0, 16), st.integers(1, 9))
def test_one_wrong_digit_is_always_found(number: CitizenId, place: int, shift: int) -> None:
    digit = str((int(number.text[place]) + shift) % 10)
    with pytest.raises(BadCitizenId):
        CitizenId.parse(number.text[:place] + digit + number.text[place + 1 :])


@given(numbers, st.integers(0, 15))
def test_two_neighbours_swapped_are_always_found(number: CitizenId, place: int) -> None:
    text = number.text
    swapped = text[:place] + text[place + 1] + text[place] + text[place + 2 :]
    if swapped != text:
        with pytest.raises(BadCitizenId):
            CitizenId.parse(swapped)


@given(st.text(max_size=24))
def test_any_text_is_a_number_or_refused(text: str) -> None:
    try:
        assert len(CitizenId.parse(text).text) == 18
    except BadCitizenId as refused:
        assert refused.reason in {"length", "sign", "birth_date", "check"}


def test_the_test_range_is_told_apart() -> None:
    number = CitizenId.of(TEST_ADDRESS, date(1990, 3, 7), "female", 0)
    assert number.is_test
    assert number.address == TEST_ADDRESS


@pytest.mark.parametrize(("sex", "serial"), [("female", SERIALS), ("male", -1), ("unknown", 0)])
def test_parts_out_of_range_make_no_number(sex: str, serial: int) -> None:
    with pytest.raises(BadCitizenId):
        CitizenId.of(TEST_ADDRESS, date(1990, 3, 7), sex, serial)


def test_check_sign_worked_by_hand() -> None:
    # 9·7 + 9·9 + 1·2 + 9·1 + 9·6 + 3·9 + 7·5 = 271; 271 mod 11 = 7; the eighth sign is 5
    assert check_sign("99000019900307000") == "5"
