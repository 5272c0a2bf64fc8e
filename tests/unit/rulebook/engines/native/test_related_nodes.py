"""The nodes that look beyond the row: tables, other measures, other rows."""

from __future__ import annotations

from typing import Any

from tests.unit.rulebook.engines.native.rows import TITLE, answers
from tests.unit.rulebook.packs import pack_of

TABLE = """table
tiers:
  title: BOTH
  keys: {size: {type: int, match: band}, colour: {type: code, codes: {red: BOTH, green: BOTH, blue: BOTH}}}
  value: {type: code, codes: {low: BOTH, high: BOTH}}
  rows:
    - {size: {below: 10}, colour: red, value: low}
    - {size: {from: 10}, colour: red, value: high}
    - {size: {}, colour: blue, value: high}
"""
ROWS: dict[str, Any] = {
    "thing": {
        "a": {"size": 9, "colour": "red"},
        "b": {"size": 10, "colour": "red"},
        "c": {"size": 9, "colour": "green"},
        "d": {"colour": "blue"},
        "e": {"size": 1},
        "f": {"size": -5, "colour": "blue"},
    }
}


def test_a_table() -> None:
    pack = pack_of(f'{TABLE}--- fact\nresult: {{of: thing, {TITLE}, value: "lookup(tiers, size, colour)"}}\n')
    wanted = {"a": "low", "b": "high", "c": None, "d": None, "e": None, "f": "high"}
    assert answers(pack, ROWS) == wanted


def test_another_measure() -> None:
    measure = f"m: {{{TITLE}, for: thing, frequency: once, discretion: may, conditions: {{a: size > 5, b: good}}}}"
    fact = f"result: {{of: thing, {TITLE}, value: \"eligible('m') or size = 1\"}}"
    pack = pack_of(f"measure\n{measure}\n--- fact\n{fact}\n")
    rows: dict[str, Any] = {"a": {"size": 9, "good": True}, "b": {"size": 1}, "c": {"size": 6}, "d": {"size": 0}}
    assert answers(pack, {"thing": rows}) == {"a": True, "b": True, "c": None, "d": False}
