"""Procedures with cases: somebody decides, and somebody pays what is paid out."""

from __future__ import annotations

import pytest

from luoshi.rulebook.checking.procedures import check_procedures, pays_money
from luoshi.rulebook.model.findings import Findings
from tests.unit.rulebook.packs import document, expected, pack_of, seen

OFFICE = "office\no: {title: BOTH, level: county}\n"
PROCEDURE = "--- procedure\np: {title: BOTH, kind: %s, for: [thing], steps: [%s]}%s\n"
MEASURE = "for: thing, frequency: once, discretion: may, conditions: {a: good}"
M = "--- measure\nm: {title: BOTH, " + MEASURE + "%s, procedure: p}%s\n"


def steps(*acts: str) -> str:
    return ", ".join(f"{{id: {act}, actor: BOTH, does: BOTH, act: {act}, by: [o]}}" for act in acts)


@pytest.mark.parametrize(
    "blocks",
    [
        OFFICE + PROCEDURE % ("claim", steps("apply"), "  # CHECK-008"),
        OFFICE + PROCEDURE % ("certification", "", "  # CHECK-008"),
        OFFICE + PROCEDURE % ("claim", steps("decide"), ""),
        OFFICE + PROCEDURE % ("certification", steps("review"), ""),
        OFFICE + PROCEDURE % ("administration", steps("apply"), ""),
        OFFICE + PROCEDURE % ("claim", steps("decide"), "") + M % (", amount: price", "  # CHECK-009"),
        OFFICE + PROCEDURE % ("claim", steps("decide", "pay"), "") + M % (", amount: price", ""),
        OFFICE + PROCEDURE % ("claim", steps("decide"), "") + M % (", amount: price, support: concession", ""),
        OFFICE + PROCEDURE % ("selection", steps("decide"), "") + M % (", amount: price", ""),
        OFFICE + PROCEDURE % ("claim", steps("decide"), "") + M % ("", ""),
    ],
)
def test_who_decides_and_who_pays(blocks: str) -> None:
    findings = Findings()
    check_procedures(pack_of(blocks), findings)
    assert seen(findings) == expected(document(blocks))


def test_a_measure_without_a_procedure_is_no_matter_here() -> None:
    findings = Findings()
    check_procedures(
        pack_of((M % (", amount: price", "")).replace(", procedure: p", "").removeprefix("--- ")), findings
    )
    assert findings == []


@pytest.mark.parametrize(
    ("more", "pays"),
    [
        (", amount: price", True),
        (", amount: price, support: concession", False),
        (", amount: size", False),
        ("", False),
    ],
)
def test_what_pays_money(more: str, pays: bool) -> None:
    blocks = (M % (more, "")).replace(", procedure: p", "").removeprefix("--- ")
    assert pays_money(pack_of(blocks).measures["m"]) is pays
