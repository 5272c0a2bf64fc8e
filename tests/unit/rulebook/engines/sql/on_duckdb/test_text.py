"""Spelling: literals with their types, quoted names, and a loud refusal of what has no spelling."""

from __future__ import annotations

from datetime import date

import pytest

from luoshi.rulebook.engines.sql.meaning.expressions import Kind
from luoshi.rulebook.engines.sql.meaning.forging import Forge
from luoshi.rulebook.engines.sql.meaning.numbers import scaled
from luoshi.rulebook.engines.sql.on_duckdb.text import literal, quoted, spelled
from tests.unit.rulebook.engines.sql.columns_in import values_of


def test_names_and_texts_cannot_break_out() -> None:
    assert quoted('a" b') == '"a"" b"'
    assert literal(Kind.TEXT, "it's") == "'it''s'"


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        (Kind.TRUTH, True),
        (Kind.TRUTH, None),
        (Kind.WHOLE, -5),
        (Kind.WIDE, 10**37),
        (Kind.WIDE, -(10**37)),
        (Kind.DAY, date(9999, 12, 31)),
        (Kind.TEXT, "山区 '; drop table x; --"),
        (Kind.BITS64, 2**63),
    ],
)
def test_literals_come_back_as_they_were_written(kind: Kind, value: bool | int | date | str | None) -> None:
    assert values_of(Forge().literal(kind, value), {}) == [value]


def test_an_operation_without_a_spelling_fails_loudly() -> None:
    with pytest.raises(NotImplementedError, match="average"):
        spelled(Forge().make("average", Kind.WHOLE), {})


def test_masks_set_the_bit_of_each_flag() -> None:
    make = Forge()
    a, b = (make.field("thing", name, Kind.TRUTH, known=True) for name in "ab")
    mask = make.make("mask", Kind.BITS16, (a, b), (0, 9))
    assert values_of(mask, {a: [True, False], b: [True, True]}) == [1 + 512, 512]


@pytest.mark.parametrize(
    ("bits", "kind"),
    [
        ((0,), Kind.BITS8),
        ((7,), Kind.BITS8),
        ((0, 6, 7), Kind.BITS8),
        ((8,), Kind.BITS16),
        ((0, 7, 8, 14, 15), Kind.BITS16),
        ((16,), Kind.BITS32),
        ((0, 7, 8, 15, 16, 30, 31), Kind.BITS32),
        ((32,), Kind.BITS64),
        ((62,), Kind.BITS64),
        ((63,), Kind.BITS64),
        ((0, 7, 8, 15, 16, 31, 32, 62, 63), Kind.BITS64),
    ],
)
def test_masks_of_any_bits_without_a_multiplication(bits: tuple[int, ...], kind: Kind) -> None:
    make = Forge()
    flags = [make.field("thing", f"flag{bit}", Kind.TRUTH, known=True) for bit in bits]
    mask = make.make("mask", kind, tuple(flags), bits)
    alone = [[bit == at for bit in bits] for at in bits]
    rows = [*alone, [True] * len(bits), [False] * len(bits)]
    columns = {flag: [row[place] for row in rows] for place, flag in enumerate(flags)}
    assert values_of(mask, columns) == [*(1 << bit for bit in bits), sum(1 << bit for bit in bits), 0]
    assert "*" not in spelled(mask, {flag: flag.data[1] for flag in flags})


@pytest.mark.parametrize("bit", range(64))
def test_a_mask_with_bits_that_are_always_set(bit: int) -> None:
    make = Forge()
    flag = make.field("thing", "flag", Kind.TRUTH, known=True)
    mask = make.make("mask", Kind.BITS64, (flag,), (bit,))
    always = make.literal(Kind.BITS64, 2**63 + 1)
    found = values_of(make.make("bits_or", Kind.BITS64, (mask, always)), {flag: [True, False]})
    assert found == [(1 << bit) | 2**63 + 1, 2**63 + 1]


@pytest.mark.parametrize(("digits", "places", "kind"), [(18, 2, Kind.WHOLE), (38, 8, Kind.WIDE), (38, 0, Kind.WIDE)])
def test_decimals_name_the_places_of_a_scaled_number(digits: int, places: int, kind: Kind) -> None:
    make = Forge()
    number = make.field("thing", "n", kind)
    most = 10**digits - 1
    seen = values_of(make.make("decimal", kind, (number,), (digits, places)), {number: [most, -most, 0, None]})
    assert [None if value is None else value.as_tuple().exponent for value in seen] == [-places, -places, -places, None]
    assert [None if value is None else scaled(value, places) for value in seen] == [most, -most, 0, None]
