"""Input that cannot be used is refused with every reason, by the same codes as on the other engine."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pyarrow as pa
import pytest

from luoshi.rulebook.engines.native import decide_tables
from luoshi.rulebook.model.findings import Finding, Refused
from tests.unit.rulebook.engines.native.rows import ON, RESULT, TITLE, answers
from tests.unit.rulebook.engines.sql.things import ALL_READ, decimals, things
from tests.unit.rulebook.packs import pack_of


def findings(**columns: Any) -> list[Finding]:
    with pytest.raises(Refused) as refused:
        decide_tables(ALL_READ, {"thing": things(**columns)}, ON, facts=[RESULT])
    return refused.value.findings


@pytest.mark.parametrize(
    ("column", "values", "code", "facts"),
    [
        ("price", pa.array([1.5, 2.5]), "DATA-004", {"seen": "double"}),
        ("size", pa.array(["1", "2"]), "DATA-004", {"seen": "string"}),
        ("size", pa.array([1, 2], pa.uint64()), "DATA-004", {"seen": "uint64"}),
        ("good", pa.array([1, 0]), "DATA-004", {"seen": "int64", "expected": "yes or no"}),
        ("born", pa.array([None, None], pa.timestamp("us")), "DATA-004", {"seen": "timestamp[us]"}),
        ("firm", pa.array([1.0, 2.0]), "DATA-004", {"seen": "double"}),
        ("id", pa.array([1.0, 2.0]), "DATA-004", {"seen": "double"}),
        ("size", pa.array([10**9, 1]), "DATA-005", {"ids": ["a"], "seen": ["1000000000"], "digits": 9, "places": 0}),
        ("size", pa.array([2**62, None]), "DATA-005", {"count": 1}),
        ("price", decimals("1", "-10000000000"), "DATA-005", {"ids": ["b"], "seen": [], "digits": 12, "places": 2}),
        ("price", decimals("1", "-1000000000000000000000"), "DATA-005", {"ids": ["b"], "count": 1}),
        ("ratio", decimals("1" + "0" * 12, None, places=9), "DATA-005", {"ids": ["a"], "count": 1}),
        ("ratio", decimals("10000", None, places=20), "DATA-005", {"ids": ["a"], "count": 1}),
        ("price", pa.array([Decimal(10**11), None], pa.decimal64(16, 2)), "DATA-005", {"ids": ["a"], "count": 1}),
        ("ratio", pa.array([Decimal("0.12345"), None], pa.decimal64(16, 5)), "DATA-006", {"ids": ["a"], "count": 1}),
        ("ratio", decimals("0.12345", None, places=5), "DATA-006", {"count": 1, "seen": ["0.12345"], "places": 4}),
        ("born", pa.array([date(999, 12, 31), date(9001, 1, 1)]), "DATA-007", {"count": 2}),
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


def test_no_more_cells_are_shown_than_help() -> None:
    table = pa.table({"id": list(range(20)), "colour": ["grey"] * 20})
    with pytest.raises(Refused) as refused:
        decide_tables(ALL_READ, {"thing": table}, ON, facts=[RESULT])
    (found,) = refused.value.findings
    assert (found.facts["count"], found.facts["ids"]) == (20, ["0", "1", "10", "11", "12"])


@pytest.mark.parametrize(
    "values",
    [
        pa.array([1, 2], pa.int8()),
        pa.array([1, 2], pa.uint32()),
        pa.array([Decimal(1), Decimal(2)], pa.decimal64(10, 0)),
        pa.array([Decimal("1.0"), Decimal("2.0")], pa.decimal128(38, 1)),
        pa.array([Decimal(1), Decimal(2)], pa.decimal128(5, 0)),
    ],
)
def test_numbers_may_be_stored_in_many_ways(values: pa.Array) -> None:
    pack = pack_of(f'fact\nresult: {{of: thing, {TITLE}, value: "size + 1"}}\n')
    table = pa.table({"id": ["a", "b"], "size": values})
    assert decide_tables(pack, {"thing": table}, ON, facts=[RESULT])["thing"]["result"].to_pylist() == [2, 3]


def test_the_largest_numbers_of_a_field() -> None:
    pack = pack_of(f'fact\nresult: {{of: thing, {TITLE}, value: "price * price"}}\n')
    rows = {"thing": {"a": {"price": Decimal("9999999999.99")}, "b": {"price": Decimal("-9999999999.99")}, "c": {}}}
    assert answers(pack, rows) == {"a": Decimal("9999999999.99") ** 2, "b": Decimal("9999999999.99") ** 2, "c": None}
