"""Findings about official texts say in both languages what was seen, what was expected and what to do."""

from __future__ import annotations

import pytest

from luoshi.rulebook.model.findings import Finding, Where
from luoshi.rulebook.wording.catalogue import describe
from luoshi.rulebook.wording.findings.official import TEXT


def test_a_lost_mark() -> None:
    finding = Finding("TEXT-016", Where("a.txt", 13), {"seen": "总体目标", "expected": "二、"})
    assert describe(finding, "en") == (
        "The heading “总体目标” has lost its mark; read as 二、",
        "Cite it so, and say so in the pack.",
    )
    assert describe(finding, "zh")[0] == "标题“总体目标”脱落序号，按 二、 读取"


@pytest.mark.parametrize("code", TEXT)
def test_every_finding_says_what_to_do(code: str) -> None:
    assert all(describe(Finding(code, Where()), "en")) and all(describe(Finding(code, Where()), "zh"))
