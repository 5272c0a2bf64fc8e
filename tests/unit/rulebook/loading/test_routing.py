"""Who acts on what: offices that exist, and procedures about rows that lead to those of their measures."""

from __future__ import annotations

import pytest

from luoshi.rulebook.loading.routing import reached
from tests.unit.rulebook.packs import document, expected, pack_of, seen, try_blocks

M = "measure\nm: {title: BOTH, for: %s, frequency: once, discretion: may, conditions: {a: %s}, procedure: p}%s\n"
P = "--- procedure\np: {title: BOTH, for: [%s], steps: []}\n"

E = "procedure\np:%s\n  title: BOTH\n  for: [%s]\n  steps: [{id: a, actor: BOTH, does: BOTH, enters: {%s}}]\n"


@pytest.mark.parametrize(
    "blocks",
    [
        "office\no: {title: BOTH, level: county, department: ghost}  # PACK-062\n",
        "office\no: {title: BOTH, kind: outside, recorded_by: ghost}  # PACK-062\n",
        "office\no: {title: BOTH, kind: outside, recorded_by: a}  # PACK-062\na: {title: BOTH, kind: applicant}\n",
        "procedure\np:  # PACK-062\n  title: BOTH\n  steps: [{id: a, actor: BOTH, does: BOTH, by: [ghost]}]\n",
        "procedure\np: {title: BOTH, review_of: q, review_every: year, review_ends: [keep], steps: []}  # PACK-062\n",
        M % ("part", "good", "  # PACK-065") + P % "loose",
        E % ("  # PACK-066", "loose", "n: today"),
        E % ("  # PACK-066", "loose", "n: number"),
        E % ("  # PACK-066", "loose", "n: done"),
        E % ("  # PACK-066", "loose", "ghost: today"),
    ],
)
def test_what_leads_nowhere(blocks: str) -> None:
    loose = "--- register\nloose: {title: BOTH, row: BOTH, fields: {n: {type: int, title: BOTH}}}\n"
    marked = expected(document(blocks + loose))
    assert marked
    assert seen(try_blocks(blocks + loose).findings) == marked


@pytest.mark.parametrize("subject", ["part", "thing", "firm", "area", "area, part"])
def test_references_may_lead_either_way(subject: str) -> None:
    assert pack_of(M % ("part", "good", "") + P % subject).procedures["p"].registers == tuple(subject.split(", "))
    assert try_blocks(M % ("thing", "good", "") + P % subject).findings == []


def test_what_a_step_enters_fits_its_field() -> None:
    fields = "{on: {type: date, title: BOTH}, no: {type: text, title: BOTH}}"
    book = f"--- register\nbook: {{title: BOTH, row: BOTH, fields: {fields}}}\n"
    procedure = pack_of(E % ("", "book", "on: today, no: number") + book).procedures["p"]
    assert procedure.steps[0].enters == {"on": "today", "no": "number"}
    assert procedure.steps[0].enters_when is None
    assert try_blocks(E % ("", "", "on: today")).findings == []
    blocks = E % ("  # EXPR-033", "ghost", "on: today")
    assert "EXPR-033" in {finding.code for finding in try_blocks(blocks).findings}


def test_a_procedure_that_is_for_nothing_in_particular_fits_any_measure() -> None:
    assert try_blocks(M % ("part", "good", "") + P % "").findings == []


def test_a_reference_to_no_register_leads_nowhere() -> None:
    blocks = "register\nr: {title: BOTH, row: BOTH, fields: {to: {type: ref, to: ghost, title: BOTH}}}  # PACK-041\n"
    blocks += M.replace("measure", "--- measure") % ("thing", "good", "") + P % "part"
    assert seen(try_blocks(blocks).findings) == expected(document(blocks))


def test_the_registers_that_references_lead_to() -> None:
    registers = pack_of("norm\na: {kind: scope, force: must, zh: x, en: x}\n").registers
    assert reached(["part"], registers) == {"part", "thing", "firm", "area"}
    assert reached(["area"], registers) == {"area"}
    assert reached([], registers) == set()
