"""Aggregates: who counts, what one undecided row does, and figures of nobody."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from luoshi.rulebook.cases.tables import to_tables
from luoshi.rulebook.engines.sql import decide_tables
from tests.unit.rulebook.engines.sql.answers import ON, TITLE, answers, fact_of
from tests.unit.rulebook.packs import pack_of

Rows = Mapping[str, Mapping[Any, Mapping[str, Any]]]
GOOD, BAD, OPEN = {"good": True}, {"good": False}, dict[str, Any]()


def of_parts(expression: str, *parts: Mapping[str, Any]) -> Any:
    """The value for a thing with these parts, beside another thing's parts that must not matter."""
    rows: Rows = {
        "thing": {"t": {}, "other": {}},
        "part": {
            **{f"p{at}": {"thing": "t", **part} for at, part in enumerate(parts)},
            "elsewhere": {"thing": "other", "good": True, "paid": Decimal("7.00")},
            "nowhere": {"good": True, "paid": Decimal("9.00")},
            "dangling": {"thing": "gone", "good": True},
        },
    }
    return answers(fact_of(expression), rows)["t"]


@pytest.mark.parametrize(
    ("expression", "parts", "wanted"),
    [
        ("count_of(part, good)", [], 0),
        ("count_of(part)", [OPEN, BAD], 2),
        ("count_of(part, good)", [GOOD, GOOD, BAD], 2),
        ("count_of(part, good)", [GOOD, OPEN], None),
        ("any_of(part, good)", [], False),
        ("any_of(part, good)", [BAD, BAD], False),
        ("any_of(part, good)", [BAD, OPEN], None),
        ("any_of(part, good)", [GOOD, OPEN], True),
        ("all_of(part, good)", [], True),
        ("all_of(part, good)", [GOOD, GOOD], True),
        ("all_of(part, good)", [GOOD, OPEN], None),
        ("all_of(part, good)", [BAD, OPEN], False),
        ("share_of(part, good) >= 0.5", [], None),
        ("share_of(part, good) >= 0.5", [GOOD, BAD], True),
        ("share_of(part, good) > 0.5", [GOOD, BAD], False),
        ("share_of(part, good) > 0.3333", [GOOD, BAD, BAD], True),
        ("share_of(part, good) >= 0.5", [GOOD, OPEN], None),
    ],
)
def test_rows_that_are_picked(expression: str, parts: list[Mapping[str, Any]], wanted: object) -> None:
    assert of_parts(expression, *parts) == wanted


def paid(text: str | None, good: bool | None = True) -> dict[str, Any]:
    values = {"good": good, "paid": None if text is None else Decimal(text)}
    return {name: value for name, value in values.items() if value is not None}


@pytest.mark.parametrize(
    ("expression", "parts", "wanted"),
    [
        ("sum_of(part, paid)", [], "0.00"),
        ("sum_of(part, paid, good)", [paid("1.10"), paid("-0.30"), paid("5.00", False)], "0.80"),
        ("sum_of(part, paid, good)", [paid("1.10"), paid(None)], None),
        ("sum_of(part, paid, good)", [paid("1.10"), paid(None, False)], "1.10"),
        ("sum_of(part, paid, good)", [paid("1.10"), paid("2.00", None)], None),
        ("sum_of(part, paid, good)", [paid("5.00", False)], "0.00"),
        ("min_of(part, paid, good)", [], None),
        ("min_of(part, paid, good)", [paid("5.00", False)], None),
        ("min_of(part, paid, good)", [paid("2.00"), paid("-1.00"), paid("-9.00", False)], "-1.00"),
        ("max_of(part, paid, good)", [paid("2.00"), paid("3.00"), paid("9.00", False)], "3.00"),
        ("max_of(part, paid, good)", [paid("2.00"), paid(None)], None),
        ("max_of(part, paid, good)", [paid("2.00"), paid("3.00", None)], None),
        ("min_of(part, 0)", [OPEN, OPEN], "0"),
        ("max_of(part, 0)", [], None),
        ("sum_of(part, 1)", [OPEN, OPEN], "2"),
        ("sum_of(part, 1, is_known(thing))", [], "0"),
    ],
)
def test_values_that_are_summed_and_compared(expression: str, parts: list[dict[str, Any]], wanted: str | None) -> None:
    assert of_parts(expression, *parts) == (None if wanted is None else Decimal(wanted))


def test_days_are_compared_too() -> None:
    days = [{"day": date(2019, 1, 1), "good": True}, {"day": date(2020, 1, 1), "good": True}]
    assert of_parts("max_of(part, day, good)", *days) == date(2020, 1, 1)


@pytest.mark.parametrize(
    ("parts", "wanted"),
    [
        ([], Decimal("200.00")),
        ([paid("5.00", False)], Decimal("200.00")),
        ([paid("5.00")], Decimal("5.00")),
        ([paid("5.00", None)], None),
    ],
)
def test_the_greatest_of_nobody(parts: list[dict[str, Any]], wanted: Decimal | None) -> None:
    pack = pack_of(f"fact\nresult: {{of: thing, {TITLE}, max: part, of_value: paid, where: good, default: $grant}}\n")
    rows: Rows = {
        "thing": {"t": {}},
        "part": {f"p{at}": {"thing": "t", **part} for at, part in enumerate(parts)},
    }
    assert answers(pack, rows)["t"] == wanted


