"""What the engines answer: the same form for a subject and for whole registers."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from luoshi.rulebook.checking.answers import Answer, Answers, rows_decided
from luoshi.rulebook.checking.testing import ENGINES
from tests.unit.rulebook.packs import case_of, pack_of

PACK = """measure
m: {title: BOTH, for: thing, conditions: {a: good, b: size > 1}, amount: price, frequency: once, discretion: may}
bare: {title: BOTH, for: thing, conditions: {c: good}, frequency: once, discretion: may}
other: {title: BOTH, for: firm, conditions: {c: is_known(name)}, frequency: once, discretion: may}
--- limit
cap: {title: BOTH, of: thing, when: good, holds: {a: size < 10}, force: hard}
--- fact
twice: {of: thing, value: size * 2}
"""
ON = date(2019, 7, 14)


@pytest.mark.parametrize("engine", ENGINES)
def test_about_a_subject(engine: str) -> None:
    pack = pack_of(PACK)
    case = case_of(
        pack, "subject: thing\nfields: {size: 5, price: 2.00, good: true}\nrows: {thing: [{}], firm: [{}]}\n"
    )
    (answers,) = ENGINES[engine](pack, case, ON, ("twice",), as_if=False).values()
    assert answers == Answers(
        {"m": Answer("eligible", Decimal("2.00"), (), (), False), "bare": Answer("eligible", None, (), (), False)},
        {"cap": "met"},
        {"twice": 10},
    )


@pytest.mark.parametrize("engine", ENGINES)
def test_about_whole_registers(engine: str) -> None:
    pack = pack_of(PACK)
    case = case_of(
        pack, "rows:\n  thing: {t1: {good: true, size: 2}, t2: {good: false}}\n  firm: {f: {}}\n  part: [{}]\n"
    )
    answers = ENGINES[engine](pack, case, ON, (), as_if=False)
    assert set(answers) == {("thing", "t1"), ("thing", "t2"), ("firm", "f")}
    assert answers["thing", "t1"].measures["m"] == Answer("undetermined", None, (), (), True)
    assert answers["thing", "t2"].measures["m"] == Answer("ineligible", None, ("a",), ("b",), False)
    assert (answers["thing", "t1"].checks, answers["thing", "t2"].checks) == ({"cap": "met"}, {"cap": "not_applicable"})
    assert set(answers["firm", "f"].measures) == {"other"}


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        ("subject: thing\nrows: {thing: {t: {}}, firm: {f: {}}}", [("thing", "this")]),
        ("subject: part", [("part", "this")]),
        ("subject: area", [("area", "3311")]),
        ("rows: {firm: {f: {}}, thing: {t: {}, u: {}}}", [("thing", "t"), ("thing", "u"), ("firm", "f")]),
        ("rows: {part: {p: {}}, thing: []}", []),
        ("rows: {}", []),
    ],
)
def test_the_rows_that_are_decided(text: str, rows: list[tuple[str, str]]) -> None:
    pack = pack_of(PACK)
    assert rows_decided(pack, case_of(pack, text + "\n")) == rows


@pytest.mark.parametrize(
    "block",
    [
        "limit\nx: {title: BOTH, of: part, holds: {a: good}, force: hard}\n",
        "target\nx: {title: BOTH, of: part, indicator: paid, value: $grant}\n",
        "integrity\nx: {title: BOTH, of: part, pattern: good, follow_up: BOTH}\n",
        "duty\nx: {title: BOTH, actor: BOTH, of: part, done: good}\n",
    ],
)
def test_a_register_about_which_only_checks_are_made(block: str) -> None:
    pack = pack_of(block)
    case = case_of(pack, "rows: {thing: {t: {}}, part: {p: {}}}\n")
    assert rows_decided(pack, case) == [("part", "p")]
