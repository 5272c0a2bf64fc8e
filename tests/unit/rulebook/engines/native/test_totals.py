"""Aggregates: over members, over members of members, over everything within an area; and over what nobody keeps."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pyarrow as pa
import pytest

from luoshi.rulebook.cases.tables import to_tables
from tests.unit.rulebook.engines.native.rows import RESULT, TITLE, answers, same
from tests.unit.rulebook.engines.sql.registers import registers
from tests.unit.rulebook.packs import BASE, pack_of

PARTS: dict[str, Any] = {
    "p": {"thing": "a", "paid": Decimal("1.50"), "good": True, "day": date(2019, 1, 1), "maker": "x"},
    "q": {"thing": "a", "paid": Decimal("2.25"), "good": True, "day": date(2018, 1, 1), "maker": "x"},
    "r": {"thing": "a", "paid": Decimal("9.00"), "good": False, "maker": "y"},
    "s": {"thing": "b", "paid": Decimal("3.00"), "maker": "z"},
    "t": {"thing": "gone", "good": True},
}
ROWS: dict[str, Any] = {
    "thing": {"a": {"next": "c"}, "b": {"next": "c", "firm": "f"}, "c": {"next": "gone", "firm": "g"}},
    "part": PARTS,
    "firm": {"f": {"area": "331102"}, "g": {"area": "3311"}, "h": {"area": "62"}, "i": {}},
    "area": {"33": {}, "3311": {}, "331102": {}, "44": {}},
}


@pytest.mark.parametrize(
    ("body", "wanted"),
    [
        ("count: part, where: good", [2, None, 0]),
        ("sum: part, of_value: paid, where: good", [Decimal("3.75"), None, 0]),
        ("sum: part, of_value: paid", [Decimal("12.75"), Decimal("3.00"), 0]),
        ("min: part, of_value: day, where: good", [date(2018, 1, 1), None, None]),
        ("max: part, of_value: paid, default: 0", [Decimal("9.00"), Decimal("3.00"), 0]),
        ("any: part, where: good", [True, None, False]),
        ("all: part, where: good", [False, None, True]),
        ("count: part, distinct: maker", [2, 1, 0]),
        ("count: part, distinct: paid, where: good", [2, None, 0]),
    ],
)
def test_members(body: str, wanted: list[Any]) -> None:
    pack = pack_of(f"fact\nresult: {{of: thing, {TITLE}, {body}}}\n")
    assert list(answers(pack, ROWS).values()) == wanted
    nobody = {name: rows for name, rows in ROWS.items() if name != "part"}
    assert list(answers(pack, nobody).values()) == [None] * 3
    unlinked = {**nobody, "part": {key: {**row, "thing": None} for key, row in PARTS.items()}}
    assert list(answers(pack, unlinked).values()) == [wanted[2]] * 3


@pytest.mark.parametrize(
    ("body", "wanted"),
    [
        ("count: thing, via: firm.area", {"33": 2, "3311": 2, "331102": 1, "44": 0}),
        ("min: firm, of_value: staff, via: area", {"33": 3, "3311": 3, "331102": 5, "44": None}),
        ("max: firm, of_value: staff, via: area", {"33": 5, "3311": 5, "331102": 5, "44": None}),
        ("sum: firm, of_value: staff, via: area", {"33": 8, "3311": 8, "331102": 5, "44": 0}),
        ("any: firm, where: staff > 4, via: area", {"33": True, "3311": True, "331102": True, "44": False}),
        ("count: firm, distinct: staff, via: area", {"33": 2, "3311": 2, "331102": 1, "44": 0}),
    ],
)
def test_everything_within_an_area(body: str, wanted: dict[str, Any]) -> None:
    staff = "    staff: {type: int, title: BOTH}\n    area: {type: ref, to: area, title: {zh: 所在地, en: place}}\n"
    base = BASE.replace("    area: {type: ref, to: area, title: {zh: 所在地, en: place}}\n", staff, 1)
    pack = pack_of(f"fact\nresult: {{of: area, {TITLE}, {body}}}\n", base)
    rows = {
        **ROWS,
        "firm": {"f": {"area": "331102", "staff": 5}, "g": {"area": "3311", "staff": 3}, "h": {"area": "62"}},
    }
    assert answers(pack, rows, of="area") == wanted


def test_members_of_members() -> None:
    pack = pack_of(f"fact\nresult: {{of: thing, {TITLE}, count: part, via: thing.next}}\n")
    assert answers(pack, ROWS) == {"a": 0, "b": 0, "c": 4}
    things = {"a": {}, "c": {}}
    assert answers(pack, {"thing": things, "part": PARTS}) == {"a": 0, "c": 0}, "a path that nobody fills leads nowhere"


@pytest.mark.parametrize("arranged", [lambda table: table, lambda table: table.sort_by("thing")])
def test_many_rows_in_any_order(arranged: Any) -> None:
    blocks = (
        f"n: {{of: thing, {TITLE}, count: part, where: good}}\ns: {{of: thing, {TITLE}, sum: part, of_value: paid}}\n"
        f'result: {{of: thing, {TITLE}, value: "n * s"}}\nu: {{of: firm, {TITLE}, sum: thing, of_value: n}}\n'
        f"v: {{of: firm, {TITLE}, max: thing, of_value: price, where: good}}\n"
    )
    tables: dict[str, pa.Table] = registers(3000)
    tables["part"] = arranged(tables["part"])
    same(pack_of(f"fact\n{blocks}"), tables, facts=[RESULT, ("firm", "u"), ("firm", "v"), ("thing", "s")])


@pytest.mark.parametrize(
    "body",
    [
        "count: part, where: good",
        "count: part, distinct: maker",
        "min: part, of_value: day",
        "max: part, of_value: paid, default: 0",
        "count: part, via: thing.next",
        "all: part, where: good",
    ],
)
@pytest.mark.parametrize("lacking", ["thing", "next"])
def test_columns_that_nobody_keeps(body: str, lacking: str) -> None:
    pack = pack_of(f"fact\nresult: {{of: thing, {TITLE}, {body}}}\n")
    tables = to_tables(pack, ROWS)
    for name, table in tables.items():
        tables[name] = table.drop_columns([lacking]) if lacking in table.column_names else table
    same(pack, tables, facts=[RESULT])


def test_figures_are_taken_once() -> None:
    blocks = f"""fact
result: {{of: thing, {TITLE}, count: part, distinct: maker}}
again: {{of: thing, {TITLE}, count: part, distinct: maker}}
"""
    pack = pack_of(blocks)
    found = same(pack, to_tables(pack, ROWS), facts=[RESULT, ("thing", "again")])["thing"]
    assert found["result"].to_pylist() == found["again"].to_pylist() == [2, 1, 0]
