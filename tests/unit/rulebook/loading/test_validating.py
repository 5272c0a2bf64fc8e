"""Blocks against their shapes: missing, unknown and unfitting keys, each at its line, with the nearest name."""

from __future__ import annotations

import pytest

from tests.unit.rulebook.packs import POLICY, document, expected, seen, try_blocks, try_files

FIELD = "register\nr:\n  title: BOTH\n  row: BOTH\n  fields:\n    x: {title: BOTH, %s}  # PACK-033\n"
MEASURE = """measure
m:
  title: BOTH
  for: thing
  conditions: {a: good}
  frequency: once
  discretion: may
"""


@pytest.mark.parametrize(
    "blocks",
    [
        "fund\nm: {title: BOTH}  # PACK-031\n",
        "fund\nm:\n  title: BOTH\n  payer: nobody  # PACK-033\n",
        "fund\nm:\n  title: {zh: 题}  # PACK-031\n  payer: county\n",
        "fund\nm:\n  title: 题  # PACK-033\n  payer: county\n",
        "fund\nm:  # PACK-033\n",
        "fund\nm:\n  title: BOTH\n  payer: county\n  shortfal: [city]  # PACK-032\n",
        "fund\nm:\n  payer: county\n  shortfall: city  # PACK-033\n  title: BOTH\n",
        "fund\nm:\n  payer: county\n  shortfall:\n    - city\n    - Gotham  # PACK-033\n  title: BOTH\n",
        MEASURE.replace("once", "twice  # PACK-033"),
        MEASURE.replace("may", "perhaps  # PACK-033"),
        MEASURE.replace("{a: good}", "{A: good}  # PACK-033"),
        MEASURE.replace("{a: good}", "{a: ''}  # PACK-033"),
        MEASURE.replace("{a: good}", "{a: [good]}  # PACK-033"),
        MEASURE.replace("{a: good}", "{a: {wen: good}}  # PACK-031 PACK-032"),
        MEASURE + "  valid: {from: 2019-02-30}  # PACK-033\n",
        MEASURE + "  valid: {from: 20190201}  # PACK-033\n",
        MEASURE + "  valid: {from: [1]}  # PACK-033\n",
        MEASURE + "  rounding: {to: a lot}  # PACK-033\n",
        MEASURE + "  rounding: {to: 1.12345678901}  # PACK-033\n",
        MEASURE + "  rounding: {to: [1]}  # PACK-033\n",
        FIELD % "type: money, places: -1",
        FIELD % "type: money, places: [1]",
        FIELD % "type: real",
        FIELD % "type: bool, personal: yes",
        FIELD % "type: bool, personal: []",
        "parameter\np: [1]  # PACK-033\n",
        "parameter\np:\n  title: BOTH\n  2019-1-1: 5  # PACK-032\n",
        "example\ne: {as_of: soon}  # PACK-033\n",
        "norm\na: {kind: rumour, force: must, zh: x, en: x}  # PACK-033\n",
    ],
)
def test_what_does_not_fit(blocks: str) -> None:
    text = document(blocks)
    marked = expected(text)
    assert marked
    assert seen(try_blocks(blocks).findings) == marked


@pytest.mark.parametrize(
    ("blocks", "facts"),
    [
        ("fund\nm: {title: BOTH, payer: county, shortfal: [city]}\n", {"key": "shortfal", "near": "shortfall"}),
        (
            "fund\nm: {title: BOTH, payer: county, xx: 1}\n",
            {"key": "xx", "near": "title, payer, shortfall, never_charged"},
        ),
        ("fund\nm: {title: {zh: 题}, payer: county}\n", {"name": "m", "key": "title.en"}),
        (MEASURE.replace("for: thing", "fro: thing"), {"name": "m", "key": "for"}),
        (
            MEASURE + "  valid: {from: soon}\n",
            {"key": "valid.from", "seen": "soon", "expected": "a date such as 2018-12-22"},
        ),
        (
            "example\ne: {as_if_in_force: maybe}\n",
            {"key": "as_if_in_force", "seen": "maybe", "expected": "true or false"},
        ),
    ],
)
def test_what_is_said_about_it(blocks: str, facts: dict[str, str]) -> None:
    assert try_blocks(blocks).findings[0].facts == facts


def test_what_was_seen_is_cut_short() -> None:
    findings = try_blocks(f"fund\nm: {{title: BOTH, payer: {'x' * 999}}}\n").findings
    assert findings[0].facts["seen"] == "x" * 80


@pytest.mark.parametrize(
    ("before", "after", "code", "line"),
    [
        ("id: tiny", "id: Tiny", "PACK-033", 1),
        ("id: tiny\n", "", "PACK-031", 1),
        ('"3311"', '"33112"', "PACK-033", 4),
        ("in-force", "asleep", "PACK-033", 5),
        ("{from: 2000-01-01}", "{from: 2000-13-01}", "PACK-033", 6),
        ("{from: 2000-01-01}", "{until: 2000-01-01}", "PACK-032", 6),
    ],
)
def test_a_policy_that_does_not_fit(before: str, after: str, code: str, line: int) -> None:
    loaded = try_files({"policy.yaml": POLICY.replace(before, after)})
    assert loaded.pack is None
    assert seen(loaded.findings, "policy.yaml") == [(code, line)]


@pytest.mark.parametrize("policy", ["", "- x\n", "x\n", "]", "a: &x 1\n"])
def test_a_policy_that_is_no_mapping(policy: str) -> None:
    findings = try_files({"policy.yaml": policy}).findings
    assert len(findings) == 1 and findings[0].where.line == 1
