"""Headings below headings, text below its heading, and what stands outside them."""

from __future__ import annotations

import pytest

from tests.unit.rulebook.official.texts import NOTICE, clause, ids, parsed


def test_clauses_have_the_ids_of_packs() -> None:
    assert ids(NOTICE) == [
        "0/number",
        "0/notice",
        "0/signature",
        "1/preface",
        "1/1",
        "1/2",
        "1/2/1",
        "1/2/1/1",
        "1/2/1/2",
        "1/2/1/closing",
        "1/2/2",
        "1/interpretation",
        "2/1",
    ]


def test_a_level_may_be_skipped() -> None:
    assert ids("一、甲\n1.乙\n（1）丙\n2.丁\n二、戊") == ["1/1", "1/1/1", "1/1/1/1", "1/1/2", "1/2"]


@pytest.mark.parametrize(
    ("text", "last"),
    [
        ("一、甲\n\n1.给予补助，按年。\n2.给予奖励，按月。\n所需资金由县承担。", "1/1/closing"),
        ("一、甲\n\n1.给予补助，按年。\n2.给予奖励，按月。\n责任单位：市商务局", "1/1/2"),
        ("一、甲\n\n1.给予补助，按年。\n按季度发放。\n2.给予奖励，按月。\n按月发放。", "1/1/2"),
        ("一、甲\n\n1.补助\n给钱。", "1/1/1"),
        ("一、甲\n\n1.补助\n2.奖励\n给钱。", "1/1/2"),
        ("一、甲\n\n乙。\n\n本办法自2020年1月1日起施行。", "1/supplementary"),
        ("一、甲\n\n本办法自2020年1月1日起施行。", "1/1"),
        ("一、甲\n\n乙。\n\n本办法由市商务局负责解释。\n\n本办法自发文之日起施行。", "1/interpretation"),
        ("一、甲\n\n乙。\n\n某市商务局\n\n2020年1月1日", "1/signature"),
        ("一、甲\n\n乙。\n\n二〇二〇年一月一日", "1/signature"),
    ],
)
def test_what_ends_a_document(text: str, last: str) -> None:
    assert ids(text)[-1] == last


def test_a_list_of_attachments_is_text() -> None:
    found = clause("一、甲\n\n乙。\n附件：1.名单\n2.表格\n二、丙", "1/1")
    assert [line.text for line in found.lines] == ["乙。", "附件：1.名单", "2.表格"]


def test_a_second_list_in_one_clause_is_text() -> None:
    text = "一、甲\n条件：\n1.子，丑。\n2.寅，卯。\n材料：\n1.辰，巳。\n2.午，未。\n二、申"
    found, findings = parsed(text)
    assert [item.id for item in found.clauses()] == ["1/1", "1/1/1", "1/1/2", "1/1/closing", "1/2"]
    assert findings == [("TEXT-018", 6)]


def test_a_lone_one_after_others_is_a_wrong_mark() -> None:
    found, findings = parsed("一、甲\n1.子，丑。\n2.寅，卯。\n1.辰，巳。")
    assert [item.id for item in found.clauses()] == ["1/1", "1/1/1", "1/1/2", "1/1/3"]
    assert findings == [("TEXT-017", 4)]
