"""Thrift's compact protocol, byte by byte as its specification says."""

from __future__ import annotations

import pytest

from luoshi.rulebook.bulk.compact import Part, binary, long, several, short, struct, varint


@pytest.mark.parametrize(("value", "told"), [(0, "00"), (127, "7f"), (128, "8001"), (50_399, "df8903")])
def test_numbers_from_zero_on(value: int, told: str) -> None:
    assert varint(value).hex() == told


@pytest.mark.parametrize(
    ("part", "kind", "told"),
    [
        (short(0), 5, "00"),
        (short(-1), 5, "01"),
        (long(1), 6, "02"),
        (long(-2), 6, "03"),
        (binary("县".encode()), 8, "03e58ebf"),
        (several([short(1), short(2)]), 9, "250204"),
        (several([long(0)] * 15), 9, "f60f" + "00" * 15),
        (struct({}), 12, "00"),
        (struct({3: short(1), 1: None, 5: struct({1: long(1)})}), 12, "35022c16020000"),
    ],
)
def test_values(part: Part, kind: int, told: str) -> None:
    assert (part[0], part[1].hex()) == (kind, told)
