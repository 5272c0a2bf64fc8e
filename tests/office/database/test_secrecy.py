"""Encrypted cells: what is closed is opened by its key and in its place only, and found without being opened."""

import pytest

from luoshi.office.database.secrecy import Secrecy, Tampered, masked

KEYS = Secrecy(bytes(range(16)), bytes(range(16, 32)))
PLACE = "common.person.citizen_id"


def test_what_is_closed_can_be_opened() -> None:
    assert KEYS.open(KEYS.close("110105 王", PLACE), PLACE) == "110105 王"


def test_the_same_text_is_closed_differently_each_time_and_has_one_index() -> None:
    assert KEYS.close("1", PLACE) != KEYS.close("1", PLACE)
    assert KEYS.index("６２１１ 02x") == KEYS.index("621102X") != KEYS.index("621103X")


def test_the_text_is_not_in_the_cell() -> None:
    assert b"110105" not in KEYS.close("110105194912310021", PLACE)


@pytest.mark.parametrize("byte", [0, 12, -1], ids=["nonce", "text", "tag"])
def test_a_changed_cell_is_refused(byte: int) -> None:
    cell = bytearray(KEYS.close("110105", PLACE))
    cell[byte] ^= 1
    with pytest.raises(Tampered):
        KEYS.open(bytes(cell), PLACE)


def test_a_cell_cut_short_is_refused() -> None:
    with pytest.raises(Tampered):
        KEYS.open(b"short", PLACE)


def test_a_cell_of_another_column_is_refused() -> None:
    with pytest.raises(Tampered):
        KEYS.open(KEYS.close("110105", PLACE), "common.person.name")


def test_another_key_opens_nothing_and_finds_nothing() -> None:
    other = Secrecy(bytes(16), bytes(16))
    with pytest.raises(Tampered):
        other.open(KEYS.close("110105", PLACE), PLACE)
    assert other.index("110105") != KEYS.index("110105")


def test_unknown_stays_unknown() -> None:
    assert KEYS.open_all([None, KEYS.close("a", PLACE)], PLACE) == [None, "a"]


def test_a_mask_shows_neither_birthday_nor_home() -> None:
    assert masked("11010519491231002X") == "1****************X"
    assert masked("1234") == "****"


def test_keys_are_not_printed() -> None:
    assert "key" not in repr(KEYS)
