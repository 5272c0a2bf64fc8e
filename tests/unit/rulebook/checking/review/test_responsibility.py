"""Who pays, acts, keeps, judges, reports and sets values: a question where nobody does."""

from __future__ import annotations

import pytest

from luoshi.rulebook.checking.review.responsibility import (
    amounts_without_fund,
    judgements_nobody_gives,
    ledgers_nobody_keeps,
    measures_without_procedure,
    one_office_alone,
    targets_nobody_reports,
    values_left_to_localities,
)
from luoshi.rulebook.model.blocks import Pack
from luoshi.rulebook.model.findings import Finding
from tests.unit.rulebook.packs import pack_of

M = "measure\nm: {title: BOTH, for: thing, frequency: once, discretion: may, conditions: {a: good}%s}\n"
T = "target\nt: {title: BOTH, of: thing, indicator: size, value: 1}\n"
NORM = "norm\na: {kind: %s, force: must, zh: x, en: x}\n"


def asked(question: object, blocks: str) -> list[tuple[str, object]]:
    """The codes and names a question gives for a pack."""
    pack: Pack = pack_of(blocks)
    found: list[Finding] = list(question(pack))  # type: ignore[operator]  # a question, called as one
    return [(item.code, item.facts["name"]) for item in found]


@pytest.mark.parametrize(
    ("more", "found"),
    [
        (", amount: price", [("REVIEW-001", "m")]),
        (", amount: price * 2", [("REVIEW-001", "m")]),
        (", amount: price, funds: [f]", []),
        (", amount: size", []),
        ("", []),
    ],
)
def test_money_without_a_fund(more: str, found: list[tuple[str, str]]) -> None:
    assert asked(amounts_without_fund, M % more + "--- fund\nf: {title: BOTH, payer: county}\n") == found


def test_a_measure_without_a_procedure() -> None:
    assert asked(measures_without_procedure, M % "") == [("REVIEW-002", "m")]
    steps = "--- procedure\np: {title: BOTH, steps: []}\n"
    assert asked(measures_without_procedure, M % ", procedure: p" + steps) == []


@pytest.mark.parametrize(
    ("kind", "acts", "more", "found"),
    [
        ("claim", {"check": "a", "decide": "a"}, ", amount: price", [("REVIEW-018", "p")]),
        ("claim", {"decide": "a"}, ", amount: price", [("REVIEW-018", "p")]),
        ("claim", {"decide": "a", "pay": "b"}, ", amount: price", [("REVIEW-018", "p")]),
        ("claim", {"check": "b", "decide": "a"}, ", amount: price", []),
        ("claim", {"opinion": "b", "decide": "a"}, ", amount: price", []),
        ("claim", {"decide": "a, b"}, ", amount: price", []),
        ("claim", {"check": "a", "decide": "a"}, "", []),
        ("selection", {"check": "a", "decide": "a"}, ", amount: price", []),
    ],
)
def test_one_office_that_checks_and_decides_alone(
    kind: str, acts: dict[str, str], more: str, found: list[tuple[str, str]]
) -> None:
    steps = ", ".join(f"{{id: {act}, actor: BOTH, does: BOTH, act: {act}, by: [{by}]}}" for act, by in acts.items())
    blocks = (
        M % f", procedure: p{more}" + "--- office\na: {title: BOTH, level: county}\nb: {title: BOTH, level: city}\n"
    )
    blocks += f"--- procedure\np: {{title: BOTH, kind: {kind}, for: [thing], steps: [{steps}]}}\n"
    assert asked(one_office_alone, blocks) == found


def test_a_ledger_that_is_read_and_not_kept() -> None:
    register = "register\nr: {title: BOTH, row: BOTH%s, fields: {n: {type: int, title: BOTH}}}\n"
    fact = "--- fact\nf: {of: r, value: n > 1}\n"
    assert ("REVIEW-003", "r") in asked(ledgers_nobody_keeps, register % "" + fact)
    assert ("REVIEW-003", "r") not in asked(ledgers_nobody_keeps, register % ", keeper: BOTH" + fact)
    assert ("REVIEW-003", "r") not in asked(ledgers_nobody_keeps, register % "")


def test_who_reads_the_ledger_is_said_without_repeating_a_name() -> None:
    blocks = "register\nr: {title: BOTH, row: BOTH, fields: {n: {type: int, title: BOTH}}}\n"
    blocks += "--- fact\nf: {of: r, value: n > 1 and n < 9}\ng: {of: r, value: n}\n"
    (finding,) = [item for item in ledgers_nobody_keeps(pack_of(blocks)) if item.facts["name"] == "r"]
    assert finding.facts["users"] == ["f", "g"]


def test_a_judgement_without_a_judge() -> None:
    judged = "fact\nj: {of: thing, judgement: bool%s}\nv: {of: thing, value: size}\n"
    assert asked(judgements_nobody_gives, judged % "") == [("REVIEW-004", "j")]
    assert asked(judgements_nobody_gives, judged % ", by: BOTH") == []


def test_a_target_in_a_document_without_reports() -> None:
    assert asked(targets_nobody_reports, T + "--- " + NORM % "duty") == [("REVIEW-005", "t")]
    assert asked(targets_nobody_reports, T + "--- " + NORM % "reporting") == []


@pytest.mark.parametrize(
    ("more", "found"),
    [
        ("local: {set_by: [county]}", [("REVIEW-006", "p")]),
        ("local: {set_by: [county]}, 2000-01-01: 5", []),
        ("areas: {'331102': {2000-01-01: 5}}, local: {set_by: [county]}", []),
        ("2000-01-01: 5", []),
    ],
)
def test_a_value_left_to_localities(more: str, found: list[tuple[str, str]]) -> None:
    blocks = f"parameter\np: {{title: BOTH, unit: item, {more}}}\n--- fact\nf: {{of: thing, value: size > $p}}\n"
    own = [item for item in asked(values_left_to_localities, blocks) if item[1] == "p"]
    assert own == found


def test_what_stays_open_is_named() -> None:
    blocks = "parameter\np: {title: BOTH, unit: item, local: {set_by: [county]}}\n"
    blocks += "--- fact\nf: {of: thing, value: size > $p}\n"
    (finding,) = [item for item in values_left_to_localities(pack_of(blocks)) if item.facts["name"] == "p"]
    assert finding.facts["users"] == ["f"]
