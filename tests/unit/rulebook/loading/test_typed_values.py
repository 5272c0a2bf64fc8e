"""Written types and values: what a unit means, and which texts are values of a type."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from luoshi.rulebook.loading.typed_values import declared_type, typed_value
from luoshi.rulebook.model.build import Mismatch
from luoshi.rulebook.model.types import BOOL, CNY, DATE, MONTH, TEXT, Code, Number, Ref, Type, Unit

MONEY, COLOUR = Number(2, CNY, 12), Code(("red", "green"))


@pytest.mark.parametrize(
    ("kind", "unit", "more", "meant"),
    [
        (None, "", {}, Number(0, Unit(), 9)),
        (None, "person", {}, Number(0, Unit(), 9)),
        (None, "month", {}, Number(0, MONTH, 9)),
        (None, "rate", {}, Number(4, Unit(), 8)),
        (None, "CNY", {}, MONEY),
        (None, "CNY/month", {}, Number(2, Unit.parse("CNY/month"), 12)),
        (None, "m2", {}, Number(2, Unit.parse("m2"), 12)),
        (None, "bool", {}, BOOL),
        (None, "text", {}, TEXT),
        (None, "date", {}, DATE),
        ("money", "", {}, MONEY),
        ("money", "CNY", {"places": 6}, Number(6, CNY, 16)),
        ("money", "CNY", {"places": 0}, Number(0, CNY, 12)),
        ("money", "CNY", {"places": 9}, Number(8, CNY, 18)),
        ("decimal", "kW", {"digits": 5}, Number(2, Unit.parse("kW"), 5)),
        ("decimal", "kW", {"digits": 99}, Number(2, Unit.parse("kW"), 18)),
        ("rate", "rate", {}, Number(4, Unit(), 8)),
        ("code", "", {"codes": {"red": 1, "green": 2}}, COLOUR),
        ("code", "", {}, Code(())),
        ("ref", "", {"to": "firm"}, Ref("firm")),
        ("ref", "", {}, Ref("")),
    ],
)
def test_what_a_declaration_means(kind: str | None, unit: str, more: dict[str, Any], meant: Type) -> None:
    assert declared_type(kind, unit, **more) == meant


@pytest.mark.parametrize("unit", ["CNY//m2", "m 2", "%", "/m2", "CNY/m2/day"])
def test_what_is_no_unit(unit: str) -> None:
    with pytest.raises(Mismatch) as refused:
        declared_type("money", unit)
    assert refused.value.code == "PACK-045"


@pytest.mark.parametrize(
    ("kind", "text", "value"),
    [
        (BOOL, "true", True),
        (BOOL, "false", False),
        (BOOL, True, True),
        (Number(0), "12", 12),
        (Number(0), "12.00", 12),
        (Number(0), "-7", -7),
        (Number(0), 7, 7),
        (Number(0, digits=3), "999", 999),
        (Number(0, digits=3), "-999", -999),
        (MONEY, "180.00", Decimal("180.00")),
        (MONEY, "0.1", Decimal("0.1")),
        (MONEY, "9999999999.99", Decimal("9999999999.99")),
        (MONEY, Decimal("0.5"), Decimal("0.5")),
        (DATE, "2020-02-29", date(2020, 2, 29)),
        (DATE, date(2020, 2, 29), date(2020, 2, 29)),
        (DATE, "1000-01-01", date(1000, 1, 1)),
        (DATE, "9000-12-31", date(9000, 12, 31)),
        (COLOUR, "red", "red"),
        (TEXT, "", ""),
        (Ref("firm"), "anything", "anything"),
        (Ref("area"), "3311", "3311"),
    ],
)
def test_values(kind: Type, text: object, value: object) -> None:
    found = typed_value(kind, text)
    assert (found, type(found)) == (value, type(value))


@pytest.mark.parametrize(
    ("kind", "text", "code"),
    [
        (BOOL, "yes", "EXPR-045"),
        (BOOL, None, "EXPR-045"),
        (BOOL, [], "EXPR-045"),
        (Number(0), "1.5", "EXPR-045"),
        (Number(0), "one", "EXPR-045"),
        (Number(0), "1e3", "EXPR-045"),
        (Number(0), "+1", "EXPR-045"),
        (Number(0), "１", "EXPR-045"),
        (Number(0), "1" * 31, "EXPR-045"),
        (Number(0, digits=3), "1000", "EXPR-045"),
        (Number(0, digits=3), "-1000", "EXPR-045"),
        (MONEY, "0.001", "EXPR-045"),
        (MONEY, "10000000000.00", "EXPR-045"),
        (MONEY, "1234567890.00000000000000000001", "EXPR-045"),
        (MONEY, "NaN", "EXPR-045"),
        (DATE, "2019-02-29", "EXPR-045"),
        (DATE, "20190214", "EXPR-045"),
        (DATE, "2019-W07-4", "EXPR-045"),
        (DATE, "soon", "EXPR-045"),
        (DATE, "0999-12-31", "EXPR-045"),
        (DATE, "9001-01-01", "EXPR-045"),
        (DATE, "9999-12-31", "EXPR-045"),
        (COLOUR, "blue", "EXPR-013"),
        (COLOUR, {}, "EXPR-045"),
        (TEXT, {"a": 1}, "EXPR-045"),
        (Ref("area"), "Lishui", "EXPR-045"),
        (Ref("area"), "33112", "EXPR-045"),
    ],
)
def test_refusals(kind: Type, text: object, code: str) -> None:
    with pytest.raises(Mismatch) as refused:
        typed_value(kind, text)
    assert refused.value.code == code


@pytest.mark.parametrize(
    ("kind", "text", "expected"),
    [
        (BOOL, "yes", "true or false"),
        (Number(0), "x", "a number such as 12"),
        (MONEY, "x", "a number such as 0.50"),
        (MONEY, "0.001", "at most so many decimal places (2)"),
        (MONEY, "10000000000", "a smaller number (below 10000000000)"),
        (DATE, "x", "a real date such as 2019-07-14"),
        (Ref("area"), "x", "a division code of 2, 4, 6, 9 or 12 digits"),
        (TEXT, None, "text"),
    ],
)
def test_what_is_expected_instead(kind: Type, text: object, expected: str) -> None:
    with pytest.raises(Mismatch) as refused:
        typed_value(kind, text)
    assert refused.value.facts["expected"] == expected
