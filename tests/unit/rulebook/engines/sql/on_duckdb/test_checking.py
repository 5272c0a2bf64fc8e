"""Input that cannot be used is refused with every reason; what can be used teaches the plan what the data are like."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

import pyarrow as pa
import pytest

from luoshi.rulebook.cases.tables import to_tables
from luoshi.rulebook.engines.sql import decide_tables
from luoshi.rulebook.engines.sql.meaning.dates import Span
from luoshi.rulebook.engines.sql.meaning.expressions import Kind
from luoshi.rulebook.engines.sql.meaning.holdings import Held
from luoshi.rulebook.engines.sql.on_duckdb.checking import Check
from luoshi.rulebook.engines.sql.on_duckdb.reading import given_columns
from luoshi.rulebook.engines.sql.on_duckdb.session import small_session
from luoshi.rulebook.model.findings import Finding, Findings, Refused
from luoshi.rulebook.values.calendar import FIRST, NEVER
from tests.unit.rulebook.engines.sql.answers import ON, TITLE
from tests.unit.rulebook.packs import BASE, pack_of

READS = {"size", "price", "ratio", "good", "born", "ended", "colour", "label", "firm"}
ALL_READ = pack_of(
    f'fact\nresult: {{of: thing, {TITLE}, value: "size > 0 and price > 0 and ratio > 0 and good and born < ended '
    "and colour = 'red' and label = label and firm = firm\"}\n",
    BASE.replace("label: {type: text,", "label: {type: text, sensitive: true,").replace(
        "price: {type: money,", "price: {type: money, sensitive: true,"
    ),
)


def things(**columns: Any) -> pa.Table:
    """Two things, with some columns their own."""
    rows: dict[str, Any] = {"a": {"size": 1, "price": Decimal("2.50"), "good": True, "born": date(2019, 1, 1)}, "b": {}}
    table = to_tables(ALL_READ, {"thing": rows})["thing"]
    for name, values in columns.items():
        table = table.set_column(table.column_names.index(name), name, values)
    return table


def findings(**columns: Any) -> list[Finding]:
    with pytest.raises(Refused) as refused:
        decide_tables(ALL_READ, {"thing": things(**columns)}, ON, facts=[("thing", "result")])
    return refused.value.findings


def decimals(*texts: str | None, places: int = 2) -> pa.Array:
    return pa.array([None if text is None else Decimal(text) for text in texts], pa.decimal128(30, places))


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


def held(check: Callable[[Check], Held] = Check.held, **columns: Any) -> Held:
    noted = Findings()
    with small_session() as session:
        session.give_table("thing", things(**columns))
        given = given_columns(ALL_READ, "thing", session.stored_types("thing"), READS | {"id"}, noted)
        assert given is not None
        learnt = check(Check(session.rows, "thing", given, noted))
    assert not noted
    return learnt


def test_what_is_learnt_of_numbers() -> None:
    columns = held(price=decimals("-3.50", "120"), size=pa.array([4, None])).columns
    assert (columns["price"].low, columns["price"].high, columns["price"].known) == (-350, 12000, True)
    assert (columns["size"].low, columns["size"].high, columns["size"].known) == (4, 4, False)
    assert (columns["ratio"].low, columns["ratio"].high) == (0, 0)
    assert held().most_rows == 2


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
