"""Tables: rows that overlap are found, and so are the keys that no row fits."""

from __future__ import annotations

import pytest

from luoshi.rulebook.checking.tables import check_tables
from luoshi.rulebook.model.findings import Findings
from tests.unit.rulebook.packs import pack_of

BAND = "k: {type: int, match: band}"
DAYS = "d: {type: date, match: band}"


def found(keys: str, *rows: str) -> list[tuple[str, int, object]]:
    listed = "".join(f"    - {row[:-1]}, value: 0.1}}\n" for row in rows)
    text = f"table\nt:\n  title: BOTH\n  keys: {{{keys}}}\n  value: {{unit: rate}}\n  rows:\n{listed}"
    findings = Findings()
    check_tables(pack_of(text), findings)
    return [(item.code, item.where.line, item.facts.get("gap") or tuple(item.facts.values())) for item in findings]


@pytest.mark.parametrize(
    ("keys", "rows", "expected"),
    [
        (BAND, ["{k: {from: 1, to: 12}}", "{k: {from: 13}}"], []),
        (BAND, ["{k: {from: 1, to: 12}}", "{k: {from: 12}}"], [("CHECK-001", 12, (1, 2))]),
        (BAND, ["{k: {from: 1, to: 11}}", "{k: {from: 13}}"], [("CHECK-002", 6, "k: 12 … 13")]),
        (BAND, ["{k: {from: 13}}", "{k: {to: 11}}"], [("CHECK-002", 6, "k: 12 … 13")]),
        (BAND, ["{k: {}}", "{k: {from: 5}}"], [("CHECK-001", 12, (1, 2))]),
        (BAND, ["{k: {from: 5}}", "{k: {}}"], [("CHECK-001", 12, (1, 2))]),
        (BAND, ["{k: {from: 1, to: 9}}", "{k: {from: 2, to: 3}}", "{k: {from: 10}}"], [("CHECK-001", 12, (1, 2))]),
        (DAYS, ["{d: {to: 2019-12-31}}", "{d: {from: 2020-01-01}}"], []),
        (DAYS, ["{d: {to: 2019-12-30}}", "{d: {from: 2020-01-01}}"], [("CHECK-002", 6, "d: 2019-12-31 … 2020-01-01")]),
        ("k: {type: int}", ["{k: 1}", "{k: 2}"], []),
        ("k: {type: int}", ["{k: 1}", "{k: 2}", "{k: 1}"], [("CHECK-001", 13, (1, 3))]),
        (
            "c: {type: code, codes: {x: BOTH, y: BOTH}}, " + BAND,
            ["{c: x, k: {to: 5}}", "{c: y, k: {from: 6}}", "{c: y, k: {to: 3}}"],
            [("CHECK-002", 6, "k: 4 … 6")],
        ),
        (
            BAND + ", " + DAYS,
            ["{k: {to: 5}, d: {to: 2019-12-31}}", "{k: {to: 5}, d: {from: 2020-01-01}}"],
            [],
        ),
    ],
)
def test_overlaps_and_gaps(keys: str, rows: list[str], expected: list[object]) -> None:
    assert found(keys, *rows) == expected
