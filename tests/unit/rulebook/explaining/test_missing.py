"""What is missing where something is unknown: facts, parameters, judgements; and why."""

from __future__ import annotations

from datetime import date

import pytest

from luoshi.rulebook.engines.case import CaseEngine
from luoshi.rulebook.explaining.missing import missing_of
from tests.unit.rulebook.packs import case_of, pack_of

PACK = """fact
judged: {of: thing, judgement: bool}
derived: {of: thing, value: size * 2}
half_of_parts: {of: thing, value: "share_of(part, good) >= 0.5"}
--- measure
m: {title: BOTH, for: thing, conditions: {c: "%s"}, amount: "%s", frequency: once, discretion: may}
"""


def missing(condition: str, case: str, amount: str = "$grant") -> list[tuple[str, str]]:
    pack = pack_of(PACK % (condition, amount))
    read = case_of(pack, "subject: thing\n" + case)
    (found,) = CaseEngine(pack, date(2019, 7, 14)).decide(read.store, "thing", "this").determinations
    return [tuple(item) for item in missing_of(found)]  # type: ignore[misc]  # a pair


@pytest.mark.parametrize(
    ("condition", "case", "names"),
    [
        ("good", "fields: {good: true}\n", []),
        ("good", "", [("fact", "good")]),
        ("good and price > 0 and good", "", [("fact", "good"), ("fact", "price")]),
        ("good and size > 1", "fields: {size: 5}\n", [("fact", "good")]),
        ("good or size > 1", "fields: {size: 5}\n", []),
        ("judged", "", [("judgement", "judged")]),
        ("derived > 2", "", [("fact", "size")]),
        ("next.judged", "fields: {next: {}}\n", [("judgement", "judged")]),
        ("next.size > 1", "fields: {next: {}}\n", [("fact", "size")]),
        ("firm.name = 'x'", "fields: {firm: {}}\n", [("fact", "firm.name")]),
        ("firm.name = 'x'", "", [("fact", "firm")]),
        ("next.firm.name = 'x'", "fields: {next: {firm: gone}}\n", [("fact", "firm")]),
        ("ratio > $share", "fields: {ratio: 0.5}\n", [("parameter", "share")]),
        ("lookup(bands, size) > 0", "fields: {size: 0}\n", [("parameter", "bands")]),
        ("lookup(bands, size) > 0", "", [("fact", "size")]),
        ("count_of(part) > 1", "", [("fact", "part")]),
        ("count_of(part, good) > 1", "rows: {part: [{}, {good: true}]}\n", [("fact", "part.good")]),
        ("sum_of(part, paid, good) > 0", "rows: {part: [{good: true}]}\n", [("fact", "part.paid")]),
        ("half_of_parts", "rows: {part: []}\n", [("fact", "part"), ("fact", "part.good")]),
        ("divide(size, size - 5, 1, 'up') > 1", "fields: {size: 5}\n", [("fact", "size")]),
    ],
)
def test_what_a_condition_lacks(condition: str, case: str, names: list[tuple[str, str]]) -> None:
    assert missing(condition, case) == names


def test_what_an_amount_lacks() -> None:
    assert missing("good", "fields: {good: true}\n", "price * $share") == [("fact", "price"), ("parameter", "share")]
    assert missing("good", "fields: {good: false}\n", "price") == []


def test_a_refusal_lacks_nothing_in_its_unmet_conditions() -> None:
    assert missing("good and size > 1", "fields: {size: 0}\n") == []
