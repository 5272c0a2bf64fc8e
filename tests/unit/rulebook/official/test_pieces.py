"""Paragraphs are cut at marks, also where several run on in one line."""

from __future__ import annotations

import pytest

from luoshi.rulebook.model.findings import Findings
from luoshi.rulebook.official.pieces import cut
from tests.unit.rulebook.official.texts import lines_of


def pieces(text: str) -> tuple[list[tuple[int | None, str]], list[str]]:
    findings = Findings()
    found = cut(lines_of(text), findings)
    return [(piece.mark.number if piece.mark else None, piece.line.text) for piece in found], [
        finding.facts["seen"] for finding in findings
    ]


@pytest.mark.parametrize(
    ("text", "found", "told"),
    [
        ("1.甲。2.乙；3.丙。", [(1, "甲。"), (2, "乙；"), (3, "丙。")], ["2.", "3."]),
        ("条件：1.甲；2.乙。", [(None, "条件："), (1, "甲；"), (2, "乙。")], ["1.", "2."]),
        (
            "（一）甲。1.子；2.丑。（二）乙。",
            [(1, "甲。"), (1, "子；"), (2, "丑。"), (2, "乙。")],
            ["1.", "2.", "（二）"],
        ),
        ("二、措施（一）补助。给钱。", [(2, "措施"), (1, "补助。给钱。")], ["（一）"]),
        ("二、措施2.补助", [(2, "措施2.补助")], []),
        ("二、某某，措施（一）补助", [(2, "某某，措施（一）补助")], []),
        ("甲。3.乙。", [(None, "甲。3.乙。")], []),
        ("甲：1.乙。", [(None, "甲：1.乙。")], []),
        ("一、甲。见第三条。", [(1, "甲。见第三条。")], []),
    ],
)
def test_run_on(text: str, found: list[tuple[int | None, str]], told: list[str]) -> None:
    assert pieces(text) == (found, told)


def test_articles_only_where_they_are_counted() -> None:
    assert pieces("第一条甲。\n第二条乙。")[0] == [(1, "甲。"), (2, "乙。")]
    assert pieces("一、甲\n第一条所需资金由县承担。")[0] == [(1, "甲"), (None, "第一条所需资金由县承担。")]


def test_what_reads_like_a_heading() -> None:
    found = cut(lines_of("总体目标\n到年底完成。\n" + "字" * 41), Findings())
    assert [piece.alone for piece in found] == [True, False, False]