@pytest.mark.parametrize(
    ("parts", "wanted"),
    [
        ([], 0),
        ([{"maker": "a", **GOOD}, {"maker": "a", **GOOD}, {"maker": "b", **GOOD}, {"maker": "c", **BAD}], 2),
        ([{"maker": "a", **GOOD}, GOOD], None),
        ([{"maker": "a", **GOOD}, BAD], 1),
        ([{"maker": "a"}], None),
    ],
)
def test_different_values(parts: list[Mapping[str, Any]], wanted: int | None) -> None:
    pack = pack_of(f"fact\nresult: {{of: thing, {TITLE}, count: part, distinct: maker, where: good}}\n")
    rows: Rows = {"thing": {"t": {}}, "part": {f"p{at}": {"thing": "t", **part} for at, part in enumerate(parts)}}
    assert answers(pack, rows)["t"] == wanted


@pytest.mark.parametrize(
    "expression",
    ["count_of(part)", "sum_of(part, paid)", "any_of(part, good)", "all_of(part, good)", "share_of(part, good) > 0"],
)
def test_a_register_nobody_keeps(expression: str) -> None:
    assert answers(fact_of(expression), {"thing": {"t": {}}}) == {"t": None}


def test_a_column_that_nobody_fills() -> None:
    pack = fact_of("count_of(part, good)")
    tables = to_tables(pack, {"thing": {"t": {}}, "part": {"p": {"thing": "t", "good": True}}})
    for missing, wanted in (("good", None), ("thing", 0)):
        kept = tables | {"part": tables["part"].drop_columns([missing])}
        (row,) = decide_tables(pack, kept, ON, facts=[("thing", "result")])["thing"].to_pylist()
        assert row["result"] == wanted


AREAS: Rows = {"area": {code: {} for code in ("33", "3311", "331102", "331102003", "331121", "62")}}
FIRMS = {"a": "331102003", "b": "331102003", "c": "331121", "d": "3311", "e": "331199", "f": None}


def in_areas(expression: str, things: Mapping[str, Mapping[str, Any]]) -> dict[str, Any]:
    firms = {name: ({} if code is None else {"area": code}) for name, code in FIRMS.items()}
    return answers(fact_of(expression, "area"), {**AREAS, "firm": firms, "thing": things}, "area")


def test_areas_take_in_everything_within() -> None:
    things = {f"t{firm}": {"firm": firm, "size": 1 + at, "good": firm != "c"} for at, firm in enumerate("abcdef")}
    assert in_areas("count_of(thing)", things) == {
        "33": 5, "3311": 5, "331102": 2, "331102003": 2, "331121": 1, "62": 0,
    }  # fmt: skip
    assert in_areas("max_of(thing, size)", things)["331102"] == 2
    assert in_areas("all_of(thing, good)", things) == {
        "33": False, "3311": False, "331102": True, "331102003": True, "331121": False, "62": True,
    }  # fmt: skip


def test_one_undecided_row_reaches_every_area_around_it() -> None:
    things = {"x": {"firm": "a", "good": True}, "y": {"firm": "c"}}
    assert in_areas("count_of(thing, good)", things) == {
        "33": None, "3311": None, "331102": 1, "331102003": 1, "331121": None, "62": 0,
    }  # fmt: skip


def test_different_values_within_areas_are_not_counted_twice() -> None:
    pack = pack_of(f"fact\nresult: {{of: area, {TITLE}, count: thing, distinct: label}}\n")
    firms = {name: ({} if code is None else {"area": code}) for name, code in FIRMS.items()}
    things = {firm: {"firm": firm, "label": label} for firm, label in zip("abcd", "xxxy", strict=True)}
    found = answers(pack, {**AREAS, "firm": firms, "thing": things}, "area")
    assert found == {"33": 2, "3311": 2, "331102": 1, "331102003": 1, "331121": 1, "62": 0}


def test_paths_over_several_references() -> None:
    pack = pack_of(f"fact\nresult: {{of: firm, {TITLE}, sum: part, of_value: paid, via: thing.firm}}\n")
    rows: Rows = {
        "firm": {"f": {}, "g": {}},
        "thing": {"t": {"firm": "f"}, "u": {"firm": "f"}, "v": {}},
        "part": {
            "1": {"thing": "t", "paid": Decimal("1.00")},
            "2": {"thing": "u", "paid": Decimal("2.00")},
            "3": {"thing": "v", "paid": Decimal("4.00")},
            "4": {"thing": "gone", "paid": Decimal("8.00")},
        },
    }
    assert answers(pack, rows, "firm") == {"f": Decimal("3.00"), "g": Decimal("0.00")}
    assert answers(pack, {name: held for name, held in rows.items() if name != "thing"}, "firm") == {
        "f": Decimal("0.00"),
        "g": Decimal("0.00"),
    }
