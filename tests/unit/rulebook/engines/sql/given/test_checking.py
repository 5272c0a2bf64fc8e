"""Input that cannot be used is refused with every reason; what can be used teaches the plan what the data are like."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest

from luoshi.rulebook.bulk import sizes
from luoshi.rulebook.engines.sql import decide_tables
from luoshi.rulebook.engines.sql.given.checking import Check
from luoshi.rulebook.engines.sql.given.reading import given_columns
from luoshi.rulebook.engines.sql.meaning.dates import Span
from luoshi.rulebook.engines.sql.meaning.expressions import Kind
from luoshi.rulebook.engines.sql.meaning.holdings import Held
from luoshi.rulebook.engines.sql.on_duckdb.looking import look
from luoshi.rulebook.engines.sql.on_duckdb.session import small_session
from luoshi.rulebook.engines.sql.on_duckdb.text import WORDS
from luoshi.rulebook.model.findings import Finding, Findings, Refused
from luoshi.rulebook.values.calendar import FIRST, NEVER
from tests.unit.rulebook.engines.sql.answers import ON, TITLE
from tests.unit.rulebook.engines.sql.things import ALL_READ, checked, decimals, things
from tests.unit.rulebook.packs import pack_of


def findings(**columns: Any) -> list[Finding]:
    with pytest.raises(Refused) as refused:
        decide_tables(ALL_READ, {"thing": things(**columns)}, ON, facts=[("thing", "result")])
    return refused.value.findings


@pytest.mark.parametrize(
    ("column", "values", "code", "facts"),
    [
        ("price", pa.array([1.5, 2.5]), "DATA-004", {"seen": "DOUBLE"}),
        ("size", pa.array(["1", "2"]), "DATA-004", {"seen": "VARCHAR"}),
        ("size", pa.array([1, 2], pa.uint64()), "DATA-004", {"seen": "UBIGINT"}),
        ("good", pa.array([1, 0]), "DATA-004", {"seen": "BIGINT", "expected": "yes or no"}),
        ("born", pa.array([None, None], pa.timestamp("us")), "DATA-004", {"seen": "TIMESTAMP"}),
        ("firm", pa.array([1.0, 2.0]), "DATA-004", {"seen": "DOUBLE"}),
        ("size", pa.array([10**9, 1]), "DATA-005", {"ids": ["a"], "seen": ["1000000000"], "digits": 9, "places": 0}),
        ("price", decimals("1", "-10000000000"), "DATA-005", {"ids": ["b"], "seen": [], "digits": 12, "places": 2}),
        ("ratio", decimals("0.12345", None, places=5), "DATA-006", {"count": 1, "seen": ["0.12345"], "places": 4}),
        ("born", pa.array([date(999, 12, 31), date(9001, 1, 1)]), "DATA-007", {"seen": ["0999-12-31", "9001-01-01"]}),
        ("born", pa.array([2**31 - 1, 0], pa.int32()).cast(pa.date32()), "DATA-007", {"count": 1, "ids": ["a"]}),
        ("colour", pa.array(["red", "grey"]), "DATA-008", {"seen": ["grey"], "expected": ["red", "green", "blue"]}),
        ("colour", pa.array(["grey", "red"]).dictionary_encode(), "DATA-008", {"ids": ["a"]}),
        ("id", pa.array(["a", None]), "DATA-009", {"count": 1}),
        ("id", pa.array(["a", "a"]), "DATA-010", {"count": 1, "ids": ["a"]}),
    ],
)  # fmt: skip
def test_what_is_refused(column: str, values: pa.Array, code: str, facts: dict[str, Any]) -> None:
    (found,) = findings(**{column: values})
    assert (found.code, found.where.file, found.where.column) == (code, "thing", column)
    assert {"register": "thing", "column": column, **facts}.items() <= found.facts.items()


def test_all_reasons_at_once() -> None:
    found = findings(price=pa.array([1.5, 2.5]), colour=pa.array(["red", "grey"]), id=pa.array(["a", "a"]))
    assert [item.code for item in found] == ["DATA-004", "DATA-008", "DATA-010"]


def test_a_table_without_ids() -> None:
    for table in (things().drop_columns(["id"]), things(id=pa.nulls(2))):
        with pytest.raises(Refused) as refused:
            decide_tables(ALL_READ, {"thing": table}, ON, facts=[("thing", "result")])
        assert [item.code for item in refused.value.findings] == ["DATA-003"]


def test_registers_that_nobody_knows() -> None:
    with pytest.raises(Refused) as refused:
        decide_tables(ALL_READ, {"thing": things(), "thinf": things()}, ON)
    assert [(item.code, item.where.file) for item in refused.value.findings] == [("DATA-002", "thinf")]
    with pytest.raises(Refused) as refused:
        decide_tables(ALL_READ, {}, ON)
    assert [item.code for item in refused.value.findings] == ["DATA-001"]


def test_columns_that_are_not_read_are_not_looked_at() -> None:
    pack = pack_of(f"fact\nresult: {{of: thing, {TITLE}, value: size}}\n")
    table = things(colour=pa.array(["red", "grey"]), price=pa.array([1.5, 2.5]))
    assert decide_tables(pack, {"thing": table}, ON, facts=[("thing", "result")])["thing"].num_rows == 2


@pytest.mark.parametrize(
    ("column", "values", "meant"),
    [
        ("price", pa.array([7, None]), [Decimal("7.00"), None]),
        ("price", pa.array([7, None], pa.int16()), [Decimal("7.00"), None]),
        ("price", decimals("1.5", "-0.5", places=1), [Decimal("1.50"), Decimal("-0.50")]),
        ("price", decimals("1.500000", None, places=6), [Decimal("1.50"), None]),
        ("price", decimals("9999999999.99", "-9999999999.99"), [Decimal("9999999999.99"), Decimal("-9999999999.99")]),
        ("size", decimals("12", "-3", places=0), [12, -3]),
        ("size", decimals("12.00", None, places=2), [12, None]),
        ("size", pa.nulls(2), [None, None]),
        ("ended", pa.array([None, date(2020, 1, 1)]), [NEVER, date(2020, 1, 1)]),
        ("ended", pa.array([date(2019, 1, 1), NEVER]), [date(2019, 1, 1), NEVER]),
        ("colour", pa.array(["red", None]).dictionary_encode(), ["red", None]),
        ("label", pa.array(["x", "y"], pa.large_string()), ["x", "y"]),
    ],
)
def test_what_is_taken_in_exactly(column: str, values: pa.Array, meant: list[Any]) -> None:
    pack = pack_of(f"fact\nresult: {{of: thing, {TITLE}, value: {column}}}\n")
    table = decide_tables(pack, {"thing": things(**{column: values})}, ON, facts=[("thing", "result")])["thing"]
    assert table.column("result").to_pylist() == meant


def held(**columns: Any) -> Held:
    return checked(things(**columns))[1]


def test_what_is_learnt_of_numbers() -> None:
    columns = held(price=decimals("-3.50", "120"), size=pa.array([4, None])).columns
    assert (columns["price"].low, columns["price"].high, columns["price"].known) == (-350, 12000, True)
    assert (columns["size"].low, columns["size"].high, columns["size"].known) == (4, 4, False)
    assert (columns["ratio"].low, columns["ratio"].high) == (0, 0)
    assert held().most_rows == 2
    assert checked(things().slice(0, 0))[1].most_rows == 1


def test_what_is_learnt_of_days() -> None:
    columns = held(
        born=pa.array([date(2019, 1, 1), date(2020, 2, 2)]), ended=pa.array([date(2021, 1, 1), None])
    ).columns
    assert columns["born"].span == Span(date(2019, 1, 1), date(2020, 2, 2), never=False)
    assert columns["ended"].span == Span(date(2021, 1, 1), date(2021, 1, 1), never=True)
    assert held(born=pa.array([NEVER, None])).columns["born"].span == Span(FIRST, FIRST, never=True)


def test_areas_are_always_text() -> None:
    pack = pack_of(f"fact\nresult: {{of: area, {TITLE}, count: firm}}\n")
    area = pa.table({"id": [3311, 331102]})
    firm = pa.table({"id": [1, 2], "area": [331102, 331121]})
    table = decide_tables(pack, {"area": area, "firm": firm}, ON, facts=[("area", "result")])["area"]
    assert table.to_pylist() == [
        {"id": "3311", "area": "3311", "result": 2},
        {"id": "331102", "area": "331102", "result": 1},
    ]


def test_numbers_that_are_wider_than_a_machine_word() -> None:
    assert held(price=decimals("9999999999.99", "0")).columns["price"].kind is Kind.WHOLE


@pytest.mark.parametrize(
    ("ids", "rises"),
    [
        (pa.array([1, 2]), True),
        (pa.array([2, 1]), False),
        (pa.array([-1, 0], pa.int8()), True),
        (pa.array(["10", "9"]), True),
        (pa.array(["9", "10"]), False),
        (pa.array(["Z", "a"]), True),
        (pa.array(["人", "é"]), False),
    ],
)
def test_whether_ids_rise_from_row_to_row(ids: pa.Array, rises: bool, tmp_path: Path) -> None:
    assert checked(things(id=ids))[0].rises is rises
    assert checked(things(id=ids), tmp_path)[0].rises is rises


def test_ids_that_rise_tell_where_parts_start(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sizes, "LEAST_ROWS", 1)
    assert held(id=pa.array(["a", "b"])).starts == ("b",)
    assert held(id=pa.array([7, 9], pa.int16())).starts == (9,)
    assert held(id=pa.array(["b", "a"])).starts == ()


def test_areas_rise_as_text_does_whatever_they_are_stored_as() -> None:
    pack = pack_of(f"fact\nresult: {{of: area, {TITLE}, count: firm}}\n")
    with small_session() as session:
        session.give_table("area", pa.table({"id": [62, 3311]}))
        given = given_columns(pack, "area", session.stored_types("area"), {"id"}, Findings())
        assert given is not None
        seen = look(session, "area", given)
        check = Check(session.rows, WORDS, "area", given, seen, Findings())
        assert check.held().columns["id"].kind is Kind.TEXT and not seen.rises


def test_reasons_are_found_whatever_the_order_of_rows() -> None:
    found = findings(id=pa.array(["b", "a"]), price=decimals("1", "-10000000000"), colour=pa.array(["grey", "red"]))
    assert [(item.code, item.facts["ids"]) for item in found] == [("DATA-005", ["a"]), ("DATA-008", ["b"])]
