"""Types: units multiply and cancel, and every type has a name that people can read."""

from __future__ import annotations

import pytest

from luoshi.rulebook.model.types import BOOL, DATE, SHARE, TEXT, Code, Number, Ref, Type, Unit


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("CNY", "CNY"),
        ("CNY/month", "CNY/month"),
        ("CNY/person", "CNY"),
        ("person/month", "1/month"),
        ("person", ""),
        ("", ""),
        ("m2", "m2"),
    ],
)
def test_a_unit_is_read_and_shown(text: str, shown: str) -> None:
    assert str(Unit.parse(text)) == shown
    assert bool(Unit.parse(text)) is bool(shown)


def test_units_multiply_and_cancel() -> None:
    price, area = Unit.parse("CNY/m2"), Unit.parse("m2")
    assert price * area == Unit.parse("CNY")
    assert not area / area
    assert str(area * area) == "m2 m2"
    assert str(price / area) == "CNY/m2/m2"


@pytest.mark.parametrize(
    ("kind", "name"),
    [
        (BOOL, "yes or no"),
        (DATE, "date"),
        (TEXT, "text"),
        (SHARE, "share of a whole"),
        (Number(), "whole number"),
        (Number(2, Unit.parse("CNY")), "number (0.01 CNY)"),
        (Code(("red", "green")), "code (red, green)"),
        (Ref("firm"), "reference (firm)"),
    ],
)
def test_a_type_has_a_name(kind: Type, name: str) -> None:
    assert str(kind) == name


def test_the_smallest_difference_between_two_numbers() -> None:
    assert [str(Number(places).step) for places in (0, 1, 2, 8)] == ["1", "0.1", "0.01", "1E-8"]
