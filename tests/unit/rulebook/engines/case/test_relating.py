"""Tables and aggregates: what is recorded of the rows that were looked at."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from luoshi.rulebook.engines.case import CaseEngine
from luoshi.rulebook.model.steps import Member, Step
from tests.unit.rulebook.packs import case_of, pack_of

ON = date(2019, 7, 14)
ROWS = """subject: thing
rows:
  part:
    a: {paid: 1.50, good: true, maker: x}
    b: {paid: 2.50, good: %s, maker: x}
"""


def aggregate(text: str, good: str = "false") -> Step:
    pack = pack_of(f"fact\nf: {{of: thing, {text}}}\n")
    read = case_of(pack, ROWS % good)
    (found,) = CaseEngine(pack, ON).fact(read.store, "thing", "this", "f").parts
    assert isinstance(found, Step)
    return found


def test_every_row_is_recorded_with_its_tests_and_value() -> None:
    found = aggregate("sum: part, where: good, of_value: paid")
    assert found.value == Decimal("1.50")
    members = [part for part in found.parts if isinstance(part, Member)]
    assert [(item.row, [step.value for step in item.parts]) for item in members] == [
        ("a", [True, Decimal("1.50")]),
        ("b", [False, Decimal("2.50")]),
    ]


@pytest.mark.parametrize(
    ("text", "good", "value"),
    [
        ("count: part", "false", 2),
        ("count: part, where: good", "false", 1),
        ("count: part, where: good", "null", None),
        ("count: part, distinct: maker", "false", 1),
        ("count: part, where: good, distinct: maker", "null", None),
        ("any: part, where: good", "null", True),
        ("all: part, where: good", "null", None),
        ("all: part, where: good", "false", False),
        ("min: part, of_value: paid", "false", Decimal("1.50")),
        ("max: part, of_value: paid, where: good", "true", Decimal("2.50")),
        ("max: part, of_value: paid, where: good", "null", None),
        ("min: part, of_value: paid, where: paid > 9 * paid", "null", None),
        ("min: part, of_value: day, where: paid > 9 * paid, default: on_date", "null", ON),
        ("min: part, of_value: day, where: good, default: on_date", "true", None),
        ("min: part, of_value: day, where: not good, default: on_date", "null", None),
        ("share: part, where: good", "false", (1, 2)),
        ("share: part, where: good", "null", None),
        ("share: part, where: good, among: paid < 2 * paid and maker = 'x'", "false", (1, 2)),
        ("share: part, where: paid > 9 * paid, among: good", "false", (0, 1)),
        ("share: part, where: paid > 9 * paid, among: good", "null", None),
    ],
)
def test_what_rows_come_to(text: str, good: str, value: object) -> None:
    assert aggregate(text, good).value == value


@pytest.mark.parametrize(
    ("size", "rate"),
    [("0", None), ("1", "0.0435"), ("12", "0.0435"), ("13", "0.0475"), ("999", "0.0475"), ("null", None)],
)
def test_the_row_of_a_table_that_fits(size: str, rate: str | None) -> None:
    pack = pack_of("fact\nf: {of: thing, value: 'lookup(bands, size)'}\n")
    read = case_of(pack, f"subject: thing\nfields: {{size: {size}}}\n")
    found = CaseEngine(pack, ON).fact(read.store, "thing", "this", "f").value
    assert found == (None if rate is None else Decimal(rate))


@pytest.mark.parametrize(("colour", "size"), [("red", 10), ("green", 20), ("blue", None)])
def test_a_table_by_exact_key(colour: str, size: int | None) -> None:
    table = (
        "table\nsizes:\n  title: BOTH\n  keys: {hue: {type: code, codes: {red: BOTH, green: BOTH, blue: BOTH}}}\n"
        "  value: {unit: item}\n  rows: [{hue: red, value: 10}, {hue: green, value: 20}]\n"
        "--- fact\nf: {of: thing, value: 'lookup(sizes, colour)'}\n"
    )
    pack = pack_of(table)
    read = case_of(pack, f"subject: thing\nfields: {{colour: {colour}}}\n")
    assert CaseEngine(pack, ON).fact(read.store, "thing", "this", "f").value == size
