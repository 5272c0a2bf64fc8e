"""An official text against a pack: missing clauses, other figures, values that the text does not show."""

from __future__ import annotations

import re

from luoshi.rulebook.model.blocks import Pack
from luoshi.rulebook.official.comparing import compare
from tests.unit.rulebook.official.shops import SHOPS, STALLS, pack
from tests.unit.rulebook.official.texts import NOTICE, parsed
from tests.unit.rulebook.packs import POLICY, try_files


def differences(other: Pack, text: str = NOTICE) -> list[tuple[str, str, int, str]]:
    """Code, file, line and clause of every difference."""
    return [
        (item.code, item.where.file, item.where.line, item.where.clause) for item in compare(parsed(text)[0], other)
    ]


def test_no_difference() -> None:
    assert differences(pack()) == []


def test_a_document_that_the_pack_lacks() -> None:
    assert differences(pack(_2_c="")) == [("TEXT-020", "text.txt", 37, "2")]


def test_a_document_that_the_text_lacks() -> None:
    assert differences(pack(_3_d="# 另 · Other\n\n## 一、甲 · A\n")) == [("TEXT-023", "3-d.md", 1, "3")]


def test_a_clause_that_the_pack_lacks() -> None:
    shorter = SHOPS.replace("### （二）贷款 · Loans", "贴息50%。").replace(
        "```yaml norm\na: {kind: scope, force: must, zh: 贴息50%, en: x}\n```\n", ""
    )
    found = compare(parsed(NOTICE)[0], pack(_1_b=shorter))
    assert [(item.code, item.where.clause, item.facts["seen"]) for item in found] == [
        ("TEXT-021", "1/2/2", "（二）贷款")
    ]


def test_a_clause_without_a_title_is_named_by_its_words() -> None:
    shorter = re.sub(r"#### 2\. .*?(?=####)", "", SHOPS, flags=re.DOTALL)
    found = compare(parsed(NOTICE)[0], pack(_1_b=shorter))
    assert [(item.code, item.facts["seen"]) for item in found] == [("TEXT-021", "2.稳定经营3年的，给予6万元补助。…")]


def test_a_clause_that_the_text_lacks() -> None:
    longer = SHOPS.replace("## 附则", "### （三）加项 · More\n\n#### 末段 · End\n\n## 附则")
    assert [(code, clause) for code, _, _, clause in differences(pack(_1_b=longer))] == [
        ("TEXT-022", "1/2/3"),
        ("TEXT-022", "1/2/3/closing"),
    ]


def test_a_figure_that_differs_is_found_in_both() -> None:
    other = SHOPS.replace("20000.00", "30000.00")
    found = compare(parsed(NOTICE)[0], pack(_1_b=other))
    assert [(item.code, item.where.clause, item.facts.get("seen")) for item in found] == [
        ("TEXT-024", "1/2/1/1", "2万元"),
        ("TEXT-025", "1/2/1/1", None),
    ]


def test_a_figure_is_told_once_for_a_clause() -> None:
    text = NOTICE.replace("贴息50%。", "贴息60%，保费补贴60%。")
    assert [code for code, *_ in differences(pack(), text)] == ["TEXT-024"]


def test_years_stand_for_their_ends() -> None:
    assert differences(pack(_1_b=SHOPS.replace("到2022年底", "2022年"))) == []


def test_what_words_say_needs_no_figure() -> None:
    free = SHOPS.replace("grant: {", "free: {title: {zh: 免费, en: free}, unit: CNY, 2020-03-05: 0.00}\ngrant: {")
    explained = free.replace(
        "grant: {", "age: {title: {zh: 年满十六周岁（劳动法）以上, en: age}, unit: year, 2020-03-05: 16}\ngrant: {"
    )
    local = explained.replace(
        "grant: {", "own: {title: {zh: 自定, en: own}, unit: day, local: {set_by: [county], min: 3}}\ngrant: {"
    )
    assert differences(pack(_1_b=local)) == []


def test_codes_have_no_figure() -> None:
    code = SHOPS.replace(
        "grant: {", "tone: {title: {zh: 色, en: tone}, type: text, unit: item, 2020-03-05: red}\ngrant: {"
    )
    assert differences(pack(_1_b=code)) == []


def test_nothing_differs_where_nothing_is_written() -> None:
    assert differences(pack(_2_c="# 摊点 · Stalls\n\n## 一、范围 · Scope\n")) == []


def test_a_parameter_of_a_clause_that_the_text_lacks() -> None:
    block = "```yaml parameter\nfar: {title: {zh: 远, en: far}, unit: day, 2020-03-05: 9}\n```\n"
    assert [code for code, *_ in differences(pack(_2_c=f"{STALLS}\n## 二、多 · More\n\n{block}"))] == ["TEXT-022"]


def test_single_documents_are_compared_whatever_their_numbers() -> None:
    alone = try_files({"policy.yaml": POLICY, "7-c.md": STALLS}).pack
    assert alone is not None
    text = "关于扶持摊点的实施意见\n\n一、范围\n\n全市26个乡镇。"
    assert differences(alone, text) == [("TEXT-024", "text.txt", 5, "7/1")]


def test_a_document_number_is_compared() -> None:
    text = NOTICE.replace("为扶持小店，", "按某市发〔2019〕3号，")
    found = compare(parsed(text)[0], pack())
    assert [(item.code, item.facts["seen"]) for item in found] == [("TEXT-024", "〔2019〕3号")]
