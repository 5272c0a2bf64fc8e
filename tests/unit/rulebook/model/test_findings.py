"""Findings: in the order of their positions, each once, and written as file:line:clause."""

from __future__ import annotations

import pytest

from luoshi.rulebook.model.findings import Findings, Refused, Where


@pytest.mark.parametrize(
    ("where", "text"),
    [
        (Where(), ""),
        (Where("a.md"), "a.md"),
        (Where("a.md", 3), "a.md:3"),
        (Where("a.md", 3, "1/2"), "a.md:3:1/2"),
        (Where("sheet", 3, "", "C"), "sheet:3:C"),
    ],
)
def test_a_position_is_written_shortly(where: Where, text: str) -> None:
    assert str(where) == text


def test_findings_are_sorted_by_position_then_code_and_listed_once() -> None:
    findings = Findings()
    findings.add("PACK-040", Where("b.md", 1), name="x")
    findings.add("PACK-045", Where("a.md", 9), seen="x")
    findings.add("PACK-043", Where("a.md", 9), name="x")
    findings.add("PACK-043", Where("a.md", 9), name="x")
    findings.add("PACK-043", Where("a.md", 10), name="x")
    listed = [(finding.where.file, finding.where.line, finding.code) for finding in findings.sorted()]
    assert listed == [
        ("a.md", 9, "PACK-043"),
        ("a.md", 9, "PACK-045"),
        ("a.md", 10, "PACK-043"),
        ("b.md", 1, "PACK-040"),
    ]


def test_a_refusal_lists_its_reasons() -> None:
    findings = Findings()
    findings.add("PACK-001", Where("a"))
    findings.add("PACK-005", Where("b", 1))
    assert str(Refused(findings)) == "PACK-001 a, PACK-005 b:1"
